import { ok } from "node:assert/strict";
import { baseVolatility, surfaceVolatility } from "./iv_surface.ts";

const NVDA = 6;
const DAY = 1 / 365;

function atMoney(days: number, eventDays: number | null): number {
  const point = { symbol: NVDA, volatilityLevel: 0.5, spot: 140, strike: 140 };
  return surfaceVolatility({ ...point, years: days * DAY, eventDays });
}

Deno.test("an event adds the same variance to every expiry after it and none to those before", () => {
  const added = [6, 12, 40, 170].map((days) =>
    (atMoney(days, 5) ** 2 - atMoney(days, null) ** 2) * days * DAY
  );
  for (const variance of added) ok(Math.abs(variance / (9 * 0.03 ** 2) - 1) < 1e-9, `${variance}`);
  ok(atMoney(4, 5) === atMoney(4, null));
  ok(atMoney(6, 5) > 1.4 * atMoney(6, null) && atMoney(170, 5) < 1.05 * atMoney(170, null));
});

Deno.test("the term structure falls without a step", () => {
  let before = atMoney(0.5, null);
  for (let days = 1; days < 200; days += 0.5) {
    const now = atMoney(days, null);
    ok(now < before && now > 0.985 * before, `${days} days`);
    before = now;
  }
  ok(Math.abs(before / baseVolatility(NVDA, 0.5) - 0.95) < 0.001);
});
