import { AnalysisError } from "./error.ts";
import { firstBinAt } from "./bin_series.ts";

const NS_PER_MS = 1_000_000;

/** Hits and judged pairs of every bin, so that any stretch of bins can be summed. */
export interface HitCounts {
  /** Shape [bins]. */
  readonly hits: Int32Array;
  readonly pairs: Int32Array;
}

/** The market's states and the scores' lean over some bins. */
export interface StateSummary {
  readonly n_eval_bins: number;
  readonly n_cells: number;
  readonly state_share_pressure: number;
  readonly state_share_neutral: number;
  readonly state_share_vacuum: number;
  /** Mean score below the centre minus mean score above it. */
  readonly directional_edge: number;
}

/** Shares of the three states over all rows of all bins. */
export function spectrumShares(
  state: Int8Array,
): Pick<StateSummary, "state_share_pressure" | "state_share_neutral" | "state_share_vacuum"> {
  let up = 0;
  let down = 0;
  for (const code of state) {
    if (code > 0) up++;
    else if (code < 0) down++;
  }
  const n = state.length;
  return {
    state_share_pressure: up / n,
    state_share_neutral: (n - up - down) / n,
    state_share_vacuum: down / n,
  };
}

/**
 * Shares of the states and the lean of the scores.
 *
 * @param score Shape [bins][rows], as `state`.
 * @throws {AnalysisError} When there are fewer than two bins.
 */
export function summariseStates(
  score: Float64Array,
  state: Int8Array,
  rows: number,
): StateSummary {
  const bins = score.length / rows;
  if (!(bins >= 2)) {
    throw new AnalysisError("data", "the window", `must hold 2 bins: it has ${bins}`);
  }
  const centre = (rows - 1) / 2;
  let below = 0;
  let above = 0;
  for (let i = 0; i < bins; i++) {
    for (let k = 0; k < centre; k++) below += score[i * rows + k]!;
    for (let k = centre + 1; k < rows; k++) above += score[i * rows + k]!;
  }
  return {
    n_eval_bins: bins,
    n_cells: rows,
    ...spectrumShares(state),
    directional_edge: below / (bins * centre) - above / (bins * centre),
  };
}

/** Whether the score at the centre moved the way the mid did, bin by bin; bin 0 has no pair. */
export function centreSignHits(score: Float64Array, rows: number, mid: Float64Array): HitCounts {
  const n = mid.length;
  const centre = (rows - 1) / 2;
  const counts = { hits: new Int32Array(n), pairs: new Int32Array(n) };
  for (let i = 1; i < n; i++) {
    const ds = Math.sign(score[i * rows + centre]! - score[(i - 1) * rows + centre]!);
    const dm = Math.sign(mid[i]! - mid[i - 1]!);
    if (ds === 0 || dm === 0) continue;
    counts.pairs[i] = 1;
    if (ds === dm) counts.hits[i] = 1;
  }
  return counts;
}

/**
 * Whether the projected scores said which way the scores went: bin i against the first bin at or after
 * its horizon, row by row, where both moved.
 *
 * @param projected Shape [bins][rows], as `score`.
 */
export function projectionHits(
  score: Float64Array,
  projected: Float64Array,
  rows: number,
  tsNs: Float64Array,
  horizonMs: number,
): HitCounts {
  const n = tsNs.length;
  const counts = { hits: new Int32Array(n), pairs: new Int32Array(n) };
  for (let i = 0; i < n; i++) {
    const j = firstBinAt(tsNs, tsNs[i]! + horizonMs * NS_PER_MS);
    if (j >= n) break;
    let hits = 0;
    let pairs = 0;
    for (let row = 0; row < rows; row++) {
      const now = score[i * rows + row]!;
      const said = projected[i * rows + row]! - now;
      const was = score[j * rows + row]! - now;
      if (said === 0 || was === 0) continue;
      pairs++;
      if (said > 0 === was > 0) hits++;
    }
    counts.hits[i] = hits;
    counts.pairs[i] = pairs;
  }
  return counts;
}

/** Share of hits, NaN without pairs. */
export function hitRate({ hits, pairs }: HitCounts): { hit_rate: number; n_pairs: number } {
  let h = 0;
  let n = 0;
  for (let i = 0; i < pairs.length; i++) {
    h += hits[i]!;
    n += pairs[i]!;
  }
  return { hit_rate: h / n, n_pairs: n };
}
