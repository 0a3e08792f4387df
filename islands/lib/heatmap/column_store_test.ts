import fc from "fast-check";
import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import { COLUMN, ColumnStore, NO_TICK } from "./column_store.ts";

const header = (binSeq: number, spotTick: number) => ({
  startNs: binSeq * 1e8,
  endNs: (binSeq + 1) * 1e8,
  binSeq,
  eventCount: 1,
  eventId: binSeq,
  spotTick,
  bidTick: spotTick - 1,
  askTick: spotTick,
  halfTick: true,
  bookValid: true,
  live: true,
});

Deno.test("ColumnStore keeps exactly the newest columns, like a list that is cut at the front", () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.constant(1), fc.integer({ min: -40, max: -1 })), { maxLength: 120 }),
      (steps) => {
        const store = new ColumnStore(32, 2, 1);
        let model: { kind: number; value: number }[] = [];
        let pushed = 0;
        for (const [i, step] of steps.entries()) {
          if (step === 1) {
            const slot = store.pushBin(header(i, 100));
            store.cells.fill(i, store.offset(slot, 0), store.offset(slot, 0) + store.rows);
            model.push({ kind: COLUMN.BIN, value: i });
            pushed++;
          } else {
            const count = Math.min(-step, store.capacity);
            store.pushGap(-step, 0, 1e9);
            for (let n = 0; n < count; n++) model.push({ kind: COLUMN.GAP, value: -1 });
            pushed += count;
          }
          model = model.slice(-32);
        }
        strictEqual(store.length, model.length);
        strictEqual(store.last, pushed === 0 ? -1 : store.capacity + pushed - 1);
        model.forEach((column, i) => {
          const slot = store.slot(store.first + i);
          strictEqual(store.kind[slot], column.kind);
          if (column.kind === COLUMN.BIN) {
            strictEqual(store.cells[store.offset(slot, 0)], column.value);
          }
        });
        strictEqual(store.has(store.first - 1), false);
        strictEqual(store.has(store.last + 1), false);
      },
    ),
    { seed: 20_260_206, numRuns: 200 },
  );
});

Deno.test("ColumnStore.rowOf() finds a tick where the window holds it, and only there", () => {
  const store = new ColumnStore(8, 3, 1);
  const slot = store.pushBin(header(0, 1_000));
  deepStrictEqual(
    [996, 997, 1_000, 1_003, 1_004].map((tick) => store.rowOf(slot, tick)),
    [-1, 0, 3, 6, -1],
  );
  const empty = store.pushBin(header(1, NO_TICK));
  strictEqual(store.rowOf(empty, 1_000), -1);
});

Deno.test("ColumnStore.pushGap() spreads the missing time evenly", () => {
  const store = new ColumnStore(8, 1, 1);
  store.pushGap(4, 100, 500);
  deepStrictEqual([...store.startNs.slice(0, 4)], [100, 200, 300, 400]);
  deepStrictEqual([...store.endNs.slice(0, 4)], [200, 300, 400, 500]);
});

Deno.test("ColumnStore refuses a capacity that is no power of two", () => {
  throws(() => new ColumnStore(1_000, 1, 1), RangeError);
});

Deno.test("ColumnStore.showUntil() hides what had not ended, and shows it again", () => {
  const store = new ColumnStore(16, 2, 1);
  const bin = (seq: number) => ({
    startNs: seq * 100,
    endNs: seq * 100 + 100,
    binSeq: seq,
    eventCount: 0,
    eventId: 0,
    spotTick: 0,
    bidTick: 0,
    askTick: 0,
    halfTick: false,
    bookValid: true,
    live: true,
  });
  for (let seq = 0; seq < 40; seq++) store.pushBin(bin(seq));
  const seen = (endNs: number) => {
    store.showUntil(endNs);
    return [store.last, store.length];
  };
  deepStrictEqual(seen(3_000), [45, 6]);
  deepStrictEqual(seen(3_099), [45, 6]);
  deepStrictEqual(seen(99_999), [55, 16]);
  deepStrictEqual(seen(2_499), [-1, 0]);
  deepStrictEqual([store.has(40), store.has(55)], [false, false]);
  store.pushBin(bin(40));
  deepStrictEqual(seen(Infinity), [56, 16]);
});
