import { deepEqual, equal, ok } from "node:assert/strict";
import {
  atTheMoney,
  discountFactor,
  forwardPrice,
  FRESH_MS,
  greeks,
  impliedVolatility,
  optionPrice,
  type QuoteMark,
  RATE,
  smileAt,
  type SmilePoint,
  yearsToExpiry,
} from "./mod.ts";

const NOW = Date.UTC(2026, 0, 12, 15);
const EXPIRY = 20260220;
const smile = (strike: number) => 0.3 + (100 - strike) / 400;

function mark(right: "C" | "P", strike: number, ts = NOW, spot = 100): QuoteMark {
  const price = optionPrice(right, spot, strike, yearsToExpiry(ts, EXPIRY), smile(strike));
  return { right, strike, bid: price - 0.005, ask: price + 0.005, ts, spot };
}

Deno.test("forwardPrice() is the strike at which a call and a put cost the same", () => {
  for (const years of [0.01, 0.25, 1]) {
    const forward = forwardPrice(100, years);
    const call = optionPrice("C", 100, forward, years, 0.3);
    const put = optionPrice("P", 100, forward, years, 0.3);
    ok(Math.abs(call - put) < 1e-9);
    ok(Math.abs(forward - 100 * Math.exp(RATE * years)) < 1e-9);
    // Every strike: the greeks of a call and a put carry the spot by this forward.
    const pair = (["C", "P"] as const).map((right) => greeks(right, 100, 92, years, 0.3));
    const gap = (pair[0]?.price ?? 0) - (pair[1]?.price ?? 0);
    ok(Math.abs(gap - (forward - 92) * discountFactor(years)) < 1e-9);
    const ivs = pair.map(({ price }, i) =>
      impliedVolatility(i === 0 ? "C" : "P", price, 100, 92, years)
    );
    ok(ivs.every((iv) => iv !== null && Math.abs(iv - 0.3) < 1e-6), `${ivs}`);
  }
});

Deno.test("smileAt() takes fresh quotes of two sides, out of the money where both are", () => {
  const quotes = [
    mark("C", 90),
    mark("P", 90),
    mark("C", 95), // no put: the call stands for the strike
    mark("C", 100, NOW - FRESH_MS),
    mark("C", 105, NOW - FRESH_MS - 1),
    { ...mark("C", 110), bid: 0 },
    mark("C", 115, NOW + 1),
  ];
  const points = smileAt(quotes, EXPIRY, 100, NOW);
  deepEqual(points.map(({ strike, right, ageMs }) => [strike, right, ageMs]), [
    [90, "P", 0],
    [95, "C", 0],
    [100, "C", FRESH_MS],
  ]);
  for (const { strike, iv } of points) ok(Math.abs(iv - smile(strike)) < 1e-4, `${strike}: ${iv}`);
});

Deno.test("smileAt() leaves out a quote that is wider than what it pays for time", () => {
  const wide = (right: "C" | "P", strike: number, halfUsd: number) => {
    const { bid, ask, ...quote } = mark(right, strike);
    const mid = (bid + ask) / 2;
    return { ...quote, bid: mid - halfUsd, ask: mid + halfUsd };
  };
  const paid = wide("P", 90, 0).bid; // out of the money all of it is for time
  const seen = (halfUsd: number, right: "C" | "P" = "P") =>
    smileAt([wide(right, 90, halfUsd)], EXPIRY, 100, NOW).length;
  deepEqual([seen(0.49 * paid), seen(0.51 * paid)], [1, 0]);
  deepEqual([seen(0.49 * paid, "C"), seen(0.51 * paid, "C")], [1, 0]);
});

Deno.test("smileAt() solves every quote against the underlying of its own time", () => {
  const quotes = [90, 95, 100, 105, 110].map((strike, i) =>
    mark(strike < 100 ? "P" : "C", strike, NOW - 10_000 * i, 100 - i / 2)
  );
  for (const { strike, iv } of smileAt(quotes, EXPIRY, 100, NOW)) {
    ok(Math.abs(iv - smile(strike)) < 1e-4, `${strike}: ${iv}`);
  }
  const misread = quotes.map((quote) => ({ ...quote, spot: 100 }));
  const worst = Math.max(
    ...smileAt(misread, EXPIRY, 100, NOW).map(({ strike, iv }) => Math.abs(iv - smile(strike))),
  );
  ok(worst > 0.02, `${worst}`); // what one underlying for quotes of all ages does
});

Deno.test("atTheMoney() reads between near strikes, and carries no volatility beyond them", () => {
  const points = (...strikes: readonly number[]): readonly SmilePoint[] =>
    strikes.map((strike) => ({ strike, iv: smile(strike), right: "C", ageMs: 0 }));
  const at = (...strikes: readonly number[]) => atTheMoney(points(...strikes), 100, 0.1);
  ok(Math.abs((at(98, 102) ?? 0) - 0.3) < 1e-12);
  ok(Math.abs((at(80, 99, 101.5, 140) ?? 0) - 0.3) < 1e-12);
  equal(at(100.5), smile(100.5));
  equal(at(80, 120), null); // a chord of a smile lies above it
  equal(at(103, 106), null);
  equal(at(), null);
});
