/**
 * Scores, signals and projections measured over recorded bins.
 *
 * @example
 * ```ts
 * import { deepEqual } from "node:assert/strict";
 * import { detectEntries } from "./mod.ts";
 *
 * // An edge that turns up in bin 1 and down in bin 3; each is an entry, one bin apart at least.
 * const { bins, directions } = detectEntries(Float64Array.of(0, 0.8, 0.9, -0.7), 0.5, 1);
 * deepEqual([...bins], [1, 3]);
 * deepEqual([...directions], [1, -1]);
 * ```
 *
 * @module
 */

export { AnalysisError } from "./error.ts";
export { directionalEdge } from "./band_edge.ts";
export { detectEntries, type EdgeShares, edgeShares, type Entries } from "./detect.ts";
export { judgeAll, type OutcomeTable, type TradeRules } from "./outcomes.ts";
export { summariseTrades, type Trade, tradesOf, type TradeSummary } from "./trades.ts";
export { type BinSeries, projectCells, type ScoreCells, type SignalColumns } from "./bin_series.ts";
export {
  centreSignHits,
  type HitCounts,
  hitRate,
  projectionHits,
  spectrumShares,
  type StateSummary,
  summariseStates,
} from "./summary.ts";
export { isotonicPools, type Outcome, type Pool } from "./isotonic.ts";
export { rowMeans, type ShiftMetrics, shiftMetrics } from "./regime_shift.ts";
export { type FlowImbalance } from "./flow_imbalance.ts";
export {
  type Collected,
  type CollectorOptions,
  type ScoreSteps,
  SeriesCollector,
} from "./series_collector.ts";
export { bootstrapRatio } from "./bootstrap.ts";
export type { Interval } from "../stats/mod.ts";
export { type RandomTrades } from "./random_trades.ts";
export { type Baseline, type NaiveDirections, naiveDirections } from "./baselines.ts";
export { type NullRate } from "./null_rate.ts";
export { type MarketKinds, marketKinds, type Stratum } from "./strata.ts";
export {
  evaluateSignal,
  SIGNAL_NAMES,
  type SignalContext,
  type SignalName,
  type SignalRow,
  type SignalRule,
  thresholdsFrom,
  type ThresholdSource,
  type TradeColumns,
} from "./evaluate.ts";
