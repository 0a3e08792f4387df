import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import fc from "fast-check";
import type { View } from "../../canvas/view.ts";
import { ColumnStore } from "../column_store.ts";
import { paneLayout } from "../pane_layout.ts";
import { BucketGrid, bucketOf, bucketSize, SUM, SUMS } from "./bucket_grid.ts";
import { cellRows, type TestCell } from "./testing/cell_rows.ts";
import { TradeQueue } from "./trade_queue.ts";
import { TradeStore } from "./trade_store.ts";

type Cells = readonly TestCell[];

const SPOT = 1_000;

/** A history whose bin `i` traded `bins[i]`; every third column before it is a gap. */
function historyOf(bins: readonly Cells[], capacity: number) {
  const store = new ColumnStore(capacity, 10, 1);
  const trades = new TradeStore(capacity);
  bins.forEach((cells, binSeq) => {
    if (binSeq % 3 === 2) store.pushGap(2, 0, 1);
    store.pushBin({
      startNs: binSeq * 1e8,
      endNs: (binSeq + 1) * 1e8,
      binSeq,
      eventCount: 1,
      eventId: 1,
      spotTick: SPOT,
      bidTick: SPOT - 1,
      askTick: SPOT,
      halfTick: true,
      bookValid: true,
      live: true,
    });
    trades.put(store.last, binSeq, cellRows(binSeq, cells));
  });
  return { store, trades };
}

const BINS: fc.Arbitrary<readonly Cells[]> = fc.array(
  fc.uniqueArray(
    fc.tuple(
      fc.integer({ min: SPOT - 30, max: SPOT + 30 }),
      fc.nat(40),
      fc.nat(40),
      fc.nat(3),
    ),
    { selector: ([tick]) => tick, maxLength: 6 },
  ),
  { minLength: 1, maxLength: 150 },
);

Deno.test("BucketGrid.fill() keeps every contract in sight, whatever is merged", () => {
  fc.assert(
    fc.property(
      BINS,
      fc.constantFrom([8, 1], [2, 1], [1, 1], [1, 4], [1, 24]),
      fc.constantFrom(1, 3, 12, 40),
      fc.integer({ min: -20, max: 40 }),
      fc.integer({ min: 0, max: 30 }),
      fc.constantFrom(1, 2),
      (bins, [perColumn, columnPx], rowPx, top, back, minQty) => {
        const { store, trades } = historyOf(bins, 64);
        const layout = paneLayout(300, 300, 1);
        const view: View = {
          right: Math.floor(Math.max(0, store.last - back) / perColumn!),
          columnPx: columnPx!,
          perColumn: perColumn!,
          top: SPOT + top,
          rowPx,
        };
        const grid = new BucketGrid();
        grid.fill(store, trades, view, layout, minQty);
        const wanted = [0, 0, 0];
        let all = 0;
        const { positions } = grid.size;
        const bucketOf = (position: number) => Math.floor(position / positions);
        const left = (view.right - Math.ceil(layout.dataWidth / view.columnPx)) * view.perColumn;
        const right = (view.right + 1) * view.perColumn - 1;
        const low = view.top - Math.ceil(layout.plotHeight / rowPx);
        for (let position = store.first; position <= store.last; position++) {
          const binSeq = store.binSeq[store.slot(position)]!;
          const bucket = bucketOf(position);
          if (binSeq < 0 || bucket > bucketOf(right) || bucket < bucketOf(left)) continue;
          for (const [tick, ...qtys] of bins[binSeq]!) {
            if (tick > view.top || tick < low) continue;
            const qty = qtys[0] + qtys[1] + qtys[2];
            all += qty;
            if (qty >= minQty) qtys.forEach((own, i) => wanted[i]! += own);
          }
        }
        const seen = [SUM.BUY, SUM.SELL, SUM.NONE].map((side) =>
          grid.used.subarray(0, grid.usedCount)
            .reduce((sum, bucket) => sum + grid.sums[bucket * SUMS + side]!, 0)
        );
        deepStrictEqual(seen, wanted);
        strictEqual(grid.allQty, all);
        strictEqual(grid.shownQty, wanted.reduce((a, b) => a + b, 0));
      },
    ),
    { seed: 20_260_101, numRuns: 200 },
  );
});

Deno.test("bucketSize() leaves a bubble 12 by 9 pixels, and a cell alone where it is larger", () => {
  const view = { right: 0, top: 0 };
  deepStrictEqual(bucketSize({ ...view, perColumn: 1, columnPx: 24, rowPx: 16 }, 1), {
    positions: 1,
    ticks: 1,
  });
  deepStrictEqual(bucketSize({ ...view, perColumn: 1, columnPx: 2, rowPx: 4 }, 1), {
    positions: 8,
    ticks: 4,
  });
  deepStrictEqual(bucketSize({ ...view, perColumn: 8, columnPx: 1, rowPx: 1 }, 2), {
    positions: 256,
    ticks: 32,
  });
});

Deno.test("bucketOf() lies on multiples of its size, so that a moving view keeps it", () => {
  deepStrictEqual(bucketOf(17, -3, { positions: 8, ticks: 4 }), {
    firstPosition: 16,
    lastPosition: 23,
    lowTick: -4,
    highTick: -1,
  });
});

Deno.test("TradeStore answers for the bin that a slot holds, and for cells that it still has", () => {
  const { store, trades } = historyOf([[[5, 1, 0, 0]], [[6, 0, 2, 0], [7, 0, 0, 3]]], 4);
  strictEqual(trades.countAt(store.slot(1), 1), 2);
  strictEqual(trades.tick[trades.index(store.slot(1), 1)], 7);
  strictEqual(trades.countAt(store.slot(1), 9), 0, "another bin in the slot");
  const many: Cells = Array.from({ length: 70_000 }, (_, i) => [i, 1, 0, 0]);
  trades.put(2, 2, cellRows(2, many));
  strictEqual(trades.countAt(1, 1), 2);
  trades.put(3, 3, cellRows(3, many));
  strictEqual(trades.countAt(1, 1), 0, "overwritten");
  strictEqual(trades.countAt(3, 3), 70_000);
});

Deno.test("TradeQueue gives trades out when their bin is there", () => {
  const queue = new TradeQueue();
  const head = (binSeq: number, rows: number) =>
    ({ part: "trade_cells", binSeq, binEndNs: 1n, rows, leftOut: 0, live: true }) as const;
  const bytes = new Uint8Array(1);
  strictEqual(queue.take(bytes), false, "a frame of something else");
  queue.expect(head(4, 0));
  strictEqual(queue.take(bytes), false, "no rows follow");
  queue.expect(head(5, 1));
  ok(queue.take(bytes));
  queue.expect(head(6, 1));
  queue.expect(null);
  strictEqual(queue.take(bytes), false, "the socket was lost in between");
  strictEqual(queue.next(4), null);
  strictEqual(queue.next(5)?.binSeq, 5);
  strictEqual(queue.next(5), null);
});
