import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import fc from "fast-check";
import { event, print, share } from "./_test_util.ts";
import {
  filterText,
  GROUP_BY,
  OPEN_FILTER,
  type RangeName,
  RANGES,
  readFilter,
  type TapeFilter,
} from "./tape_filter.ts";
import { queryOf, rowTest } from "./filters.ts";
import { queryKey } from "./tape_query.ts";
import { SIDES } from "./rows.ts";

const bound = fc.option(fc.integer({ min: -1_000, max: 1_000 }));
const range = fc.record({ min: bound, max: bound }, { noNullPrototype: true })
  .filter(({ min, max }) => min !== null || max !== null);
const anyFilter: fc.Arbitrary<TapeFilter> = fc.record({
  view: fc.constantFrom("signal" as const, "raw" as const),
  sides: fc.subarray([...SIDES]),
  right: fc.constantFrom("both" as const, "call" as const, "put" as const),
  security: fc.constantFrom("all" as const, "stock" as const, "etf" as const),
  minPremium: fc.nat(1e6),
  smartOnly: fc.boolean(),
  offOnly: fc.boolean(),
  contract: fc.constantFrom(null, "NVDA-2026-01-30-142.5-C"),
  profile: fc.constantFrom(null, "vol_seller"),
  severity: fc.constantFrom("all" as const, "medium" as const, "high" as const),
  ranges: fc.dictionary(fc.constantFrom(...Object.keys(RANGES) as RangeName[]), range, {
    noNullPrototype: true,
  }),
  sort: fc.option(
    fc.record({ column: fc.constantFrom("premium", "size"), isDown: fc.boolean() }, {
      noNullPrototype: true,
    }),
  ),
  group: fc.constantFrom(...GROUP_BY),
  columns: fc.option(fc.subarray(["time", "contract", "premium"], { minLength: 1 })),
}, { noNullPrototype: true });

Deno.test("readFilter() reads what filterText() wrote", () => {
  fc.assert(fc.property(anyFilter, (filter) => {
    deepStrictEqual(readFilter(filterText(filter)), filter);
  }));
  strictEqual(filterText(OPEN_FILTER), "");
});

Deno.test("readFilter() takes any text for a filter", () => {
  fc.assert(fc.property(fc.string(), (text) => {
    const filter = readFilter(text);
    deepStrictEqual(readFilter(filterText(filter)), filter);
  }));
  deepStrictEqual(readFilter("view=all&side=XX&min=-4&r.size=a..b&contract=%27%3B"), {
    ...OPEN_FILTER,
    sides: [],
    ranges: { size: { min: null, max: null } },
  });
});

Deno.test("readFilter() takes what older releases called a probability for the score that it was", () => {
  const filter = readFilter("r.probability=0.5..");
  deepStrictEqual(filter.ranges, { score: { min: 0.5, max: null } });
  strictEqual(filterText(filter), "r.score=0.5..");
  const test = rowTest(filter, [], none);
  ok(test(event(1, { score: 0.5, probability: 0.1 })));
  ok(!test(event(1, { score: 0.4, probability: 0.9 })));
});

const MARK = {
  eventId: "event",
  profile: "vol_seller",
  direction: "bullish",
  score: 0.9,
  probability: 0.96,
  band: "high",
};
const none = () => undefined;

Deno.test("rowTest() bounds figures, sides, symbols and recognised prints", () => {
  const test = (given: Partial<TapeFilter>, symbols: readonly string[] = []) =>
    rowTest({ ...OPEN_FILTER, ...given }, symbols, (id) => id === "print-7" ? MARK : undefined);
  ok(test({})(print(1)));
  for (const side of SIDES) ok(test({})(print(1, { side }))); // everything at first
  ok(!test({ sides: ["A"] })(print(1, { side: "B" })));
  ok(test({})(print(1, { isSignal: false })));
  ok(!test({ view: "signal" })(print(1, { isSignal: false })));
  ok(!test({ right: "put" })(print(1)));
  ok(!test({ security: "etf" })(print(1)));
  ok(!test({ minPremium: 3_000 })(print(1)));
  ok(test({ sides: ["B"] })(print(1, { side: "B" })));
  ok(test({}, ["NVDA", "SPY"])(print(1)));
  ok(!test({}, ["SPY"])(print(1)));
  ok(test({ ranges: { iv: { min: 40, max: 40 } } })(print(1)));
  ok(!test({ ranges: { dte: { min: 6, max: null } } })(print(1)));
  ok(!test({ ranges: { delta: { min: 0, max: null } } })(print(1, { delta: null })));
  ok(test({ smartOnly: true })(print(7)));
  ok(!test({ smartOnly: true })(print(8)));
  ok(!test({ smartOnly: true })(event(1, { profile: null })));
  ok(!test({ offOnly: true })(share(1)));
  ok(test({ offOnly: true })(share(1, { isOff: true })));
  // One contract alone is looked at with all its sides.
  ok(test({ contract: "NVDA-2026-01-30-142.5-C" }, ["SPY"])(print(1, { side: "B" })));
  ok(!test({ contract: "NVDA-2026-01-30-150-C" })(print(1)));
  ok(!test({ profile: "vol_seller" })(print(8)) && test({ profile: "vol_seller" })(print(7)));
  ok(
    rowTest(OPEN_FILTER, ["SPY"], none)({
      kind: "gap",
      ts: 1,
      seq: 1,
      id: "gap-1",
      symbol: "",
      dropped: 1,
      after: null,
    }),
  );
});

Deno.test("queryOf() gives the server what it can filter, and a contract raw", () => {
  deepStrictEqual(queryOf("options", OPEN_FILTER, ["SPY"]), {
    channel: "options",
    filters: { view: "raw", security: "all" },
    symbols: ["SPY"],
    contract: null,
  });
  const one = queryOf("options", { ...OPEN_FILTER, contract: "A-2026-01-30-1-C" }, ["SPY"]);
  deepStrictEqual([one.filters.view, one.contract, one.symbols], ["raw", "A-2026-01-30-1-C", []]);
  const many = Array.from({ length: 17 }, (_, i) => `S${i}`);
  deepStrictEqual(queryOf("equities", OPEN_FILTER, many).symbols, []);
});

Deno.test("queryKey() tells queries apart in at most 64 characters", () => {
  const keys = new Set<string>();
  for (let i = 0; i < 200; i++) {
    const symbols = Array.from({ length: 12 }, (_, k) => `SYM${i}${k}`);
    const key = queryKey(queryOf("options", OPEN_FILTER, symbols));
    ok(key.length <= 64);
    keys.add(key);
  }
  strictEqual(keys.size, 200);
  strictEqual(
    queryKey(queryOf("flow", OPEN_FILTER, ["A", "B"])),
    queryKey(queryOf("flow", OPEN_FILTER, ["B", "A"])),
  );
});
