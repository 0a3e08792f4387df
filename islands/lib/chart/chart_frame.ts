import { columnX, levelY, type PlotArea, positionX, type View } from "../canvas/mod.ts";
import type { Bar, FlowMark } from "./candle_store.ts";
import type { ChartModel } from "./chart_model.ts";

const GUTTER = 64;
const AXIS = 20;
const LOWER_SHARE = 0.22;
/** Narrower plots stay empty, CSS pixels. */
const LEAST_WIDTH = 40;
/** Room for the readout above the prices, CSS pixels. */
export const PRICE_TOP = 44;
/** Distance of a mark from its bar, CSS pixels. */
const MARK_GAP = 10;

/** How the bars on screen lie on the canvas, in CSS pixels; levels of the view are USD. */
export interface ChartFrame {
  readonly view: View;
  readonly area: PlotArea;
  /** First and last bar on screen. */
  readonly first: number;
  readonly last: number;
  readonly low: number;
  readonly high: number;
  readonly priceBottom: number;
  readonly lowerTop: number;
  /** Compared closes as prices of ours that start with ours at the left edge; NaN elsewhere; or null. */
  readonly compared: Float64Array | null;
}

/**
 * Returns the frame of a picture: as many whole bars as fit, and their prices from top to bottom. Null
 * when no bar is in sight.
 *
 * @param window Bar at the right edge and width of a bar.
 */
export function chartFrame(
  { bars, compare }: ChartModel,
  window: Pick<View, "right" | "columnPx">,
  width: number,
  height: number,
): ChartFrame | null {
  const { right, columnPx } = window;
  const plotWidth = width - GUTTER;
  if (right < 0 || plotWidth < LEAST_WIDTH) return null;
  const first = Math.max(0, right + 1 - Math.max(1, Math.floor(plotWidth / columnPx)));
  const shown = bars.slice(first, right + 1);
  const compared = compare === null ? null : rebased(compare.closes, bars, first, right);
  // What is compared is in sight whatever it does: a line that leaves the scale says nothing.
  const also = [...compared ?? []].filter(Number.isFinite);
  const least = also.reduce((a, b) => Math.min(a, b), lowOf(shown));
  const most = also.reduce((a, b) => Math.max(a, b), highOf(shown));
  const pad = Math.max((most - least) * 0.06, most * 0.0002);
  const [low, high] = [least - pad, most + pad];
  const plotHeight = height - AXIS;
  const lowerHeight = Math.round(plotHeight * LOWER_SHARE);
  const priceBottom = plotHeight - lowerHeight - 8;
  const rowPx = (priceBottom - PRICE_TOP) / (high - low);
  return {
    view: { right, columnPx, perColumn: 1, top: high + PRICE_TOP / rowPx, rowPx },
    area: {
      dpr: 1, // the pen is scaled
      width,
      height,
      dataWidth: plotWidth,
      plotWidth,
      plotHeight,
      gutterX: plotWidth + 1,
      gutterWidth: GUTTER - 2,
      axisHeight: AXIS,
      laneHeight: 0,
    },
    first,
    last: right,
    low,
    high,
    priceBottom,
    lowerTop: plotHeight - lowerHeight,
    compared,
  };
}

function lowOf(bars: readonly Bar[]): number {
  return bars.reduce((low, bar) => Math.min(low, bar.low), Infinity);
}

function highOf(bars: readonly Bar[]): number {
  return bars.reduce((high, bar) => Math.max(high, bar.high), -Infinity);
}

/** Other closes, scaled so that at the first bar in sight that both have they are the same. */
function rebased(
  closes: Float64Array,
  bars: readonly Bar[],
  first: number,
  last: number,
): Float64Array {
  const out = new Float64Array(bars.length).fill(NaN);
  let factor = NaN;
  for (let i = first; i <= last; i++) {
    const close = closes[i] ?? NaN;
    if (Number.isNaN(factor) && close > 0) factor = (bars[i]?.close ?? NaN) / close;
    out[i] = close * factor;
  }
  return out;
}

/** Middle of a bar. */
export function barX({ view, area }: ChartFrame, index: number): number {
  return positionX(view, area.dataWidth, index);
}

export function priceY({ view }: ChartFrame, price: number): number {
  return levelY(view, price);
}

/** Price at a height; undoes {@link priceY}. */
export function priceAt({ view }: ChartFrame, y: number): number {
  return view.top - y / view.rowPx;
}

/** Height of a mark: above its bar when it is bearish, else below. */
export function markY(frame: ChartFrame, mark: FlowMark, bar: Bar): number {
  return mark.sign < 0 ? priceY(frame, bar.high) - MARK_GAP : priceY(frame, bar.low) + MARK_GAP;
}

/** Where an instant lies among the bars, clipped to the plot. */
export function timeX(frame: ChartFrame, { bars, intervalMs }: ChartModel, tsMs: number): number {
  let i = frame.first;
  while (i <= frame.last && (bars[i]?.ts ?? 0) + intervalMs <= tsMs) i++;
  const bar = bars[i];
  const share = bar === undefined || i > frame.last
    ? 0
    : Math.min(1, Math.max(0, (tsMs - bar.ts) / intervalMs));
  return Math.round(columnX(frame.view, frame.area.dataWidth, i) + share * frame.view.columnPx);
}
