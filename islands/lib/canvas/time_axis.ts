import { clockText, zoneOffsetMs } from "../text/mod.ts";
import { monoFont } from "./plate.ts";
import type { PlotArea } from "./plot_area.ts";
import { timeStepMs } from "./steps.ts";
import type { Theme } from "./theme.ts";
import { columnX, type Span, type View, visibleColumns } from "./view.ts";

/** Least distance between two labels, CSS pixels. */
const LABEL_GAP_CSS = 84;

/** When the positions of a time axis are. */
export interface Times {
  /** Instant at which a position begins, ms since 1970. */
  readonly startMs: (position: number) => number;
  /** Length of a position, ms. */
  readonly stepMs: number;
}

/** Draws the time axis in exchange time: labels where the wall clock passes a round step. */
export function drawTimeAxis(
  pen: CanvasRenderingContext2D,
  span: Span,
  times: Times,
  view: View,
  area: PlotArea,
  theme: Theme,
): void {
  const { dpr, plotHeight, dataWidth, laneHeight } = area;
  const { first, last } = visibleColumns(span, view, dataWidth);
  if (first > last) return;
  const step = timeStepMs((times.stepMs * view.perColumn) / view.columnPx, LABEL_GAP_CSS * dpr);
  const top = plotHeight + laneHeight;
  monoFont(pen, theme, dpr);
  pen.textBaseline = "middle";
  pen.textAlign = "left";
  const wallOf = (column: number) => {
    const ms = times.startMs(Math.max(span.first, column * view.perColumn));
    return ms + zoneOffsetMs(ms);
  };
  let before = wallOf(first);
  let free = 0;
  for (let column = first + 1; column <= last; column++) {
    const wall = wallOf(column);
    const mark = Math.floor(wall / step);
    const crossed = mark !== Math.floor(before / step);
    before = wall;
    if (!crossed) continue;
    const x = columnX(view, dataWidth, column);
    pen.fillStyle = theme.line;
    pen.fillRect(x, top, Math.max(1, Math.round(dpr)), 6 * dpr);
    const text = clockText(mark * step, step < 1_000);
    const width = pen.measureText(text).width;
    if (x < free || x + 4 * dpr + width > dataWidth) continue;
    pen.fillStyle = theme.text3;
    pen.fillText(text, x + 4 * dpr, top + area.axisHeight / 2);
    free = x + width + 16 * dpr;
  }
}
