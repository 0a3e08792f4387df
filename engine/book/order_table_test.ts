import fc from "fast-check";
import { deepStrictEqual, equal } from "node:assert/strict";
import { OrderTable } from "./order_table.ts";

interface Order {
  readonly side: number;
  readonly priceNano: number;
  readonly qty: number;
  readonly index: number;
}

type Id = readonly [low: number, high: number];

/** Few ids, of equal halves and of halves beyond 31 bits, so that orders meet again and run into each other. */
const id: fc.Arbitrary<Id> = fc.tuple(
  fc.constantFrom(0, 1, 2, 3, 7, 64, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff),
  fc.constantFrom(0, 1, 2, 8, 0x80000000, 0xffffffff),
);
const order: fc.Arbitrary<Order> = fc.record({
  side: fc.constantFrom(65, 66, 78),
  priceNano: fc.maxSafeInteger(),
  qty: fc.nat({ max: 0xffffffff }),
  index: fc.integer({ min: -1, max: 8_191 }),
}, { noNullPrototype: true });
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant("put" as const), id, order }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant("remove" as const), id }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("again" as const), id }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("clear" as const), id }) },
);

const textOf = ([low, high]: Id) => `${low}:${high}`;

function at(table: OrderTable, slot: number): Order {
  return {
    side: table.side(slot),
    priceNano: table.priceNano(slot),
    qty: table.qty(slot),
    index: table.index(slot),
  };
}

/** Everything that the table holds and finds equals the map. */
function compare(table: OrderTable, naive: Map<string, Order>, ids: readonly Id[]): void {
  equal(table.size, naive.size);
  for (const each of ids) {
    const slot = table.find(...each);
    const known = naive.get(textOf(each));
    if (known === undefined) equal(slot, -1, textOf(each));
    else deepStrictEqual(at(table, slot), known, textOf(each));
  }
  let filled = 0;
  for (let slot = table.next(-1); slot >= 0; slot = table.next(slot)) filled++;
  equal(filled, naive.size);
}

for (const first of [1, 5, 64]) {
  Deno.test(`OrderTable equals a map, from room for ${first} on`, () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 20, maxLength: 150 }), (steps) => {
        let table = new OrderTable(first);
        const naive = new Map<string, Order>();
        const ids = steps.map((each) => each.id);
        for (const each of steps) {
          const slot = table.find(...each.id);
          if (each.kind === "put") {
            const { side, priceNano, qty, index } = each.order;
            table.put(...each.id, side, priceNano, qty, index);
            naive.set(textOf(each.id), each.order);
          } else if (each.kind === "remove" && slot >= 0) {
            table.remove(slot);
            naive.delete(textOf(each.id));
          } else if (each.kind === "clear") {
            table.clear();
            naive.clear();
          } else if (each.kind === "again") {
            const copy = table.save();
            table = new OrderTable(first);
            table.restore(structuredClone(copy));
            for (const [key, value] of naive) naive.set(key, { ...value, index: -1 });
          }
          compare(table, naive, ids);
        }
      }),
      { seed: 20_260_104, numRuns: 150 },
    );
  });
}

Deno.test("OrderTable finds every order while it grows and shrinks, ids one after the other", () => {
  const table = new OrderTable(1);
  const count = 20_000;
  for (let i = 0; i < count; i++) table.put(i, 7, 66, i * 1e7, i, i % 100);
  equal(table.size, count);
  for (let i = 0; i < count; i += 2) table.remove(table.find(i, 7));
  for (let i = 0; i < count; i++) {
    const slot = table.find(i, 7);
    if (i % 2 === 0) equal(slot, -1);
    else deepStrictEqual(at(table, slot), { side: 66, priceNano: i * 1e7, qty: i, index: i % 100 });
  }
});

Deno.test("OrderTable.setQty() and setIndex() change one order and nothing else of it", () => {
  const table = new OrderTable(4);
  for (const low of [1, 2, 3]) table.put(low, 0, 65, 64.79e9, 5, 9);
  table.setQty(table.find(2, 0), 4);
  table.setIndex(table.find(2, 0), -1);
  const before = { side: 65, priceNano: 64.79e9, qty: 5, index: 9 };
  deepStrictEqual(at(table, table.find(1, 0)), before);
  deepStrictEqual(at(table, table.find(2, 0)), { ...before, qty: 4, index: -1 });
  deepStrictEqual(at(table, table.find(3, 0)), before);
});

Deno.test("OrderTable.enterNs() travels with its order while the table grows, shrinks and is copied", () => {
  let table = new OrderTable(1, true);
  const enter = (i: number) => table.setEnterNs(table.put(i, 7, 66, i * 1e7, 1, 0), i + 0.5);
  for (let i = 0; i < 5_000; i++) enter(i);
  for (let i = 0; i < 5_000; i += 3) table.remove(table.find(i, 7));
  const copy = structuredClone(table.save());
  for (let pass = 0; pass < 2; pass++) {
    for (let i = 0; i < 5_000; i++) {
      if (i % 3 !== 0) equal(table.enterNs(table.find(i, 7)), i + 0.5, String(i));
    }
    table = new OrderTable(1, true);
    table.restore(copy);
  }
  const without = new OrderTable(1);
  without.setEnterNs(without.put(1, 0, 66, 1e7, 1, 0), 5);
  equal(without.enterNs(without.find(1, 0)), 0);
  equal(without.save().enterNs, undefined);
});
