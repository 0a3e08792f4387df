import { columnX, fade, type Theme, type View, visibleColumns } from "../canvas/mod.ts";
import type { ColumnStore } from "./column_store.ts";
import { midY } from "./cone_zone.ts";
import type { ForecastTrack } from "./forecast_track.ts";
import type { PaneLayout } from "./pane_layout.ts";

/** Horizon that is shown for the past, ms. */
export const PAST_CONE_MS = 10_000;

/**
 * Draws the 80 % interval that was said of each past column 10 s before it, to be compared with where
 * the price went; a mark at the foot where the price was outside.
 *
 * @param cellMs Width of a column, ms.
 */
export function drawConeHistory(
  pen: CanvasRenderingContext2D,
  store: ColumnStore,
  forecasts: ForecastTrack,
  cellMs: number,
  view: View,
  layout: PaneLayout,
  theme: Theme,
): void {
  const { dataWidth, plotHeight, dpr } = layout;
  const lag = Math.round(PAST_CONE_MS / cellMs);
  const { first, last } = visibleColumns(store, view, dataWidth);
  const hair = Math.max(1, Math.round(dpr));
  pen.save();
  pen.beginPath();
  pen.rect(0, 0, dataWidth, plotHeight);
  pen.clip();
  for (let column = first; column <= last; column++) {
    const position = Math.min(store.last, (column + 1) * view.perColumn - 1);
    const slot = store.slot(position);
    const origin = position - lag;
    if (origin < store.first) continue;
    const from = store.slot(origin);
    // A hole between them is not drawn to scale, and nothing was said across it.
    if (store.endNs[slot]! - store.endNs[from]! !== PAST_CONE_MS * 1e6) continue;
    const half = forecasts.half80(from, PAST_CONE_MS) * view.rowPx;
    const centre = midY(store, from, view);
    if (Number.isNaN(half + centre)) continue;
    const x = columnX(view, dataWidth, column);
    pen.fillStyle = fade(theme.forecast, 0.14);
    pen.fillRect(x, centre - half, view.columnPx, 2 * half);
    pen.fillStyle = fade(theme.forecast, 0.9);
    pen.fillRect(x, Math.round(centre - half), view.columnPx, hair);
    pen.fillRect(x, Math.round(centre + half), view.columnPx, hair);
    const was = midY(store, slot, view);
    if (Math.abs(was - centre) <= half + 1e-6 || Number.isNaN(was)) continue;
    pen.fillStyle = theme.warn;
    pen.fillRect(x, plotHeight - 4 * hair, view.columnPx, 4 * hair);
  }
  pen.restore();
}
