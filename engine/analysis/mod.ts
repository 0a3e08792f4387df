export { AnalysisError } from "./error.ts";
export { directionalEdge, writeBandAsymmetry } from "./band_edge.ts";
export { detectEntries, type EdgeShares, edgeShares, type Entries } from "./detect.ts";
export {
  checkRules,
  judgeAll,
  OUTCOME,
  outcomeAt,
  type OutcomeTable,
  type TradeRules,
} from "./outcomes.ts";
export { placesOf, summariseTrades, type Trade, tradesOf, type TradeSummary } from "./trades.ts";
export {
  type BinSeries,
  firstBinAt,
  projectCells,
  type ScoreCells,
  type SignalColumns,
} from "./bin_series.ts";
export {
  centreSignHits,
  type HitCounts,
  hitRate,
  projectionHits,
  stateShares,
  type StateSummary,
  summariseStates,
} from "./summary.ts";
export { rollingSlope, rowMeans, type ShiftMetrics, shiftMetrics } from "./regime_shift.ts";
export { FlowImbalance } from "./flow_imbalance.ts";
export {
  type Collected,
  type CollectorOptions,
  type ScoreSteps,
  SeriesCollector,
} from "./series_collector.ts";
export { bootstrapRatio, type Interval, RESAMPLES, tradeBlock } from "./bootstrap.ts";
export {
  DRAWS,
  permuteDirections,
  randomDirections,
  randomEntries,
  type RandomTrades,
  shiftEntries,
} from "./random_trades.ts";
export { type Baseline, type NaiveDirections, naiveDirections } from "./baselines.ts";
export { type NullRate, nullRate } from "./null_rate.ts";
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
