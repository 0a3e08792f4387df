import { niceCeiling, type Theme, type View } from "../../canvas/mod.ts";
import type { ColumnStore } from "../column_store.ts";
import type { PaneLayout } from "../pane_layout.ts";
import { BubbleLayer, type BubbleScene } from "./bubble_layer.ts";
import { BubbleSprites, SHAPE } from "./bubble_sprites.ts";
import { BucketGrid, bucketOf, SUM, SUMS } from "./bucket_grid.ts";
import type { TradeStore } from "./trade_store.ts";

/** Radius of the largest bubble, and of the smallest that is still seen, CSS pixels. */
export const MAX_RADIUS_CSS = 13;
const MIN_RADIUS_CSS = 2;
/** The scale stays while the largest bubble has at least this share of its quantity. */
const KEEP_SHARE = 1 / 8;

/** What the legend says of the bubbles on screen. */
export interface BubbleSummary {
  /** Contracts that the largest bubble would have, MAX_RADIUS_CSS in radius. */
  readonly scaleQty: number;
  /** Contracts drawn, and contracts that traded in sight. */
  readonly shownQty: number;
  readonly allQty: number;
  readonly bubbles: number;
  /** Bins and ticks that one bubble stands for. */
  readonly mergedBins: number;
  readonly mergedTicks: number;
}

/** Draws trades as bubbles whose area is their size: circles bought, diamonds sold, squares neither. */
export class TradeBubbles {
  readonly grid = new BucketGrid();
  readonly #layer = new BubbleLayer();
  #sprites: { readonly own: BubbleSprites; readonly dpr: number } | null = null;
  #scaleQty = 1;
  /** Marks of the picture, so that large ones are drawn below small ones. */
  #count = 0;
  #bucket = new Int32Array(0);
  #shape = new Uint8Array(0);
  #class = new Uint8Array(0);
  #order = new Int32Array(0);
  readonly #starts = new Int32Array(256);

  /** What was drawn last. */
  get summary(): BubbleSummary {
    const { size, shownQty, allQty } = this.grid;
    return {
      scaleQty: this.#scaleQty,
      shownQty,
      allQty,
      bubbles: this.#count,
      mergedBins: size.positions,
      mergedTicks: size.ticks,
    };
  }

  /** Draws the trades of the columns on screen. @param minQty Least contracts of a cell. */
  draw(
    pen: CanvasRenderingContext2D,
    store: ColumnStore,
    trades: TradeStore,
    view: View,
    layout: PaneLayout,
    theme: Theme,
    minQty: number,
  ): void {
    const scene = { store, view, layout, minQty };
    const changedFrom = trades.takeChanged();
    if (changedFrom < Infinity || !this.#layer.isOf(scene)) {
      this.grid.fill(store, trades, view, layout, minQty);
      this.#fitScale();
      this.#drawLayer(scene, changedFrom, theme);
    }
    this.#layer.copyTo(pen);
  }

  #drawLayer(scene: BubbleScene, changedFrom: number, theme: Theme): void {
    const { view, layout } = scene;
    const { dpr, dataWidth, plotHeight } = layout;
    if (this.#sprites?.dpr !== dpr) {
      this.#sprites = { own: new BubbleSprites(MAX_RADIUS_CSS * dpr, theme, dpr), dpr };
    }
    const sprites = this.#sprites.own;
    // The whole bucket of a trade is another bubble now.
    const changed = bucketOf(changedFrom, 0, this.grid.size).firstPosition;
    const from = this.#layer.prepare(scene, this.#scaleQty, changed, sprites.reach);
    this.#place(sprites, dpr);
    this.#sort(sprites.classes);
    const { pen } = this.#layer;
    pen.save();
    pen.beginPath();
    pen.rect(from, 0, dataWidth - from, plotHeight);
    pen.clip();
    for (let i = 0; i < this.#count; i++) {
      const mark = this.#order[i]!;
      const bucket = this.#bucket[mark]!;
      const x = this.grid.x(bucket, view, layout);
      if (x < from - sprites.reach) continue;
      sprites.draw(pen, this.#shape[mark]!, this.#class[mark]!, x, this.grid.y(bucket, view));
    }
    pen.restore();
  }

  /** Forgets what was drawn, as when bubbles are hidden. */
  clear(): void {
    this.#count = 0;
    this.#layer.clear();
  }

  /** One scale for all: it changes when a bubble would be too large, or all have become small. */
  #fitScale(): void {
    const { sums, used, usedCount } = this.grid;
    let largest = 0;
    for (let i = 0; i < usedCount; i++) {
      const at = used[i]! * SUMS;
      largest = Math.max(
        largest,
        sums[at + SUM.BUY]!,
        sums[at + SUM.SELL]!,
        sums[at + SUM.NONE]!,
      );
    }
    if (largest > 0 && (largest > this.#scaleQty || largest < this.#scaleQty * KEEP_SHARE)) {
      this.#scaleQty = niceCeiling(largest);
    }
  }

  #place(sprites: BubbleSprites, dpr: number): void {
    const { sums, used, usedCount } = this.grid;
    this.#makeRoom(3 * usedCount);
    this.#count = 0;
    for (let i = 0; i < usedCount; i++) {
      const bucket = used[i]!;
      for (let shape: number = SHAPE.BUY; shape <= SHAPE.NONE; shape++) {
        const qty = sums[bucket * SUMS + shape]!;
        if (qty === 0) continue;
        const radius = MAX_RADIUS_CSS * Math.sqrt(qty / this.#scaleQty);
        const mark = this.#count++;
        this.#bucket[mark] = bucket;
        this.#shape[mark] = shape;
        this.#class[mark] = sprites.classOf(Math.max(MIN_RADIUS_CSS, radius) * dpr);
      }
    }
  }

  /** Puts the marks in falling order of radius. */
  #sort(classes: number): void {
    const starts = this.#starts.fill(0);
    for (let i = 0; i < this.#count; i++) starts[this.#class[i]!]!++;
    let before = 0;
    for (let c = classes - 1; c >= 0; c--) {
      const own = starts[c]!;
      starts[c] = before;
      before += own;
    }
    for (let i = 0; i < this.#count; i++) {
      const place = starts[this.#class[i]!]!++;
      this.#order[place] = i;
    }
  }

  #makeRoom(marks: number): void {
    if (marks <= this.#bucket.length) return;
    const room = 2 * marks;
    this.#bucket = new Int32Array(room);
    this.#shape = new Uint8Array(room);
    this.#class = new Uint8Array(room);
    this.#order = new Int32Array(room);
  }
}
