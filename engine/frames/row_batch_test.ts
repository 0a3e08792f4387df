import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import fc from "fast-check";
import { EpochBase, wordsOf } from "./epoch.ts";
import { RowBatch } from "./row_batch.ts";
import { TOY_LAYOUT, toyFrame, ToyRow, toyRows } from "./testing/toy_layout.ts";

Deno.test("EpochBase.fill() writes base and offset to the nanosecond, before and after the base", () => {
  const Time = fc.bigInt({ min: 2n ** 53n, max: 2n ** 62n });
  const Offset = fc.integer({ min: -(2 ** 52), max: 2 ** 52 });
  fc.assert(
    fc.property(Time, Offset, (baseNs, offsetNs) => {
      const column = new BigInt64Array(4);
      new EpochBase(baseNs).fill(wordsOf(column), 1, 3, offsetNs);
      const time = baseNs + BigInt(offsetNs);
      deepStrictEqual(column, BigInt64Array.of(0n, time, time, 0n));
    }),
    { seed: 20_260_101, numRuns: 500 },
  );
});

Deno.test("RowBatch.append() keeps rows of every type, however often it grows and is cleared", () => {
  const batch = new RowBatch(TOY_LAYOUT);
  fc.assert(
    fc.property(fc.array(fc.array(ToyRow, { maxLength: 90 }), { maxLength: 4 }), (frames) => {
      batch.clear();
      for (const rows of frames) batch.append(toyFrame(rows));
      deepStrictEqual(toyRows(batch.frame()), frames.flat());
      strictEqual(batch.count, frames.flat().length);
    }),
    { seed: 20_260_101, numRuns: 40 },
  );
});

Deno.test("RowBatch is filled column by column, 64-bit integers by their halves", () => {
  const batch = new RowBatch(TOY_LAYOUT);
  strictEqual(batch.extend(2), 0);
  const from = batch.extend(100);
  const place = (name: string) => batch.place(name);
  batch.doubles(place("f64"))[from] = 1.5;
  batch.doubles(place("i53"))[from] = 2 ** 53;
  batch.integers(place("i32"))[from] = -7;
  batch.bytes(place("code"))[from] = 1;
  batch.words(place("i64")).set([-1, 0x7fff_ffff], 2 * from);
  batch.texts(place("utf8"))[from] = "ES";
  batch.valid(place("f64_or_null"))[from] = 0;
  const row = toyRows(batch.frame())[from];
  deepStrictEqual(
    [row?.["f64"], row?.["i53"], row?.["i32"], row?.["code"], row?.["i64"], row?.["utf8"]],
    [1.5, 2 ** 53, -7, "A", 2n ** 63n - 1n, "ES"],
  );
  strictEqual(row?.["f64_or_null"], null);
  strictEqual(batch.frame(), batch.frame());
  batch.clear();
  batch.extend(102);
  deepStrictEqual(batch.frame().valid[batch.place("f64_or_null")], new Uint8Array(102).fill(1));
});

Deno.test("RowBatch refuses a column of another kind, and one that is not there", () => {
  const batch = new RowBatch(TOY_LAYOUT);
  for (
    const wrong of [
      () => batch.doubles(batch.place("i32")),
      () => batch.words(batch.place("f64")),
      () => batch.texts(batch.place("code")),
      () => batch.valid(batch.place("f64")),
      () => batch.place("other"),
      () => batch.doubles(99),
    ]
  ) throws(wrong, { name: "LayoutError" });
});
