import type { Interval } from "../stats/mod.ts";
import { pnlInterval, tpInterval } from "./bootstrap.ts";
import { outcomeAt, type OutcomeTable } from "./outcomes.ts";
import { meanPnl, randomDirections, randomEntries, tpRate } from "./random_trades.ts";

/** Stretch over which the flow baseline sums, ms. */
const FLOW_MS = 1_000;

/** One way to trade that knows nothing of the signal but when it fired. */
export interface Baseline {
  readonly name:
    | "always_long"
    | "last_move"
    | "fade_move"
    | "flow_imbalance"
    | "random_direction"
    | "random_entries";
  readonly n: number;
  readonly tp_rate: number;
  /** Bootstrap interval, or the middle 95 % of the draws for the random ones. */
  readonly tp_interval: Interval | null;
  readonly mean_pnl_ticks: number;
  readonly pnl_interval: Interval | null;
}

/** Directions per bin that need no signal; 1 up, −1 down. */
export interface NaiveDirections {
  readonly lastMove: Int8Array;
  readonly flow: Int8Array;
}

/**
 * Directions of the two informed baselines in every bin: the sign of the last change of the mid (up
 * before the first one), and the sign of the flow imbalance of the last second, the last move where that
 * is 0.
 *
 * @param flow Flow imbalance per bin, contracts.
 */
export function naiveDirections(
  mid: Float64Array,
  flow: Float64Array,
  cellWidthMs: number,
): NaiveDirections {
  const n = mid.length;
  const bins = Math.max(1, Math.ceil(FLOW_MS / cellWidthMs));
  const lastMove = new Int8Array(n);
  const byFlow = new Int8Array(n);
  let direction = 1;
  let before = 0;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const now = mid[i]!;
    if (now > 0) {
      if (before > 0 && now !== before) direction = now > before ? 1 : -1;
      before = now;
    }
    lastMove[i] = direction;
    sum += flow[i]! - (i >= bins ? flow[i - bins]! : 0);
    byFlow[i] = sum > 0 ? 1 : sum < 0 ? -1 : direction;
  }
  return { lastMove, flow: byFlow };
}

/**
 * The baselines of a signal: four that decide the direction at its own entries, and two that are drawn
 * at random with its number of trades.
 *
 * @param gap The signal's cooldown, bins.
 * @param stream First of six streams of draws.
 */
export function baselinesOf(
  places: Int32Array,
  table: OutcomeTable,
  naive: NaiveDirections,
  gap: number,
  seed: number,
  stream: number,
): readonly Baseline[] {
  const along = (name: Baseline["name"], of: (bin: number) => number, i: number): Baseline => {
    const own = places.map((at) => outcomeAt(at >> 1, of(at >> 1)));
    return {
      name,
      n: own.length,
      tp_rate: tpRate(own, table),
      tp_interval: tpInterval(own, table, seed, stream + i),
      mean_pnl_ticks: meanPnl(own, table),
      pnl_interval: pnlInterval(own, table, seed, stream + i),
    };
  };
  const drawn = (name: Baseline["name"], of: ReturnType<typeof randomDirections>): Baseline => ({
    name,
    n: places.length,
    tp_rate: of.tp_rate,
    tp_interval: of.tp_range,
    mean_pnl_ticks: of.mean_pnl_ticks,
    pnl_interval: of.pnl_range,
  });
  return [
    along("always_long", () => 1, 0),
    along("last_move", (bin) => naive.lastMove[bin]!, 1),
    along("fade_move", (bin) => -naive.lastMove[bin]!, 2),
    along("flow_imbalance", (bin) => naive.flow[bin]!, 3),
    drawn("random_direction", randomDirections(places, table, seed, stream + 4)),
    drawn("random_entries", randomEntries(places, table, gap, seed, stream + 5)),
  ];
}
