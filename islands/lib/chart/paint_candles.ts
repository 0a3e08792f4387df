import type { Theme } from "../canvas/mod.ts";
import type { Bar } from "./candle_store.ts";
import { barX, type ChartFrame, priceY } from "./chart_frame.ts";
import type { ChartModel } from "./chart_model.ts";

/** Share of a bar's room that its body takes. */
const BODY_SHARE = 0.7;

/** Width of a bar's body, CSS pixels. */
export function bodyWidth({ view }: ChartFrame): number {
  return Math.max(1, Math.floor(view.columnPx * BODY_SHARE));
}

/** Paints the bars: a wick from low to high, a body from open to close. */
export function paintCandles(
  pen: CanvasRenderingContext2D,
  { bars }: ChartModel,
  frame: ChartFrame,
  theme: Theme,
): void {
  for (let i = frame.first; i <= frame.last; i++) {
    const bar = bars[i];
    if (bar !== undefined) paintBar(pen, bar, Math.round(barX(frame, i)), frame, theme);
  }
}

function paintBar(
  pen: CanvasRenderingContext2D,
  bar: Bar,
  x: number,
  frame: ChartFrame,
  theme: Theme,
): void {
  const isUp = bar.close >= bar.open;
  const [high, low] = [priceY(frame, bar.high), priceY(frame, bar.low)];
  pen.fillStyle = isUp ? theme.bid : theme.ask;
  pen.fillRect(x, Math.round(high), 1, Math.max(1, Math.round(low - high)));
  const body = bodyWidth(frame);
  const left = x - Math.floor(body / 2);
  const top = priceY(frame, Math.max(bar.open, bar.close));
  const bottom = priceY(frame, Math.min(bar.open, bar.close));
  const height = Math.max(1, Math.round(bottom - top));
  pen.fillRect(left, Math.round(top), body, height);
  // A rising bar is hollow, so that it does not take colour to tell the two apart.
  if (isUp && body > 2 && height > 2) {
    pen.fillStyle = theme.bg1;
    pen.fillRect(left + 1, Math.round(top) + 1, body - 2, height - 2);
  }
}

/** Paints a line of prices through the middles of the bars; it stops where a price is out of sight. */
export function paintLine(
  pen: CanvasRenderingContext2D,
  prices: Float64Array,
  frame: ChartFrame,
  ink: string,
): void {
  pen.strokeStyle = ink;
  pen.lineWidth = 1;
  pen.beginPath();
  let isDown = false;
  for (let i = frame.first; i <= frame.last; i++) {
    const price = prices[i] ?? NaN;
    const isSeen = price > frame.low && price < frame.high;
    if (isSeen && isDown) pen.lineTo(barX(frame, i), priceY(frame, price));
    else if (isSeen) pen.moveTo(barX(frame, i), priceY(frame, price));
    isDown = isSeen;
  }
  pen.stroke();
}
