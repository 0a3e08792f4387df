import { deepStrictEqual } from "node:assert/strict";
import { SeenContracts } from "./contracts.ts";

Deno.test("SeenContracts.of() counts days from the day that a trade counts for", () => {
  const days = (at: string, ...expiries: string[]) => {
    const contracts = new SeenContracts(Date.parse(at));
    const seen = expiries.map((expiry) => contracts.of(`SPY-${expiry}-590-C`));
    return seen.map(({ dte }) => dte);
  };
  // Morning and last hour in winter, last hour in summer, evening, Friday night, Sunday.
  deepStrictEqual(days("2026-01-14T14:30:00Z", "2026-01-14", "2026-01-16"), [0, 2]);
  deepStrictEqual(days("2026-01-14T20:30:00Z", "2026-01-14"), [0]);
  deepStrictEqual(days("2026-07-14T19:59:00Z", "2026-07-14"), [0]);
  deepStrictEqual(days("2026-01-14T21:00:00Z", "2026-01-15"), [0]);
  deepStrictEqual(days("2026-01-17T02:00:00Z", "2026-01-19"), [0]);
  deepStrictEqual(days("2026-11-30T01:52:00Z", "2026-11-30", "2026-12-04"), [0, 4]);
  // What trades has not expired: a file that is told of later.
  deepStrictEqual(days("2026-03-02T15:00:00Z", "2026-01-16", "2026-01-14"), [2, 0]);
});

Deno.test("SeenContracts.of() numbers contracts and takes any text", () => {
  const contracts = new SeenContracts(0);
  const first = contracts.of("SPY-2026-01-14-590-C");
  const none = contracts.of("nonsense");
  deepStrictEqual([first.number, first.root, first.strike, first.right], [0, "SPY", 590, "C"]);
  deepStrictEqual([none.number, none.root, none.dte], [1, "", NaN]);
  deepStrictEqual(contracts.of("SPY-2026-01-14-590-C"), first);
});
