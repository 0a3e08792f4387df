import { equal, ok } from "node:assert/strict";
import { Xoshiro256 } from "../prng/mod.ts";
import { exp } from "./exp.ts";
import { log } from "./log.ts";
import { normalQuantile } from "./normal_quantile.ts";
import { pow } from "./pow.ts";

Deno.test("exp() agrees with the built-in one to 4e-16", () => {
  const rng = new Xoshiro256(1);
  for (let i = 0; i < 50_000; i++) {
    const x = (rng.uniform() - 0.5) * (i % 2 === 0 ? 2 : 1_414);
    ok(Math.abs(exp(x) / Math.exp(x) - 1) <= 4e-16, `exp(${x})`);
  }
});

Deno.test("exp() has the right edges", () => {
  equal(exp(0), 1);
  equal(exp(-0), 1);
  equal(exp(-800), 0);
  equal(exp(-Infinity), 0);
  equal(exp(710), Infinity);
  ok(Math.abs(exp(709.78) / Math.exp(709.78) - 1) < 1e-15);
  ok(Number.isNaN(exp(NaN)));
});

Deno.test("log() agrees with the built-in one to 4e-16", () => {
  const rng = new Xoshiro256(2);
  for (let i = 0; i < 50_000; i++) {
    const x = Math.exp((rng.uniform() - 0.5) * (i % 2 === 0 ? 1 : 1_400));
    const want = Math.log(x);
    ok(Math.abs(log(x) - want) <= 4e-16 * Math.abs(want), `log(${x})`);
  }
});

Deno.test("log() has the right edges", () => {
  equal(log(1), 0);
  equal(log(0), -Infinity);
  equal(log(Infinity), Infinity);
  equal(log(5e-324), Math.log(5e-324));
  ok(Number.isNaN(log(-1)));
  ok(Number.isNaN(log(NaN)));
});

/** log() as first written, with the mantissa put together of two halves. */
function logOfHalves(x: number): number {
  const scratch = new Float64Array(1);
  const bits = new DataView(scratch.buffer);
  let exponent = x < 2.2250738585072014e-308 ? -54 : 0;
  bits.setFloat64(0, exponent === 0 ? x : x * 2 ** 54);
  exponent += (bits.getUint32(0) >>> 20) - 1_022;
  bits.setUint32(0, (bits.getUint32(0) & 0x000f_ffff) | 0x3fe0_0000);
  let m = bits.getFloat64(0);
  if (m < 0.7071067811865476) {
    m *= 2;
    exponent--;
  }
  const f = m - 1;
  const s = f / (m + 1);
  const z = s * s;
  let p = 1 / 21;
  for (let odd = 19; odd >= 3; odd -= 2) p = p * z + 1 / odd;
  const tail = 2 * s * z * p - s * f;
  return exponent * 0.6931471803691238 + (f + (tail + exponent * 1.9082149292705877e-10));
}

Deno.test("log() gives the bits of its definition, at sqrt 1/2 and in every binade", () => {
  const rng = new Xoshiro256(3);
  const scratch = new DataView(new ArrayBuffer(8));
  const hold = (x: number) => equal(log(x), logOfHalves(x), `log(${x})`);
  for (let i = 0; i < 100_000; i++) {
    scratch.setUint32(0, Math.floor(rng.uniform() * 0x7ff0_0000));
    scratch.setUint32(4, Math.floor(rng.uniform() * 2 ** 32));
    hold(scratch.getFloat64(0));
  }
  for (let exponent = -1_074; exponent < 1_024; exponent++) hold(2 ** exponent);
  for (let ulps = -2_000; ulps <= 2_000; ulps++) {
    const near = 0.7071067811865476 + ulps * 2 ** -53;
    for (const scale of [2 ** -1_022, 0.25, 1, 8, 2 ** 1_023]) hold(near * scale);
  }
  hold(Number.MAX_VALUE);
});

Deno.test("pow() raises", () => {
  for (const [base, power] of [[2, 10], [5, -0.6], [0.37, 0.7], [250, 1 / 2.2]] as const) {
    ok(Math.abs(pow(base, power) / base ** power - 1) < 4e-15);
  }
});

Deno.test("normalQuantile() gives the tabulated points and is odd", () => {
  // 16-digit values of the standard normal
  const points: readonly [p: number, z: number][] = [
    [0.975, 1.959963984540054],
    [0.99, 2.3263478740408408],
    [0.1, -1.2815515655446004],
    [1e-10, -6.361340902404056],
    [1e-300, -37.0470962993612],
    [0.5, 0],
  ];
  for (const [p, z] of points) ok(Math.abs(normalQuantile(p) - z) <= 1e-14 * (1 + Math.abs(z)));
  for (const p of [0.001, 0.2, 0.4375]) {
    ok(Math.abs(normalQuantile(p) + normalQuantile(1 - p)) < 1e-13);
  }
  equal(normalQuantile(0), -Infinity);
  equal(normalQuantile(1), Infinity);
  ok(Number.isNaN(normalQuantile(1.1)));
  ok(Number.isNaN(normalQuantile(NaN)));
});
