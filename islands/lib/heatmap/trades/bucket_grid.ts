import { columnX, levelY, type View } from "../../canvas/mod.ts";
import type { ColumnStore } from "../column_store.ts";
import type { PaneLayout } from "../pane_layout.ts";
import type { TradeStore } from "./trade_store.ts";

/** Least width and height of what one bubble stands for, CSS pixels. */
const LEAST_WIDTH_CSS = 12;
const LEAST_HEIGHT_CSS = 9;
/** Columns and prices that one bubble may stand for. */
const MOST_MERGED = 1_024;

/** How many positions and ticks are merged into one bubble; 1 and 1 leaves every cell as it is. */
export interface BucketSize {
  readonly positions: number;
  readonly ticks: number;
}

/** The least powers of two that leave a bubble room enough. */
export function bucketSize({ columnPx, perColumn, rowPx }: View, dpr: number): BucketSize {
  let positions = perColumn;
  while (positions < MOST_MERGED && (positions / perColumn) * columnPx < LEAST_WIDTH_CSS * dpr) {
    positions *= 2;
  }
  let ticks = 1;
  while (ticks < MOST_MERGED && ticks * rowPx < LEAST_HEIGHT_CSS * dpr) ticks *= 2;
  return { positions, ticks };
}

/** Stretch of positions and ticks, both ends included. */
export interface BucketSpan {
  readonly firstPosition: number;
  readonly lastPosition: number;
  readonly lowTick: number;
  readonly highTick: number;
}

/** The bucket that a cell lies in. Buckets lie on whole multiples of their size, so they do not move. */
export function bucketOf(position: number, tick: number, size: BucketSize): BucketSpan {
  const firstPosition = Math.floor(position / size.positions) * size.positions;
  const lowTick = Math.floor(tick / size.ticks) * size.ticks;
  return {
    firstPosition,
    lastPosition: firstPosition + size.positions - 1,
    lowTick,
    highTick: lowTick + size.ticks - 1,
  };
}

/** Draws a frame around the cells that the bubble under the crosshair stands for, where they are many. */
export function drawBucket(
  pen: CanvasRenderingContext2D,
  span: BucketSpan,
  view: View,
  layout: PaneLayout,
  ink: string,
): void {
  const { dpr, dataWidth } = layout;
  if (span.firstPosition === span.lastPosition && span.lowTick === span.highTick) return;
  const x = columnX(view, dataWidth, span.firstPosition / view.perColumn);
  const right = columnX(view, dataWidth, (span.lastPosition + 1) / view.perColumn);
  const y = levelY(view, span.highTick);
  pen.strokeStyle = ink;
  pen.lineWidth = Math.max(1, Math.round(dpr));
  pen.setLineDash([2 * dpr, 2 * dpr]);
  pen.strokeRect(x - 0.5, y - 0.5, right - x + 1, levelY(view, span.lowTick - 1) - y + 1);
  pen.setLineDash([]);
}

/** Sums of one bucket, in the order in which they are kept. */
export const SUM = { BUY: 0, SELL: 1, NONE: 2, AT_POSITION: 3, AT_TICK: 4 } as const;
/** Sums a bucket. */
export const SUMS = 5;

/**
 * The trades on screen, summed by bucket: bought, sold, neither, and where on average. Every contract of a
 * cell in sight is in exactly one bucket. Filling it allocates nothing once it has room for the screen.
 */
export class BucketGrid {
  /** Shape [buckets, 5]. */
  sums = new Float64Array(0);
  size: BucketSize = { positions: 1, ticks: 1 };
  /** Buckets of which some traded, as places in {@link sums}. */
  used = new Int32Array(0);
  usedCount = 0;
  /** Contracts in the buckets, and of all cells that they are made of. */
  shownQty = 0;
  allQty = 0;

  /** Sums what is in sight, but for cells of less than `minQty` contracts. */
  fill(
    store: ColumnStore,
    trades: TradeStore,
    view: View,
    layout: PaneLayout,
    minQty: number,
  ): void {
    this.#clear();
    const { positions, ticks } = this.size = bucketSize(view, layout.dpr);
    const left = view.right - Math.ceil(layout.dataWidth / view.columnPx);
    // Whole buckets, so that none changes as it moves out of sight.
    const whole = (position: number) => Math.floor(position / positions) * positions;
    const first = Math.max(store.first, whole(left * view.perColumn));
    const last = Math.min(store.last, whole((view.right + 1) * view.perColumn - 1) + positions - 1);
    const low = view.top - Math.ceil(layout.plotHeight / view.rowPx);
    const [firstColumn, lowRow] = [Math.floor(first / positions), Math.floor(low / ticks)];
    const rows = Math.floor(view.top / ticks) - lowRow + 1;
    this.#makeRoom((Math.floor(last / positions) - firstColumn + 1) * rows);
    for (let position = first; position <= last; position++) {
      const slot = store.slot(position);
      const count = trades.countAt(slot, store.binSeq[slot]!);
      const column = (Math.floor(position / positions) - firstColumn) * rows;
      for (let cell = 0; cell < count; cell++) {
        const at = trades.index(slot, cell);
        const tick = trades.tick[at]!;
        if (tick < low || tick > view.top) continue;
        const qty = trades.buy[at]! + trades.sell[at]! + trades.none[at]!;
        this.allQty += qty;
        if (qty < minQty || qty === 0) continue;
        this.shownQty += qty;
        this.#add(column + Math.floor(tick / ticks) - lowRow, trades, at, position, qty);
      }
    }
  }

  /** Middle of a bucket's trades on the canvas, weighted by their size. */
  x(bucket: number, view: View, layout: PaneLayout): number {
    const mean = this.sums[bucket * SUMS + SUM.AT_POSITION]! / this.#qtyOf(bucket);
    const x = columnX(view, layout.dataWidth, mean / view.perColumn);
    return x + view.columnPx / (2 * view.perColumn);
  }

  /** The same in height. */
  y(bucket: number, view: View): number {
    const mean = this.sums[bucket * SUMS + SUM.AT_TICK]! / this.#qtyOf(bucket);
    return levelY(view, mean) + view.rowPx / 2;
  }

  #qtyOf(bucket: number): number {
    const at = bucket * SUMS;
    return this.sums[at + SUM.BUY]! + this.sums[at + SUM.SELL]! + this.sums[at + SUM.NONE]!;
  }

  #add(bucket: number, trades: TradeStore, cell: number, position: number, qty: number): void {
    const { sums } = this;
    const at = bucket * SUMS;
    if (sums[at + SUM.BUY]! + sums[at + SUM.SELL]! + sums[at + SUM.NONE]! === 0) {
      this.used[this.usedCount++] = bucket;
    }
    sums[at + SUM.BUY]! += trades.buy[cell]!;
    sums[at + SUM.SELL]! += trades.sell[cell]!;
    sums[at + SUM.NONE]! += trades.none[cell]!;
    sums[at + SUM.AT_POSITION]! += position * qty;
    sums[at + SUM.AT_TICK]! += trades.tick[cell]! * qty;
  }

  #clear(): void {
    for (let i = 0; i < this.usedCount; i++) {
      const at = this.used[i]! * SUMS;
      this.sums.fill(0, at, at + SUMS);
    }
    this.usedCount = 0;
    this.shownQty = 0;
    this.allQty = 0;
  }

  #makeRoom(buckets: number): void {
    if (buckets <= this.used.length) return;
    this.sums = new Float64Array(buckets * SUMS);
    this.used = new Int32Array(buckets);
  }
}
