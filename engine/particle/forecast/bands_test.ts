import { deepEqual, equal, ok } from "node:assert/strict";
import { DEFAULT_LAB } from "../config.ts";
import { Bands } from "./bands.ts";
import { Blend } from "./blend.ts";
import { fnv1a, ReplayDigest } from "./digest.ts";
import { LiveGuard } from "./live_guard.ts";
import { ResidualWindow } from "./residual_window.ts";

const CFG = { ...DEFAULT_LAB, H: 2, bandW: 50, bandMin: 10 };
const CALM = { variance: 4, pace: 1 };
const near = (actual: number, expected: number, bound = 1e-12) =>
  ok(Math.abs(actual - expected) <= bound, `${actual}, ${expected}`);

/** Numbers in -1..1, the same every time. */
function* draws(seed: number) {
  for (let state = seed;;) {
    yield (state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0) / 2 ** 31;
  }
}

Deno.test("ResidualWindow.quantile() is the order statistic of the last residuals", () => {
  const window = new ResidualWindow(30);
  const all: number[] = [];
  for (const draw of draws(5)) {
    if (all.length === 200) break;
    const residual = Math.round(draw * 8) / 2; // many are equal
    all.push(residual);
    window.push(residual);
    const sorted = all.slice(-30).toSorted((a, b) => a - b);
    for (const q of [0.025, 0.1, 0.5, 0.9, 0.975]) {
      const rank = Math.ceil(q * (sorted.length + 1)) - 1;
      equal(window.quantile(q), sorted[Math.min(Math.max(rank, 0), sorted.length - 1)]);
    }
  }
  const restored = new ResidualWindow(30);
  restored.restore(window.save());
  for (const residual of [9, -9, 0.25]) {
    for (const each of [window, restored]) each.push(residual);
    deepEqual(restored.save(), window.save());
    equal(restored.quantile(0.9), window.quantile(0.9));
  }
});

Deno.test("Bands are those of a random walk until there are enough residuals", () => {
  const bands = new Bands(CFG);
  for (let i = 0; i < 9; i++) bands.push(2, 100, 1);
  for (const kind of ["plain", "scaled"] as const) {
    near(bands[kind](2, 1, 0.9, CALM), 1 + 1.2815515655446004 * Math.sqrt(8), 1e-9);
    near(bands[kind](2, 1, 0.1, CALM), 1 - 1.2815515655446004 * Math.sqrt(8), 1e-9);
  }
  bands.push(2, 100, 1);
  equal(bands.plain(2, 1, 0.9, CALM), 101);
});

Deno.test("Bands.scaled() widens with the pace of the volatility, Bands.plain() does not", () => {
  const bands = new Bands(CFG);
  for (let i = -20; i <= 20; i++) bands.push(1, i, 2); // a lively stretch
  const at = (pace: number) => bands.scaled(1, 0, 0.9, { variance: 4, pace });
  near(at(2), bands.plain(1, 0, 0.9, CALM));
  near(at(1), at(2) / 2);
});

Deno.test("Bands.scaled() lies on the lattice of the mids, where a resting mid is inside", () => {
  const bands = new Bands(CFG, 0.5);
  for (let i = 0; i < 40; i++) bands.push(1, 0.01 * (i % 3 - 1) - 0.04, 1);
  equal(bands.scaled(1, 0.04, 0.1, CALM), 0);
  equal(bands.scaled(1, 0.04, 0.9, CALM), 0);
  ok(bands.plain(1, 0.04, 0.1, CALM) < 0);
});

Deno.test("Blend.learn() earns its amplitude and weighs what foretells", () => {
  const blend = new Blend(2, DEFAULT_LAB.lam, 20);
  const z = new Float64Array(3);
  equal(blend.publish(1, Float64Array.of(5, 5, 5)), 0);
  let at = 0;
  for (const draw of draws(3)) {
    if (++at > 3_000) break;
    z[at % 3] = 3 * draw;
    blend.learn(1, z, 0.5 * z[1]! - 0.8 * z[2]! + 2 * z[0]!);
  }
  near(blend.u[0]!, 1); // held
  near(blend.u[2]!, 0); // held
  ok(blend.u.slice(3).every((weight) => weight === 0)); // the other horizon
});

Deno.test("LiveGuard.hold() bounds a forecast at six deviations and a tick", () => {
  const guard = new LiveGuard();
  guard.take(0);
  deepEqual([guard.hold(4, 12.9, 1), guard.hold(4, 20, 1), guard.hold(4, -20, 1)], [12.9, 13, -13]);
  equal(guard.held, 2);
});

Deno.test("ReplayDigest.take() chains lines rounded to 1e-4", () => {
  const digest = new ReplayDigest();
  const row = (...values: number[]) => Float64Array.from(values);
  digest.take(12, 20_000.5, row(0.12345, -0.00004), row(0.35), row(-1));
  equal(digest.hex, fnv1a("12|200005000|1235,0|3500|-10000\n"));
  const restored = new ReplayDigest();
  restored.restore(digest.save());
  for (const each of [digest, restored]) each.take(13, 1, row(), row(), row());
  equal(restored.hex, digest.hex);
  equal(digest.hex, fnv1a("12|200005000|1235,0|3500|-10000\n13|10000|||\n"));
});
