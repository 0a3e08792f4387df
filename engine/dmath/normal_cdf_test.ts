import { equal, ok } from "node:assert/strict";
import { normalCdf, normalPdf } from "./normal_cdf.ts";
import { normalQuantile } from "./normal_quantile.ts";

Deno.test("normalCdf() gives the tabulated points", () => {
  // 16-digit values of the standard normal
  const points: readonly [x: number, p: number][] = [
    [0, 0.5],
    [1, 0.8413447460685429],
    [-1, 0.15865525393145705],
    [1.96, 0.9750021048517795],
    [-3, 0.0013498980316300946],
    [-5, 2.8665157187919391e-7],
    [-8, 6.220960574271785e-16],
  ];
  for (const [x, p] of points) ok(Math.abs(normalCdf(x) - p) < 1e-12, `normalCdf(${x})`);
});

Deno.test("normalCdf() undoes normalQuantile()", () => {
  for (let p = 0.001; p < 1; p += 0.0037) {
    ok(Math.abs(normalCdf(normalQuantile(p)) - p) < 1e-12, `p = ${p}`);
  }
});

Deno.test("normalCdf() has the right edges and its slope is normalPdf()", () => {
  equal(normalCdf(-Infinity), 0);
  equal(normalCdf(Infinity), 1);
  ok(Number.isNaN(normalCdf(NaN)));
  for (const x of [-6, -2.5, -0.3, 0, 0.7, 1.9, 7.2]) {
    const slope = (normalCdf(x + 1e-4) - normalCdf(x - 1e-4)) / 2e-4;
    ok(Math.abs(slope - normalPdf(x)) < 1e-8, `x = ${x}`);
  }
});
