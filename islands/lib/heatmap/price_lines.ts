import { columnX, levelY, type Theme, type View, visibleColumns } from "../canvas/mod.ts";
import { COLUMN, type ColumnStore, NO_TICK } from "./column_store.ts";
import type { PaneLayout } from "./pane_layout.ts";

/** Returns the height, in device pixels, of spot in a column: the mid, half a tick below on a half. */
export function spotY(store: ColumnStore, slot: number, view: View): number {
  const half = store.halfTick[slot] === 1 ? 0.5 : 0;
  return levelY(view, store.spotTick[slot]! - half) + view.rowPx / 2;
}

function trace(
  pen: CanvasRenderingContext2D,
  store: ColumnStore,
  view: View,
  layout: PaneLayout,
  y: (slot: number) => number,
): void {
  const { first, last } = visibleColumns(store, view, layout.dataWidth);
  pen.beginPath();
  let down = false;
  for (let column = first; column <= last; column++) {
    const position = Math.min(store.last, (column + 1) * view.perColumn - 1);
    const slot = store.slot(position);
    const at = store.kind[slot] === COLUMN.BIN ? y(slot) : NaN;
    if (Number.isNaN(at)) {
      down = false;
      continue;
    }
    const x = columnX(view, layout.dataWidth, column);
    if (down) pen.lineTo(x, at);
    else pen.moveTo(x, at);
    pen.lineTo(x + view.columnPx, at);
    down = true;
  }
}

/** Draws bid (dashed), ask (dotted) and spot (solid, with a dark casing so that it reads on any cell). */
export function drawPriceLines(
  pen: CanvasRenderingContext2D,
  store: ColumnStore,
  view: View,
  layout: PaneLayout,
  theme: Theme,
): void {
  const { dpr } = layout;
  const tickMiddle = (ticks: Int32Array) => (slot: number) =>
    ticks[slot] === NO_TICK ? NaN : levelY(view, ticks[slot]!) + view.rowPx / 2;
  pen.save();
  pen.beginPath();
  pen.rect(0, 0, layout.dataWidth, layout.plotHeight);
  pen.clip();
  pen.lineJoin = "round";
  pen.lineWidth = Math.max(1, Math.round(dpr));
  trace(pen, store, view, layout, tickMiddle(store.askTick));
  pen.strokeStyle = theme.picture.ask;
  pen.setLineDash([2 * dpr, 2 * dpr]);
  pen.stroke();
  trace(pen, store, view, layout, tickMiddle(store.bidTick));
  pen.strokeStyle = theme.picture.bid;
  pen.setLineDash([6 * dpr, 3 * dpr]);
  pen.stroke();
  pen.setLineDash([]);
  trace(
    pen,
    store,
    view,
    layout,
    (slot) => store.spotTick[slot] === NO_TICK ? NaN : spotY(store, slot, view),
  );
  pen.strokeStyle = theme.picture.ground;
  pen.lineWidth = 3.5 * dpr;
  pen.stroke();
  pen.strokeStyle = theme.picture.spot;
  pen.lineWidth = 1.5 * dpr;
  pen.stroke();
  pen.restore();
}
