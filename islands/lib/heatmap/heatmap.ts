import {
  centreOn,
  columnAt,
  type ColumnStore,
  drawCrosshair,
  drawPriceGutter,
  drawPriceLines,
  drawTimeAxis,
  followSlack,
  followTick,
  HeatLayer,
  HeatTexture,
  type HoverCell,
  NO_TICK,
  type Paint,
  type PaneLayout,
  paneLayout,
  PRICE_ZOOM,
  priceMarks,
  type PriceScale,
  type Theme,
  tickAt,
  tickY,
  type View,
  zoomPrice,
  zoomTime,
} from "../canvas/mod.ts";
import { BandHistory } from "./band_history.ts";
import { DepthProfile } from "./depth_profile.ts";
import { nsToMs } from "../text/mod.ts";
import { ForecastZone } from "./forecast_zone.ts";
import type { BinHistory } from "./history.ts";

/** Height of the first view as a multiple of the window, so that spot can move and all stay seen. */
const FIRST_MARGIN = 1.14;

/** Draws one history on two canvases and answers what lies under a pixel. */
export class Heatmap {
  readonly #base: HTMLCanvasElement;
  readonly #overlay: HTMLCanvasElement;
  readonly #overlayPen: CanvasRenderingContext2D;
  readonly #heat: HeatLayer;
  readonly #depth = new DepthProfile();
  readonly #theme: Theme;
  #layout: PaneLayout = paneLayout(0, 0, 1);
  #history: BinHistory | null = null;
  #texture: HeatTexture | null = null;
  #forecast: ForecastZone | null = null;
  #past: BandHistory | null = null;
  #showPast = false;
  #paint: Paint;
  #view: View = { right: 0, columnPx: 2, binsPerColumn: 1, topTick: 0, rowPx: 7 };
  #placed = false;
  #fitted = false;
  #followTime = true;
  #followSpot = true;
  /** Pointer in device pixels, null when away. */
  #pointer: { x: number; y: number } | null = null;
  #dirty = true;

  constructor(
    base: HTMLCanvasElement,
    overlay: HTMLCanvasElement,
    theme: Theme,
    paint: Paint,
  ) {
    const basePen = base.getContext("2d");
    const overlayPen = overlay.getContext("2d");
    if (basePen === null || overlayPen === null) {
      throw new TypeError("Cannot draw the heatmap without a 2D canvas");
    }
    this.#base = base;
    this.#overlay = overlay;
    this.#overlayPen = overlayPen;
    this.#theme = theme;
    this.#paint = paint;
    this.#heat = new HeatLayer(basePen, theme);
  }

  get layout(): PaneLayout {
    return this.#layout;
  }

  get view(): View {
    return this.#view;
  }

  get followsTime(): boolean {
    return this.#followTime;
  }

  get followsSpot(): boolean {
    return this.#followSpot;
  }

  /** Shows another history, or none. */
  setHistory(history: BinHistory | null): void {
    const sameRows = history?.store.rows === this.#history?.store.rows;
    this.#history = history;
    if (!sameRows) this.#fit();
    this.#texture = history === null ? null : new HeatTexture(history.store, this.#paint);
    this.#makeBands();
    this.#placed = false;
    this.#followTime = true;
    this.#dirty = true;
  }

  /** Tells that the signals of all columns were computed anew. */
  signalsChanged(): void {
    this.#makeBands();
    this.#dirty = true;
  }

