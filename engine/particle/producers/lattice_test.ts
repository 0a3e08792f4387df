import { ok, strictEqual } from "node:assert/strict";
import { linearAt, supportOf, taper, writeResampled } from "./lattice.ts";

const GRID = { N: 20, dx: 2 };
const RAMP = { x0: -3, step: 1, v: [0, 1, 2, 3, 4, 5, 6] };

Deno.test("linearAt() is linear between samples and 0 beyond them", () => {
  strictEqual(linearAt(RAMP, -3), 0);
  strictEqual(linearAt(RAMP, 0.25), 3.25);
  strictEqual(linearAt(RAMP, 3), 6);
  strictEqual(linearAt(RAMP, 3.01), 0);
  strictEqual(linearAt(RAMP, -3.01), 0);
});

Deno.test("writeResampled() keeps a line inside its support, moved by the shift", () => {
  const line = { x0: -50, step: 1, v: Float64Array.from({ length: 101 }, (_, j) => 2 * j - 100) };
  const out = new Float64Array(41);
  writeResampled(line, 0.5, GRID, out);
  out.forEach((value, i) => ok(Math.abs(value - 2 * ((i - 20) * 2 + 0.5)) < 1e-9, String(i)));
});

Deno.test("taper() is 1 inside, 0 outside, and has no step between", () => {
  strictEqual(supportOf(RAMP), 3);
  strictEqual(taper(40, 50), 1);
  strictEqual(taper(-50, 50), 0);
  strictEqual(taper(70, 50), 0);
  ok(Math.abs(taper(45, 50) - 0.5) < 1e-12);
  ok(taper(2.5, 3) < 1, "a quarter of a short support");
  for (let x = 39; x < 51; x += 0.01) ok(Math.abs(taper(x + 0.01, 50) - taper(x, 50)) < 0.01);
});
