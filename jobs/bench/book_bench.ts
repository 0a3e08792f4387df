import { TickBook } from "../../engine/book/mod.ts";
import { ACTION, DbnDecoder, MBO_WORD, type MboBlock, SIDE } from "../../engine/dbn/mod.ts";
import { input } from "./engine_bench.ts";
import { MapBook } from "./map_book.ts";
import type { BenchRow } from "./row.ts";

const TICKS = 8_192;
const TICK_NANO = 10_000_000;
const TURNS = 9;
/** Passes over the file in one turn. */
const PASSES = 20;
const MAP_PASSES = 2;

type Now = () => number;

/** Takes records as a venue means them: an id in use is replaced, an unknown order is no order. */
function takeBlock(book: TickBook, { words, strideWords, count }: MboBlock, start: number): number {
  const { orders } = book;
  let sum = start;
  for (let i = 0, at = 0; i < count; i++, at += strideWords) {
    const packed = words[at + MBO_WORD.FLAGS_CHANNEL_ACTION_SIDE]!;
    const action = (packed >>> 16) & 0xff;
    const side = packed >>> 24;
    const low = words[at + MBO_WORD.ORDER_ID_LOW]!;
    const high = words[at + MBO_WORD.ORDER_ID_HIGH]!;
    const priceNano = words[at + MBO_WORD.PRICE_HIGH]! * 2 ** 32 + words[at + MBO_WORD.PRICE_LOW]!;
    const size = words[at + MBO_WORD.SIZE]!;
    if (action === ACTION.CANCEL || (action === ACTION.ADD && side !== SIDE.NONE)) {
      const slot = orders.find(low, high);
      if (slot >= 0) book.cancel(slot);
      if (action === ACTION.ADD) book.add(side, priceNano, size, low, high);
    } else if (action === ACTION.MODIFY && orders.find(low, high) >= 0) {
      book.modify(side, priceNano, size, low, high);
    }
    sum += book.bestBid + book.bestAsk;
  }
  return sum;
}

function tickPass(bytes: Uint8Array, anchor: number): number {
  const book = new TickBook({
    ticks: TICKS,
    tickNano: TICK_NANO,
    strict: false,
    onOutOfRange: () => {},
  });
  book.grid.anchor = anchor;
  let sum = 0;
  const sink = { onMbo: (block: MboBlock) => void (sum = takeBlock(book, block, sum)) };
  const decoder = new DbnDecoder();
  decoder.push(bytes, sink);
  decoder.finish(sink);
  return sum + book.orders.size;
}

function mapPass(bytes: Uint8Array): number {
  const book = new MapBook();
  let sum = 0;
  book.read(bytes, (bid, ask) => void (sum += Number(bid ?? 0n) + Number(ask ?? 0n)));
  return sum + book.orders.size;
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1]!;
}

/** Times decoding and the book alone, against maps; both by turns. */
export function bookRows(now: Now): BenchRow[] {
  const { bytes, what } = input();
  let events = 0;
  let firstPrice = 0;
  const look = new DbnDecoder();
  look.push(bytes, {
    onMbo: ({ words, count }) => {
      events += count;
      firstPrice ||= words[MBO_WORD.PRICE_HIGH]! * 2 ** 32 + words[MBO_WORD.PRICE_LOW]!;
    },
  });
  const anchor = Math.round(firstPrice / TICK_NANO);
  const expected = mapPass(bytes);
  if (tickPass(bytes, anchor) !== expected) throw new Error("Cannot trust a baseline that differs");
  const ticks: number[] = [];
  const maps: number[] = [];
  for (let turn = 0; turn < TURNS; turn++) {
    const began = now();
    for (let pass = 0; pass < PASSES; pass++) tickPass(bytes, anchor);
    const between = now();
    for (let pass = 0; pass < MAP_PASSES; pass++) mapPass(bytes);
    ticks.push((between - began) / PASSES);
    maps.push((now() - between) / MAP_PASSES);
  }
  return [{
    name: "book",
    what: "decode and book, best prices after every record",
    unit: "events/s",
    measured: (events / median(ticks)) * 1_000,
    baseline: {
      what: "maps keyed by bigint, an object per order",
      value: (events / median(maps)) * 1_000,
    },
    reach: { bound: "at least", value: 20e6 },
    note: `${what} of ${events} records again and again, a new book each time`,
  }];
}
