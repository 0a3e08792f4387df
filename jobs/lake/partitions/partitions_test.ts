import { deepStrictEqual, ok, rejects, strictEqual, throws } from "node:assert/strict";
import { dirname, join } from "node:path";
import { asyncBufferFromFile, parquetMetadataAsync } from "hyparquet";
import fc from "fast-check";
import { csvText, EpochBase, type Frame, rowsOf } from "../../../engine/frames/mod.ts";
import { TABLES } from "../../../engine/frames/surfaces/mod.ts";
import { withTempDir } from "../../testing/market_files.ts";
import { parquetRows } from "../../testing/parquet_rows.ts";
import { LAKE, type LakeDataset, lakeDataset } from "../contracts/mod.ts";
import { fileSha256 } from "../parquet/mod.ts";
import { anyRows, netVelocity, netVelocityRows, OPEN_NS } from "./_rows.ts";
import { PARTITION_FILES } from "./partition_place.ts";
import {
  isComplete,
  partitionDates,
  PartitionError,
  partitionFolder,
  partitionInput,
  type PartitionOf,
  PartitionReader,
  PartitionWriter,
  readManifest,
  staleInputs,
} from "./mod.ts";

const OF: PartitionOf = { source: "synthetic", symbol: "ESH6", dt: "2026-01-06" };
const MAKING = { inputs: [], codeVersion: "1.0.0" };
const WALL = lakeDataset(TABLES.WALL_SURFACE.name);
const SMILE = lakeDataset(TABLES.SMILE.name);

function write(
  lake: string,
  dataset: LakeDataset,
  frames: readonly Frame[],
  { of = OF, inputs = MAKING.inputs }: { of?: PartitionOf; inputs?: typeof MAKING.inputs } = {},
) {
  const writer = new PartitionWriter(lake, dataset, of);
  for (const frame of frames) writer.add(frame);
  return writer.commit({ ...MAKING, inputs });
}

/** A frame in pieces of so many rows. */
function pieces({ columns, valid, ...frame }: Frame, rows: number): readonly Frame[] {
  const all = rowsOf({ columns });
  return Array.from({ length: Math.ceil(all / rows) }, (_, i) => ({
    ...frame,
    columns: columns.map((array) => array.slice(i * rows, (i + 1) * rows)),
    valid: valid.map((flags) => flags?.slice(i * rows, (i + 1) * rows) ?? null),
  }));
}

/** Files of a folder by their hashes: two of them that differ are told in a line. */
function files(folder: string): ReadonlyMap<string, string> {
  const names = [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
  return new Map(names.map((name) => [name, fileSha256(join(folder, name))]));
}

Deno.test("PartitionReader gives the rows of every table back that PartitionWriter took", async () => {
  await withTempDir(async (lake) => {
    for (const dataset of LAKE.values()) {
      const { table } = dataset;
      const isByWindow = table.key.length === 1 && table.key[0] === "window_end_ts_ns";
      const frame = table.key.includes("window_end_ts_ns")
        ? anyRows(table, 70, isByWindow ? 1 : 12)
        : anyRows(table, 1, 9);
      write(lake, dataset, [frame]);
      const reader = await PartitionReader.open(lake, dataset, OF);
      const texts: string[] = [];
      for await (const group of reader.frames()) {
        texts.push(csvText(table.columns, group).split("\n").slice(1, -1).join("\n"));
      }
      const expected = csvText(table.columns, frame).split("\n").slice(1, -1).join("\n");
      strictEqual(texts.join("\n"), expected, dataset.key);
      ok(reader.isUntouched());
    }
  });
});

Deno.test("PartitionWriter gives the same bytes for the same rows, in whatever pieces they come", async () => {
  await withTempDir(async (lake) => {
    const frame = anyRows(TABLES.WALL_SURFACE, 130, 8);
    write(lake, WALL, [frame]);
    const folder = partitionFolder(lake, WALL, OF);
    const expected = files(folder);
    deepStrictEqual([...expected.keys()], ["_MANIFEST.json", "_SUCCESS", "part-00000.parquet"]);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 1_100 }), (rows) => {
        write(lake, WALL, pieces(frame, rows));
        deepStrictEqual(files(folder), expected);
        return Promise.resolve();
      }),
      { seed: 20_260_101, numRuns: 8 },
    );
    deepStrictEqual([...Deno.readDirSync(dirname(folder))].map(({ name }) => name), [
      "dt=2026-01-06",
    ]);
  });
});

