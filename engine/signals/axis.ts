const PRICE_STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500] as const;
const TIME_STEPS_S = [1, 2, 5, 10, 15, 30, 60] as const;
/** Two time labels stand at least this far apart. */
const TIME_LABEL_PX = 70;
/** Left share of the canvas that shows what happened; the rest is for what is projected. */
const DATA_SHARE = 0.85;
const MIN_DATA_PX = 32;

/**
 * Row of a price, fractional; row 0 is the top and `radius` the anchor.
 *
 * @param radius Rows above the anchor.
 * @param anchor Price of the middle row, same unit as `price`.
 * @param bucket Price per row, > 0.
 */
export function priceToRow(price: number, anchor: number, bucket: number, radius: number): number {
  return radius - (price - anchor) / bucket;
}

/** Price of a row, the inverse of {@link priceToRow} up to rounding. */
export function rowToPrice(row: number, anchor: number, bucket: number, radius: number): number {
  return anchor + (radius - row) * bucket;
}

/**
 * Step between price labels: the smallest of a round series that makes at most `target` of them, or
 * the largest there is.
 *
 * @param range Prices shown, > 0.
 * @param bucket Price per row; no step is smaller, and below 1 it is a step itself.
 */
export function niceInterval(range: number, target: number, bucket: number): number {
  const least = range / target;
  if (bucket < 1 && bucket >= least) return bucket;
  for (const step of PRICE_STEPS) if (step >= bucket && step >= least) return step;
  return Math.max(bucket, PRICE_STEPS[PRICE_STEPS.length - 1]!);
}

/** Seconds between time labels so that they do not touch, at most 60. */
export function niceTimeStepS(pxPerSecond: number): number {
  for (const step of TIME_STEPS_S) if (step * pxPerSecond >= TIME_LABEL_PX) return step;
  return TIME_STEPS_S[TIME_STEPS_S.length - 1]!;
}

/** Width of the part of a canvas that shows the past, px. */
export function dataWidth(canvasWidthPx: number): number {
  return Math.max(MIN_DATA_PX, Math.round(DATA_SHARE * canvasWidthPx));
}
