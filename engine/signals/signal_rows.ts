import { ENG, type GridFrame } from "../frames/contract.ts";

/**
 * What the directional signals read of one bin: columns of equal length, one row per price level.
 * Levels may be missing; a missing row counts for no mean.
 */
export interface SignalRows {
  /** Ticks from the spot reference, each at most once, any order. */
  readonly k: Int32Array;
  /** Contracts/s, finite, like the three below. */
  readonly vAdd: Float64Array;
  readonly vFill: Float64Array;
  readonly vPull: Float64Array;
  readonly vacuum: Float64Array;
  /** True when the mid lies half a tick below the spot reference, so that row k sits at k + ½. */
  readonly spotHalfTick: boolean;
}

/**
 * A live view of a frame, made once: it reads whatever the stage last wrote there.
 *
 * @param frame Its arrays stay the same for its whole life.
 */
export function signalRowsOf(frame: GridFrame): SignalRows {
  return {
    k: frame.k,
    vAdd: frame.engine[ENG.V_ADD]!,
    vFill: frame.engine[ENG.V_FILL]!,
    vPull: frame.engine[ENG.V_PULL]!,
    vacuum: frame.engine[ENG.VACUUM]!,
    get spotHalfTick(): boolean {
      return frame.spotHalfTick;
    },
  };
}

/**
 * Signed distance of row k from the mid, counted in levels: negative on the bid side, positive on
 * the ask side, 0 at the mid.
 *
 * With the mid on a tick it is k. With the mid half a tick below the reference no row is at the mid:
 * k = 0 is the first level above it, so the upper side counts from 1.
 */
export function rankOf(k: number, spotHalfTick: boolean): number {
  return spotHalfTick && k >= 0 ? k + 1 : k;
}

/**
 * Largest rank that counts. A half-tick mid leaves one level more above than below, which would tilt
 * every sum over the sides; so levels without a partner below are left out.
 *
 * @returns Infinity while the mid is on a tick.
 */
export function rankLimit(k: Int32Array, spotHalfTick: boolean): number {
  if (!spotHalfTick) return Infinity;
  let lowest = 0;
  for (let i = 0; i < k.length; i++) if (k[i]! < lowest) lowest = k[i]!;
  return -lowest;
}

/**
 * Whole bins that cover a time.
 *
 * @param least Smallest result.
 * @throws {RangeError} When the bin width is not finite and > 0.
 */
export function binsFor(ms: number, cellWidthMs: number, least: number): number {
  if (!(cellWidthMs > 0 && cellWidthMs < Infinity)) {
    throw new RangeError(
      `Cannot count bins as cellWidthMs must be finite and > 0: it is ${cellWidthMs}`,
    );
  }
  return Math.max(least, Math.ceil(ms / cellWidthMs));
}
