import {
  drawHairs,
  drawLabel,
  drawPlate,
  fade,
  multiples,
  niceCeiling,
  type Theme,
} from "../canvas/mod.ts";
import { exchangeClock, exchangeDate } from "../text/mod.ts";
import { barX, type ChartFrame, priceY } from "./chart_frame.ts";
import type { ChartModel, ChartPick } from "./chart_model.ts";

/** Lines across for the prices, at about so many heights. */
const PRICE_LINES = 6;
/** Least distance between two times, CSS pixels. */
const TIME_GAP = 80;
/** A hole of more bars than that is marked. */
const GAP_BARS = 4;

/** Paints price lines with their labels, times under the bars, and a dashed line at each hole. */
export function paintAxes(
  pen: CanvasRenderingContext2D,
  model: ChartModel,
  frame: ChartFrame,
  theme: Theme,
): void {
  paintPriceLines(pen, frame, theme);
  const { columnPx } = frame.view;
  const { plotWidth, plotHeight, width, height, axisHeight } = frame.area;
  const y = height - axisHeight / 2;
  const every = Math.max(1, Math.ceil(TIME_GAP / columnPx));
  let day = "";
  for (let i = frame.first; i <= frame.last; i++) {
    const bar = model.bars[i];
    const before = model.bars[i - 1];
    if (bar === undefined) continue;
    const x = barX(frame, i);
    if (before !== undefined && bar.ts - before.ts > GAP_BARS * model.intervalMs) {
      pen.fillStyle = fade(theme.text3, 0.5);
      const left = Math.round(x - columnPx / 2);
      for (let dash = 0; dash < plotHeight; dash += 6) pen.fillRect(left, dash, 1, 3);
    }
    if ((i - frame.first) % every !== 0 || x > plotWidth - 20) continue;
    const date = exchangeDate(bar.ts);
    const text = date === day ? exchangeClock(bar.ts).slice(0, 5) : date.slice(5);
    day = date;
    drawLabel(pen, { text, x, y, ink: theme.text3, align: "center" }, theme, 1);
  }
  drawLabel(pen, { text: "ET", x: width - 6, y, ink: theme.text3, align: "right" }, theme, 1);
}

function paintPriceLines(pen: CanvasRenderingContext2D, frame: ChartFrame, theme: Theme): void {
  const { plotWidth } = frame.area;
  const step = niceCeiling((frame.high - frame.low) / PRICE_LINES);
  for (const price of multiples(step, frame.low, frame.high)) {
    const y = Math.round(priceY(frame, price));
    pen.fillStyle = fade(theme.line, 0.6);
    pen.fillRect(0, y, plotWidth, 1);
    const text = price.toFixed(step < 0.1 ? 3 : 2);
    drawLabel(pen, { text, x: plotWidth + 6, y, ink: theme.text3, align: "left" }, theme, 1);
  }
}

/** Paints a line at the newest close, and its price. */
export function paintLast(
  pen: CanvasRenderingContext2D,
  { bars }: ChartModel,
  frame: ChartFrame,
  theme: Theme,
): void {
  const bar = bars.at(-1);
  if (bar === undefined || bar.close < frame.low || bar.close > frame.high) return;
  const y = Math.round(priceY(frame, bar.close));
  pen.fillStyle = fade(theme.spot, 0.5);
  pen.fillRect(0, y, frame.area.plotWidth, 1);
  paintPrice(pen, bar.close, y, frame, theme, theme.spot, theme.bg0);
}

/** Paints the crosshair; the line across and its price only where prices are. */
export function paintCrosshair(
  pen: CanvasRenderingContext2D,
  cursor: ChartPick,
  frame: ChartFrame,
  theme: Theme,
): void {
  const y = Math.round(priceY(frame, cursor.price));
  const isPriced = y >= 0 && y <= frame.priceBottom;
  const at = { x: Math.round(barX(frame, cursor.index)), y: isPriced ? y : null };
  drawHairs(pen, at, frame.area, fade(theme.text2, 0.5));
  if (isPriced) paintPrice(pen, cursor.price, y, frame, theme, theme.bg2, theme.text1);
}

function paintPrice(
  pen: CanvasRenderingContext2D,
  price: number,
  y: number,
  frame: ChartFrame,
  theme: Theme,
  ground: string,
  ink: string,
): void {
  const text = price.toFixed(2);
  drawPlate(pen, { y, text, ground, ink, align: "left", inset: 0 }, frame.area, theme);
}