Deno.test("PartitionWriter puts the windows of a minute into a row group, with bounds of every column", async () => {
  await withTempDir(async (lake) => {
    write(lake, WALL, [anyRows(TABLES.WALL_SURFACE, 150, 8)]);
    const path = join(partitionFolder(lake, WALL, OF), PARTITION_FILES.DATA);
    const footer = await parquetMetadataAsync(await asyncBufferFromFile(path));
    deepStrictEqual(footer.row_groups.map((group) => Number(group.num_rows)), [480, 480, 240]);
    footer.row_groups.forEach((group, i) => {
      for (const { meta_data } of group.columns) {
        const { min_value, max_value, null_count } = meta_data?.statistics ?? {};
        ok(min_value !== undefined && max_value !== undefined, meta_data?.path_in_schema[0]);
        strictEqual(null_count, 0n);
        strictEqual(meta_data?.codec, "ZSTD");
      }
      const start = group.columns[0]?.meta_data?.statistics;
      strictEqual(start?.min_value, OPEN_NS + BigInt(i) * 60_000_000_000n);
    });
  });
});

Deno.test("a manifest has sorted keys, hashes of contract and content, and no time of its making", async () => {
  await withTempDir(async (lake) => {
    const manifest = write(lake, SMILE, [anyRows(TABLES.SMILE, 2, 3)]);
    const path = join(partitionFolder(lake, SMILE, OF), PARTITION_FILES.MANIFEST);
    const text = Deno.readTextFileSync(path);
    deepStrictEqual(JSON.parse(text), manifest);
    strictEqual(text, `${JSON.stringify(JSON.parse(text), null, 2)}\n`);
    deepStrictEqual(Object.keys(JSON.parse(text)), [
      "code_version",
      "content_sha256",
      "contract_path",
      "contract_sha256",
      "dataset",
      "dt",
      "engine_mode",
      "hour",
      "inputs",
      "row_count",
      "session_window",
      "stage",
    ]);
    strictEqual(manifest.row_count, 6);
    const contract = Deno.readFileSync(
      join(import.meta.dirname ?? "", "../../..", manifest.contract_path),
    );
    const digest = await crypto.subtle.digest("SHA-256", contract);
    strictEqual(manifest.contract_sha256, new Uint8Array(digest).toHex());
  });
});

Deno.test("hyparquet reads a partition: 64-bit times, texts, nulls", async () => {
  await withTempDir(async (lake) => {
    const dataset = lakeDataset(TABLES.NET_VELOCITY.name);
    const base = new EpochBase(OPEN_NS);
    const rows = netVelocityRows();
    const writer = new PartitionWriter(lake, dataset, OF);
    for (let window = 1; window <= 61; window++) writer.add(netVelocity(rows, base, window * 1e9));
    writer.commit(MAKING);
    const read = await parquetRows(join(partitionFolder(lake, dataset, OF), PARTITION_FILES.DATA));
    strictEqual(read.length, 61 * 21);
    deepStrictEqual(read[21 * 60 + 4], {
      window_end_ts_ns: OPEN_NS + 61_000_000_000n,
      spot_ref_price_int: 6_950_000_000_000n,
      strike_price_int: 6_920_000_000_000n,
      rel_ticks: -120,
      liquidity_velocity: Math.sin(65),
    });
    write(lake, SMILE, [anyRows(TABLES.SMILE, 1, 2)]);
    const [first, second] = await parquetRows(
      join(partitionFolder(lake, SMILE, OF), PARTITION_FILES.DATA),
    );
    deepStrictEqual([first?.["iv"], first?.["iv_source"]], [null, "solved"]);
    deepStrictEqual([second?.["iv"], second?.["iv_source"]], [1 / 7, "smile"]);
  });
});

