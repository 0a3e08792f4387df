import {
  drawCrosshair,
  drawLevelAxis,
  drawTimeAxis,
  type GridCanvases,
  GridPicture,
  HeatLayer,
  HeatTexture,
  levelY,
  type Paint,
  scaleLut,
} from "../canvas/mod.ts";
import { nsToMs } from "../text/mod.ts";
import { BandHistory } from "./band_history.ts";
import { BandZone } from "./band_zone.ts";
import { NO_TICK } from "./column_store.ts";
import { drawConeHistory } from "./cone_history.ts";
import { drawConeZone, midY } from "./cone_zone.ts";
import { DepthProfile } from "./depth_profile.ts";
import type { BinHistory } from "./history.ts";
import { type PaneLayout, paneLayout } from "./pane_layout.ts";
import { drawPriceLines } from "./price_lines.ts";
import { priceMarks } from "./price_marks.ts";
import { priceScaleOf, priceText } from "./price_text.ts";
import { QuantityGrid } from "./quantity_grid.ts";
import { type Look, lookScale } from "./quantity_info.ts";
import {
  type BubbleSummary,
  bucketOf,
  type BucketSpan,
  drawBucket,
  TradeBubbles,
} from "./trades/mod.ts";

/** What is drawn of one history: the chosen quantity, and the bands that its signals project. */
interface Scene {
  readonly history: BinHistory;
  readonly texture: HeatTexture;
  readonly grid: QuantityGrid;
  readonly bands: BandZone;
  readonly pastBands: BandHistory;
}

/** What is drawn ahead of now: the calibrated cone, or the original's bands, which are not prices. */
export type AheadView = "cone" | "bands";

/** Draws one history on two canvases and answers what lies under a pixel. */
export class Heatmap extends GridPicture<PaneLayout> {
  readonly #heat: HeatLayer;
  readonly #depth = new DepthProfile();
  readonly #bubbles = new TradeBubbles();
  /** Least contracts of a cell whose trades are drawn; null while none are. */
  #minTradeQty: number | null = null;
  #scene: Scene | null = null;
  #look: Look;
  #ahead: AheadView = "cone";
  #showPast = false;

  constructor(canvases: Omit<GridCanvases<PaneLayout>, "layoutOf">, look: Look) {
    super({ ...canvases, layoutOf: paneLayout });
    this.#look = look;
    this.#heat = new HeatLayer(this.basePen, this.theme);
  }

  /** Shows another history, or none. */
  setHistory(history: BinHistory | null): void {
    this.viewport.show(history?.store ?? null);
    this.#scene = history === null ? null : this.#sceneOf(history);
    this.stale();
  }

  /** Tells that the signals of all columns were computed anew. */
  signalsChanged(): void {
    const scene = this.#scene;
    if (scene !== null) this.#scene = { ...scene, ...bandsOf(scene.history) };
    this.stale();
  }

