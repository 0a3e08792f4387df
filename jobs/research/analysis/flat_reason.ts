import type { RegimeResult } from "./result.ts";

/**
 * Why the trades of a result came to nothing, in one sentence for people; null when some of them reached
 * their profit. Results of older releases do not say how far the market moved, and get no reason.
 */
export function flatReason(result: RegimeResult): string | null {
  const { params, trade_results: trades, mid_range_ticks: range } = result;
  const { tp_ticks: tp, sl_ticks: sl, edge_threshold: threshold } = params;
  if (trades.n_signals === 0) {
    return `No trade: the edge passed its threshold of ${threshold} nowhere in the window`;
  }
  if (range === undefined || trades.tp_before_sl_rate > 0 || range >= tp) return null;
  const moved = `the mid stayed within ${range} ${range === 1 ? "tick" : "ticks"} in the window`;
  const reach = Math.max(1, Math.floor(range / 2));
  const hint = range >= 1
    ? `, so try --tp-ticks ${reach} --sl-ticks ${Math.max(1, reach >> 1)}`
    : "";
  return trades.timeout_rate === 1 && range < sl
    ? `No trade reached an exit: neither a take profit of ${tp} nor a stop of ${sl} ticks was within ` +
      `reach, as ${moved}${hint}`
    : `No trade took its profit: ${tp} ticks were never within reach, as ${moved}${hint}`;
}
