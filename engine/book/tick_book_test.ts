import { deepStrictEqual, equal, ok, throws } from "node:assert/strict";
import { SIDE } from "../dbn/mod.ts";
import { BookError, TickBook } from "./mod.ts";

const TICK_NANO = 10_000_000;
const OPTIONS = { ticks: 256, tickNano: TICK_NANO, strict: false, onOutOfRange: () => {} };
const priceAt = (tick: number) => tick * TICK_NANO;

function anchored(options: Partial<ConstructorParameters<typeof TickBook>[0]> = {}): TickBook {
  const book = new TickBook({ ...OPTIONS, ...options });
  book.grid.anchor = 1_000;
  return book;
}

Deno.test("TickBook costs less than 8 KiB for an option's 16 orders and 200 ticks", () => {
  const books: TickBook[] = [];
  const bytes = () => {
    const { heapUsed, external } = Deno.memoryUsage();
    return heapUsed + external;
  };
  const build = (count: number) => {
    for (let i = 0; i < count; i++) {
      const book = anchored({ ticks: 200 });
      for (let id = 0; id < 16; id++) book.add(SIDE.BID, priceAt(990 - id), 5, id, i);
      books.push(book);
    }
  };
  build(100); // whatever is made once
  const before = bytes();
  build(2_000);
  const each = (bytes() - before) / 2_000;
  ok(each < 8_192, `${each} bytes`);
  equal(books[2_000]!.bestBid, priceAt(990));
});

Deno.test("TickBook finds the next level of either side when the best one goes", () => {
  const book = anchored();
  const best = () => [book.bestBid / TICK_NANO, book.bestAsk / TICK_NANO];
  book.add(SIDE.BID, priceAt(872), 1, 1, 0); // first slot
  book.add(SIDE.BID, priceAt(999), 2, 2, 0);
  book.add(SIDE.ASK, priceAt(1_127), 1, 3, 0); // last slot
  book.add(SIDE.ASK, priceAt(1_001), 3, 4, 0);
  deepStrictEqual(best(), [999, 1_001]);
  book.fill(book.orders.find(4, 0), 2);
  deepStrictEqual(best(), [999, 1_001]);
  book.fill(book.orders.find(4, 0), 5);
  book.cancel(book.orders.find(2, 0));
  deepStrictEqual(best(), [872, 1_127]);
  book.cancel(book.orders.find(1, 0));
  book.cancel(book.orders.find(3, 0));
  deepStrictEqual(best(), [0, 0]);
  deepStrictEqual([book.bestBidIndex, book.bestAskIndex, book.orders.size], [-1, -1, 0]);
});

Deno.test("TickBook.modify() moves an order across sides and ticks, and knows new ones", () => {
  const book = anchored();
  book.add(SIDE.BID, priceAt(999), 2, 2, 0);
  equal(book.modify(SIDE.ASK, priceAt(1_003), 4, 2, 0), book.grid.indexOf(priceAt(1_003)));
  deepStrictEqual([book.bestBid, book.bestAsk], [0, priceAt(1_003)]);
  book.modify(SIDE.ASK, priceAt(1_002), 1, 9, 0);
  deepStrictEqual([book.bestAsk, book.orders.size], [priceAt(1_002), 2]);
  book.modify(SIDE.ASK, priceAt(1_003), 0, 2, 0);
  book.cancel(book.orders.find(9, 0));
  deepStrictEqual([book.bestAsk, book.orders.size], [0, 1]);
});

Deno.test("TickBook.modify() leaves neither order nor depth when a strict grid refuses the price", () => {
  const book = anchored({ strict: true });
  book.add(SIDE.BID, priceAt(999), 2, 2, 0);
  book.add(SIDE.BID, priceAt(990), 2, 3, 0);
  throws(() => book.modify(SIDE.BID, priceAt(5_000), 2, 2, 0), BookError);
  deepStrictEqual([book.bestBid, book.orders.size], [priceAt(990), 1]);
  equal(book.orders.find(2, 0), -1);
  throws(() => book.add(SIDE.BID, priceAt(1), 2, 4, 0), BookError);
  equal(book.orders.size, 1);
});

Deno.test("TickGrid.indexOf() rounds prices between ticks to the even one, at any size", () => {
  const { grid } = anchored();
  const at = (ticks: number) => grid.indexOf(ticks * TICK_NANO) - grid.half + 1_000;
  deepStrictEqual([1_000.5, 1_001.5, 1_000.4, 999.6].map(at), [1_000, 1_002, 1_000, 1_000]);
  for (const far of [-1_000, 2 ** 31 + 1_000, 2 ** 32 + 1_000, 9e15 / TICK_NANO]) {
    equal(grid.indexOf(far * TICK_NANO), -1, `tick ${far}`);
  }
});
