import { equal, ok } from "node:assert/strict";
import { exp } from "./exp.ts";
import { millsRatio } from "./mills_ratio.ts";
import { normalCdf, normalCdfOf, normalPdfOf } from "./normal_cdf.ts";
import { normalQuantile } from "./normal_quantile.ts";

const normalPdf = (x: number) => normalPdfOf(exp(-0.5 * x * x));

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

Deno.test("normalCdf() has the right edges and its slope is normalPdfOf()", () => {
  equal(normalCdf(-Infinity), 0);
  equal(normalCdf(Infinity), 1);
  ok(Number.isNaN(normalCdf(NaN)));
  for (const x of [-6, -2.5, -0.3, 0, 0.7, 1.9, 7.2]) {
    const slope = (normalCdf(x + 1e-4) - normalCdf(x - 1e-4)) / 2e-4;
    ok(Math.abs(slope - normalPdf(x)) < 1e-8, `x = ${x}`);
  }
});

Deno.test("normalCdfOf() gives the bits of normalCdf() and keeps NaN", () => {
  for (let x = -40; x <= 40; x += 0.173) {
    equal(normalCdfOf(x, exp(-0.5 * x * x)), normalCdf(x), `x = ${x}`);
  }
  ok(Number.isNaN(normalCdfOf(NaN, NaN)));
});

Deno.test("millsRatio() gives values computed with 40 digits, and normalCdf()'s where that is exact", () => {
  const points: readonly [x: number, ratio: number][] = [
    [-1, 3.4770518117036945],
    [-0.5, 1.9640174953579938],
    [0, 1.2533141373155003],
    [0.5, 0.87636445645369235],
    [1, 0.65567954241879847],
    [2, 0.42136922928805447],
    [3, 0.3045902987101033],
    [5, 0.19280810471531576],
    [8, 0.1231319632579323],
    [13, 0.076475761016248503],
    [30, 0.033296419072497213],
    [100, 0.0099990002998501049],
  ];
  for (const [x, ratio] of points) {
    ok(Math.abs(millsRatio(x) / ratio - 1) < (x < -0.5 ? 1e-14 : 2e-15), `millsRatio(${x})`);
  }
  for (let x = -0.9; x < 2; x += 0.01) {
    const want = normalCdf(-x) / normalPdf(x);
    ok(Math.abs(millsRatio(x) / want - 1) < 2e-14, `millsRatio(${x})`);
  }
});
