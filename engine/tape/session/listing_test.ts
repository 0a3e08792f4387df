import { deepEqual, equal, ok } from "node:assert/strict";
import { Xoshiro256 } from "../../prng/mod.ts";
import { daysOfDate } from "../../regime/mod.ts";
import { listChain, optionRoot } from "./listing.ts";

Deno.test("optionRoot() names week and weekday, and the last trading day of a month", () => {
  const roots: readonly [date: number, root: string][] = [
    [20260105, "E1A"],
    [20260106, "E1B"],
    [20260107, "E1C"],
    [20260108, "E2D"],
    [20260109, "EW2"],
    [20260127, "E4B"],
    [20260129, "E5D"],
    [20260130, "EW"], // a Friday
    [20260202, "E1A"],
    [20260331, "EW"], // a Tuesday
    [20260529, "EW"], // a Friday, the 31st a Sunday
  ];
  for (const [date, root] of roots) equal(optionRoot(daysOfDate(date)), root, `${date}`);
});

Deno.test("listChain() lists 61 strikes of calls and puts around the price", () => {
  const listing = listChain(new Xoshiro256(1, 24), 6_950.25, 1_767_733_200_000_000_000n);
  equal(listing.root, "E1B");
  deepEqual([listing.strikes.length, listing.strikes[0], listing.strikes[60]], [61, 6_800, 7_100]);
  deepEqual(listing.symbols.slice(60, 62), ["E1BF6 C6950", "E1BF6 P6950"]);
  equal(new Set(listing.symbols).size, 122);
  const { openInterest } = listing;
  ok(openInterest.every((contracts) => contracts >= 5));
  ok(openInterest[61]! > openInterest[59]!, "a strike of 50 holds more than one of 5");
});

Deno.test("listChain() names an expiration on a weekend by the trading day after it", () => {
  const saturday = BigInt(Date.parse("2026-01-10T18:00:00Z")) * 1_000_000n;
  equal(listChain(new Xoshiro256(1, 24), 6_950.25, saturday).root, "E2A");
});
