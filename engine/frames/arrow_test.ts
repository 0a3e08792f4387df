import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import { Table, tableFromArrays, tableFromIPC, tableToIPC, vectorFromArray } from "apache-arrow";
import fc from "fast-check";
import { ArrowDecoder } from "./arrow_decoder.ts";
import { ArrowEncoder } from "./arrow_encoder.ts";
import { ArrowFile } from "./arrow_file.ts";
import { FrameBuilder } from "./frame_builder.ts";
import type { Layout } from "./layout.ts";
import { TOY_LAYOUT, toyFrame, ToyRow, toyRows } from "./testing/toy_layout.ts";

const SEED = { seed: 20_260_101, numRuns: 100 };

Deno.test("ArrowEncoder and ArrowDecoder give every value and every null of every type back", () => {
  const encoder = new ArrowEncoder(TOY_LAYOUT);
  const decoder = new ArrowDecoder(TOY_LAYOUT);
  fc.assert(
    fc.property(fc.array(ToyRow, { maxLength: 40 }), (rows) => {
      deepStrictEqual(toyRows(decoder.decode(encoder.encode(toyFrame(rows)))), rows);
    }),
    SEED,
  );
});

Deno.test("ArrowEncoder.encode() and ArrowFile give the bytes that Arrow's own writer gives", () => {
  const encoder = new ArrowEncoder(TOY_LAYOUT);
  const Rows = fc.array(ToyRow, { minLength: 1, maxLength: 40 });
  const Frames = fc.array(Rows, { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(Frames, (frames) => {
      const parts: Uint8Array[] = [];
      const file = new ArrowFile(TOY_LAYOUT.columns, (bytes) => parts.push(bytes));
      for (const rows of frames) {
        const frame = toyFrame(rows);
        file.batch(frame.columns, frame.valid, rows.length);
        const stream = encoder.encode(frame);
        deepStrictEqual(tableToIPC(tableFromIPC(stream), "stream"), stream);
      }
      file.end();
      const whole = new Uint8Array(parts.flatMap((part) => [...part]));
      deepStrictEqual(tableToIPC(tableFromIPC(whole), "file"), whole);
    }),
    { ...SEED, numRuns: 25 },
  );
});

Deno.test("ArrowEncoder.encode() is read by others: types, nulls and 64 bits", () => {
  const row = (value: bigint | null) => ({
    ...toyRows(toyFrame([]))[0],
    ...Object.fromEntries(TOY_LAYOUT.columns.map(({ name }) => [name, 0])),
    i53: 2 ** 53,
    i64: 2n ** 63n - 1n,
    i64_or_null: value,
    code: "A",
    code_or_null: null,
    utf8: "é",
    json: "{}",
  });
  const bytes = new ArrowEncoder(TOY_LAYOUT).encode(toyFrame([row(null), row(-5n)]));
  const table = tableFromIPC(bytes);
  deepStrictEqual(
    table.schema.fields.filter((_, i) => i % 2 === 0).map(({ type }) => `${type}`),
    ["Int8", "Int32", "Int64", "Int64", "Float64", "Bool", "Utf8", "Utf8", "Utf8"],
  );
  deepStrictEqual([...table.getChild("code") ?? []], ["A", "A"]);
  deepStrictEqual([...table.getChild("code_or_null") ?? []], [null, null]);
  deepStrictEqual([...table.getChild("i64_or_null") ?? []], [null, -5n]);
  deepStrictEqual([...table.getChild("i64") ?? []], [2n ** 63n - 1n, 2n ** 63n - 1n]);
  deepStrictEqual([...table.getChild("i53") ?? []], [2n ** 53n, 2n ** 53n]);
  deepStrictEqual([...table.getChild("utf8") ?? []], ["é", "é"]);
});

const PAIR: Layout = {
  name: "toy.pair",
  version: 1,
  header: [],
  columns: [
    { name: "a", type: "f64", unit: "", meaning: "A" },
    { name: "b", type: "i32", unit: "", meaning: "B" },
  ],
  rows: 2,
};

function ipc(columns: Parameters<typeof tableFromArrays>[0]): Uint8Array {
  return tableToIPC(tableFromArrays(columns), "stream");
}

/** New arrays each time: two columns in one memory are what Arrow's writer cannot tell apart. */
const doubles = (...values: number[]) => Float64Array.from(values);
const integers = (...values: number[]) => Int32Array.from(values);

Deno.test("ArrowDecoder.decode() finds columns by name and passes others over", () => {
  const { columns } = new ArrowDecoder(PAIR).decode(
    ipc({ b: integers(1, 2), c: integers(3, 4), a: doubles(5, 6) }),
  );
  deepStrictEqual(columns, [doubles(5, 6), integers(1, 2)]);
});

Deno.test("ArrowDecoder.decode() passes over coded texts, lists, structs and other numbers", () => {
  const table = new Table({
    texts: vectorFromArray(["one", "two"]),
    lists: vectorFromArray([[1, 2], [3]]),
    structs: vectorFromArray([{ x: 1, y: [1] }, { x: 2, y: [2, 3] }]),
    unsigned: vectorFromArray(Uint16Array.of(1, 2)),
    single: vectorFromArray(Float32Array.of(1, 2)),
    b: vectorFromArray(integers(1, 2)),
    a: vectorFromArray(doubles(5, 6)),
  });
  const bytes = tableToIPC(table, "stream");
  deepStrictEqual(new ArrowDecoder(PAIR).decode(bytes).columns, [doubles(5, 6), integers(1, 2)]);
  const asks: Layout = { ...PAIR, columns: [{ ...PAIR.columns[0]!, name: "single" }] };
  throws(() => new ArrowDecoder(asks).decode(bytes), { name: "LayoutError", subject: "single" });
});

Deno.test("ArrowDecoder.decode() reads a message that begins anywhere in memory", () => {
  const bytes = ipc({ a: doubles(5, 6), b: integers(1, 2) });
  const moved = new Uint8Array(bytes.length + 3);
  moved.set(bytes, 3);
  const { columns } = new ArrowDecoder(PAIR).decode(moved.subarray(3));
  deepStrictEqual(columns, [doubles(5, 6), integers(1, 2)]);
});

Deno.test("ArrowDecoder.decode() refuses a message that is cut short or damaged by its error alone", () => {
  const bytes = ipc({ a: doubles(5, 6), b: integers(1, 2) });
  const decoder = new ArrowDecoder(PAIR);
  // Eight bytes end the stream; what comes before them is the batch.
  for (let length = 0; length < bytes.length - 8; length++) {
    throws(() => decoder.decode(bytes.slice(0, length)), { name: "LayoutError", code: "message" });
  }
  const Damage = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1 });
  fc.assert(
    fc.property(Damage, (places) => {
      const damaged = bytes.slice();
      for (const [at, byte] of places) damaged[at] = byte;
      try {
        decoder.decode(damaged);
      } catch (error) {
        strictEqual((error as Error).name, "LayoutError");
      }
    }),
    { ...SEED, numRuns: 2_000 },
  );
});

