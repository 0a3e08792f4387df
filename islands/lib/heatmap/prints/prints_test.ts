import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import { ArrowEncoder, TRADE_PRINTS } from "../../../../engine/frames/mod.ts";
import { type TradesHead, WireError } from "../wire.ts";
import { ALL_PRINTS, printFilterText, readPrintFilter } from "./print.ts";
import { printsCsv } from "./print_csv.ts";
import { PrintBook } from "./print_book.ts";
import { PrintView } from "./print_view.ts";

const CELL_MS = 100;
const START_MS = 1_770_388_200_000;
const encoder = new ArrowEncoder(TRADE_PRINTS);

function head(bin: number, rows: number, leftOut = 0): TradesHead {
  const binEndNs = BigInt(START_MS + (bin + 1) * CELL_MS) * 1_000_000n;
  return { part: "trade_prints", binSeq: bin, binEndNs, rows, leftOut, live: true };
}

/** Prints of [size, aggressor] in a bin. */
function bytes(bin: number, prints: readonly (readonly [number, number])[]): Uint8Array {
  const numbers = (of: (print: readonly [number, number]) => number) =>
    Float64Array.from(prints, of);
  const times = () =>
    BigInt64Array.from(
      prints,
      (_, i) => BigInt(START_MS + bin * CELL_MS + i) * 1_000_000n,
    );
  return encoder.encode({
    columns: [
      numbers(() => bin),
      times(),
      times(),
      numbers(() => 64_820_000_000),
      numbers(([size]) => size),
      Int8Array.from(prints, ([, aggressor]) => aggressor),
    ],
    valid: TRADE_PRINTS.columns.map(() => null),
  });
}

function bookOf(bins: readonly (readonly [number, readonly (readonly [number, number])[]])[]) {
  const book = new PrintBook(CELL_MS);
  for (const [bin, prints] of bins) {
    if (book.begin(head(bin, prints.length))) book.add(bytes(bin, prints));
  }
  return book;
}

function shown(view: PrintView): readonly string[] {
  return Array.from({ length: view.size }, (_, i) => {
    const row = view.at(i)!;
    return row.kind === "gap" ? row.text : `${row.aggressor * row.size}`;
  });
}

Deno.test("PrintBook keeps a bin once, as after a reconnect, and says what is missing", () => {
  const book = bookOf([[0, [[2, 1]]], [1, []], [1, [[9, 1]]], [0, [[9, 1]]], [2, [[3, -1]]]]);
  const view = new PrintView();
  view.show(book, ALL_PRINTS, Infinity);
  deepStrictEqual(shown(view), ["-3", "2"]);
  strictEqual(book.delta(Infinity).now, -1);
  book.begin(head(13, 0));
  book.begin(head(14, 0, 7));
  view.show(book, ALL_PRINTS, Infinity);
  deepStrictEqual(shown(view).slice(0, 2), [
    "7 prints of a bin are in the picture alone",
    "No prints of 1.0 s: bins are missing",
  ]);
  deepStrictEqual(book.delta(Infinity), { sinceMs: null, now: 0 });
  book.clear();
  strictEqual(book.begin(head(0, 1)), true, "after a reset the first bin is new");
});

Deno.test("PrintBook names the column that breaks the contract", () => {
  const book = new PrintBook(CELL_MS);
  throws(() => book.add(new Uint8Array(4)), WireError);
  strictEqual(book.rows.size, 0);
});

Deno.test("PrintView shows nothing after a time, and counts what it shows", () => {
  const book = bookOf([[0, [[2, 1], [60, -1]]], [1, [[5, 0], [1, 1]]], [2, [[7, 1]]]]);
  const view = new PrintView();
  const until = START_MS + 2 * CELL_MS - 1;
  const counts = view.show(book, { aggressors: [1, -1], leastSize: 2 }, until);
  deepStrictEqual(shown(view), ["-60", "2"]);
  deepStrictEqual([counts.shown, counts.all], [2, 4]);
  deepStrictEqual([...counts.byAggressor].sort(), [[-1, 1], [0, 1], [1, 2]]);
  deepStrictEqual([1, 5, 50, 100].map((size) => counts.bySize.get(size) ?? 0), [4, 2, 1, 0]);
  strictEqual(book.delta(until).now, -57);
});

Deno.test("PrintView keeps the rows in sight while it is held", () => {
  const book = bookOf([[0, [[1, 1], [2, 1]]]]);
  const view = new PrintView();
  view.show(book, ALL_PRINTS, Infinity);
  view.hold(true);
  book.begin(head(1, 1));
  book.add(bytes(1, [[3, 1]]));
  view.show(book, ALL_PRINTS, Infinity);
  deepStrictEqual(shown(view), ["2", "1"]);
  strictEqual(view.queued, 1);
  view.hold(false);
  view.show(book, ALL_PRINTS, Infinity);
  deepStrictEqual(shown(view), ["3", "2", "1"]);
});

Deno.test("readPrintFilter() reads what printFilterText() wrote, and takes nonsense for everything", () => {
  for (
    const filter of [
      ALL_PRINTS,
      { aggressors: [1, 0], leastSize: 10 },
      { aggressors: [], leastSize: 1 },
    ] as const
  ) {
    deepStrictEqual(readPrintFilter(printFilterText(filter)), filter);
  }
  strictEqual(printFilterText(ALL_PRINTS), "");
  deepStrictEqual(readPrintFilter("min=7&view=raw"), ALL_PRINTS);
});

Deno.test("printsCsv() has the prints that pass, the gaps among them, and the stamp in every line", () => {
  const book = bookOf([[0, [[2, 1], [1, -1]]], [10, [[30, 0], [7, -1]]]]);
  const of = {
    isSynthetic: false,
    isReplay: true,
    instrument: "CLX5",
    date: "2026-02-06",
    source: 'a "b".dbn',
  };
  const filter = { aggressors: [1, 0], leastSize: 1 } as const;
  const stamp = '"REPLAY · CLX5 · 2026-02-06 · a ""b"".dbn"';
  const [head, ...lines] = printsCsv(book, { filter, untilMs: Infinity, decimals: 2 }, of)
    .trimEnd().split("\r\n");
  strictEqual(head, "new_york,ts,price,size,aggressor,note,provenance");
  deepStrictEqual(lines, [
    `2026-02-06 09:30:01.000,${START_MS + 1_000},64.82,30,no side,,${stamp}`,
    `2026-02-06 09:30:01.000,${START_MS + 1_000},,,,No prints of 900 ms: bins are missing,${stamp}`,
    `2026-02-06 09:30:00.000,${START_MS},64.82,2,bought,,${stamp}`,
  ]);
});
