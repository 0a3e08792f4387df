import { checkPairs } from "./pairs.ts";

/** Move below which no direction is judged, ticks. */
const LEAST_MOVE = 0.5;

/** How often a forecast had the right sign. */
export interface HitRate {
  /** Share of judged moves whose sign was forecast; NaN of none. A forecast of 0 is a miss. */
  readonly rate: number;
  /** Share of the judged moves that went the more frequent way: what guessing one way gets. */
  readonly base: number;
  /** Moves of half a tick and more. */
  readonly judged: number;
}

/** Directional hit rate. @throws {LabError} When the lengths differ. */
export function hitRate(act: ArrayLike<number>, pred: ArrayLike<number>): HitRate {
  checkPairs(act, pred);
  let [judged, hits, ups] = [0, 0, 0];
  for (let i = 0; i < act.length; i++) {
    if (Math.abs(act[i]!) < LEAST_MOVE) continue;
    judged++;
    if (act[i]! > 0) ups++;
    if (act[i]! * pred[i]! > 0) hits++;
  }
  return { rate: hits / judged, base: Math.max(ups, judged - ups) / judged, judged };
}

/** A line through outcomes over forecasts, and the share of variance that it explains. */
export interface Line {
  /** 1 when forecasts are as large as what they foretell; above 1 they are too timid. */
  readonly slope: number;
  /** Ticks. */
  readonly intercept: number;
  /** 0 to 1. */
  readonly r2: number;
}

/**
 * Least-squares line of outcomes on forecasts, or on anything else; slope and share are 0 when either
 * does not vary.
 *
 * @throws {LabError} When the lengths differ.
 */
export function lineOf(act: ArrayLike<number>, pred: ArrayLike<number>): Line {
  checkPairs(act, pred);
  const n = act.length;
  let [sumX, sumY] = [0, 0];
  for (let i = 0; i < n; i++) {
    sumX += pred[i]!;
    sumY += act[i]!;
  }
  const [meanX, meanY] = [sumX / n, sumY / n];
  let [xx, xy, yy] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    const [dx, dy] = [pred[i]! - meanX, act[i]! - meanY];
    xx += dx * dx;
    xy += dx * dy;
    yy += dy * dy;
  }
  const slope = xx > 0 ? xy / xx : 0;
  return { slope, intercept: meanY - slope * meanX, r2: yy > 0 ? (slope * xy) / yy : 0 };
}

/**
 * Mean absolute error of a forecast over that of the random walk; below 1 is better, NaN when nothing
 * moved.
 *
 * @throws {LabError} When the lengths differ.
 */
export function absoluteErrorRatio(act: ArrayLike<number>, pred: ArrayLike<number>): number {
  checkPairs(act, pred);
  let [model, walk] = [0, 0];
  for (let i = 0; i < act.length; i++) {
    model += Math.abs(act[i]! - pred[i]!);
    walk += Math.abs(act[i]!);
  }
  return model / walk;
}
