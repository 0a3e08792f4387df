import { ok, strictEqual } from "node:assert/strict";
import { venueOf, VENUES, venueShares } from "./venues.ts";

Deno.test("venueShares() add up to one, differ by venue and by product", () => {
  const [funds, stocks] = [venueShares(true), venueShares(false)];
  for (const shares of [funds, stocks]) {
    strictEqual(shares.length, VENUES.length);
    ok(Math.abs(shares.reduce((a, b) => a + b, 0) - 1) < 1e-12);
    ok(Math.max(...shares) / Math.min(...shares) >= 2);
  }
  const apart = funds.reduce((sum, share, i) => sum + Math.abs(share - (stocks[i] ?? 0)), 0) / 2;
  ok(apart >= 0.08, `${apart}`);
});

Deno.test("venueOf() draws each venue as often as its share", () => {
  const draws = 20_000;
  for (const isFund of [true, false]) {
    const counts = new Map<string, number>();
    for (let i = 0; i < draws; i++) {
      const venue = venueOf((i + 0.5) / draws, isFund);
      counts.set(venue, (counts.get(venue) ?? 0) + 1);
    }
    venueShares(isFund).forEach((share, i) => {
      const found = (counts.get(VENUES[i] ?? "") ?? 0) / draws;
      ok(Math.abs(found - share) < 1e-3, `${VENUES[i]}: ${found}, not ${share}`);
    });
  }
});
