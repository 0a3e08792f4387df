import fc from "fast-check";
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { type PanelSums, readPanel } from "./panel.ts";
import { nextVerdict, type Verdict, type VerdictInput } from "./verdict.ts";

/** Forces of a book that leans by a conviction, contracts/s; positive is up. */
function panelOf(force: number) {
  const sums: PanelSums = {
    pressureAbove: 50 * (1 - force),
    pressureBelow: 50 * (1 + force),
    vacuumAbove: 50 * (1 + force),
    vacuumBelow: 50 * (1 - force),
    depthAbove: 100,
    depthBelow: 100,
  };
  return readPanel(sums);
}

const input = (composite: number, force: number, warmup = 1): VerdictInput => ({
  composite,
  warmup,
  panel: panelOf(force),
});

function verdicts(inputs: readonly VerdictInput[]): Verdict[] {
  const all: Verdict[] = [];
  for (const next of inputs) all.push(nextVerdict(all.at(-1) ?? null, next));
  return all;
}

Deno.test("nextVerdict() says one thing, whatever flow and book say", () => {
  const cases: readonly (readonly [VerdictInput, string])[] = [
    [input(0.02, 0.02), "Flow and book are balanced"],
    [input(0.4, 0.12), "Flow and book lean up"],
    [input(-0.4, -0.12), "Flow and book lean down"],
    [input(0.4, 0.01), "Flow leans up, the book is balanced"],
    [input(0.01, -0.3), "The book leans down, flow is balanced"],
    [input(0.4, -0.3), "No verdict: flow leans up, the book down"],
    [input(0.9, -0.3, 2 / 3), "Flow is warming up, the book leans down"],
    [{ composite: 0, warmup: 0, panel: null }, "Flow is warming up, the book is balanced"],
  ];
  for (const [given, text] of cases) strictEqual(nextVerdict(null, given).text, text);
});

Deno.test("nextVerdict() has no word for trading at 1 % conviction, though the original had", () => {
  // On a thick book 1 % is many contracts a second.
  const thick = readPanel({
    pressureAbove: 5_100,
    pressureBelow: 5_000,
    vacuumAbove: 5_000,
    vacuumBelow: 5_101,
    depthAbove: 1,
    depthBelow: 1,
  });
  deepStrictEqual([thick.state, thick.long], ["DOWN BIAS", "EXIT"]);
  const verdict = nextVerdict(null, { composite: -0.8, warmup: 1, panel: thick });
  deepStrictEqual([verdict.book, verdict.advice], ["none", null]);
});

Deno.test("nextVerdict() gives advice from 20 % on and keeps it until 12 %", () => {
  const forces = [0.19, 0.2, 0.15, 0.12, 0.11, 0.15, 0.2];
  deepStrictEqual(
    verdicts(forces.map((force) => input(0.5, force))).map(({ advice }) => advice !== null),
    [false, true, true, true, false, false, true],
  );
  // The other side begins anew.
  const [, turned] = verdicts([input(0.5, 0.3), input(-0.5, -0.15)]);
  strictEqual(turned?.advice, null);
});

Deno.test("nextVerdict() lets a lean begin at 0.1 and cease below 0.05", () => {
  deepStrictEqual(
    verdicts([0.09, 0.1, 0.06, 0.04, 0.06, -0.06, -0.1, -0.05].map((x) => input(x, 0)))
      .map(({ flow }) => flow),
    ["none", "up", "up", "none", "none", "none", "down", "down"],
  );
});

Deno.test("nextVerdict() never advises against the flow, the book or its own sentence", () => {
  const any = fc.double({ min: -1, max: 1, noNaN: true });
  const force = fc.double({ min: 0, max: 400, noNaN: true });
  const bin = fc.record({
    composite: any,
    warmup: fc.constantFrom(0, 1 / 3, 1),
    panel: fc.tuple(force, force, force, force).map(([a, b, c, d]) =>
      readPanel({
        pressureAbove: a,
        pressureBelow: b,
        vacuumAbove: c,
        vacuumBelow: d,
        depthAbove: 1,
        depthBelow: 1,
      })
    ),
  });
  fc.assert(
    fc.property(fc.array(bin, { maxLength: 40 }), (bins) => {
      verdicts(bins).forEach(({ advice, side, flow, book, text }, i) => {
        const { panel, composite } = bins[i]!;
        if (advice === null) return;
        strictEqual(flow, book);
        strictEqual(side, book);
        ok(panel.conviction >= 0.12 && Math.sign(panel.net) === Math.sign(composite));
        strictEqual(text, `Flow and book lean ${side}`);
        strictEqual(advice.long === "EXIT", side === "down");
        strictEqual(advice.short === "EXIT", side === "up");
        ok(advice.risk !== (side === "up" ? "SUPPORT FAILING" : "RESISTANCE THINNING"));
      });
    }),
    { seed: 20_261_129, numRuns: 500 },
  );
});
