import { ok, strictEqual } from "node:assert/strict";
import { gunzipSync } from "node:zlib";
import { Spectrum } from "./spectrum.ts";

interface GoldenCase {
  readonly name: string;
  readonly params: {
    readonly n_cells: number;
    readonly windows: number[];
    readonly rollup_weights: number[];
    readonly derivative_weights: number[];
    readonly tanh_scale: number;
    readonly neutral_threshold: number;
    readonly zscore_window_bins: number;
    readonly zscore_min_periods: number;
    readonly projection_horizons_ms: number[];
    readonly default_dt_s: number;
  };
  readonly projection_model: {
    readonly use_cubic: boolean;
    readonly cubic_scale: number;
    readonly damping_lambda: number;
  };
  readonly bins: {
    readonly ts_ns: number;
    readonly p: number[];
    readonly v: number[];
    readonly score: number[];
    readonly state: number[];
    readonly proj: number[][];
  }[];
}

const FIXTURE = new URL(
  "../../fixtures/vacuum-pressure/spectrum-cases.json.gz",
  import.meta.url,
);

Deno.test("Spectrum.update() gives the golden scores, states and projections", () => {
  const text = gunzipSync(Deno.readFileSync(FIXTURE)).toString();
  const { cases } = JSON.parse(text) as { cases: GoldenCase[] };
  strictEqual(cases.length, 5);
  for (const golden of cases) checkCase(golden);
});

function checkCase({ name, params, projection_model: model, bins }: GoldenCase): void {
  const spectrum = new Spectrum({
    nTicks: params.n_cells,
    windows: params.windows,
    rollupWeights: params.rollup_weights,
    derivativeWeights: params.derivative_weights,
    tanhScale: params.tanh_scale,
    thresholdNeutral: params.neutral_threshold,
    zscoreWindowBins: params.zscore_window_bins,
    zscoreMinPeriods: params.zscore_min_periods,
    horizonsMs: params.projection_horizons_ms,
    defaultDtS: params.default_dt_s,
    projection: {
      form: model.use_cubic ? "cubic" : "quadratic",
      cubicScale: model.cubic_scale,
      dampingLambda: model.damping_lambda,
    },
  });
  bins.forEach((bin, b) => {
    const active = Int32Array.from(bin.p.keys()).filter((i) => bin.p[i] !== 0 || bin.v[i] !== 0);
    spectrum.update(
      bin.ts_ns,
      Float64Array.from(bin.p),
      Float64Array.from(bin.v),
      active,
      active.length,
    );
    for (let i = 0; i < params.n_cells; i++) {
      const where = `${name}, bin ${b}, tick ${i}`;
      near(spectrum.score[i]!, bin.score[i]!, 1e-9, where);
      strictEqual(spectrum.state[i], bin.state[i], where);
      params.projection_horizons_ms.forEach((ms, h) => {
        const r = ms / 1000 / params.default_dt_s;
        let bound = 1e-9 * (1 + 2 * r + 2 * r * r);
        if (model.use_cubic) bound += 1e-9 * 8 * model.cubic_scale * r ** 3;
        near(spectrum.projections[h]![i]!, bin.proj[h]![i]!, bound, `${where}, ${ms} ms`);
      });
    }
  });
}

function near(actual: number, expected: number, bound: number, where: string): void {
  ok(Math.abs(actual - expected) <= bound, `${where}: ${actual} is not near ${expected}`);
}
