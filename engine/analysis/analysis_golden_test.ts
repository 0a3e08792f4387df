import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import {
  centreSignHits,
  detectEntries,
  directionalEdge,
  hitRate,
  judgeAll,
  projectionHits,
  rowMeans,
  shiftMetrics,
  summariseStates,
  summariseTrades,
  tradesOf,
} from "./mod.ts";
import { rollingSlope } from "./regime_shift.ts";
import { writeBandAsymmetry } from "./band_edge.ts";

interface Golden {
  readonly inputs: {
    readonly seed: number;
    readonly n_bins: number;
    readonly n_cells: number;
    readonly first_mid: readonly number[];
    readonly first_P: readonly number[];
    readonly first_V: readonly number[];
    readonly first_score: readonly number[];
    readonly first_proj: readonly number[];
    readonly ts_step: number;
  };
  readonly directional_edge: {
    readonly bands: readonly number[];
    readonly micro_windows: readonly number[];
    readonly edge: readonly number[];
  };
  readonly detect: Detect;
  readonly tp_sl: {
    readonly tp_ticks: number;
    readonly sl_ticks: number;
    readonly tick_size: number;
    readonly max_hold_bins: number;
    readonly summary: Readonly<Record<string, number>>;
    readonly outcomes: readonly unknown[];
  };
  readonly summarize: {
    readonly horizons: readonly number[];
    readonly result: Readonly<Record<string, unknown>> & {
      readonly projection: Readonly<Record<string, { hit_rate: number; n_pairs: number }>>;
    };
  };
  readonly regime_shift: {
    readonly slope_window_bins: number;
    readonly shift_z_threshold: number;
    readonly result: Readonly<Record<string, number>>;
  };
  readonly rolling_slope: {
    readonly window: number;
    readonly series: readonly number[];
    readonly slope: readonly (number | null)[];
  };
  readonly detect_sine: Detect;
}

interface Detect {
  readonly edge_threshold: number;
  readonly cooldown_bins: number;
  readonly signals: readonly (readonly [number, string])[];
}

const FIXTURE = new URL("../../fixtures/vacuum-pressure/analysis-cases.json", import.meta.url);
const golden = JSON.parse(Deno.readTextFileSync(FIXTURE)) as Golden;

/** The published inputs, from their published generator. */
function inputs() {
  const { seed, n_bins: bins, n_cells: rows, ts_step: step } = golden.inputs;
  let x = seed;
  const u = () => {
    x = (48271 * x) % 2147483647;
    return x / 2147483647;
  };
  const q = (m: number, d: number) => Math.floor(u() * m) / d;
  const mid = new Float64Array(bins);
  let m = 21_500;
  for (let i = 0; i < bins; i++) {
    m += Math.floor(u() * 5 - 2) * 0.25;
    mid[i] = i % 97 === 50 ? 0 : m;
  }
  const fill = (next: () => number) => Float64Array.from({ length: bins * rows }, next);
  const pressure = fill(() => q(1000, 100));
  const vacuum = fill(() => q(1000, 100));
  const score = fill(() => q(2001, 1000) - 1);
  const projected = fill(() => q(2001, 1000) - 1);
  const state = Int8Array.from(score, (s) => Math.abs(s) >= 0.15 ? Math.sign(s) : 0);
  const tsNs = Float64Array.from({ length: bins }, (_, i) => i * step);
  return { bins, rows, mid, pressure, vacuum, score, projected, state, tsNs };
}

const data = inputs();

function near(actual: number, expected: number, bound: number, what: string): void {
  ok(Math.abs(actual - expected) <= bound, `${what}: ${actual}, expected ${expected}`);
}

function goldenEdge(): Float64Array {
  const { bins, rows, pressure, vacuum } = data;
  const radius = (rows - 1) / 2;
  const asymmetry = new Float64Array(bins * radius);
  for (let i = 0; i < bins; i++) {
    writeBandAsymmetry(pressure, vacuum, i * rows, rows, asymmetry, i * radius);
  }
  const { bands, micro_windows: windows } = golden.directional_edge;
  return directionalEdge(asymmetry, bins, radius, bands, windows);
}

