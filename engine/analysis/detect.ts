import { checkNumber, checkWhole } from "./error.ts";

/** Entries in time order, columnar. */
export interface Entries {
  /** Bin of each entry, ascending. */
  readonly bins: Int32Array;
  /** 1 = up, −1 = down. */
  readonly directions: Int8Array;
}

/**
 * Fires when a series turns up (≥ threshold) or down (≤ −threshold) and was not so in the bin before,
 * at least `cooldown` bins after the last entry. A turn inside the cooldown is lost, not delayed.
 *
 * @param edge One value per bin; NaN counts as flat.
 * @throws {AnalysisError} When the threshold is not > 0 or the cooldown no whole number ≥ 0.
 */
export function detectEntries(edge: Float64Array, threshold: number, cooldown: number): Entries {
  checkNumber("edge-threshold", threshold, 0, true);
  checkWhole("cooldown-bins", cooldown, 0);
  const bins: number[] = [];
  const directions: number[] = [];
  let before = 0;
  let last = -cooldown;
  for (let i = 0; i < edge.length; i++) {
    const value = edge[i]!;
    const state = value >= threshold ? 1 : value <= -threshold ? -1 : 0;
    if (state !== 0 && state !== before && i - last >= cooldown) {
      bins.push(i);
      directions.push(state);
      last = i;
    }
    before = state;
  }
  return { bins: Int32Array.from(bins), directions: Int8Array.from(directions) };
}

/** What an edge spends its time on. */
export interface EdgeShares {
  readonly mean: number;
  /** Of the population. */
  readonly std: number;
  readonly min: number;
  readonly max: number;
  readonly pct_up: number;
  readonly pct_down: number;
  readonly pct_flat: number;
}

/** Moments of an edge and the shares of time, 0..1, beyond the threshold. NaN without bins. */
export function edgeShares(edge: Float64Array, threshold: number): EdgeShares {
  const n = edge.length;
  let sum = 0;
  let min = Infinity;
  let max = -Infinity;
  let up = 0;
  let down = 0;
  for (const value of edge) {
    sum += value;
    if (value < min) min = value;
    if (value > max) max = value;
    if (value >= threshold) up++;
    else if (value <= -threshold) down++;
  }
  const mean = sum / n;
  let squares = 0;
  for (const value of edge) squares += (value - mean) * (value - mean);
  return {
    mean,
    std: Math.sqrt(squares / n),
    min: n === 0 ? NaN : min,
    max: n === 0 ? NaN : max,
    pct_up: up / n,
    pct_down: down / n,
    pct_flat: (n - up - down) / n,
  };
}
