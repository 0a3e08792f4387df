import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import {
  feedEvent,
  type GoldenEvent,
  type GoldenRun,
  instrumentOf,
  projectionOf,
  readGolden,
  timesOf,
} from "../pressure/testing/golden.ts";
import { createProjector, type ProjectionModel, StreamPipeline } from "../pressure/mod.ts";
import {
  centreSignHits,
  type Collected,
  detectEntries,
  directionalEdge,
  edgeShares,
  hitRate,
  judgeAll,
  projectCells,
  projectionHits,
  SeriesCollector,
  summariseStates,
  summariseTrades,
  tradesOf,
} from "./mod.ts";

interface AnalysedRun extends GoldenRun {
  readonly event_range: readonly [number, number];
  readonly n_bins: number;
  readonly signals: { readonly rows: readonly (readonly number[])[] };
  readonly analysis: {
    readonly default: Readonly<Record<string, number>> & {
      readonly projection: Readonly<Record<string, { hit_rate: number; n_pairs: number }>>;
    };
    readonly regime: {
      readonly params: {
        readonly directional_bands: readonly number[];
        readonly micro_windows: readonly number[];
        readonly edge_threshold: number;
        readonly cooldown_bins: number;
        readonly tp_ticks: number;
        readonly sl_ticks: number;
        readonly max_hold_snapshots: number;
      };
      readonly edge: Readonly<Record<string, number>>;
      readonly edge_every_10: readonly number[];
      readonly signals: readonly (readonly [number, string])[];
      readonly trade_results: Readonly<Record<string, number>>;
      readonly outcomes: readonly unknown[];
    };
  };
}

const run = readGolden<AnalysedRun>("random-stream.json.gz");
const { events } = readGolden<{
  events: { ts0_ns: string; rows: readonly (readonly (number | string)[])[] };
}>("random-events.json.gz");

function collect(
  projection: ProjectionModel,
  onProjected: (bin: number, columns: readonly Float64Array[]) => void = () => {},
): Collected {
  const firstNs = BigInt(events.ts0_ns);
  const times = timesOf(run, firstNs);
  const instrument = instrumentOf(run);
  const collector = new SeriesCollector({
    radius: instrument.grid_radius_ticks,
    cellWidthMs: instrument.cell_width_ms,
    horizonsMs: instrument.projection_horizons_ms,
    tickNano: instrument.tick_int,
    baseNs: times.baseNs,
    fromNs: times.emitAfterNs,
    toNs: times.emitAfterNs + 3_600e9,
    binsBefore: 0,
    withCells: true,
  });
  const pipeline: StreamPipeline = new StreamPipeline(instrument, {
    ...times,
    projection,
    onBin: (frame) => {
      collector.take(frame, pipeline);
      onProjected(frame.binSeq, frame.projections);
    },
  });
  const [from, to] = run.event_range;
  for (const row of events.rows.slice(from, to)) {
    const event = [String(firstNs + BigInt(row[0]!)), ...row.slice(1)];
    feedEvent(pipeline, event as unknown as GoldenEvent, times.baseNs);
  }
  pipeline.finish();
  return collector.finish();
}

const { series } = collect(projectionOf(run));
const { cells, rows, mid, tsNs } = series;

function near(actual: number | undefined, expected: number, bound: number, what: string): void {
  ok(Math.abs((actual ?? NaN) - expected) <= bound, `${what}: ${actual}, expected ${expected}`);
}

Deno.test("the signals of a collected run equal the golden ones", () => {
  strictEqual(series.bins, run.n_bins);
  run.signals.rows.forEach(([blend, ads, pfp, svac], i) => {
    const { signals } = series;
    for (const [name, expected] of Object.entries({ blend, ads, pfp, svac })) {
      const actual = signals[name as keyof typeof signals][i];
      near(actual, expected!, 1e-9 * Math.max(1, Math.abs(expected!)), `${name} of bin ${i}`);
    }
  });
});

Deno.test("the default analysis of a collected run equals the golden one", () => {
  ok(cells !== null);
  const golden = run.analysis.default;
  const summary: Record<string, number> = {
    ...summariseStates(cells.score, series.state, rows),
    center_sign_hit_rate: hitRate(centreSignHits(cells.score, rows, mid)).hit_rate,
  };
  for (const [name, value] of Object.entries(golden)) {
    if (typeof value === "number") near(summary[name], value, 1e-3, name);
  }
  const projector = createProjector(projectionOf(run), series.horizonsMs);
  const columns = projectCells(cells, projector);
  series.horizonsMs.forEach((ms, h) => {
    const rate = hitRate(projectionHits(cells.score, columns[h]!, rows, tsNs, ms));
    const expected = golden.projection[ms]!;
    // Pairs hang on exact zeros of differences, which scores near the tolerance may cross.
    near(rate.n_pairs, expected.n_pairs, expected.n_pairs / 1_000, `pairs at ${ms} ms`);
    // Quiet levels move by rounding noise alone, whose sign two machines need not share: about one
    // pair in a thousand. From equal arrays the rates are equal, as the golden cases show.
    near(rate.hit_rate, expected.hit_rate, 2e-3, `hits at ${ms} ms`);
  });
});

Deno.test("the regime analysis of a collected run equals the golden one", () => {
  const golden = run.analysis.regime;
  const p = golden.params;
  const radius = (rows - 1) / 2;
  const { asymmetry, bins } = series;
  const edge = directionalEdge(asymmetry, bins, radius, p.directional_bands, p.micro_windows);
  golden.edge_every_10.forEach((value, i) => near(edge[10 * i], value, 1e-9, `edge ${10 * i}`));
  const shares: Record<string, number> = { ...edgeShares(edge, p.edge_threshold) };
  for (const [name, value] of Object.entries(golden.edge)) near(shares[name], value, 1e-9, name);
  const entries = detectEntries(edge, p.edge_threshold, p.cooldown_bins);
  const table = judgeAll(mid, {
    tpTicks: p.tp_ticks,
    slTicks: p.sl_ticks,
    tickSize: series.tickSize,
    maxHoldBins: p.max_hold_snapshots,
    blankExit: "zero",
  });
  const trades = tradesOf(entries, table, mid, tsNs);
  deepStrictEqual(trades.map((t) => [t.bin_idx, t.direction]), golden.signals);
  deepStrictEqual(
    trades.map((t) => [t.bin_idx, t.direction, t.outcome, t.pnl_ticks, t.time_to_outcome_ms]),
    golden.outcomes,
  );
  const summary = summariseTrades(trades, tsNs);
  for (const [name, value] of Object.entries(golden.trade_results)) {
    near(summary[name as keyof typeof summary], value, 1e-9 * Math.abs(value), name);
  }
});

Deno.test("projectCells() equals a run with that projection to the last bit", () => {
  ok(cells !== null);
  for (
    const model of [
      { useCubic: true, cubicScale: 0.22, dampingLambda: 0.002 },
      { useCubic: false, cubicScale: 1 / 6, dampingLambda: 0, linear: true },
    ]
  ) {
    const columns = projectCells(cells, createProjector(model, series.horizonsMs));
    let checked = 0;
    collect(model, (bin, served) => {
      served.forEach((column, h) => {
        deepStrictEqual(columns[h]!.slice(bin * rows, (bin + 1) * rows), column);
        checked++;
      });
    });
    strictEqual(checked, run.n_bins * series.horizonsMs.length);
  }
});
