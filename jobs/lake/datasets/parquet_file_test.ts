import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { asyncBufferFromFile, parquetMetadataAsync } from "hyparquet";
import fc from "fast-check";
import type { Column } from "../../../engine/frames/contract.ts";
import { withTempDir } from "../../testing/market_files.ts";
import { parquetRows } from "../../testing/parquet_rows.ts";
import {
  type Chunk,
  doubleChunk,
  flagChunk,
  int32Chunk,
  int64Chunk,
  repeatedChunk,
  wideIntegers,
} from "./_chunk.ts";
import { ParquetFile } from "./parquet_file.ts";

const column = (name: string, type: Column["type"]): Column => ({
  name,
  type,
  unit: "",
  meaning: name,
});

const COLUMNS = [
  column("i8", "i8"),
  column("i32", "i32"),
  column("i64", "i64"),
  column("f64", "f64"),
  column("run64", "i64"),
  column("runf", "f64"),
  column("flag", "bool"),
];

interface Bin {
  readonly time: bigint;
  readonly mid: number;
  readonly flag: boolean;
  readonly values: readonly [number, number];
}

const TIMES = 2;

function chunksOf(bins: readonly Bin[]): Chunk[] {
  const values = bins.flatMap((bin) => bin.values);
  const small = Int32Array.from(values, (value) => Math.sign(value));
  const whole = Float64Array.from(values, (value) => Math.trunc(value * 1e6) % 2 ** 53 + 0);
  return [
    int32Chunk(small),
    int32Chunk(Int32Array.from(values, (value) => value | 0)),
    int64Chunk(wideIntegers(whole, new BigInt64Array(whole.length))),
    doubleChunk(Float64Array.from(values)),
    repeatedChunk(BigInt64Array.from(bins, ({ time }) => time), TIMES),
    repeatedChunk(Float64Array.from(bins, ({ mid }) => mid), TIMES),
    flagChunk(Uint8Array.from(bins, ({ flag }) => flag ? 1 : 0), TIMES),
  ];
}

function rowsOf(bins: readonly Bin[]): Record<string, unknown>[] {
  return bins.flatMap(({ time, mid, flag, values }) =>
    values.map((value) => ({
      i8: Math.sign(value) + 0,
      i32: value | 0,
      i64: BigInt(Math.trunc(value * 1e6) % 2 ** 53),
      f64: value,
      run64: time,
      runf: mid,
      flag,
    }))
  );
}

const Bins = fc.array(
  fc.record({
    time: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    mid: fc.constantFrom(0, 1.5, 1.25, -7),
    flag: fc.boolean(),
    values: fc.tuple(
      fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }),
      fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }),
    ),
  }),
  { minLength: 1, maxLength: 300 },
);

Deno.test("ParquetFile gives every value of every type back, group by group", async () => {
  await withTempDir(async (folder) => {
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(Bins, { minLength: 1, maxLength: 3 }), async (groups) => {
        const path = join(folder, `${runs++}.parquet`);
        const file = new ParquetFile(path, COLUMNS);
        for (const bins of groups) file.writeGroup(chunksOf(bins));
        const facts = file.finish();
        const bytes = Deno.readFileSync(path);
        strictEqual(facts.bytes, bytes.length);
        strictEqual(facts.sha256, createHash("sha256").update(bytes).digest("hex"));
        const expected = groups.flatMap(rowsOf);
        strictEqual(facts.rows, expected.length);
        deepStrictEqual(await parquetRows(path), expected);
      }),
      { seed: 20_260_101, numRuns: 30 },
    );
  });
});

Deno.test("ParquetFile states bounds, types and units for readers", async () => {
  await withTempDir(async (folder) => {
    const path = join(folder, "a.parquet");
    const file = new ParquetFile(path, COLUMNS);
    file.writeGroup(chunksOf([
      { time: 5n, mid: 1, flag: false, values: [-2.5, 0] },
      { time: 9n, mid: 3, flag: true, values: [4, 1] },
    ]));
    file.finish();
    const footer = await parquetMetadataAsync(await asyncBufferFromFile(path));
    const bounds = footer.row_groups[0]?.columns.map(({ meta_data }) => [
      meta_data?.statistics?.min_value,
      meta_data?.statistics?.max_value,
    ]);
    deepStrictEqual(bounds, [
      [-1, 1],
      [-2, 4],
      [-2_500_000n, 4_000_000n],
      [-2.5, 4],
      [5n, 9n],
      [1, 3],
      [false, true],
    ]);
    strictEqual(footer.schema[1]?.converted_type, "INT_8");
    deepStrictEqual(
      JSON.parse(footer.key_value_metadata?.[0]?.value ?? "null"),
      COLUMNS,
    );
  });
});