const REFUSED: readonly (readonly [string, Uint8Array, object])[] = [
  ["no message", Uint8Array.of(1, 2, 3), { code: "message", subject: "toy.pair" }],
  ["other rows", ipc({ a: doubles(1), b: integers(1) }), { code: "rows", found: 1 }],
  ["a missing column", ipc({ a: doubles(1, 2) }), { code: "column", subject: "b" }],
  ["another type", ipc({ a: doubles(1, 2), b: doubles(1, 2) }), { code: "column", subject: "b" }],
  ["a missing value", ipc({ a: [1, null], b: integers(1, 2) }), { code: "column", subject: "a" }],
];

for (const [what, bytes, error] of REFUSED) {
  Deno.test(`ArrowDecoder.decode() refuses ${what}`, () => {
    throws(() => new ArrowDecoder(PAIR).decode(bytes), { name: "LayoutError", ...error });
  });
}

Deno.test("FrameBuilder.add() refuses a row without a value that must be there", () => {
  const builder = new FrameBuilder({ ...PAIR, rows: "many" }, 2);
  throws(() => builder.add({ a: 1, b: null }), { name: "LayoutError", subject: "b" });
  throws(() => builder.add({ a: 1 }), /"b" as it must be there in every row/);
});

Deno.test("FrameBuilder.take() begins anew and keeps what it gave", () => {
  const builder = new FrameBuilder({ ...PAIR, rows: "many" }, 2);
  builder.add({ a: 1, b: 2 });
  builder.add({ a: 3, b: 4 });
  strictEqual(builder.count, 2);
  throws(() => builder.add({ a: 5, b: 6 }), { name: "LayoutError", code: "rows" });
  const first = builder.take();
  builder.add({ a: 5, b: 6 });
  deepStrictEqual(first.columns, [Float64Array.of(1, 3), Int32Array.of(2, 4)]);
  deepStrictEqual(builder.take().columns, [Float64Array.of(5), Int32Array.of(6)]);
});

const CODED: Layout = {
  name: "toy.coded",
  version: 1,
  header: [],
  columns: [{ name: "side", type: "code", codes: ["B", "A"], unit: "", meaning: "Side" }],
  rows: "many",
};

Deno.test("a text that is none of a column's codes is refused, written and read", () => {
  const texts: Layout = { ...CODED, columns: [{ ...CODED.columns[0]!, type: "utf8" }] };
  const bytes = new ArrowEncoder(texts).encode({ columns: [["B", "A", "N"]], valid: [null] });
  const found = { name: "LayoutError", subject: "side", expected: "one of B, A" };
  throws(() => new ArrowDecoder(CODED).decode(bytes), found);
  throws(() => new FrameBuilder(CODED, 1).add({ side: "N" }), found);
  const columns = [Uint8Array.of(0, 2)];
  throws(() => new ArrowEncoder(CODED).encode({ columns, valid: [null] }), { subject: "side" });
});

Deno.test("ArrowDecoder.decode() reads codes of which some are missing, as others write them", () => {
  const [side] = CODED.columns;
  const texts: Layout = { ...CODED, columns: [{ ...side!, type: "utf8", nullable: true }] };
  const frame = { columns: [["A", "", "B"]], valid: [Uint8Array.of(1, 0, 1)] };
  const codes: Layout = { ...CODED, columns: [{ ...side!, nullable: true }] };
  const read = new ArrowDecoder(codes).decode(new ArrowEncoder(texts).encode(frame));
  deepStrictEqual(read, {
    columns: [Uint8Array.of(1, 0, 0)],
    valid: [Uint8Array.of(1, 0, 1)],
  });
});
