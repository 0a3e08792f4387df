import fc from "fast-check";
import { deepStrictEqual, equal } from "node:assert/strict";
import { newMetadata, stypeId } from "./metadata.ts";
import { SymbolMap, utcDate } from "./symbols.ts";

const DAY_NS = 86_400_000_000_000n;
const JAN_5_NS = 1_767_571_200_000_000_000n; // 2026-01-05T00:00:00Z

Deno.test("utcDate() equals the calendar of Date for every day that a timestamp can hold", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 213_503 }),
      fc.bigInt({ min: 0n, max: DAY_NS - 1n }),
      (day, ns) => {
        const iso = new Date(day * 86_400_000).toISOString();
        const expected = Number(iso.slice(0, 10).replaceAll("-", ""));
        equal(utcDate(BigInt(day) * DAY_NS + ns), expected);
      },
    ),
    { seed: 5, numRuns: 2_000 },
  );
  equal(utcDate(JAN_5_NS - 1n), 20260104);
  equal(utcDate(951_782_400_000_000_000n), 20000229);
});

const INTERVALS = [
  { startDate: 20260105, endDate: 20260107, symbol: "7" },
  { startDate: 20260107, endDate: 20260108, symbol: "" },
  { startDate: 20260108, endDate: 20260109, symbol: "8" },
];

Deno.test("SymbolMap keys by date and id, start inclusive and end exclusive", () => {
  const map = new SymbolMap(newMetadata({
    dataset: "X",
    schema: 0,
    startNs: JAN_5_NS,
    mappings: [
      { rawSymbol: "ESH6", intervals: INTERVALS },
      { rawSymbol: "NQH6", intervals: [{ startDate: 20260107, endDate: 20260108, symbol: "7" }] },
    ],
  }));
  const days = [-1n, 0n, 1n, 2n, 3n, 4n].map((n) => JAN_5_NS + n * DAY_NS);
  deepStrictEqual(days.map((ns) => map.at(ns, 7)), [null, "ESH6", "ESH6", "NQH6", null, null]);
  deepStrictEqual(days.map((ns) => map.at(ns, 8)), [null, null, null, null, "ESH6", null]);
  equal(map.at(JAN_5_NS + 2n * DAY_NS - 1n, 7), "ESH6");
  deepStrictEqual(map.instrumentIds(), [7, 8]);
});

Deno.test("SymbolMap reads the inverse mapping and refuses others", () => {
  const mappings = [{
    rawSymbol: "7",
    intervals: [{ startDate: 20260105, endDate: 20260106, symbol: "ESH6" }],
  }];
  const metadata = newMetadata({ dataset: "X", schema: 0, startNs: 0n, mappings });
  const inverse = {
    ...metadata,
    stypeIn: stypeId("instrument_id"),
    stypeOut: stypeId("raw_symbol"),
  };
  equal(new SymbolMap(inverse).on(20260105, 7), "ESH6");
  const other = new SymbolMap({ ...inverse, stypeIn: stypeId("parent") });
  equal(other.canMap, false);
  equal(other.on(20260105, 7), null);
});
