import { deepEqual, ok } from "node:assert/strict";
import { SIDE } from "../../dbn/mod.ts";
import { BIDS, FlowRows } from "../book/mod.ts";
import { randomStream } from "../testing/random_stream.ts";
import { feed } from "../../../jobs/testing/vectors/surface_events.ts";
import { SurfaceWindows } from "./mod.ts";
import { NO_CHAIN } from "../gamma/mod.ts";

const TICK_NANO = 250_000_000;
const SNAPSHOT = 1;
const CROSSED = 4;

type Book = SurfaceWindows["future"];

/** Depth per level; checks what holds at every level of a finished window. */
function depthsOf({ levels }: Book, where: string): Map<number, number> {
  const depths = new Map<number, number>();
  for (let side = 0; side < 2; side++) {
    for (let rank = 0; rank < levels.count(side); rank++) {
      const level = levels.at(side, rank);
      const [depth, pull] = [levels.depth(level), levels.pulled(level)];
      const flow = levels.added(level) - pull - levels.filled(level);
      ok(depth - levels.start(level) === flow, `${where}: depth follows flow`);
      ok(depth > 0 || levels.isTouched(level), `${where}: no empty level is left over`);
      ok(levels.pulledRest(level) >= 0 && levels.pulledRest(level) <= pull, `${where}: pulled`);
      ok(levels.young(level) >= 0 && levels.young(level) <= depth, `${where}: rested`);
      ok(levels.start(level) >= 0 && levels.filled(level) >= 0, where);
      depths.set(side === BIDS ? levels.tick(level) : -levels.tick(level), depth);
    }
  }
  return depths;
}

function checkOrders({ orders, levels }: Book, where: string): void {
  const totals = [0, 0];
  for (let slot = orders.next(-1); slot >= 0; slot = orders.next(slot)) {
    ok(orders.qty(slot) > 0, `${where}: no empty order`);
    totals[orders.side(slot) === SIDE.BID ? 0 : 1]! += orders.qty(slot);
  }
  deepEqual([...levels.total], totals, `${where}: orders are the levels`);
}

Deno.test("SurfaceWindows keeps the book's laws in every window of random streams", () => {
  for (let seed = 1_000; seed < 1_100; seed++) {
    let before = new Map<number, number>();
    let endNs = NaN;
    let wasValid = false;
    const rows = new FlowRows(200);
    const windows = new SurfaceWindows({
      baseNs: 1_767_709_800_000_000_000n,
      future: { instrumentId: 0, tickNano: TICK_NANO },
      options: NO_CHAIN,
      onWindow: (closed) => {
        const where = `stream ${seed}, window to ${closed.endNs}`;
        const { future } = closed;
        const { row, levels } = future;
        ok(Number.isNaN(endNs) || closed.endNs === endNs + 1e9, `${where}: every second`);
        endNs = closed.endNs;
        const depths = depthsOf(future, where);
        checkOrders(future, where);
        if ((row.quality & SNAPSHOT) === 0) {
          for (let i = 0; i < levels.touchedCount; i++) {
            const level = levels.touchedAt(i);
            const key = levels.sideOf(level) === BIDS ? levels.tick(level) : -levels.tick(level);
            ok(levels.start(level) === (before.get(key) ?? 0), `${where}: begins as it ended`);
          }
        }
        ok(!(wasValid && row.isBookValid) || row.spotRefInt > 0, `${where}: spot`);
        ok(!row.isWindowValid || (row.quality & (SNAPSHOT | CROSSED)) === 0, `${where}: valid`);
        rows.take(closed.band, future);
        for (let i = 0; i < rows.count; i++) {
          ok(rows.priceInt[i] === row.spotRefInt + rows.relTicks[i]! * TICK_NANO, where);
          ok(rows.velocity[i]! > -1 - 1e-12, `${where}: velocity`);
        }
        before = depths;
        wasValid = row.isBookValid;
      },
    });
    feed(windows, randomStream(seed, 250));
    windows.finish();
  }
});
