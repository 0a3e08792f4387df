import { OUTCOME, type OutcomeTable } from "./outcomes.ts";

/** What a coin would take profit on, given how far exits land past their level. */
export interface NullRate {
  /** Mean distance of the exit price past its level over both kinds of exit, ticks; NaN without any. */
  readonly overshoot_ticks: number;
  /** Take-profit share among decided trades of a coin: (sl + o) / (tp + sl + 2o). */
  readonly null_tp_of_decided: number;
  /** The same as a share of all trades: times the share that was decided. */
  readonly null_tp_rate: number;
  /** Take-profit share among decided trades that was found. */
  readonly tp_of_decided: number;
}

/**
 * The rate that a market without drift gives anyone. Exits are at the next mid, not at the level, so
 * both ends of a trade lie further out than the rules say, and the nearer one gains from it.
 *
 * @see docs/methods/analysis.md, "The null of a take-profit rate".
 */
export function nullRate(places: Int32Array, table: OutcomeTable): NullRate {
  const { tpTicks, slTicks } = table.rules;
  let overshoot = 0;
  let tp = 0;
  let sl = 0;
  for (const at of places) {
    if (table.kind[at] === OUTCOME.TP) {
      tp++;
      overshoot += table.pnl[at]! - tpTicks;
    } else if (table.kind[at] === OUTCOME.SL) {
      sl++;
      overshoot += -table.pnl[at]! - slTicks;
    }
  }
  const decided = tp + sl;
  const o = overshoot / decided;
  const nullOfDecided = (slTicks + o) / (tpTicks + slTicks + 2 * o);
  return {
    overshoot_ticks: o,
    null_tp_of_decided: nullOfDecided,
    null_tp_rate: nullOfDecided * (decided / places.length),
    tp_of_decided: tp / decided,
  };
}
