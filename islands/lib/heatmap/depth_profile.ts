import { fade, levelY, monoFont, niceCeiling, type Theme, type View } from "../canvas/mod.ts";
import { compact } from "../text/mod.ts";
import { COLUMN, type ColumnStore, NO_TICK } from "./column_store.ts";
import type { PaneLayout } from "./pane_layout.ts";
import { PLANE } from "./planes.ts";

/** Draws resting depth of one column as bars on a log scale, bid and ask apart, its range above. */
export class DepthProfile {
  #max = 10;

  draw(
    pen: CanvasRenderingContext2D,
    store: ColumnStore,
    slot: number,
    view: View,
    layout: PaneLayout,
    theme: Theme,
  ): void {
    const { depthX, depthWidth, plotHeight, dpr } = layout;
    pen.fillStyle = theme.line;
    pen.fillRect(depthX, 0, Math.max(1, Math.round(dpr)), plotHeight);
    const spot = store.spotTick[slot]!;
    if (store.kind[slot] !== COLUMN.BIN || spot === NO_TICK) return;
    const base = store.offset(slot, PLANE.REST_DEPTH);
    let most = 0;
    for (let row = 0; row < store.rows; row++) most = Math.max(most, store.cells[base + row]!);
    // The range only steps at 1, 2, 5 and shrinks late, so that bars do not breathe.
    if (most > this.#max || most < this.#max / 6) this.#max = Math.max(10, niceCeiling(most));
    const gain = (depthWidth - 8 * dpr) / Math.log1p(this.#max);
    pen.save();
    pen.beginPath();
    pen.rect(depthX, 0, depthWidth, plotHeight);
    pen.clip();
    const inset = view.rowPx >= 4 ? Math.max(1, Math.round(dpr / 2)) : 0;
    const bid = store.bidTick[slot]!;
    for (const side of ["bid", "ask"] as const) {
      pen.fillStyle = fade(side === "bid" ? theme.bid : theme.ask, 0.42);
      for (let row = 0; row < store.rows; row++) {
        const tick = spot - store.radius + row;
        if ((tick <= bid) !== (side === "bid")) continue;
        const depth = store.cells[base + row]!;
        if (depth <= 0) continue;
        const length = Math.max(1, Math.round(Math.log1p(depth) * gain));
        pen.fillRect(
          depthX + Math.round(2 * dpr),
          levelY(view, tick),
          length,
          Math.max(1, view.rowPx - inset),
        );
      }
    }
    pen.restore();
    this.#scale(pen, gain, layout, theme);
  }

  #scale(
    pen: CanvasRenderingContext2D,
    gain: number,
    layout: PaneLayout,
    theme: Theme,
  ): void {
    const { depthX, dpr, plotHeight, laneHeight, axisHeight } = layout;
    const y = plotHeight + laneHeight + axisHeight / 2;
    monoFont(pen, theme, dpr);
    pen.textBaseline = "middle";
    pen.fillStyle = theme.text3;
    for (const value of [0, 10, this.#max]) {
      if (value === 10 && this.#max < 100) continue;
      const x = depthX + 2 * dpr + Math.log1p(value) * gain;
      pen.textAlign = value === 0 ? "left" : value === 10 ? "center" : "right";
      if (value === 10 && layout.depthWidth < 64 * dpr) continue;
      pen.fillText(compact(value), x, y);
      pen.fillRect(x, plotHeight + laneHeight, Math.max(1, Math.round(dpr)), 4 * dpr);
    }
  }
}
