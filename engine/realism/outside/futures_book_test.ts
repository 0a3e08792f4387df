import { ok, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { sampleTest } from "../../../jobs/testing/samples.ts";
import { ACTION, decodeDbn, FLAG, type MboFields, SIDE, writeMbo } from "../../dbn/mod.ts";
import { Xoshiro256 } from "../../prng/mod.ts";
import type { RealismRow } from "../row.ts";
import { FuturesBook } from "./mod.ts";
import { OrderBook } from "./order_book.ts";

const TWO_POW_32 = 4_294_967_296;
const TICK = 250_000_000;

type Order = Partial<MboFields> & { readonly ns: number; readonly ticks: number };

/** Records of one event each. Times count from a second after an epoch; prices from 5,000 in ticks. */
class Writer {
  #words = new Uint32Array(14 * 400_000);
  #count = 0;

  put({ ns, ticks, ...more }: Order): void {
    const price = 5_000_000_000_000 + ticks * TICK;
    writeMbo(this.#words, this.#count++, {
      publisherId: 1,
      instrumentId: 1,
      tsEventLow: ns % TWO_POW_32,
      tsEventHigh: 400_000_000 + Math.floor(ns / TWO_POW_32),
      orderIdLow: 1,
      orderIdHigh: 0,
      priceLow: price % TWO_POW_32,
      priceHigh: Math.floor(price / TWO_POW_32),
      size: 1,
      flags: FLAG.LAST,
      channelId: 0,
      action: ACTION.ADD,
      side: SIDE.BID,
      tsRecvLow: 0,
      tsRecvHigh: 0,
      tsInDelta: 0,
      sequence: 0,
      ...more,
    });
  }

  block() {
    return { words: this.#words, strideWords: 14, count: this.#count };
  }
}

function value(row: RealismRow, of: string): number {
  return row.values.find((each) => each.of === of)?.value ?? NaN;
}

function near(found: number, wanted: number, within: number): void {
  ok(Math.abs(found - wanted) <= within, `${found}, not ${wanted} ± ${within}`);
}

/** A book around a walk: at every 0.5 s both sides are moved, then a short-lived order comes and goes. */
function walkingBook(momentum: number): RealismRow {
  const rng = new Xoshiro256(3);
  const out = new Writer();
  let [mid, step, ns] = [0, 0, 0];
  const depths = [10, 30, 30, 20, 10, 5, 5, 5, 5, 5];
  depths.forEach((size, k) => {
    out.put({ ns: ns++, ticks: mid - k, orderIdLow: 100 + k, size });
    out.put({ ns: ns++, ticks: mid + 1 + k, orderIdLow: 200 + k, size, side: SIDE.ASK });
  });
  for (let half = 1; half < 4_000; half++) {
    ns = half * 500_000_000;
    step = rng.uniform() < momentum ? step : rng.uniform() < 0.5 ? 1 : -1;
    mid += half % 2 === 0 ? step : 0;
    const moved = (k: number, side: number): Order => ({
      ns: ns += 1_000_000,
      ticks: side === SIDE.BID ? mid - k : mid + 1 + k,
      orderIdLow: (side === SIDE.BID ? 100 : 200) + k,
      size: depths[k] ?? 0,
      action: ACTION.MODIFY,
      side,
    });
    const far = step > 0 ? SIDE.ASK : SIDE.BID;
    for (const side of [far, far === SIDE.ASK ? SIDE.BID : SIDE.ASK]) {
      for (let k = 0; k < depths.length; k++) out.put(moved(k, side));
    }
    const isYoung = half % 4 === 0;
    out.put({ ns: ns += 1_000_000, ticks: mid - 20, orderIdLow: 5 });
    ns += isYoung ? 50_000 : 2_000_000;
    out.put({ ns, ticks: mid - 20, orderIdLow: 5, action: ACTION.CANCEL });
    out.put({
      ns: ns += 1_000_000,
      ticks: mid,
      action: ACTION.TRADE,
      side: half % 4 < 2 ? SIDE.BID : SIDE.ASK,
    });
  }
  const book = new FuturesBook();
  book.begin();
  book.read(out.block());
  return book.row("X7", "a walk");
}

Deno.test("FuturesBook.row() tells lives, gaps, depth and moves that are known", () => {
  const row = walkingBook(0);
  near(value(row, "under 1 ms"), 0.25, 0.001);
  // Of 24 events in half a second the one after a young order's beginning comes in 0.05 ms, every fourth time.
  near(value(row, "under 0.1 ms"), 0.25 / 23, 0.001);
  // A look comes with the first order of a second moved already.
  near(value(row, "far ÷ near"), 5 / 30, 0.02);
  near(value(row, "next second"), 0, 0.06);
  near(value(row, "next side"), 0, 0.01);
  near(value(row, "variance"), 1, 0.6);
  ok(value(row, "one tick") > 0.9);
});

Deno.test("FuturesBook.row() finds moves that go on", () => {
  // The way is drawn anew twice a second, and kept half the time.
  const row = walkingBook(0.5);
  near(value(row, "next second"), 0.25, 0.06);
  ok(value(row, "variance") > 1.1);
});

Deno.test("OrderBook.read() passes over orders that it never saw and finds the best prices again", () => {
  const out = new Writer();
  out.put({ ns: 0, ticks: 5, orderIdLow: 9, action: ACTION.CANCEL });
  out.put({ ns: 1, ticks: -3, orderIdLow: 1, size: 4 });
  out.put({ ns: 2, ticks: -1, orderIdLow: 2, size: 2 });
  out.put({ ns: 3, ticks: 2, orderIdLow: 3, side: SIDE.ASK });
  out.put({ ns: 4, ticks: -1, orderIdLow: 2, size: 2, action: ACTION.CANCEL });
  const lives: number[] = [];
  const book = new OrderBook({ gone: (ns) => lives.push(ns), trade() {}, event() {} });
  book.read(out.block());
  strictEqual(book.bestBid, 5_000_000_000_000 - 3 * TICK);
  strictEqual(book.bestAsk, 5_000_000_000_000 + 2 * TICK);
  strictEqual(book.tick, TICK);
  strictEqual(book.depth(0), 5);
  strictEqual(lives.join(), "2");
});

sampleTest(
  "FuturesBook.row() of a real recording lies in the ranges that were taken from it",
  async (dir) => {
    const book = new FuturesBook();
    book.begin();
    const file = await Deno.open(join(dir, "CLX5_mbo.dbn"));
    await decodeDbn(file.readable, { onMbo: (block) => book.read(block) });
    const row = book.row("X7", "a real future");
    strictEqual(row.pass, true, JSON.stringify(row.values));
    // 17,798 orders of the file begin in it, and a tenth of them were gone within a millisecond.
    near(value(row, "under 1 ms"), 0.109, 0.001);
  },
);
