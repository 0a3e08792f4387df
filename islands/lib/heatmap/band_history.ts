import {
  bandAlphas,
  bandBottom,
  type BandHorizon,
  bandTop,
  writeBandHistory,
} from "../../../engine/signals/mod.ts";
import { fade, positionX, type Theme, type View, visibleColumns } from "../canvas/mod.ts";
import { COLUMN, type ColumnStore, NO_TICK } from "./column_store.ts";
import type { PaneLayout } from "./pane_layout.ts";
import { spotY } from "./price_lines.ts";

/** Draws what was projected for each past column, to be compared with where spot went. */
export class BandHistory {
  readonly #horizons: readonly BandHorizon[];
  readonly #cellMs: number;
  readonly #spotRows: Float64Array;
  readonly #composites: Float64Array;
  readonly #warmups: Float64Array;
  readonly #centres: Float64Array;

  /** @param capacity Columns that may be on screen at once. */
  constructor(horizons: readonly BandHorizon[], cellMs: number, capacity: number) {
    this.#horizons = horizons.toReversed(); // the longest lies undermost
    this.#cellMs = cellMs;
    this.#spotRows = new Float64Array(capacity);
    this.#composites = new Float64Array(capacity);
    this.#warmups = new Float64Array(capacity);
    this.#centres = new Float64Array(capacity);
  }

  draw(
    pen: CanvasRenderingContext2D,
    store: ColumnStore,
    view: View,
    layout: PaneLayout,
    theme: Theme,
  ): void {
    const visible = visibleColumns(store, view, layout.dataWidth);
    const longest = this.#horizons[0]!.bins;
    const first = Math.max(store.first, visible.first * view.perColumn - longest);
    const last = Math.min(store.last, (visible.last + 1) * view.perColumn - 1);
    const count = Math.min(this.#centres.length, last - first + 1);
    if (count < 2) return;
    this.#gather(store, view, first, count);
    pen.save();
    pen.beginPath();
    pen.rect(0, 0, layout.dataWidth, layout.plotHeight);
    pen.clip();
    pen.lineWidth = layout.dpr;
    const centres = this.#centres.subarray(0, count);
    for (const horizon of this.#horizons) {
      writeBandHistory(
        horizon,
        this.#spotRows.subarray(0, count),
        this.#composites.subarray(0, count),
        this.#warmups.subarray(0, count),
        this.#cellMs,
        centres,
      );
      const alphas = bandAlphas(horizon, 1);
      pen.fillStyle = fade(theme.forecast, alphas.historyFill);
      pen.strokeStyle = fade(theme.forecast, alphas.historyEdge);
      this.#runs(pen, centres, (i) => positionX(view, layout.dataWidth, first + i), view.rowPx);
    }
    pen.restore();
  }

  #gather(store: ColumnStore, view: View, first: number, count: number): void {
    for (let i = 0; i < count; i++) {
      const slot = store.slot(first + i);
      const known = store.kind[slot] === COLUMN.BIN && store.spotTick[slot] !== NO_TICK;
      this.#spotRows[i] = known ? spotY(store, slot, view) / view.rowPx : NaN;
      this.#composites[i] = store.composite[slot]!;
      this.#warmups[i] = store.warmth[slot]!;
    }
  }

  /** Draws each stretch of columns that have a centre as one closed band. */
  #runs(
    pen: CanvasRenderingContext2D,
    centres: Float64Array,
    x: (i: number) => number,
    rowPx: number,
  ): void {
    let from = 0;
    for (let i = 0; i <= centres.length; i++) {
      if (i < centres.length && !Number.isNaN(centres[i]!)) continue;
      if (i - from >= 2) {
        pen.beginPath();
        for (let p = from; p < i; p++) pen.lineTo(x(p), bandTop(centres[p]!) * rowPx);
        for (let p = i - 1; p >= from; p--) pen.lineTo(x(p), bandBottom(centres[p]!) * rowPx);
        pen.closePath();
        pen.fill();
        pen.stroke();
      }
      from = i + 1;
    }
  }
}