  /** Shows another quantity, or the same in other colours. */
  setLook(look: Look): void {
    this.#look = look;
    const scene = this.#scene;
    if (scene !== null) {
      const grid = new QuantityGrid(scene.history.store, look.quantity);
      scene.texture.show(grid, this.#paint(scene.history));
      this.#scene = { ...scene, grid };
    }
    this.stale();
  }

  /** Tells that positions `from`..`to` were added. */
  added(from: number, to: number): void {
    for (let position = from; position <= to; position++) this.#scene?.texture.touch(position);
    this.stale();
  }

  /** Tells that the history was emptied. */
  cleared(): void {
    this.#scene?.texture.invalidate();
    this.viewport.restart();
    this.stale();
  }

  /** Whether what was said of the past is shown. */
  get showsPast(): boolean {
    return this.#showPast;
  }

  /** Shows or hides what was said of the past. */
  togglePast(): void {
    this.#showPast = !this.#showPast;
    this.stale(false);
  }

  /** Draws the trades of cells of so many contracts and more, or none (null). */
  setTrades(minQty: number | null): void {
    this.#minTradeQty = minQty;
    this.stale(false);
  }

  /** Tells that trades of kept columns came. */
  tradesChanged(): void {
    this.stale(false);
  }

  /** What is drawn of the trades; null while they are hidden. */
  tradeSummary(): BubbleSummary | null {
    return this.#minTradeQty === null ? null : this.#bubbles.summary;
  }

  /** What the bubble under the pointer stands for; null when the pointer is away or trades are hidden. */
  tradesUnder(): BucketSpan | null {
    const cell = this.#minTradeQty === null ? null : this.hover();
    return cell === null ? null : bucketOf(cell.position, cell.level, this.#bubbles.grid.size);
  }

  /** Chooses what is drawn ahead of now. */
  setAhead(ahead: AheadView): void {
    this.#ahead = ahead;
    this.stale(false);
  }

  override behindMs(): number {
    const { edge, followsTime } = this.viewport;
    if (this.#scene === null || followsTime || edge < 0) return 0;
    const { store } = this.#scene.history;
    return (store.endNs[store.slot(store.last)]! - store.endNs[store.slot(edge)]!) / 1e6;
  }

  override newestMs(): number | null {
    const { edge } = this.viewport;
    if (this.#scene === null || edge < 0) return null;
    const { store, baseNs } = this.#scene.history;
    return nsToMs(baseNs) + store.endNs[store.slot(edge)]! / 1e6;
  }

  protected override spotAt(position: number): number {
    const store = this.#scene?.history.store;
    if (store === undefined) return NaN;
    const tick = store.spotTick[store.slot(position)]!;
    return tick === NO_TICK ? NaN : tick;
  }

  protected override drawBase(): void {
    const scene = this.#scene;
    if (scene !== null) this.#heat.draw(scene.grid, scene.texture, this.view, this.layout);
  }

  #drawTrades({ store, trades }: BinHistory, pen: CanvasRenderingContext2D): void {
    if (this.#minTradeQty === null) return this.#bubbles.clear();
    const { view } = this;
    this.#bubbles.draw(pen, store, trades, view, this.layout, this.theme, this.#minTradeQty);
  }

  protected override drawOverlay(pen: CanvasRenderingContext2D): void {
    const scene = this.#scene;
    if (scene === null) return;
    const { history } = scene;
    const { store, config } = history;
    const { theme, layout, view } = this;
    if (this.#ahead === "bands") this.#drawBands(scene, pen);
    else this.#drawCone(history, pen);
    if (store.last < 0) return;
    this.#drawTrades(history, pen);
    drawPriceLines(pen, store, view, layout, theme);
    const focus = store.slot(this.focus());
    this.#depth.draw(pen, store, focus, view, layout, theme);
    const scale = priceScaleOf(config);
    const textOf = (tick: number) => priceText(tick, scale);
    const cell = this.hover();
    const crossY = cell === null ? null : levelY(view, cell.level) + view.rowPx / 2;
    const marks = priceMarks(store, focus, view, theme);
    drawLevelAxis(pen, marks, view, layout, theme, textOf, crossY);
    const baseMs = nsToMs(history.baseNs);
    const startMs = (position: number) => baseMs + store.startNs[store.slot(position)]! / 1e6;
    drawTimeAxis(pen, store, { startMs, stepMs: config.cellMs }, view, layout, theme);
    if (cell !== null) drawCrosshair(pen, cell, view, layout, theme, textOf);
    const traded = this.tradesUnder();
    if (traded !== null) drawBucket(pen, traded, view, layout, theme.text1);
  }

  #drawBands({ history: { store }, bands, pastBands }: Scene, pen: CanvasRenderingContext2D): void {
    const { theme, layout, view } = this;
    bands.drawFrame(pen, layout, theme);
    if (store.last < 0) return;
    bands.drawBands(pen, store, store.slot(this.viewport.edge), view, layout, theme);
    if (this.#showPast) pastBands.draw(pen, store, view, layout, theme);
  }

  #drawCone({ store, forecasts, config }: BinHistory, pen: CanvasRenderingContext2D): void {
    const { theme, layout, view } = this;
    const hasColumns = store.last >= 0;
    const edge = hasColumns ? store.slot(this.viewport.edge) : 0;
    const middleY = hasColumns ? midY(store, edge, view) : NaN;
    const forecast = hasColumns ? forecasts.at(edge) : null;
    drawConeZone(pen, forecast, middleY, view, layout, theme);
    if (!this.#showPast || !hasColumns) return;
    drawConeHistory(pen, store, forecasts, config.cellMs, view, layout, theme);
  }

  #sceneOf(history: BinHistory): Scene {
    const grid = new QuantityGrid(history.store, this.#look.quantity);
    const texture = new HeatTexture(grid, this.#paint(history));
    return { history, grid, texture, ...bandsOf(history) };
  }

  #paint({ config }: BinHistory): Paint {
    const scale = lookScale(this.#look, config.qtyUnit);
    const { token, voidPixel } = this.theme;
    return { scale, lut: scaleLut(scale, token), voidPixel };
  }
}

function bandsOf({ config, store, parameters }: BinHistory): Pick<Scene, "bands" | "pastBands"> {
  const bands = new BandZone(config, parameters.bandSpread);
  return { bands, pastBands: new BandHistory(bands.horizons, config.cellMs, store.capacity) };
}
