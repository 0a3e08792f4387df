import { deepStrictEqual, ok } from "node:assert/strict";
import { conditionsOf, type MarkedPrint } from "./print_marks.ts";

const SESSION = { openTs: 1_768_400_000_000, closeTs: 1_768_423_400_000 };
const NOON = SESSION.openTs + 9_000_000;
const DRAWS = 4_000;

/** Share of every code over evenly spaced draws; "" for none. */
function sharesOf(print: Partial<MarkedPrint>): Map<string, number> {
  const shares = new Map<string, number>();
  const whole = { ts: NOON, size: 10, isMultiLeg: false, isTied: false, ...print };
  for (let i = 0; i < DRAWS; i++) {
    const code = conditionsOf(whole, SESSION, (i + 0.5) / DRAWS)[0] ?? "";
    shares.set(code, (shares.get(code) ?? 0) + 1 / DRAWS);
  }
  return shares;
}

Deno.test("conditionsOf() marks every leg of an order of several and no single contract as one", () => {
  const codes = (print: Partial<MarkedPrint>) => [...sharesOf(print).keys()].sort();
  deepStrictEqual(codes({ isMultiLeg: true }), ["COMPLEX", "SPREAD"]);
  deepStrictEqual(codes({ isMultiLeg: true, isTied: true }), ["BUYWRITE", "COMPLEX", "SPREAD"]);
  deepStrictEqual(codes({}), ["", "AUCTION", "AUTO-EX", "CROSS", "ISO", "LATE"]);
});

Deno.test("conditionsOf() opens and closes in the first and last minute alone", () => {
  const share = (ts: number, code: string) => sharesOf({ ts }).get(code) ?? 0;
  ok(Math.abs(share(SESSION.openTs + 59_999, "OPENING") - 0.12) < 0.001);
  ok(Math.abs(share(SESSION.closeTs - 60_000, "CLOSING") - 0.12) < 0.001);
  deepStrictEqual([share(SESSION.openTs + 60_000, "OPENING"), share(NOON, "OPENING")], [0, 0]);
  deepStrictEqual([share(SESSION.closeTs - 60_001, "CLOSING"), share(NOON, "CLOSING")], [0, 0]);
  deepStrictEqual(sharesOf({ ts: SESSION.openTs, isMultiLeg: true }).get("OPENING"), undefined);
});

Deno.test("conditionsOf() crosses and auctions the large more often, but seldom", () => {
  const special = (size: number) => {
    const shares = sharesOf({ size });
    return (shares.get("CROSS") ?? 0) + (shares.get("AUCTION") ?? 0);
  };
  ok(special(99) < special(100) && special(499) < special(500));
  ok(special(5_000) < 0.06, "a reader takes an order with many of them for none");
});
