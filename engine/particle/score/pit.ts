import { philox2x32 } from "../../prng/mod.ts";
import { openUniform } from "../cloud/mod.ts";

/** A predictive distribution as equally likely draws. */
export interface Draws {
  /** Number of draws, >= 1. */
  readonly count: number;
  /** Draw of a rank, 0..count - 1; ascending in rank, in the unit of the outcome. */
  readonly at: (rank: number) => number;
}

/**
 * Randomised probability integral transform: where an outcome lies in its predictive distribution,
 * uniform on (0, 1) when the forecast is calibrated, also for outcomes on a lattice, whose ties it
 * breaks by chance.
 *
 * @param u Uniform draw in (0, 1).
 * @see Czado, Gneiting and Held (2009), "Predictive model assessment for count data".
 */
export function randomisedPit({ count, at }: Draws, act: number, u: number): number {
  const below = firstRank(count, (rank) => at(rank) >= act);
  const upTo = firstRank(count, (rank) => at(rank) > act);
  return (below + u * (upTo - below)) / count;
}

/** First rank of which something holds, that then holds of all later ones; the count if of none. */
function firstRank(count: number, holds: (rank: number) => boolean): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

const words = new Uint32Array(2);

/** The uniform draw that breaks ties of one forecast. @param tick Its origin. @param h Its horizon. */
export function pitUniform(seed: number, tick: number, h: number): number {
  return openUniform(philox2x32(tick, h, seed, words)[0]!);
}

/** Shares of transforms in equal bins of [0, 1]; each is 1 / bins of a calibrated forecast. */
export function pitHistogram(pits: ArrayLike<number>, bins: number): Float64Array {
  const shares = new Float64Array(bins);
  for (let i = 0; i < pits.length; i++) {
    shares[Math.min(bins - 1, Math.floor(pits[i]! * bins))]! += 1 / pits.length;
  }
  return shares;
}

/**
 * Whether each outcome lay in the central interval that should hold a share of them: 1 or 0.
 *
 * @param pits Transforms of the outcomes.
 * @param share Of the interval, in (0, 1): 0.8 for the published band.
 */
export function centralHits(pits: ArrayLike<number>, share: number): Uint8Array {
  const tail = (1 - share) / 2;
  return Uint8Array.from(pits, (pit) => pit >= tail && pit <= 1 - tail ? 1 : 0);
}
