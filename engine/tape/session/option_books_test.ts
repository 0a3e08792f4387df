import { deepEqual, equal } from "node:assert/strict";
import { MBO_WORD } from "../../dbn/mod.ts";
import { MboWriter } from "../futures/mod.ts";
import { MAKER_SLOTS, nextPrice, onGrid, OptionBooks } from "./option_books.ts";

function writer(): MboWriter {
  return new MboWriter({ publisherId: 1, instrumentId: 0, tickNano: 1, baseNs: 0n });
}

/** Records as action, order's slot by its size or price: `A 10@5`. */
function told(out: MboWriter): string[] {
  const { words, strideWords, count } = out.block();
  return Array.from({ length: count }, (_, i) => {
    const at = i * strideWords;
    const packed = words[at + MBO_WORD.FLAGS_CHANNEL_ACTION_SIDE]!;
    const nano = words[at + MBO_WORD.PRICE_HIGH]! * 2 ** 32 + words[at + MBO_WORD.PRICE_LOW]!;
    const letters = String.fromCharCode((packed >>> 16) & 0xff, packed >>> 24);
    return `${letters} ${words[at + MBO_WORD.SIZE]!}@${nano / 50_000_000}`;
  });
}

/** Asks of option 0: two at 20, one at 21, 22 and 25 each. */
function asks(): OptionBooks {
  const books = new OptionBooks(1);
  const out = writer();
  const orders = [[20, 3], [21, 10], [22, 10], [25, 10], [20, 4]] as const;
  orders.forEach(([price, size], i) => books.add(MAKER_SLOTS + i, 1, price, size, 100 + i, out));
  return books;
}

Deno.test("OptionBooks.hit() fills by price, then time, over three prices", () => {
  const books = asks();
  const out = writer();
  equal(books.hit(1, 12, 1_000, out), 12);
  deepEqual(told(out), [
    "TB 7@20",
    "FA 3@20",
    "CA 3@20",
    "FA 4@20",
    "CA 4@20",
    "TB 5@21",
    "FA 5@21",
    "CA 5@21",
  ]);
  equal(books.hit(1, 100, 2_000, out), 24); // 5, 10 and 10 contracts at 21, 22 and 25, but for the last
  equal(books.best(1), 25);
});

Deno.test("OptionBooks.hit() leaves the last contract of a book", () => {
  const books = new OptionBooks(1);
  const out = writer();
  books.add(MAKER_SLOTS, 0, 20, 5, 100, out);
  equal(books.hit(0, 9, 1_000, out), 4);
  equal(books.hit(0, 9, 2_000, out), 0);
  deepEqual([books.best(0), books.size(MAKER_SLOTS)], [20, 1]);
  equal(books.hit(2, 9, 3_000, out), 0);
});

Deno.test("OptionBooks.hit() tells what makers gave of it", () => {
  const books = new OptionBooks(1);
  const out = writer();
  books.add(3, 1, 20, 5, 100, out);
  books.add(MAKER_SLOTS, 1, 19, 2, 200, out);
  equal(books.hit(1, 6, 1_000, out), 6);
  equal(books.dealt, 4);
});

Deno.test("OptionBooks.move() loses the place in the queue", () => {
  const books = asks();
  const out = writer();
  books.move(MAKER_SLOTS + 1, 20, 10, 1_000, out);
  books.hit(1, 7, 2_000, out);
  equal(books.first(1), MAKER_SLOTS + 1);
});

Deno.test("nextPrice() and onGrid() go by the exchange's ticks: 0.05 up to 5 points, then 0.25", () => {
  deepEqual([nextPrice(99, 1), nextPrice(100, 1), nextPrice(105, -1), nextPrice(100, -1)], [
    100,
    105,
    100,
    99,
  ]);
  deepEqual([onGrid(99, 1), onGrid(101, 1), onGrid(101, -1), onGrid(105, -1)], [99, 100, 105, 105]);
});
