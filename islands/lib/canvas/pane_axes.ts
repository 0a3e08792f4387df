import { priceStepTicks, timeStepMs } from "./axes.ts";
import { COLUMN, type ColumnStore, NO_TICK } from "./column_store.ts";
import { clockText, fixed, zoneOffsetMs } from "../text/mod.ts";
import { columnX, tickY, type View, visibleRows } from "./geometry.ts";
import { visibleColumns } from "./heat_layer.ts";
import type { PaneLayout } from "./pane_layout.ts";
import { spotY } from "./price_lines.ts";
import type { Theme } from "./theme.ts";

/** How prices are written. */
export interface PriceScale {
  /** Currency per tick. */
  readonly tickSize: number;
  readonly decimals: number;
}

/** Returns the price text of an absolute tick; fractions of a tick allowed. */
export function priceText(tick: number, scale: PriceScale): string {
  const whole = Number.isInteger(tick);
  return fixed(tick * scale.tickSize, whole ? scale.decimals : scale.decimals + 1);
}

/** Sets the number face of the canvases. */
export function monoFont(pen: CanvasRenderingContext2D, theme: Theme, dpr: number, css = 11): void {
  pen.font = `${css * dpr}px ${theme.mono}`;
}

/** A price that has its own mark in the gutter. */
export interface PriceMark {
  readonly tick: number;
  readonly y: number;
  readonly letter: string;
  readonly ink: string;
  readonly strong: boolean;
}

/** Returns ask, spot and bid of a column, those that exist. */
export function priceMarks(
  store: ColumnStore,
  slot: number,
  view: View,
  theme: Theme,
): readonly PriceMark[] {
  if (store.kind[slot] !== COLUMN.BIN) return [];
  const marks: PriceMark[] = [];
  const middle = (tick: number) => tickY(view, tick) + view.rowPx / 2;
  const ask = store.askTick[slot]!;
  const bid = store.bidTick[slot]!;
  const spot = store.spotTick[slot]!;
  if (ask !== NO_TICK) {
    marks.push({ tick: ask, y: middle(ask), letter: "A", ink: theme.ask, strong: false });
  }
  if (spot !== NO_TICK) {
    const tick = spot - (store.halfTick[slot] === 1 ? 0.5 : 0);
    marks.push({ tick, y: spotY(store, slot, view), letter: "", ink: theme.spot, strong: true });
  }
  if (bid !== NO_TICK) {
    marks.push({ tick: bid, y: middle(bid), letter: "B", ink: theme.bid, strong: false });
  }
  return marks;
}

/** Draws the price gutter: grid labels, and ask, spot and bid on plates that never overlap. */
export function drawPriceGutter(
  pen: CanvasRenderingContext2D,
  marks: readonly PriceMark[],
  view: View,
  layout: PaneLayout,
  theme: Theme,
  scale: PriceScale,
  crosshairY: number | null,
): void {
  const { dpr, gutterX, gutterWidth, plotHeight } = layout;
  const plateHeight = 16 * dpr;
  const plates = placePlates(marks, plateHeight, plotHeight);
  monoFont(pen, theme, dpr);
  pen.textBaseline = "middle";
  pen.textAlign = "right";
  const right = gutterX + gutterWidth - 6 * dpr;
  const step = priceStepTicks(view.rowPx, 36 * dpr);
  const bottom = view.topTick - visibleRows(view, plotHeight);
  pen.fillStyle = theme.text3;
  for (let tick = Math.floor(view.topTick / step) * step; tick >= bottom; tick -= step) {
    const y = tickY(view, tick) + view.rowPx / 2;
    if (y < 8 * dpr || y > plotHeight - 4 * dpr) continue;
    if (plates.some((plate) => Math.abs(plate - y) < plateHeight)) continue;
    if (crosshairY !== null && Math.abs(crosshairY - y) < plateHeight) continue;
    pen.fillText(priceText(tick, scale), right, y);
    pen.fillRect(gutterX, Math.round(y), 4 * dpr, Math.max(1, Math.round(dpr)));
  }
  marks.forEach((mark, i) => {
    const y = plates[i]!;
    const isCovered = crosshairY !== null && Math.abs(crosshairY - y) < plateHeight;
    if (isCovered && !mark.strong) return;
    pen.fillStyle = mark.strong ? mark.ink : theme.bg2;
    pen.fillRect(gutterX, y - plateHeight / 2 + dpr, gutterWidth, plateHeight - 2 * dpr);
    pen.fillStyle = mark.strong ? theme.bg0 : mark.ink;
    pen.fillText(priceText(mark.tick, scale), right, y);
    pen.textAlign = "left";
    pen.fillText(mark.letter, gutterX + 4 * dpr, y);
    pen.textAlign = "right";
  });
}

/** Returns the middles of the plates, top to bottom, pushed apart around the strong one. */
export function placePlates(
  marks: readonly { readonly y: number; readonly strong: boolean }[],
  height: number,
  plotHeight: number,
): number[] {
  const clamp = (y: number) => Math.min(plotHeight - height / 2, Math.max(height / 2, y));
  const at = marks.map((mark) => clamp(mark.y));
  const strong = Math.max(0, marks.findIndex((mark) => mark.strong));
  for (let i = strong - 1; i >= 0; i--) at[i] = Math.min(at[i]!, at[i + 1]! - height);
  for (let i = strong + 1; i < at.length; i++) at[i] = Math.max(at[i]!, at[i - 1]! + height);
  return at;
}

/** Draws the time axis in exchange time: labels where the wall clock passes a round step. */
export function drawTimeAxis(
  pen: CanvasRenderingContext2D,
  store: ColumnStore,
  baseMs: number,
  cellMs: number,
  view: View,
  layout: PaneLayout,
  theme: Theme,
): void {
  const { dpr, plotHeight, dataWidth, laneHeight } = layout;
  const { first, last } = visibleColumns(store, view, layout);
  if (first > last) return;
  const msPerPx = (cellMs * view.binsPerColumn) / view.columnPx;
  const step = timeStepMs(msPerPx, 84 * dpr);
  const top = plotHeight + laneHeight;
  monoFont(pen, theme, dpr);
  pen.textBaseline = "middle";
  pen.textAlign = "left";
  const wallOf = (column: number) => {
    const slot = store.slot(Math.max(store.first, column * view.binsPerColumn));
    const ms = baseMs + store.startNs[slot]! / 1e6;
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
    pen.fillText(text, x + 4 * dpr, top + layout.axisHeight / 2);
    free = x + width + 16 * dpr;
  }
}
