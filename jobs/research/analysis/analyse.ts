import {
  AnalysisError,
  type BinSeries,
  type Collected,
  detectEntries,
  edgeShares,
  type SignalRow,
  spectrumShares,
  summariseTrades,
  tradesOf,
} from "../../../engine/analysis/mod.ts";
import { storedOrigin } from "../../../modules/kit/mod.ts";
import type { BinSource } from "./bin_source.ts";
import { collect } from "./collect.ts";
import {
  Evaluator,
  type ExperimentRow,
  regimeHorizonBins,
  type SweepRow,
  type Task,
} from "./evaluator.ts";
import { openSource } from "./open_source.ts";
import type { AnalysisOptions } from "./options.ts";
import { type AnalysisResult, RESULT_FORMAT, type ResultHead, resultId } from "./result.ts";
import { experimentTasks, signalTasks, sweepTasks } from "./plan.ts";
import { runTasks, TaskError } from "./task_pool.ts";
import { type AnalysisWindow, windowOf } from "./window.ts";

/** Trades that a result of mode regime spells out. */
const SHOWN_TRADES = 20;

/** How an analysis is run; nothing here changes its result. */
export interface AnalyseControl {
  /** Workers, ≥ 1. */
  readonly jobs: number;
  /** Runs the input anew for every task instead of once for all: slower, and a check of the shortcut. */
  readonly restream?: boolean;
  readonly onProgress?: (share: number, note: string) => void;
  readonly onWarning?: (message: string) => void;
  readonly signal?: AbortSignal;
}

/**
 * Runs one analysis from the input to its result. The input goes through the pipeline once; everything
 * that is swept is computed from those bins, in parallel.
 *
 * @throws {AnalysisError} When a setting breaks its rule or the bins do not allow the analysis.
 * @throws {FeedError} When the input or the instrument is missing, or the start is outside it.
 */
export async function analyse(
  options: AnalysisOptions,
  control: AnalyseControl,
): Promise<AnalysisResult> {
  const source = await openSource(options);
  try {
    const window = windowOf(source, options);
    checkMode(options, source);
    if (source.endNs !== null && window.toNs > source.endNs) {
      control.onWarning?.(`the window goes on after ${source.name} ends: it is cut there`);
    }
    const withCells = options.mode !== "regime";
    const collected = await collect(source, window, withCells, {
      onProgress: (share) => {
        if (control.signal?.aborted) throw new TaskError("Cannot finish as it was cancelled");
        control.onProgress?.(0.5 * share, "reading bins");
      },
      ...(control.onWarning !== undefined && { onWarning: control.onWarning }),
    });
    const head = await headOf(source, options, window, collected);
    return await resultOf(head, { options, window, collected, source, control });
  } finally {
    source.close();
  }
}

interface Making {
  readonly options: AnalysisOptions;
  readonly window: AnalysisWindow;
  readonly collected: Collected;
  readonly source: BinSource;
  readonly control: AnalyseControl;
}

async function resultOf(head: ResultHead, making: Making): Promise<AnalysisResult> {
  const { options, collected, source } = making;
  switch (options.mode) {
    case "default": {
      const evaluator = new Evaluator(collected, options, source.instrument.pressure_model);
      return {
        ...head,
        mode: "default",
        projection_model: options.projection,
        summary: evaluator.summary(options.projection, 0),
      };
    }
    case "regime":
      return { ...head, mode: "regime", ...await regime(making) };
    case "projection_experiment": {
      const { horizonsMs, cellWidthMs } = collected.series;
      const bins = regimeHorizonBins(options, horizonsMs, cellWidthMs);
      const rows = await run(making, experimentTasks(options)) as readonly ExperimentRow[];
      return {
        ...head,
        mode: "projection_experiment",
        regime_horizon_bins: bins,
        regime_horizon_ms: bins * cellWidthMs,
        experiment_params: options.experiment,
        results: ranked(rows),
      };
    }
  }
}

