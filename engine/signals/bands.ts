import type { BandHorizon } from "./horizons.ts";
import { sampleTrail } from "./trail.ts";

/** Rows by which a full signal moves a band per tick of its spread. */
const GAIN = 8.0;
/** Half of the rows that a band covers. */
const HALF_ROWS = 4;

/** Opacities of one band. */
export interface BandAlphas {
  readonly forwardFill: number;
  readonly forwardEdge: number;
  readonly forwardCentre: number;
  readonly historyFill: number;
  readonly historyEdge: number;
}

/**
 * Row of a band's centre; rows grow downwards, so a bullish signal moves it to a smaller row. The
 * band itself covers 4 rows to either side, see {@link bandTop} and {@link bandBottom}.
 *
 * @param spotRow Row of the spot, fractional.
 * @param composite Blend of the directional signals, positive bullish.
 * @see docs/methods/signals.md, "Projection bands".
 */
export function bandCentre(horizon: BandHorizon, spotRow: number, composite: number): number {
  return spotRow - GAIN * composite * horizon.spreadTicks;
}

/** Upper edge of the band around a centre row. */
export function bandTop(centreRow: number): number {
  return centreRow - HALF_ROWS;
}

/** Lower edge of the band around a centre row. */
export function bandBottom(centreRow: number): number {
  return centreRow + HALF_ROWS;
}

/**
 * Opacities of a band: the part ahead of now fades with the warm-up, the part behind does not.
 *
 * @param warmup Share of warm signals, 0 to 1.
 */
export function bandAlphas(horizon: BandHorizon, warmup: number): BandAlphas {
  const forward = horizon.alpha * warmup;
  return {
    forwardFill: 0.4 * forward,
    forwardEdge: 0.7 * forward,
    forwardCentre: 0.9 * forward,
    historyFill: 0.18 * horizon.alpha,
    historyEdge: 0.45 * horizon.alpha,
  };
}

/**
 * True when a band ahead of now can be drawn: spot and blend exist and a signal is warm. NaN stands
 * for what does not exist.
 */
export function bandIsDrawable(spotRow: number, composite: number, warmup: number): boolean {
  return Number.isFinite(spotRow) && Number.isFinite(composite) && warmup > 0;
}

/**
 * Writes what was projected for each past column: at column x stands the centre that was drawn
 * `horizon` bins earlier, so the eye can compare it with where the spot went.
 *
 * @param spotRows Row of the spot per column, oldest first; NaN where there was none.
 * @param composites Blend per column, same length.
 * @param warmups Warm-up share per column, same length.
 * @param cellWidthMs Width of a column, ms.
 * @param out Centre rows per column, same length; NaN where nothing was projected. Owned by the
 * caller.
 * @returns Columns with a centre; fewer than two make no polygon.
 * @throws {RangeError} When the lengths differ.
 */
export function writeBandHistory(
  horizon: BandHorizon,
  spotRows: ArrayLike<number>,
  composites: ArrayLike<number>,
  warmups: ArrayLike<number>,
  cellWidthMs: number,
  out: Float64Array,
): number {
  const n = out.length;
  if (spotRows.length !== n || composites.length !== n || warmups.length !== n) {
    throw new RangeError(
      `Cannot write band history as all columns must have length ${n}: ` +
        `they have ${spotRows.length}, ${composites.length} and ${warmups.length}`,
    );
  }
  const lag = horizon.ms / cellWidthMs;
  let points = 0;
  for (let x = 0; x < n; x++) {
    const at = x - lag;
    const spotRow = sampleTrail(spotRows, at);
    const composite = sampleTrail(composites, at);
    const drawable = bandIsDrawable(spotRow, composite, sampleTrail(warmups, at));
    out[x] = drawable ? bandCentre(horizon, spotRow, composite) : NaN;
    if (drawable) points++;
  }
  return points;
}