  #makeBands(): void {
    const history = this.#history;
    this.#forecast = this.#past = null;
    if (history === null) return;
    const { config, store, parameters } = history;
    this.#forecast = new ForecastZone(config, parameters.bandSpread);
    this.#past = new BandHistory(this.#forecast.horizons, config.cellMs, store.capacity);
  }

  setPaint(paint: Paint): void {
    this.#paint = paint;
    this.#texture?.setPaint(paint);
    this.#dirty = true;
  }

  /** Takes the size of the pane in CSS pixels. */
  resize(cssWidth: number, cssHeight: number, dpr: number): void {
    this.#layout = paneLayout(cssWidth, cssHeight, dpr);
    for (const canvas of [this.#base, this.#overlay]) {
      canvas.width = this.#layout.width;
      canvas.height = this.#layout.height;
    }
    if (!this.#fitted) this.#fit();
    this.#dirty = true;
  }

  /** Tells that positions `from`..`to` were added. */
  added(from: number, to: number): void {
    for (let position = from; position <= to; position++) this.#texture?.touch(position);
    this.#dirty = true;
  }

  /** Tells that the history was emptied. */
  cleared(): void {
    this.#texture?.invalidate();
    this.#placed = false;
    this.#followTime = true;
    this.#dirty = true;
  }

  refresh(): void {
    this.#dirty = true;
  }

  setPointer(pointer: { x: number; y: number } | null): void {
    this.#pointer = pointer;
    this.#dirty = true;
  }

  get pointer(): { x: number; y: number } | null {
    return this.#pointer;
  }

  /** Follows spot, or lets the price axis rest. */
  setFollowSpot(on: boolean): void {
    this.#followSpot = on;
    if (on) this.#placed = false;
    this.#dirty = true;
  }

  /** Shows or hides what was projected for the past. */
  togglePast(): void {
    this.#showPast = !this.#showPast;
    this.#dirty = true;
  }

  /** Moves the view by display columns (positive shows older) and ticks (positive shows higher). */
  pan(columns: number, ticks: number): void {
    const store = this.#history?.store;
    if (store === undefined || store.last < 0) return;
    const bins = this.#view.binsPerColumn;
    const newest = Math.floor(store.last / bins);
    const oldest = Math.floor(store.first / bins);
    const right = Math.min(newest, Math.max(oldest, this.#view.right - columns));
    this.#view = { ...this.#view, right, topTick: this.#view.topTick + ticks };
    this.#followTime = right >= newest;
    if (ticks !== 0) this.#followSpot = false;
    this.#dirty = true;
  }

  /** Shows the newest (true) or the oldest column at the right edge. */
  jump(newest: boolean): void {
    const store = this.#history?.store;
    if (store === undefined || store.last < 0) return;
    this.#followTime = newest;
    const bins = this.#view.binsPerColumn;
    const across = Math.floor(this.#layout.dataWidth / this.#view.columnPx) - 1;
    const right = newest
      ? Math.floor(store.last / bins)
      : Math.min(Math.floor(store.last / bins), Math.floor(store.first / bins) + across);
    this.#view = { ...this.#view, right };
    this.#dirty = true;
  }

  /** Zooms by steps around a device pixel; the newest column stays put while the view follows it. */
  zoom(timeSteps: number, priceSteps: number, x: number, y: number): void {
    const width = this.#layout.dataWidth;
    if (timeSteps !== 0) {
      this.#view = zoomTime(this.#view, timeSteps, width, this.#followTime ? width - 1 : x);
    }
    if (priceSteps !== 0) this.#view = zoomPrice(this.#view, priceSteps, y);
    this.#dirty = true;
  }

  /** Returns to the first view. */
  reset(): void {
    this.#fit();
    this.#followTime = true;
    this.setFollowSpot(true);
  }

  /** The cell under the pointer, null when there is none. */
  hover(): HoverCell | null {
    const store = this.#history?.store;
    const at = this.#pointer;
    if (store === undefined || at === null) return null;
    if (at.x < 0 || at.x >= this.#layout.dataWidth || at.y < 0 || at.y >= this.#layout.plotHeight) {
      return null;
    }
    const bins = this.#view.binsPerColumn;
    const column = columnAt(this.#view, this.#layout.dataWidth, at.x);
    const position = Math.min(store.last, column * bins + bins - 1);
    if (!store.has(position) || Math.floor(position / bins) !== column) return null;
    return { position, tick: tickAt(this.#view, at.y) };
  }

  /** Position whose depth, marks and table are shown: the hovered one, else the rightmost on screen. */
  focusPosition(): number {
    const store = this.#history?.store;
    if (store === undefined || store.last < 0) return -1;
    const hovered = this.hover();
    if (hovered !== null) return hovered.position;
    const bins = this.#view.binsPerColumn;
    return Math.max(store.first, Math.min(store.last, this.#view.right * bins + bins - 1));
  }

  /** Milliseconds between the right edge and the newest column; 0 while the view follows. */
  behindMs(): number {
    const history = this.#history;
    if (history === null || this.#followTime || history.store.last < 0) return 0;
    const { store } = history;
    const edge = store.slot(this.#clampedRight(store));
    return (store.endNs[store.slot(store.last)]! - store.endNs[edge]!) / 1e6;
  }

  /** Draws if anything changed since the last call. Returns whether it did. */
  draw(): boolean {
    if (!this.#dirty) return false;
    this.#dirty = false;
    const history = this.#history;
    const texture = this.#texture;
    const pen = this.#overlayPen;
    pen.clearRect(0, 0, this.#layout.width, this.#layout.height);
    if (history === null || texture === null) return true;
    const { store } = history;
    if (store.last >= 0) this.#follow(store);
    this.#heat.draw(store, texture, this.#view, this.#layout);
    this.#drawOverlay(history, pen);
    return true;
  }

  #drawOverlay(history: BinHistory, pen: CanvasRenderingContext2D): void {
    const { store, config } = history;
    const theme = this.#theme;
    const layout = this.#layout;
    this.#forecast?.drawFrame(pen, layout, theme);
    if (store.last < 0) return;
    const view = this.#view;
    const slot = store.slot(this.#clampedRight(store));
    this.#forecast?.drawBands(pen, store, slot, view, layout, theme);
    if (this.#showPast) this.#past?.draw(pen, store, view, layout, theme);
    drawPriceLines(pen, store, view, layout, theme);
    const focus = store.slot(this.focusPosition());
    this.#depth.draw(pen, store, focus, view, layout, theme);
    const scale = scaleOf(history);
    const cell = this.hover();
    const crossY = cell === null ? null : tickY(view, cell.tick) + view.rowPx / 2;
    const marks = priceMarks(store, focus, view, theme);
    drawPriceGutter(pen, marks, view, layout, theme, scale, crossY);
    drawTimeAxis(pen, store, nsToMs(history.baseNs), config.cellMs, view, layout, theme);
    if (cell !== null) drawCrosshair(pen, cell, view, layout, theme, scale);
  }

  #clampedRight(store: ColumnStore): number {
    const bins = this.#view.binsPerColumn;
    return Math.max(store.first, Math.min(store.last, this.#view.right * bins + bins - 1));
  }

  #follow(store: ColumnStore): void {
    const bins = this.#view.binsPerColumn;
    const oldest = Math.floor(store.first / bins);
    if (this.#followTime) this.#view = { ...this.#view, right: Math.floor(store.last / bins) };
    else if (this.#view.right < oldest) this.#view = { ...this.#view, right: oldest };
    const spot = this.#spotNear(store, this.#clampedRight(store));
    if (spot === NO_TICK) return;
    const height = this.#layout.plotHeight;
    if (!this.#placed) {
      this.#view = centreOn(this.#view, spot, height);
      this.#placed = true;
    } else if (this.#followSpot) {
      this.#view = followTick(
        this.#view,
        spot,
        height,
        followSlack(this.#view, height, store.rows),
      );
    }
  }

  #spotNear(store: ColumnStore, from: number): number {
    for (let position = from; position >= Math.max(store.first, from - 600); position--) {
      const tick = store.spotTick[store.slot(position)]!;
      if (tick !== NO_TICK) return tick;
    }
    return NO_TICK;
  }

  /** Chooses the largest row that shows the whole window, and two CSS pixels a column. */
  #fit(): void {
    const { plotHeight, dpr } = this.#layout;
    const rows = (this.#history?.store.rows ?? 101) * FIRST_MARGIN;
    const rowPx = PRICE_ZOOM.findLast((px) => px * rows <= plotHeight) ?? 1;
    const columnPx = Math.max(1, Math.round(1.5 * dpr));
    this.#view = { ...this.#view, rowPx, columnPx: columnPx > 4 ? 4 : columnPx, binsPerColumn: 1 };
    this.#placed = false;
    this.#fitted = this.#history !== null && plotHeight > 0;
  }
}

/** Returns how prices of a history are written. */
export function scaleOf(history: BinHistory): PriceScale {
  const { config } = history;
  return { tickSize: config.tickInt * config.priceScale, decimals: config.priceDecimals };
}
