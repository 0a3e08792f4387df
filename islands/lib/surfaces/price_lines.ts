import {
  columnX,
  fade,
  levelY,
  multiples,
  type Theme,
  type View,
  visibleColumns,
} from "../canvas/mod.ts";
import { STRIKE_TICKS } from "./cell_planes.ts";
import type { SurfaceLayout } from "./surface_layout.ts";
import type { SurfaceStore } from "./surface_store.ts";

/** Least distance of two lines at strikes, CSS pixels. */
const STRIKE_GAP_CSS = 18;

/** A level at a second, in ticks, fractions allowed; NaN where there is none. */
type LevelOf = (second: number) => number;

/** Height of the middle of a level, fractions of a tick allowed. */
export function middleY(view: View, level: number): number {
  return levelY(view, level) + view.rowPx / 2;
}

/** Traces a level over time in steps, a display column each. */
function trace(
  pen: CanvasRenderingContext2D,
  store: SurfaceStore,
  view: View,
  { dataWidth }: SurfaceLayout,
  levelOf: LevelOf,
): void {
  const { first, last } = visibleColumns(store, view, dataWidth);
  pen.beginPath();
  let down = false;
  for (let column = first; column <= last; column++) {
    const level = newestOf(store, view, column, levelOf);
    if (Number.isNaN(level)) {
      down = false;
      continue;
    }
    const [x, y] = [columnX(view, dataWidth, column), middleY(view, level)];
    if (down) pen.lineTo(x, y);
    else pen.moveTo(x, y);
    pen.lineTo(x + view.columnPx, y);
    down = true;
  }
}

/** Level of the newest second of a display column. */
function newestOf(store: SurfaceStore, view: View, column: number, levelOf: LevelOf): number {
  return levelOf(Math.min(store.last, (column + 1) * view.perColumn - 1));
}

function clip(pen: CanvasRenderingContext2D, { dataWidth, plotHeight }: SurfaceLayout): void {
  pen.save();
  pen.beginPath();
  pen.rect(0, 0, dataWidth, plotHeight);
  pen.clip();
  pen.lineJoin = "round";
}

/** Draws a faint line at every strike, where there is room. */
export function drawStrikeLines(
  pen: CanvasRenderingContext2D,
  view: View,
  layout: SurfaceLayout,
  theme: Theme,
): void {
  const { dpr, dataWidth, plotHeight } = layout;
  if (view.rowPx * STRIKE_TICKS < STRIKE_GAP_CSS * dpr) return;
  pen.fillStyle = fade(theme.line, 0.55);
  const low = view.top - Math.ceil(plotHeight / view.rowPx);
  for (const tick of multiples(STRIKE_TICKS, low, view.top)) {
    pen.fillRect(0, Math.round(middleY(view, tick)), dataWidth, Math.max(1, Math.round(dpr)));
  }
}

/** Draws the price of zero gamma over time (dashed) and how far the spreads of the quotes leave it open. */
export function drawZeroGamma(
  pen: CanvasRenderingContext2D,
  store: SurfaceStore,
  view: View,
  layout: SurfaceLayout,
  theme: Theme,
  tickOf: (points: number) => number,
): void {
  const { dpr, dataWidth } = layout;
  clip(pen, layout);
  pen.fillStyle = fade(theme.forecast, 0.14);
  const { first, last } = visibleColumns(store, view, dataWidth);
  for (let column = first; column <= last; column++) {
    const low = newestOf(store, view, column, (s) => tickOf(store.fact(s, "zeroGammaLow")));
    const high = newestOf(store, view, column, (s) => tickOf(store.fact(s, "zeroGammaHigh")));
    if (!(high > low)) continue;
    const [top, bottom] = [middleY(view, high), middleY(view, low)];
    pen.fillRect(columnX(view, dataWidth, column), top, view.columnPx, bottom - top);
  }
  trace(pen, store, view, layout, (second) => tickOf(store.fact(second, "zeroGamma")));
  pen.lineWidth = 3.5 * dpr;
  pen.strokeStyle = fade(theme.picture.ground, 0.7);
  pen.stroke();
  pen.setLineDash([6 * dpr, 4 * dpr]);
  pen.lineWidth = 1.5 * dpr;
  pen.strokeStyle = theme.forecast;
  pen.stroke();
  pen.restore();
}

/** Draws the spot over time, on a dark casing so that it reads on any cell. */
export function drawSpot(
  pen: CanvasRenderingContext2D,
  store: SurfaceStore,
  view: View,
  layout: SurfaceLayout,
  theme: Theme,
): void {
  const { dpr } = layout;
  clip(pen, layout);
  trace(pen, store, view, layout, (second) => store.spot(second));
  pen.strokeStyle = theme.picture.ground;
  pen.lineWidth = 4 * dpr;
  pen.stroke();
  pen.strokeStyle = theme.picture.spot;
  pen.lineWidth = 1.5 * dpr;
  pen.stroke();
  pen.restore();
}

/** Draws the level of the spot across the whole picture, dotted. @param level Ticks; NaN for none. */
export function drawSpotLevel(
  pen: CanvasRenderingContext2D,
  level: number,
  view: View,
  { dpr, gutterX, plotHeight }: SurfaceLayout,
  theme: Theme,
): void {
  const y = Math.round(middleY(view, level)) + 0.5;
  if (!(y > 0 && y < plotHeight)) return;
  pen.save();
  pen.setLineDash([2 * dpr, 4 * dpr]);
  pen.strokeStyle = fade(theme.picture.spot, 0.45);
  pen.lineWidth = Math.max(1, Math.round(dpr));
  pen.beginPath();
  pen.moveTo(0, y);
  pen.lineTo(gutterX, y);
  pen.stroke();
  pen.restore();
}
