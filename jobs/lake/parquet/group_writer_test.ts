import { deepStrictEqual, rejects, strictEqual } from "node:assert/strict";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { asyncBufferFromFile, parquetMetadataAsync } from "hyparquet";
import fc from "fast-check";
import {
  type Column,
  type ColumnArray,
  describedColumn,
  type Frame,
} from "../../../engine/frames/mod.ts";
import {
  TOY_LAYOUT,
  toyFrame,
  ToyRow,
  toyRows,
} from "../../../engine/frames/testing/toy_layout.ts";
import { withTempDir } from "../../testing/market_files.ts";
import { parquetRows } from "../../testing/parquet_rows.ts";
import { chunkOf, repeatedChunk } from "./chunk.ts";
import { GroupReader } from "./group_reader.ts";
import { ParquetFile } from "./parquet_file.ts";

const { columns: COLUMNS } = TOY_LAYOUT;

function chunksOf({ columns, valid }: Frame) {
  return COLUMNS.map((column, i) => chunkOf(column, columns[i]!, valid[i]!));
}

/** A row as another program reads it: all 64-bit integers as bigint, JSON as what it says. */
function asRead(row: ToyRow): Record<string, unknown> {
  return Object.fromEntries(COLUMNS.map(({ name, type }) => {
    const value = row[name] ?? null;
    if (value === null) return [name, null];
    if (type === "i53") return [name, BigInt(value)];
    return [name, type === "json" ? JSON.parse(String(value)) : value];
  }));
}

Deno.test("ParquetFile gives every value and null of every type back, group by group", async () => {
  await withTempDir(async (folder) => {
    let runs = 0;
    const Groups = fc.array(fc.array(ToyRow, { minLength: 1, maxLength: 100 }), { maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(Groups, async (groups) => {
        const path = join(folder, `${runs++}.parquet`);
        const file = new ParquetFile(path, COLUMNS, { "lotus.toy": "yes" });
        for (const rows of groups) file.writeGroup(chunksOf(toyFrame(rows)));
        const facts = file.finish();
        const bytes = Deno.readFileSync(path);
        strictEqual(facts.bytes, bytes.length);
        strictEqual(facts.sha256, createHash("sha256").update(bytes).digest("hex"));
        strictEqual(facts.rows, groups.flat().length);
        deepStrictEqual(await parquetRows(path), groups.flat().map(asRead));
        const reader = await GroupReader.open(path);
        for (const [i, range] of reader.groups.entries()) {
          const read = toyRows(await reader.read(COLUMNS, range));
          deepStrictEqual(read.map(asRead), groups[i]?.map(asRead));
        }
      }),
      { seed: 20_260_101, numRuns: 60 },
    );
  });
});

const column = (name: string, type: Column["type"]): Column => ({
  name,
  type,
  unit: "",
  meaning: name,
});

const HEADER: readonly Column[] = [
  column("time", "i64"),
  column("count", "i53"),
  column("mid", "f64"),
  column("side", "i8"),
  column("venue", "utf8"),
  column("valid", "bool"),
];
const TIMES = 3;

Deno.test("repeatedChunk() puts a header's values on each of its frame's rows", async () => {
  const Header = fc.record({
    time: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    count: fc.integer(),
    mid: fc.constantFrom(0, 1.5, 1.25, -7),
    side: fc.constantFrom(-1, 0, 1),
    venue: fc.constantFrom("A", "É", ""),
    valid: fc.boolean(),
  });
  await withTempDir(async (folder) => {
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(Header, { minLength: 1, maxLength: 300 }), async (bins) => {
        const path = join(folder, `${runs++}.parquet`);
        const arrays: readonly ColumnArray[] = [
          BigInt64Array.from(bins, ({ time }) => time),
          Float64Array.from(bins, ({ count }) => count),
          Float64Array.from(bins, ({ mid }) => mid),
          Int8Array.from(bins, ({ side }) => side),
          bins.map(({ venue }) => venue),
          Uint8Array.from(bins, ({ valid }) => Number(valid)),
        ];
        const file = new ParquetFile(path, HEADER);
        file.writeGroup(HEADER.map((column, i) => repeatedChunk(column, arrays[i]!, TIMES)));
        file.finish();
        const expected = bins.map((bin) => ({ ...bin, count: BigInt(bin.count) }));
        deepStrictEqual(
          await parquetRows(path),
          expected.flatMap((bin) => new Array(TIMES).fill(bin)),
        );
      }),
      { seed: 20_260_101, numRuns: 30 },
    );
  });
});

