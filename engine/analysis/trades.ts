import { percentile } from "../stats/mod.ts";
import type { Entries } from "./detect.ts";
import { OUTCOME, outcomeAt, type OutcomeTable } from "./outcomes.ts";

const NS_PER_MS = 1_000_000;
const NS_PER_HOUR = 3_600e9;

/** One judged trade. */
export interface Trade {
  readonly bin_idx: number;
  readonly direction: "up" | "down";
  readonly entry_price: number;
  readonly outcome: "tp" | "sl" | "timeout";
  readonly outcome_price: number;
  readonly time_to_outcome_ms: number;
  readonly pnl_ticks: number;
}

/** What trades came to; rates are shares of all of them, NaN without any. */
export interface TradeSummary {
  readonly n_signals: number;
  readonly n_up: number;
  readonly n_down: number;
  readonly tp_before_sl_rate: number;
  readonly sl_before_tp_rate: number;
  readonly timeout_rate: number;
  /** Trades per hour of the bins; 0 without any. */
  readonly events_per_hour: number;
  /** Of the trades that did not run out of time. */
  readonly median_time_to_outcome_ms: number;
  readonly mean_pnl_ticks: number;
}

const NAMES = ["", "tp", "sl", "timeout"] as const;

/**
 * The trades of entries; an entry in a bin without a mid is none.
 *
 * @param tsNs Time of each bin, ns from any fixed base.
 */
export function tradesOf(
  entries: Entries,
  table: OutcomeTable,
  mid: Float64Array,
  tsNs: Float64Array,
): readonly Trade[] {
  const trades: Trade[] = [];
  entries.bins.forEach((bin, i) => {
    const direction = entries.directions[i]!;
    const at = outcomeAt(bin, direction);
    const outcome = NAMES[table.kind[at]!];
    if (outcome === undefined || outcome === "") return;
    const exit = table.exit[at]!;
    trades.push({
      bin_idx: bin,
      direction: direction > 0 ? "up" : "down",
      entry_price: mid[bin]!,
      outcome,
      outcome_price: mid[exit]!,
      time_to_outcome_ms: (tsNs[exit]! - tsNs[bin]!) / NS_PER_MS,
      pnl_ticks: table.pnl[at]!,
    });
  });
  return trades;
}

/** Sums trades up. */
export function summariseTrades(trades: readonly Trade[], tsNs: Float64Array): TradeSummary {
  const n = trades.length;
  const count = (outcome: Trade["outcome"]) => trades.filter((t) => t.outcome === outcome).length;
  const spanNs = tsNs.length === 0 ? 0 : tsNs[tsNs.length - 1]! - tsNs[0]!;
  const decided = trades.filter((t) => t.outcome !== "timeout").map((t) => t.time_to_outcome_ms);
  const up = trades.filter((t) => t.direction === "up").length;
  return {
    n_signals: n,
    n_up: up,
    n_down: n - up,
    tp_before_sl_rate: count("tp") / n,
    sl_before_tp_rate: count("sl") / n,
    timeout_rate: count("timeout") / n,
    events_per_hour: n === 0 || spanNs <= 0 ? 0 : n / (spanNs / NS_PER_HOUR),
    median_time_to_outcome_ms: percentile(decided, 50),
    mean_pnl_ticks: trades.reduce((sum, t) => sum + t.pnl_ticks, 0) / n,
  };
}

/** Entries that have a trade, as places in an {@link OutcomeTable}. */
export function placesOf(entries: Entries, table: OutcomeTable): Int32Array {
  const places: number[] = [];
  entries.bins.forEach((bin, i) => {
    const at = outcomeAt(bin, entries.directions[i]!);
    if (table.kind[at] !== OUTCOME.NONE) places.push(at);
  });
  return Int32Array.from(places);
}
