/** Left share of the canvas that shows what happened; the rest is for what is projected. */
const DATA_SHARE = 0.85;
const MIN_DATA_PX = 32;

/** Width of the part of a canvas that shows the past, px. */
export function dataWidth(canvasWidthPx: number): number {
  return Math.max(MIN_DATA_PX, Math.round(DATA_SHARE * canvasWidthPx));
}