Deno.test("a partition is there once it is whole; an attempt that ends leaves what was there", async () => {
  await withTempDir(async (lake) => {
    const frame = anyRows(TABLES.SMILE, 2, 3);
    const writer = new PartitionWriter(lake, SMILE, OF);
    writer.add(frame);
    strictEqual(isComplete(lake, SMILE, OF), false);
    await rejects(PartitionReader.open(lake, SMILE, OF), { code: "not_there" });
    throws(() => partitionInput(lake, SMILE, OF), { code: "input_not_ready" });
    deepStrictEqual(partitionDates(lake, SMILE, OF), []);
    writer.commit(MAKING);
    deepStrictEqual(partitionDates(lake, SMILE, OF), ["2026-01-06"]);
    const before = files(partitionFolder(lake, SMILE, OF));
    const other = new PartitionWriter(lake, SMILE, OF);
    other.add(anyRows(TABLES.SMILE, 1, 1));
    other.abort();
    other.abort();
    deepStrictEqual(files(partitionFolder(lake, SMILE, OF)), before);
    Deno.removeSync(join(partitionFolder(lake, SMILE, OF), PARTITION_FILES.SUCCESS));
    strictEqual(isComplete(lake, SMILE, OF), false);
    write(lake, SMILE, [frame]);
    deepStrictEqual(files(partitionFolder(lake, SMILE, OF)), before);
  });
});

Deno.test("two writers of one partition both end, and one whole partition stays", async () => {
  await withTempDir((lake) => {
    const frame = anyRows(TABLES.SMILE, 2, 3);
    const writers = [1, 2].map(() => new PartitionWriter(lake, SMILE, OF));
    for (const writer of writers) writer.add(frame);
    for (const writer of writers) writer.commit(MAKING);
    const folder = dirname(partitionFolder(lake, SMILE, OF));
    deepStrictEqual([...Deno.readDirSync(folder)].map(({ name }) => name), ["dt=2026-01-06"]);
    strictEqual(readManifest(lake, SMILE, OF).manifest.row_count, 6);
    return Promise.resolve();
  });
});

Deno.test("what a writer that died has left is removed by the next one", async () => {
  await withTempDir((lake) => {
    const folder = dirname(partitionFolder(lake, SMILE, OF));
    Deno.mkdirSync(join(folder, ".tmp_dead"), { recursive: true });
    Deno.writeTextFileSync(join(folder, ".tmp_dead.lock"), "");
    Deno.writeTextFileSync(join(folder, ".tmp_dead", PARTITION_FILES.DATA), "half");
    Deno.writeTextFileSync(join(folder, ".tmp_young.lock"), "");
    write(lake, SMILE, [anyRows(TABLES.SMILE, 2, 3)]);
    deepStrictEqual([...Deno.readDirSync(folder)].map(({ name }) => name), ["dt=2026-01-06"]);
    return Promise.resolve();
  });
});

Deno.test("staleInputs() tells inputs that changed or went since", async () => {
  await withTempDir((lake) => {
    const wall = anyRows(TABLES.WALL_SURFACE, 2, 8);
    write(lake, WALL, [wall]);
    const inputs = [partitionInput(lake, WALL, OF)];
    const writer = new PartitionWriter(lake, SMILE, OF);
    writer.add(anyRows(TABLES.SMILE, 2, 3));
    writer.commit({ ...MAKING, inputs });
    deepStrictEqual(staleInputs(lake, SMILE, OF), []);
    write(lake, WALL, [wall]);
    deepStrictEqual(staleInputs(lake, SMILE, OF), [], "the same rows are the same input");
    write(lake, WALL, [anyRows(TABLES.WALL_SURFACE, 3, 8)]);
    deepStrictEqual(staleInputs(lake, SMILE, OF), inputs);
    Deno.removeSync(partitionFolder(lake, WALL, OF), { recursive: true });
    deepStrictEqual(staleInputs(lake, SMILE, OF), inputs);
    return Promise.resolve();
  });
});

function changed(frame: Frame, name: string, change: (values: number[]) => void): Frame {
  const place = TABLES.SMILE.columns.findIndex((column) => column.name === name);
  return {
    ...frame,
    columns: frame.columns.map((array, i) => {
      if (i !== place || Array.isArray(array)) return array;
      const copy = array.slice();
      change(copy as unknown as number[]);
      return copy;
    }),
  };
}

const GOOD = anyRows(TABLES.SMILE, 2, 3);

const REFUSED: readonly (readonly [string, PartitionError["code"], Frame])[] = [
  ["of another table", "contract", { ...GOOD, layout: "gold.other" }],
  ["that lack a column", "contract", { ...GOOD, columns: GOOD.columns.slice(1) }],
  ["kept in another way", "contract", {
    ...GOOD,
    columns: GOOD.columns.map((array) =>
      array instanceof Int32Array ? Float64Array.from(array) : array
    ),
  }],
  ["without a value that must be there", "contract", {
    ...GOOD,
    valid: GOOD.valid.map((flags) => flags ?? new Uint8Array(6)),
  }],
  ["that are no numbers", "not_finite", changed(GOOD, "t_years", (v) => v[4] = NaN)],
  ["out of order", "order", changed(GOOD, "strike_price_int", (v) => v[1] = 9e12)],
  ["of one key twice", "order", changed(GOOD, "strike_price_int", (v) => v[1] = v[0]!)],
];

