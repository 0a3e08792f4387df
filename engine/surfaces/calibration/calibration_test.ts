import { deepEqual, equal, ok, throws } from "node:assert/strict";
import {
  batchBounds,
  METRIC,
  type MetricHistogramState,
  METRICS,
  norm,
  OnlineCalibration,
  signedNorm,
} from "./mod.ts";

function close(actual: number, expected: number, tolerance: number, what: string): void {
  const bound = tolerance * Math.max(1, Math.abs(expected));
  ok(Math.abs(actual - expected) <= bound, `${what}: ${actual}, not ${expected}`);
}

Deno.test("norm() and signedNorm() refuse inverted bounds", () => {
  throws(() => norm(1, 2, 1), RangeError);
  throws(() => signedNorm(1, 2, 1), RangeError);
});

Deno.test("norm() and signedNorm() give the worked example of a strike's flow", () => {
  const flowAbs = METRICS[METRIC.FLOW_ABS].bootstrap;
  const reinforce = METRICS[METRIC.FLOW_REINFORCE].bootstrap;
  const intensity = METRICS[METRIC.PULL_REST_INTENSITY].bootstrap;
  close(norm(180 + 120 + 15, ...flowAbs), 0.63, 1e-12, "flow_abs_norm");
  close(norm(180 - 120 - 15, ...reinforce), 0.6125, 1e-12, "flow_reinforce_norm");
  close(signedNorm(180 - 120 - 15, ...reinforce), 0.225, 1e-12, "flow_reinforce_signed");
  close(norm(60 / 901, ...intensity), 0.1331853496, 1e-10, "pull_rest_intensity_norm");
});

Deno.test("signedNorm() keeps 0 at 0, clips both ways and reads bounds of 0 as 1", () => {
  deepEqual([0, 500, -500].map((value) => signedNorm(value, -100, 300)), [0, 1, -1]);
  deepEqual([0.5, -9].map((value) => signedNorm(value, 0, 0)), [0.5, -1]);
});

/** Values of a window: skewed, a third of them 0, and some in the overflows. */
function valuesOf(window: number): Float64Array {
  return Float64Array.from({ length: 1 + window % 40 }, (_, i) => {
    const draw = (Math.imul(window * 7_919 + i, 0x9e3779b1) >>> 0) / 2 ** 32;
    if (draw < 1 / 3) return 0;
    return draw > 0.999 ? 1e12 : (draw - 0.45) ** 3 * 4_000;
  });
}

/** What sessions of so many windows saw, beginning at a window. */
function seenIn(first: number, windows: number): readonly MetricHistogramState[] {
  const calibration = new OnlineCalibration();
  for (let window = first; window < first + windows; window++) {
    const values = valuesOf(window);
    calibration.add(0, values, values.length);
  }
  return calibration.seen();
}

/** Both bounds of metric 0 by a list of values with weights and the definition of the quantile. */
function naiveBounds(weighted: readonly (readonly [number, number])[]): readonly number[] {
  const bins = new Map<number, number>();
  for (const [value, weight] of weighted) {
    const bin = Math.floor((Math.asinh(value) + 20) / 40 * 8_192);
    const clipped = Math.max(-1, Math.min(8_192, bin));
    bins.set(clipped, (bins.get(clipped) ?? 0) + weight);
  }
  const total = weighted.reduce((sum, [, weight]) => sum + weight, 0);
  return [0.05, 0.95].map((share) => {
    let before = 0;
    for (const [bin, weight] of [...bins].sort(([a], [b]) => a - b)) {
      if (before + weight >= share * total) {
        if (bin < 0 || bin > 8_191) return Math.sinh(bin < 0 ? -20 : 20);
        return Math.sinh((bin + (share * total - before) / weight) / 8_192 * 40 - 20);
      }
      before += weight;
    }
    return NaN;
  });
}

Deno.test("OnlineCalibration begins with earlier sessions that weigh 300 windows together", () => {
  const sessions = [[0, 500], [500, 220]] as const;
  const calibration = new OnlineCalibration(sessions.map(([first, n]) => seenIn(first, n)));
  equal(calibration.bounds.isBootstrap[0], 0);
  equal(calibration.bounds.isBootstrap[1], 1);
  const weighted: [number, number][] = [];
  for (let window = 0; window < 720; window++) {
    for (const value of valuesOf(window)) weighted.push([value, 300 / 720]);
  }
  for (let window = 720; window < 760; window++) {
    const [q05, q95] = naiveBounds(weighted);
    close(calibration.bounds.q05[0]!, q05!, 1e-9, "q05");
    close(calibration.bounds.q95[0]!, q95!, 1e-9, "q95");
    const values = valuesOf(window);
    calibration.add(0, values, values.length);
    for (const value of values) weighted.push([value, 1]);
    calibration.freeze();
  }
});

Deno.test("OnlineCalibration.freeze() stays within 1 % of the batch quantiles after 600 windows", () => {
  const calibration = new OnlineCalibration();
  const all: number[] = [];
  for (let window = 0; window < 600; window++) {
    const values = valuesOf(window);
    calibration.add(0, values, values.length);
    all.push(...values);
  }
  calibration.freeze();
  const { q05, q95 } = batchBounds(all);
  ok(Math.abs(calibration.bounds.q05[0]! - q05) <= 0.01 * (q95 - q05));
  ok(Math.abs(calibration.bounds.q95[0]! - q95) <= 0.01 * (q95 - q05));
});

Deno.test("OnlineCalibration.bounds stand until freeze(), and a window without values is none", () => {
  const calibration = new OnlineCalibration([seenIn(0, 300)]);
  const before = calibration.bounds.q95[0]!;
  calibration.add(0, new Float64Array(9_999).fill(50_000), 9_999);
  equal(calibration.bounds.q95[0], before);
  calibration.freeze();
  ok(calibration.bounds.q95[0]! > before);
  const empty = new OnlineCalibration();
  for (let window = 0; window < 400; window++) empty.add(0, new Float64Array(4), 0);
  empty.freeze();
  equal(empty.bounds.isBootstrap[0], 1);
});

Deno.test("OnlineCalibration.restore() goes on as if it had not been interrupted", () => {
  const whole = new OnlineCalibration([seenIn(0, 400)]);
  const restored = new OnlineCalibration();
  for (let window = 400; window < 500; window++) {
    if (window === 450) restored.restore(structuredClone(whole.save()));
    for (const calibration of window < 450 ? [whole] : [whole, restored]) {
      calibration.add(0, valuesOf(window), valuesOf(window).length);
      if (window % 3 === 0) calibration.freeze();
    }
  }
  deepEqual(restored.save(), whole.save());
});
