import { fade, type Theme } from "../canvas/mod.ts";
import type { FlowMark } from "./candle_store.ts";
import { barX, type ChartFrame, markY } from "./chart_frame.ts";
import { barTs, type ChartModel } from "./chart_model.ts";

/** Radius of a mark without a premium, CSS pixels. */
const LEAST_RADIUS = 3;

/**
 * Paints the marks of the bars on screen: a triangle up below the bar for bullish, down above it for
 * bearish, a disc below it for neither, and a hollow square for what is inferred.
 */
export function paintMarks(
  pen: CanvasRenderingContext2D,
  { bars, marks, intervalMs }: ChartModel,
  frame: ChartFrame,
  theme: Theme,
  chosen: FlowMark | null,
): void {
  const shown = new Map<number, number>();
  for (let i = frame.first; i <= frame.last; i++) shown.set(bars[i]?.ts ?? 0, i);
  for (const mark of marks) {
    const i = shown.get(barTs(mark.ts, intervalMs));
    const bar = i === undefined ? undefined : bars[i];
    if (i === undefined || bar === undefined) continue;
    const x = barX(frame, i);
    const y = markY(frame, mark, bar);
    const ink = mark.sign > 0 ? theme.bid : mark.sign < 0 ? theme.ask : theme.text2;
    if (mark.kind === "inferred-dark") {
      pen.strokeStyle = fade(ink, 0.55);
      pen.strokeRect(Math.round(x) - 2.5, Math.round(y) - 2.5, 5, 5);
      continue;
    }
    tracePoint(pen, mark, x, y);
    pen.fillStyle = ink;
    pen.fill();
    if (chosen !== mark) continue;
    pen.strokeStyle = theme.text1;
    pen.stroke();
  }
}

/** The shape of an event; its size grows with the premium. */
function tracePoint(pen: CanvasRenderingContext2D, mark: FlowMark, x: number, y: number): void {
  const r = LEAST_RADIUS + Math.min(3, Math.log10(1 + mark.premium / 25_000) * 2);
  pen.beginPath();
  if (mark.sign === 0) {
    pen.arc(x, y, r, 0, 2 * Math.PI);
    return;
  }
  pen.moveTo(x, y - mark.sign * r);
  pen.lineTo(x + r, y + mark.sign * r);
  pen.lineTo(x - r, y + mark.sign * r);
  pen.closePath();
}
