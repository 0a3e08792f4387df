import { cutTop, drawLabel, fade, type Theme } from "../canvas/mod.ts";
import { barX, type ChartFrame } from "./chart_frame.ts";
import type { ChartModel, LowerMode } from "./chart_model.ts";
import { bodyWidth } from "./paint_candles.ts";

const UNITS: Readonly<Record<LowerMode, string>> = {
  volume: "shares, hatched: off exchange",
  direction: "USD, bought − sold",
  flow: "USD of premium",
};

/** Where a cut bar has its gap, CSS pixels from the top. */
const GAP_TOP = 6;
const GAP = 3;

/** Paints the lower part: volume with its part off exchange, or flow, or its direction around zero. */
export function paintLower(
  pen: CanvasRenderingContext2D,
  model: ChartModel,
  frame: ChartFrame,
  theme: Theme,
): void {
  const { plotWidth, plotHeight } = frame.area;
  const isSigned = model.lower === "direction";
  const height = plotHeight - frame.lowerTop;
  const most = highest(model, frame);
  const top = model.lower === "volume" ? volumeTop(model.bars, frame) : most;
  pen.fillStyle = fade(theme.line, 0.8);
  pen.fillRect(0, frame.lowerTop - 4, plotWidth, 1);
  const body = bodyWidth(frame);
  const zero = isSigned ? frame.lowerTop + height / 2 : plotHeight;
  const scale = top === 0 ? 0 : (isSigned ? height / 2 : height) / top;
  for (let i = frame.first; i <= frame.last; i++) {
    const bar = model.bars[i];
    if (bar === undefined) continue;
    const value = lowerValue(model, i);
    const size = Math.min(value, top) * scale;
    const left = Math.round(barX(frame, i)) - Math.floor(body / 2);
    const length = Math.max(size === 0 ? 0 : 1, Math.round(Math.abs(size)));
    pen.fillStyle = isSigned ? (size >= 0 ? theme.bid : theme.ask) : fade(theme.text3, 0.7);
    pen.fillRect(left, Math.round(zero - Math.max(0, size)), body, length);
    if (model.lower !== "volume" || bar.offVolume === 0) continue;
    pen.fillStyle = fade(theme.stale, 1);
    for (let y = zero - Math.min(bar.offVolume, top) * scale; y < zero; y += 3) {
      pen.fillRect(left, Math.round(y), body, 1);
    }
  }
  if (top < most) cutBars(pen, model, frame, top);
  const cut = top < most ? `; cut bars up to ${shortText(most)}` : "";
  const text = `${shortText(top)} ${UNITS[model.lower]}${cut}`;
  drawLabel(pen, { text, x: 4, y: frame.lowerTop + 4, ink: theme.text3, align: "left" }, theme, 1);
}

function highest(model: ChartModel, { first, last }: ChartFrame): number {
  let most = 0;
  for (let i = first; i <= last; i++) most = Math.max(most, Math.abs(lowerValue(model, i)));
  return most;
}

/** Shares that the height stands for. */
function volumeTop(bars: ChartModel["bars"], { first, last }: ChartFrame): number {
  const length = Math.max(0, last - first + 1);
  return cutTop(Float64Array.from({ length }, (_, i) => bars[first + i]?.volume ?? 0));
}

/** Gives the bars that go on above the top a gap below it. */
function cutBars(
  pen: CanvasRenderingContext2D,
  model: ChartModel,
  frame: ChartFrame,
  top: number,
): void {
  const body = bodyWidth(frame);
  for (let i = frame.first; i <= frame.last; i++) {
    if (lowerValue(model, i) <= top) continue;
    const left = Math.round(barX(frame, i)) - Math.floor(body / 2);
    pen.clearRect(left, Math.round(frame.lowerTop) + GAP_TOP, body, GAP);
  }
}

function lowerValue({ lower, bars, net, gross }: ChartModel, i: number): number {
  if (lower === "volume") return bars[i]?.volume ?? 0;
  return (lower === "direction" ? net[i] : gross[i]) ?? 0;
}

function shortText(value: number): string {
  if (value >= 1e6) return `${(value / 1e6).toFixed(1)}M`;
  if (value >= 1e3) return `${(value / 1e3).toFixed(1)}k`;
  return value.toFixed(0);
}
