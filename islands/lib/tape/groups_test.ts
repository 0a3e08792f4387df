import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import fc from "fast-check";
import { print } from "./_test_util.ts";
import { signedDelta, signedPremium } from "./filters.ts";
import { GroupSums } from "./groups.ts";
import { SIDES } from "./rows.ts";

const anyPrint = fc.record({
  seq: fc.nat(1e6),
  side: fc.constantFrom(...SIDES),
  symbol: fc.constantFrom("SPY", "NVDA", "AAPL"),
  premium: fc.integer({ min: 1, max: 1e6 }),
  delta: fc.double({ min: -1, max: 1, noNaN: true }),
  size: fc.integer({ min: 1, max: 500 }),
}).map(({ seq, ...given }) => print(seq, given));

Deno.test("GroupSums equal the sums over the rows that are left", () => {
  fc.assert(fc.property(fc.array(anyPrint, { maxLength: 40 }), fc.nat(40), (rows, gone) => {
    const groups = new GroupSums("symbol", () => "");
    for (const row of rows) groups.row(row, 1);
    for (const row of rows.slice(0, gone)) groups.row(row, -1);
    const left = rows.slice(gone);
    for (const group of groups.sorted("premium", true)) {
      const own = left.filter(({ symbol }) => symbol === group.id);
      strictEqual(group.count, own.length);
      strictEqual(group.premium, own.reduce((sum, row) => sum + row.premium, 0));
      strictEqual(group.netPremium, own.reduce((sum, row) => sum + signedPremium(row), 0));
      const delta = own.reduce((sum, row) => sum + signedDelta(row), 0);
      ok(Math.abs(group.netDelta - delta) <= 1e-6 * Math.max(1, Math.abs(delta)));
    }
    const symbols = new Set(left.map(({ symbol }) => symbol));
    strictEqual(groups.sorted("premium", true).length, symbols.size);
  }));
});

Deno.test("GroupSums sort by the figure asked for, and by profile take the event of a print", () => {
  const groups = new GroupSums("profile", (row) => row.id === "print-1" ? "retail_whale" : "");
  groups.row(print(1, { premium: 10 }), 1);
  groups.row(print(2, { premium: 30, side: "B" }), 1);
  groups.row(print(3, { premium: 5 }), 1);
  deepStrictEqual(
    groups.sorted("premium", true).map(({ id, premium, netPremium }) => [id, premium, netPremium]),
    [["unrecognised", 35, -25], ["retail_whale", 10, 10]],
  );
  deepStrictEqual(groups.sorted("net", false).map(({ id }) => id), [
    "unrecognised",
    "retail_whale",
  ]);
});

Deno.test("signed figures follow the side against the quote", () => {
  strictEqual(signedPremium(print(1, { side: "AA", premium: 7 })), 7);
  strictEqual(signedPremium(print(1, { side: "BB", premium: 7 })), -7);
  strictEqual(signedPremium(print(1, { side: "MID", premium: 7 })), 0);
  // A put sold at the bid adds delta.
  strictEqual(signedDelta(print(1, { side: "B", delta: -0.4, size: 10 })), 400);
});