for (const [what, code, frame] of REFUSED) {
  Deno.test(`PartitionWriter.add() refuses rows ${what}`, async () => {
    await withTempDir((lake) => {
      const writer = new PartitionWriter(lake, SMILE, OF);
      throws(() => writer.add(frame), { name: "PartitionError", code });
      writer.abort();
      return Promise.resolve();
    });
  });
}

Deno.test("PartitionWriter.add() refuses rows that come before those of the call before", async () => {
  await withTempDir((lake) => {
    const writer = new PartitionWriter(lake, SMILE, OF);
    writer.add(GOOD);
    throws(() => writer.add(GOOD), { code: "order" });
    writer.abort();
    return Promise.resolve();
  });
});

Deno.test("PartitionWriter.add() refuses another value in a column that a folder is named after", async () => {
  await withTempDir((lake) => {
    const dataset = lakeDataset(TABLES.FUTURE_MBO.name);
    const writer = new PartitionWriter(lake, dataset, { ...OF, symbol: "ESM6" });
    throws(() => writer.add(anyRows(TABLES.FUTURE_MBO, 1, 2)), { code: "folder_value" });
    writer.abort();
    return Promise.resolve();
  });
});

Deno.test("PartitionWriter.commit() refuses a partition without rows and leaves nothing", async () => {
  await withTempDir((lake) => {
    const writer = new PartitionWriter(lake, SMILE, OF);
    throws(() => writer.commit(MAKING), { code: "no_rows" });
    deepStrictEqual([...Deno.readDirSync(dirname(partitionFolder(lake, SMILE, OF)))], []);
    return Promise.resolve();
  });
});

Deno.test("partitionFolder() refuses names that would leave the lake", () => {
  for (
    const wrong of [{ symbol: "../x" }, { symbol: "" }, { source: "a/b" }, { dt: "2026-1-6" }, {
      dt: "2026-13-01",
    }]
  ) {
    throws(() => partitionFolder("lake", WALL, { ...OF, ...wrong }), { code: "bad_name" });
  }
  strictEqual(
    partitionFolder("lake", lakeDataset(TABLES.OPTION_MBO.name), OF),
    "lake/bronze/source=synthetic/product_type=future_option_mbo/underlying=ESH6/table=mbo/dt=2026-01-06",
  );
});

Deno.test("PartitionReader.open() refuses files that are not as their manifest says", async () => {
  await withTempDir(async (lake) => {
    write(lake, SMILE, [GOOD]);
    const at = (name: string) => join(partitionFolder(lake, SMILE, OF), name);
    const changedTable = {
      ...SMILE,
      table: { ...SMILE.table, columns: SMILE.table.columns.slice(1) },
    };
    await rejects(PartitionReader.open(lake, changedTable, OF), { code: "contract" });
    const text = Deno.readTextFileSync(at(PARTITION_FILES.MANIFEST));
    for (const damaged of ["{}", "", text.replace('"row_count": 6', '"row_count": 7')]) {
      Deno.writeTextFileSync(at(PARTITION_FILES.MANIFEST), damaged);
      await rejects(PartitionReader.open(lake, SMILE, OF), { code: "damaged" });
    }
    Deno.writeTextFileSync(at(PARTITION_FILES.MANIFEST), text);
    const reader = await PartitionReader.open(lake, SMILE, OF);
    const { columns } = await reader.read(reader.groups[0]!, ["stale_s", "iv_source"]);
    strictEqual(columns.length, 2);
    await rejects(reader.read(reader.groups[0]!, ["other"]), { name: "LayoutError" });
    const file = Deno.readFileSync(at(PARTITION_FILES.DATA));
    file[20]! ^= 1;
    Deno.writeFileSync(at(PARTITION_FILES.DATA), file);
    strictEqual(reader.isUntouched(), false);
    Deno.writeTextFileSync(at(PARTITION_FILES.DATA), "no Parquet");
    await rejects(PartitionReader.open(lake, SMILE, OF), { code: "damaged" });
  });
});