async function regime(making: Making) {
  const { options, collected, source } = making;
  const { series } = collected;
  const evaluator = new Evaluator(collected, options, source.instrument.pressure_model);
  const { edge_threshold: threshold, cooldown_bins: cooldown } = options.regime;
  const edge = evaluator.values("edge");
  const entries = detectEntries(edge, threshold, cooldown);
  const trades = tradesOf(entries, evaluator.table(evaluator.rules()), series.mid, series.tsNs);
  const of = (direction: string) =>
    summariseTrades(trades.filter((trade) => trade.direction === direction), series.tsNs);
  const own = signalTasks(options, collected);
  const swept = options.sweep === null ? [] : sweepTasks(options.sweep);
  const rows = await run(making, [...own, ...swept]);
  return {
    params: options.regime,
    spectrum: spectrumShares(series.state),
    edge: edgeShares(edge, threshold),
    mid_range_ticks: midRangeTicks(series),
    trade_results: { ...summariseTrades(trades, series.tsNs), up: of("up"), down: of("down") },
    trades: trades.slice(0, SHOWN_TRADES),
    signals: rows.slice(0, own.length) as readonly SignalRow[],
    sweep: options.sweep === null
      ? null
      : { params: options.sweep, results: rows.slice(own.length) as readonly SweepRow[] },
  };
}

/** How far the mid went in all, in whole and half ticks; bins without a mid do not count. */
function midRangeTicks({ mid, tickSize }: BinSeries): number {
  let [low, high] = [Infinity, -Infinity];
  for (const price of mid) {
    if (price === 0) continue;
    low = Math.min(low, price);
    high = Math.max(high, price);
  }
  return high < low ? 0 : Math.round(2 * (high - low) / tickSize) / 2;
}

function run(making: Making, tasks: readonly Task[]) {
  const { options, window, collected, source, control } = making;
  const { jobs, restream = false, signal, onProgress } = control;
  const setup = {
    options,
    window,
    model: source.instrument.pressure_model,
    collected: restream ? null : collected,
  };
  return runTasks(tasks, setup, {
    jobs,
    ...(signal !== undefined && { signal }),
    onDone: (done, of) => onProgress?.(0.5 + 0.5 * done / of, `${done} of ${of} evaluations`),
  });
}

/** Best first: by the hit rate at the regime horizon, then by the mean; NaN last, ties as they were. */
function ranked(rows: readonly ExperimentRow[]): readonly ExperimentRow[] {
  const size = (rate: number) => Number.isNaN(rate) ? -1 : rate;
  return rows.toSorted((a, b) =>
    size(b.hit_rate_at_regime_horizon) - size(a.hit_rate_at_regime_horizon) ||
    size(b.mean_hit_rate) - size(a.mean_hit_rate)
  );
}

async function headOf(
  source: BinSource,
  options: AnalysisOptions,
  window: AnalysisWindow,
  collected: Collected,
): Promise<ResultHead> {
  const { input: _path, dataDir: _folder, instrument: _name, ...settings } = options;
  const config = { ...source.instrument };
  const sha256 = await source.contentHash();
  const { start_time, eval_start, eval_end, seed } = options;
  return {
    format: RESULT_FORMAT,
    id: resultId(sha256, { config, ...settings, dt: window.date }),
    input: {
      name: source.name,
      sha256,
      ...(source.origin !== null && { provenance: storedOrigin(source.origin) }),
    },
    config,
    dt: window.date,
    start_time,
    eval_start,
    eval_end,
    n_eval_bins: collected.series.bins,
    base_ms: Number(source.baseNs / 1_000_000n),
    seed,
  };
}

/** @throws {AnalysisError} When the source cannot serve the mode, or a horizon is not configured. */
function checkMode({ mode, experiment }: AnalysisOptions, source: BinSource): void {
  if (mode !== "regime" && !source.hasScoreSteps) {
    throw new AnalysisError(
      "data",
      "mode",
      `must be regime for a data set, which does not keep what projections start from: it is ${mode}` +
        "; analyse the market file",
    );
  }
  const wanted = experiment.regime_horizon_bins;
  const { projection_horizons_bins: horizons } = source.instrument;
  if (mode !== "projection_experiment" || wanted === 0 || horizons.includes(wanted)) return;
  throw new AnalysisError(
    "setting",
    "experiment-regime-horizon-bins",
    `must be 0 or one of the configured horizons ${horizons.join(", ")}: it is ${wanted}`,
  );
}
