import { ok } from "node:assert/strict";
import { ChainValues, strikeVolatility } from "./chain_values.ts";

const FUTURE = 6_951.3;
const STRIKES = new Float64Array(61).map((_, i) => 6_800 + 5 * i);
const HOUR_NS = 3_600e9;

function valued(atm: number, skewShift: number, hours: number, future = FUTURE): ChainValues {
  const values = new ChainValues();
  values.list(STRIKES);
  values.set(future, atm, skewShift, hours * HOUR_NS);
  return values;
}

Deno.test("ChainValues leave no arbitrage between strikes", () => {
  for (const atm of [0.08, 0.15, 0.25, 0.4, 0.9]) {
    for (const skewShift of [-0.03, 0, 0.03, 0.06]) {
      for (const hours of [0.1, 1, 3, 6.5]) {
        const { value } = valued(atm, skewShift, hours);
        const name = `${atm} ${skewShift} ${hours}`;
        for (let right = 0; right < 2; right++) {
          for (let i = 1; i < 60; i++) {
            const [below, at, above] = [i - 1, i, i + 1].map((k) => value[2 * k + right]!);
            ok(below! + above! - 2 * at! > -1e-9, `${name}: convexity at ${STRIKES[i]}`);
            ok((above! - at!) * (right === 0 ? -1 : 1) > -1e-9, `${name}: order at ${STRIKES[i]}`);
          }
        }
      }
    }
  }
});

Deno.test("ChainValues of calls and puts keep parity, and deltas differ by the discount", () => {
  const { value, delta } = valued(0.2, 0, 2);
  const discount = Math.exp(-0.05 * 2 / 8_760);
  STRIKES.forEach((strike, i) => {
    const off = value[2 * i]! - value[2 * i + 1]! - discount * (FUTURE - strike);
    ok(Math.abs(off) < 1e-11, `${strike}: ${off}`);
    ok(Math.abs(delta[2 * i]! - delta[2 * i + 1]! - discount) < 1e-14);
  });
});

Deno.test("ChainValues rise by their deltas", () => {
  const base = valued(0.15, 0, 5);
  const up = valued(0.15, 0, 5, FUTURE + 1e-3);
  STRIKES.forEach((strike, i) => {
    // Along a smile that moves with the future the slope has a further part: vega times the smile's own.
    const drift = (up.volatility[i]! - base.volatility[i]!) * base.vega[i]!;
    const slope = (up.value[2 * i]! - base.value[2 * i]! - drift) / 1e-3;
    ok(Math.abs(slope - base.delta[2 * i]!) < 2e-4, `${strike}: ${slope} ${base.delta[2 * i]}`);
  });
});

Deno.test("strikeVolatility() is the one at the money there, and skewed to puts", () => {
  ok(strikeVolatility(0.15, -0.3, 0) === 0.15);
  ok(strikeVolatility(0.15, -0.3, -2) > strikeVolatility(0.15, -0.3, 2));
});