function entriesOf(edge: Float64Array, detect: Detect) {
  const entries = detectEntries(edge, detect.edge_threshold, detect.cooldown_bins);
  return {
    entries,
    pairs: Array.from(entries.bins, (bin, i) => [bin, entries.directions[i]! > 0 ? "up" : "down"]),
  };
}

Deno.test("the generator makes the published inputs", () => {
  const first = (values: Float64Array) => Array.from(values.slice(0, 6));
  deepStrictEqual(first(data.mid), golden.inputs.first_mid);
  deepStrictEqual(first(data.pressure), golden.inputs.first_P);
  deepStrictEqual(first(data.vacuum), golden.inputs.first_V);
  deepStrictEqual(first(data.score), golden.inputs.first_score);
  deepStrictEqual(first(data.projected), golden.inputs.first_proj);
});

Deno.test("directionalEdge() gives the golden edge", () => {
  goldenEdge().forEach((value, i) => {
    near(value, golden.directional_edge.edge[i]!, 1e-9, `bin ${i}`);
  });
});

Deno.test("detectEntries() gives the golden signals", () => {
  deepStrictEqual(entriesOf(goldenEdge(), golden.detect).pairs, golden.detect.signals);
  const sine = Float64Array.from({ length: 360 }, (_, i) => 0.08 * Math.sin(i / 9));
  deepStrictEqual(entriesOf(sine, golden.detect_sine).pairs, golden.detect_sine.signals);
});

Deno.test("judgeAll() gives the golden trades", () => {
  const g = golden.tp_sl;
  const { entries } = entriesOf(goldenEdge(), golden.detect);
  const table = judgeAll(data.mid, {
    tpTicks: g.tp_ticks,
    slTicks: g.sl_ticks,
    tickSize: g.tick_size,
    maxHoldBins: g.max_hold_bins,
    blankExit: "zero",
  });
  const trades = tradesOf(entries, table, data.mid, data.tsNs);
  deepStrictEqual(trades, g.outcomes);
  const summary = summariseTrades(trades, data.tsNs);
  for (const [name, value] of Object.entries(g.summary)) {
    near(summary[name as keyof typeof summary], value, 1e-9 * Math.abs(value), name);
  }
});

Deno.test("the default summary gives the golden shares and hit rates", () => {
  const { rows, mid, score, projected, state, tsNs } = data;
  const { horizons, result } = golden.summarize;
  const summary: Record<string, number> = {
    ...summariseStates(score, state, rows),
    center_sign_hit_rate: hitRate(centreSignHits(score, rows, mid)).hit_rate,
  };
  for (const [name, value] of Object.entries(result)) {
    if (typeof value === "number") near(summary[name]!, value, 1e-9 * Math.abs(value), name);
  }
  for (const ms of horizons) {
    const rate = hitRate(projectionHits(score, projected, rows, tsNs, ms));
    strictEqual(rate.n_pairs, result.projection[ms]!.n_pairs);
    near(rate.hit_rate, result.projection[ms]!.hit_rate, 1e-9, `${ms} ms`);
  }
});

Deno.test("shiftMetrics() gives the golden regime shifts", () => {
  const { slope_window_bins: window, shift_z_threshold: z, result } = golden.regime_shift;
  const metrics = shiftMetrics(rowMeans(data.projected, data.rows), data.tsNs, window, z);
  deepStrictEqual(Object.keys(metrics), Object.keys(result));
  for (const [name, value] of Object.entries(result)) {
    near(metrics[name as keyof typeof metrics], value, 1e-9 * Math.abs(value), name);
  }
});

Deno.test("rollingSlope() gives the golden slopes", () => {
  const { window, series, slope } = golden.rolling_slope;
  rollingSlope(Float64Array.from(series), window).forEach((value, i) => {
    if (slope[i] === null) ok(Number.isNaN(value));
    else near(value, slope[i]!, 1e-9 * Math.max(1, Math.abs(slope[i]!)), `bin ${i}`);
  });
});
