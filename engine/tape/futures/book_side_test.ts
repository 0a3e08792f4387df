import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { BookSide } from "./book_side.ts";

interface PlainOrder {
  readonly id: number;
  tick: number;
  size: number;
}

/** The same side as one array of orders in queue order. */
class PlainSide {
  orders: PlainOrder[] = [];

  best(sign: 1 | -1): number {
    return sign * Math.max(...this.orders.map(({ tick }) => sign * tick));
  }

  queue(tick: number): PlainOrder[] {
    return this.orders.filter((order) => order.tick === tick);
  }
}

const STEPS = fc.array(
  fc.tuple(
    fc.constantFrom("add", "reduce", "move"),
    fc.nat(10_000),
    fc.integer({ min: 27_700, max: 27_900 }),
    fc.integer({ min: 1, max: 40 }),
  ),
  { minLength: 20, maxLength: 200 },
);

Deno.test("BookSide agrees with a plain list of orders", () => {
  fc.assert(
    fc.property(fc.constantFrom<1 | -1>(1, -1), STEPS, (sign, steps) => {
      const side = new BookSide(sign);
      const plain = new PlainSide();
      const slots = new Map<number, number>();
      let id = 0;
      for (const [kind, pick, tick, size] of steps) {
        const order = plain.orders[pick % Math.max(1, plain.orders.length)];
        if (kind === "add" || order === undefined || plain.orders.length < 3) {
          slots.set(++id, side.add(id, tick, size, id, 0));
          plain.orders.push({ id, tick, size });
        } else if (kind === "reduce") {
          const amount = Math.min(size, order.size);
          side.reduce(slots.get(order.id)!, amount);
          order.size -= amount;
          if (order.size === 0) plain.orders = plain.orders.filter((each) => each !== order);
        } else {
          side.move(slots.get(order.id)!, tick, size, id);
          plain.orders = plain.orders.filter((each) => each !== order);
          plain.orders.push({ id: order.id, tick, size });
        }
        equal(side.orders, plain.orders.length);
        equal(side.best, plain.best(sign));
        equal(side.worst, plain.best(sign === 1 ? -1 : 1));
        for (const at of new Set([tick, side.best])) {
          const queue = plain.queue(at);
          equal(side.quantityAt(at), queue.reduce((sum, each) => sum + each.size, 0));
          const places = queue.map((_, place) => side.id(side.nth(at, place)));
          deepEqual(places, queue.map((each) => each.id));
        }
      }
    }),
    { seed: 20_260_106, numRuns: 60 },
  );
});

Deno.test("BookSide.recent() finds a live order of about the age asked for", () => {
  const side = new BookSide(1);
  const slots = Array.from(
    { length: 2_000 },
    (_, i) => side.add(i + 1, 100 - i % 7, 5, i * 1e6, 0),
  );
  const nowNs = 2_000 * 1e6;
  const found = side.recent(nowNs, 100e6, 500e6);
  equal(side.id(found), 1_901);
  side.reduce(slots[1_900]!, 5);
  const next = side.recent(nowNs, 100e6, 500e6);
  ok(next >= 0 && Math.abs(side.id(next) - 1_901) <= 2);
  equal(side.recent(nowNs + 600e6, 0, 500e6), -1);
});

Deno.test("BookSide grows beyond its first slots and reuses freed ones", () => {
  const side = new BookSide(-1);
  const slots = Array.from({ length: 20_000 }, (_, i) => side.add(i + 1, 500 + i % 50, 2, i, 1));
  equal(side.quantityAt(500), 800);
  side.reduce(slots[123]!, 2);
  equal(side.add(99_999, 500, 1, 0, 0), slots[123]);
  equal(side.best, 500);
  equal(side.worst, 549);
});
