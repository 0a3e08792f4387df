import { ok, strictEqual } from "node:assert/strict";
import { render } from "preact-render-to-string";
import type { OptionNbbo, OptionPrint } from "../../../engine/frames/mod.ts";
import { sampleRecord } from "../../../jobs/testing/tape_records.ts";
import { MicroChart } from "./MicroChart.tsx";

const BASE_MS = 1_770_388_200_000;

function quote(afterMs: number, bid: number, ask: number): OptionNbbo {
  return { ...sampleRecord("nbbo", BASE_MS + afterMs, 1), bid, ask };
}

function print(afterMs: number, price: number, nbbo_side: OptionPrint["nbbo_side"]): OptionPrint {
  const row = sampleRecord("options", BASE_MS + afterMs, 1);
  return { ...row, trace_id: `${afterMs}`, price, nbbo_side, size: 9 };
}

/** Rectangles of the band, and the points that the prints stand at. */
function drawn(prints: readonly OptionPrint[], quotes: readonly OptionNbbo[]) {
  const svg = render(<MicroChart contract="X" prints={prints} quotes={quotes} />);
  const band = /class="band" d="([^"]*)"/.exec(svg)?.[1] ?? "";
  const steps = [...band.matchAll(/M([\d.]+) ([\d.]+)H([\d.]+)V([\d.]+)H[\d.]+Z/g)]
    .map((found) => found.slice(1).map(Number) as [number, number, number, number]);
  const marks = [...svg.matchAll(/class="print (\w+)" d="M([\d.]+) ([\d.]+)l/g)].map((found) => {
    const r = 3; // of nine contracts
    const [tone, x, y] = [found[1], Number(found[2]), Number(found[3])];
    return { tone, x, y: tone === "buy" ? y + r : tone === "sell" ? y - r : y };
  });
  return { steps, marks };
}

Deno.test("MicroChart begins with the quote that was in force before the first print", () => {
  const prints = [print(0, 1.2, "A"), print(900, 1.1, "B")];
  const { steps, marks } = drawn(prints, [quote(-3_000, 1.1, 1.2), quote(500, 1.1, 1.25)]);
  strictEqual(steps.length, 2);
  ok(steps[0]![0] < marks[0]!.x, "the band begins after the print");
  strictEqual(steps[0]![2], steps[1]![0]);
});

Deno.test("MicroChart puts a print at the ask on the band's top, one at the bid on its bottom", () => {
  const quotes = [quote(-3_000, 1.1, 1.2), quote(500, 1.15, 1.3), quote(1_500, 1.05, 1.1)];
  const prints = [print(0, 1.2, "A"), print(800, 1.15, "B"), print(1_000, 1.3, "A")];
  const { steps, marks } = drawn([...prints, print(1_600, 1.05, "B")], quotes);
  for (const { tone, x, y } of marks) {
    const [, top, , bottom] = steps.findLast(([from, , to]) => from <= x && x <= to)!;
    ok(Math.abs(y - (tone === "buy" ? top : bottom)) < 0.2, `${tone} at ${y} in ${top}..${bottom}`);
  }
  strictEqual(marks.map(({ tone }) => tone).join(" "), "buy sell buy sell");
});

Deno.test("MicroChart leaves a hole where a quote has one side only", () => {
  const quotes = [quote(-3_000, 1.1, 1.2), quote(300, 0, 1.2), quote(600, 1.1, 1.2)];
  const { steps } = drawn([print(0, 1.2, "A"), print(900, 1.1, "B")], quotes);
  strictEqual(steps.length, 2);
  ok(steps[1]![0] > steps[0]![2]);
});

Deno.test("MicroChart has room for a quote that stood long before, however far it is from the prints", () => {
  const { steps } = drawn([print(0, 1.2, "A"), print(900, 1.2, "B")], [quote(-20_000, 0.6, 1.9)]);
  const [, top, , bottom] = steps[0]!;
  ok(steps.length === 1 && top >= 0 && bottom <= 132 && bottom - top > 60, `${top} ${bottom}`);
});

Deno.test("MicroChart says which prints no quote tells the side of, and nothing when all met one", () => {
  const said = (prints: readonly OptionPrint[], quotes: readonly OptionNbbo[]) => {
    const svg = render(<MicroChart contract="X" prints={prints} quotes={quotes} />);
    return /class="note unquoted">([^<]*)</.exec(svg)?.[1] ?? null;
  };
  const first = print(0, 1.2, "MISSING");
  const answered = [first, print(200, 1.2, "A"), print(400, 1.2, "A")];
  const quotes = [quote(20, 1.1, 1.2)];
  strictEqual(said(answered, quotes), "1 print came while no quote stood.");
  const { steps, marks } = drawn(answered, quotes);
  ok(steps[0]![0] > marks.find(({ tone }) => tone === "mid")!.x, "a quote before there was one");
  strictEqual(
    said([first, print(5, 1.2, "MISSING"), print(300, 1.2, "STALE")], quotes),
    "2 prints came while no quote stood, 1 print met a quote too old to trust.",
  );
  strictEqual(said([print(100, 1.2, "A")], quotes), null);
});

Deno.test("MicroChart's scale holds prices alone, not the 0 of a side that nobody quotes", () => {
  const prints = [print(0, 1.2, "A"), print(900, 1.1, "B")];
  const svg = render(
    <MicroChart contract="X" prints={prints} quotes={[quote(0, 1.1, 1.2), quote(300, 0, 1.2)]} />,
  );
  ok(svg.includes("from 1.09 to 1.21 USD"), /aria-label="[^"]*"/.exec(svg)?.[0]);
});
