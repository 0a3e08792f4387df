import { ok } from "node:assert/strict";
import { exp, log } from "../dmath/mod.ts";
import { millsRatio } from "../dmath/mills_ratio.ts";
import { BLOCK } from "./expiry_columns.ts";
import { writeGuesses } from "./volatility_guess.ts";

const SQRT_TWO_PI = Math.sqrt(2 * Math.PI);

/** Time value at a distance and a deviation, and what it lacks to 1, each without the other's rounding. */
function shareOf(y: number, s: number): { readonly share: number; readonly rest: number } {
  const [h, t] = [y / s, s / 2];
  const density = exp(-0.5 * (h - t) * (h - t)) / SQRT_TWO_PI;
  if (t <= h) {
    const share = density * (millsRatio(h - t) - millsRatio(h + t));
    return { share, rest: 1 - share };
  }
  const rest = density * (millsRatio(t - h) + millsRatio(h + t));
  return { share: 1 - rest, rest };
}

Deno.test("writeGuesses() is within 12.2 % at every distance and deviation that a double can price", () => {
  const column = () => new Float64Array(BLOCK);
  const values = {
    share: column(),
    rest: column(),
    near: column(),
    gap: column(),
    distance: column(),
  };
  const out = column();
  let points = 0;
  for (let i = -1; i < 100; i++) {
    const near = i < 0 ? 1 : exp(-exp(-18 + 0.225 * i));
    const distance = -log(near);
    const deviations: number[] = [];
    for (let k = 0; k < BLOCK; k++) {
      const s = exp(-18 + 21 * k / BLOCK);
      const { share, rest } = shareOf(distance, s);
      if (!(share > 1e-300 && rest > 1e-15)) continue;
      const row = deviations.push(s) - 1;
      values.share[row] = share;
      values.rest[row] = rest;
      values.near[row] = near;
      values.gap[row] = 1 - near;
      values.distance[row] = distance;
    }
    writeGuesses(values, out, deviations.length);
    deviations.forEach((s, row) => {
      const miss = Math.abs((out[row] ?? NaN) / s - 1);
      ok(miss < 0.122, `distance ${distance}, deviation ${s}: ${out[row]}`);
    });
    points += deviations.length;
  }
  ok(points > 10_000, `${points}`);
});