Deno.test("ParquetFile states bounds, nulls, types and units for readers", async () => {
  await withTempDir(async (folder) => {
    const path = join(folder, "a.parquet");
    const columns = [
      ...HEADER.filter(({ name }) => name !== "venue"),
      { ...column("price", "f64"), nullable: true as const },
    ];
    const file = new ParquetFile(path, columns, { "lotus.contract": "toy@1:0" });
    const arrays = [
      BigInt64Array.of(5n, 9n),
      Float64Array.of(4, -2),
      Float64Array.of(0, 1),
      Int8Array.of(-1, 1),
      Uint8Array.of(0, 1),
      Float64Array.of(7, 0),
    ];
    const valid = Uint8Array.of(1, 0);
    file.writeGroup(columns.map((column, i) => chunkOf(column, arrays[i]!, valid)));
    file.finish();
    const footer = await parquetMetadataAsync(await asyncBufferFromFile(path));
    const told = footer.row_groups[0]?.columns.map(({ meta_data }) => meta_data?.statistics);
    deepStrictEqual(
      told?.map((of) => [of?.min_value, of?.max_value, of?.null_count]),
      [
        [5n, 9n, 0n],
        [-2n, 4n, 0n],
        [-0, 1, 0n],
        [-1, 1, 0n],
        [false, true, 0n],
        [7, 7, 1n],
      ],
    );
    strictEqual(footer.schema.find(({ name }) => name === "side")?.converted_type, "INT_8");
    const told_of = new Map(footer.key_value_metadata?.map(({ key, value }) => [key, value]));
    deepStrictEqual(
      JSON.parse(told_of.get("lotus.columns") ?? "null"),
      columns.map(describedColumn),
    );
    strictEqual(told_of.get("lotus.contract"), "toy@1:0");
  });
});

Deno.test("ParquetFile states bounds of texts and codes in the order of their bytes", async () => {
  await withTempDir(async (folder) => {
    const path = join(folder, "a.parquet");
    const side: Column = { ...column("side", "code"), codes: ["N", "B", "A"] };
    const columns = [side, column("symbol", "utf8"), column("rest", "json")];
    const file = new ParquetFile(path, columns);
    // A code point beyond 16 bits comes last by bytes, and before the other by halves.
    const arrays = [Uint8Array.of(1, 2, 1), ["\u{1F4C8}", "ES", "\uFB01"], ["{}", "[]", "1"]];
    file.writeGroup(columns.map((column, i) => chunkOf(column, arrays[i]!, null)));
    file.finish();
    const footer = await parquetMetadataAsync(await asyncBufferFromFile(path));
    const told = footer.row_groups[0]?.columns.map(({ meta_data }) => meta_data?.statistics);
    deepStrictEqual(
      told?.map((of) => [of?.min_value, of?.max_value]),
      [["A", "B"], ["ES", "\u{1F4C8}"], [undefined, undefined]],
    );
  });
});

Deno.test("GroupReader.read() refuses a text that is none of a column's codes", async () => {
  await withTempDir(async (folder) => {
    const path = join(folder, "a.parquet");
    const texts = column("side", "utf8");
    const file = new ParquetFile(path, [texts]);
    file.writeGroup([chunkOf(texts, ["B", "N"], null)]);
    file.finish();
    const reader = await GroupReader.open(path);
    const side: Column = { ...texts, type: "code", codes: ["B", "A"] };
    await rejects(reader.read([side], { from: 0, to: 2 }), { code: "column", subject: "side" });
  });
});

Deno.test("GroupReader.read() refuses a column that is not there, or lacks a value", async () => {
  await withTempDir(async (folder) => {
    const path = join(folder, "a.parquet");
    const price = column("price", "f64");
    const file = new ParquetFile(path, [{ ...price, nullable: true }]);
    const chunk = chunkOf({ ...price, nullable: true }, Float64Array.of(0), Uint8Array.of(0));
    file.writeGroup([chunk]);
    file.finish();
    const reader = await GroupReader.open(path);
    const all = { from: 0, to: 1 };
    await rejects(reader.read([price], all), { code: "column", subject: "price" });
    await rejects(reader.read([column("size", "f64")], all), { code: "column", subject: "size" });
  });
});
