import { type Interval, percentile } from "../stats/mod.ts";
import { type Baseline, baselinesOf, type NaiveDirections } from "./baselines.ts";
import { pnlInterval, tpInterval } from "./bootstrap.ts";
import { detectEntries, type Entries } from "./detect.ts";
import { type NullRate, nullRate } from "./null_rate.ts";
import { OUTCOME, type OutcomeTable } from "./outcomes.ts";
import { permuteDirections, randomEntries, shiftEntries } from "./random_trades.ts";
import { type MarketKinds, strataOf, type Stratum } from "./strata.ts";
import { placesOf, summariseTrades, tradesOf, type TradeSummary } from "./trades.ts";

/** The series that can fire; the last two only at thresholds that are asked for. */
export const SIGNAL_NAMES = [
  "edge",
  "ads",
  "pfp",
  "svac",
  "blend",
  "svac_raw",
  "svac_plain",
] as const;
export type SignalName = typeof SIGNAL_NAMES[number];

/** Where a threshold comes from: set beforehand, from bins before the window, or from the window. */
export type ThresholdSource = "fixed" | "before" | "in_sample";

/** Streams of draws that one signal row may use; the next row starts so much later. */
const STREAMS_PER_ROW = 64;

/** Which trades of a signal are evaluated. */
export interface SignalRule {
  readonly signal: SignalName;
  readonly threshold: number;
  readonly thresholdSource: ThresholdSource;
  readonly cooldownBins: number;
}

/** What rows of one window share. */
export interface SignalContext {
  readonly tsNs: Float64Array;
  readonly mid: Float64Array;
  readonly table: OutcomeTable;
  readonly naive: NaiveDirections;
  readonly kinds: MarketKinds;
  readonly partName: (startNs: number) => string;
  /** Holding times for the curve of take profit against time, bins, ascending. */
  readonly horizonsBins: readonly number[];
  readonly seed: number;
}

/** The trades of a signal in columns, for charts. */
export interface TradeColumns {
  readonly bin: readonly number[];
  /** Entry, ns from the series' base. */
  readonly ts_ms: readonly number[];
  readonly direction: readonly number[];
  readonly outcome: readonly number[];
  readonly pnl_ticks: readonly number[];
}

/** One signal at one threshold, with everything that puts its rate in proportion. */
export interface SignalRow extends TradeSummary, NullRate {
  readonly signal: SignalName;
  readonly threshold: number;
  readonly threshold_source: ThresholdSource;
  readonly cooldown_bins: number;
  readonly tp_interval: Interval | null;
  readonly pnl_interval: Interval | null;
  /** One-sided, mean profit: directions dealt anew among the same entries. */
  readonly p_direction: number;
  /** Matched random entries. */
  readonly p_entries: number;
  /** The whole pattern moved in time. */
  readonly p_shift: number;
  readonly baselines: readonly Baseline[];
  readonly strata: readonly Stratum[];
  /** Share of trades that took profit within so many bins. */
  readonly tp_by_horizon: readonly { readonly bins: number; readonly tp_rate: number }[];
  readonly trades: TradeColumns;
}

/**
 * Evaluates a signal at one threshold.
 *
 * @param values One per bin; NaN where the signal is not warm.
 * @param row Number of the row in its table, for the streams of draws.
 * @throws {AnalysisError} When threshold or cooldown is out of range.
 * @see docs/methods/analysis.md, "Signals".
 */
export function evaluateSignal(
  rule: SignalRule,
  values: Float64Array,
  context: SignalContext,
  row: number,
): SignalRow {
  const { table, tsNs, mid, naive, kinds, partName, seed } = context;
  const entries = detectEntries(values, rule.threshold, rule.cooldownBins);
  const places = placesOf(entries, table);
  const summary = summariseTrades(tradesOf(entries, table, mid, tsNs), tsNs);
  const stream = row * STREAMS_PER_ROW;
  const gap = rule.cooldownBins;
  const some = places.length > 0;
  return {
    signal: rule.signal,
    threshold: rule.threshold,
    threshold_source: rule.thresholdSource,
    cooldown_bins: gap,
    ...summary,
    tp_interval: tpInterval(places, table, seed, stream),
    pnl_interval: pnlInterval(places, table, seed, stream),
    ...nullRate(places, table),
    p_direction: some ? permuteDirections(places, table, seed, stream + 1).p_value : NaN,
    p_entries: some ? randomEntries(places, table, gap, seed, stream + 2).p_value : NaN,
    p_shift: some ? shiftEntries(places, table, seed, stream + 3).p_value : NaN,
    baselines: some ? baselinesOf(places, table, naive, gap, seed, stream + 4) : [],
    strata: strataOf(places, table, kinds, partName, seed, stream + 10),
    tp_by_horizon: context.horizonsBins.map((bins) => ({
      bins,
      tp_rate: tpWithin(places, table, bins),
    })),
    trades: tradeColumns(entries, table, tsNs),
  };
}

/** Share of trades that took profit at most `bins` after their entry. */
function tpWithin(places: Int32Array, table: OutcomeTable, bins: number): number {
  let hits = 0;
  for (const at of places) {
    if (table.kind[at] === OUTCOME.TP && table.exit[at]! - (at >> 1) <= bins) hits++;
  }
  return hits / places.length;
}

function tradeColumns(entries: Entries, table: OutcomeTable, tsNs: Float64Array): TradeColumns {
  const places = Array.from(placesOf(entries, table));
  return {
    bin: places.map((at) => at >> 1),
    ts_ms: places.map((at) => tsNs[at >> 1]! / 1e6),
    direction: places.map((at) => (at & 1) === 0 ? 1 : -1),
    outcome: places.map((at) => table.kind[at]!),
    pnl_ticks: places.map((at) => table.pnl[at]!),
  };
}

/**
 * Percentiles of a signal's absolute values, for thresholds; values that are 0 or NaN do not count.
 * Empty when nothing counts.
 *
 * @param percents From 0 to 100.
 */
export function thresholdsFrom(
  values: Float64Array,
  percents: readonly number[],
): readonly number[] {
  const sizes = values.map(Math.abs).filter((size) => size > 0);
  if (sizes.length === 0) return [];
  const found = percents.map((percent) => percentile(sizes, percent));
  return [...new Set(found)].filter((threshold) => threshold > 0);
}
