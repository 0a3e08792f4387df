import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import fc from "fast-check";
import { COLUMN_TYPES, putValue } from "./column_types.ts";
import { FrameBatch } from "./frame_batch.ts";
import { newFrame } from "./frame.ts";
import type { Column, Layout } from "./layout.ts";
import { TOY_LAYOUT } from "./testing/toy_layout.ts";

const numbers: readonly Column[] = TOY_LAYOUT.columns.filter(({ type, nullable }) =>
  !nullable && type !== "utf8" && type !== "json"
);

/** Every kind of number before every other, so that no array begins where its elements may not. */
const LAYOUT: Layout = {
  name: "toy.batch",
  version: 1,
  header: numbers,
  columns: numbers.toReversed(),
  rows: 3,
};

/** Values of a frame: one per field of the header, one per row of a column. */
const VALUES = numbers.length * (1 + 3);

Deno.test("FrameBatch moves frames of every kind of number between threads", () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.integer({ min: 0, max: 1 }), { minLength: VALUES, maxLength: VALUES }), {
        minLength: 1,
        maxLength: 5,
      }),
      (frames) => {
        const batch = new FrameBatch(LAYOUT, 5);
        const frame = newFrame(LAYOUT);
        for (const bits of frames) {
          frame.header.forEach((array, i) => putValue(array, 0, bits[i]!));
          frame.columns.forEach((array, i) => {
            for (let row = 0; row < 3; row++) {
              putValue(array, row, bits[numbers.length + 3 * i + row]!);
            }
          });
          batch.add(frame);
        }
        strictEqual(batch.full, frames.length === 5);
        const moved = structuredClone(batch.buffer, { transfer: [batch.buffer] });
        const other = new FrameBatch(LAYOUT, 5, moved, batch.count);
        const plain = (array: ArrayLike<number | bigint>) => Array.from(array as [], Number);
        deepStrictEqual(
          other.header().map(plain),
          numbers.map((_, i) => frames.map((bits) => bits[i])),
        );
        deepStrictEqual(
          other.columns().map(plain),
          numbers.map((_, i) =>
            frames.flatMap((bits) => bits.slice(numbers.length + 3 * i).slice(0, 3))
          ),
        );
        other.columns().forEach((array, i) => {
          const like = COLUMN_TYPES[LAYOUT.columns[i]!.type].array(0);
          strictEqual(array.constructor, like.constructor);
        });
      },
    ),
    { seed: 20_260_101, numRuns: 50 },
  );
});

for (const layout of [TOY_LAYOUT, { ...TOY_LAYOUT, rows: 2 }]) {
  Deno.test(`FrameBatch refuses ${layout.rows} rows of texts and nulls`, () => {
    throws(() => new FrameBatch(layout, 1), { name: "LayoutError" });
  });
}
