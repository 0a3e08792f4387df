import { ok, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { TABLES } from "../../../engine/frames/surfaces/mod.ts";
import { withTempDir } from "../../testing/market_files.ts";
import { lakeDataset } from "../contracts/mod.ts";
import { anyRows } from "./_rows.ts";
import { PARTITION_FILES } from "./partition_place.ts";
import { partitionFolder, PartitionWriter } from "./mod.ts";

const PAGE = Deno.readTextFileSync(join(import.meta.dirname ?? ".", "../../../docs/lake.md"));
const WALL = lakeDataset(TABLES.WALL_SURFACE.name);
const MBO = lakeDataset(TABLES.OPTION_MBO.name);
const MAKING = { inputs: [], codeVersion: "1.0.0" };
const ASKED = { source: "synthetic", symbol: "ESH6", dt: "2026-01-06" };
const WINDOWS = 130;
const ROWS = 8;

/** The block of the page for a reader. */
function blockOf(reader: string): string {
  return new RegExp(`^\`\`\`\\w+ ${reader}\\n([\\s\\S]*?)^\`\`\`$`, "m").exec(PAGE)?.[1] ?? "";
}

interface Ran {
  readonly isDone: boolean;
  readonly text: string;
}

async function python(program: string, cwd?: string): Promise<Ran> {
  try {
    const { success, stdout, stderr } = await new Deno.Command("python3", {
      args: ["-c", program],
      ...(cwd !== undefined && { cwd }),
    }).output();
    const decoder = new TextDecoder();
    return {
      isDone: success,
      text: decoder.decode(stdout) + (success ? "" : decoder.decode(stderr)),
    };
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    return { isDone: false, text: "" };
  }
}

/** A lake of two futures and two dates, in which only one partition can be opened. */
function makeLake(folder: string): void {
  const lake = join(folder, "data/lake");
  for (const symbol of ["ESH6", "ESM6"]) {
    for (const dt of ["2026-01-06", "2026-01-07"]) {
      const of = { source: "synthetic", symbol, dt };
      const writer = new PartitionWriter(lake, WALL, of);
      writer.add(anyRows(TABLES.WALL_SURFACE, WINDOWS, ROWS));
      writer.commit(MAKING);
      if (symbol === ASKED.symbol && dt === ASKED.dt) continue;
      const path = join(partitionFolder(lake, WALL, of), PARTITION_FILES.DATA);
      Deno.writeTextFileSync(path, "nobody can read this");
    }
  }
  const options = new PartitionWriter(lake, MBO, { ...ASKED, symbol: "ESH6" });
  const frame = anyRows(TABLES.OPTION_MBO, 1, 9);
  const symbol = TABLES.OPTION_MBO.columns.findIndex(({ name }) => name === "symbol");
  const columns = frame.columns.map((array, i) =>
    i === symbol ? new Array<string>(9).fill("E1BF6 C6950") : array
  );
  options.add({ ...frame, columns });
  options.commit(MAKING);
}

/** Runs a program in such a lake where a package of Python is there, else says that it is not. */
function withReader(name: string, fact: string, program: string, check: (text: string) => void) {
  Deno.test(`${name} ${fact}`, async () => {
    if (!(await python(`import ${name}`)).isDone) {
      return console.log(`${name} is not here, so this was not tried`);
    }
    await withTempDir(async (folder) => {
      makeLake(folder);
      const { isDone, text } = await python(program, folder);
      ok(isDone, text);
      check(text);
    });
  });
}

const OPENS = "reads the symbol and date of docs/lake.md and opens no other file";

withReader(
  "duckdb",
  OPENS,
  `import duckdb\nprint(len(duckdb.sql("""${blockOf("duckdb")}""").fetchall()))`,
  (text) => {
    const frame = anyRows(TABLES.WALL_SURFACE, WINDOWS, ROWS);
    const place = TABLES.WALL_SURFACE.columns.findIndex(({ name }) => name === "depth_qty_rest");
    const rest = frame.columns[place] as Float64Array;
    strictEqual(text.trim(), String(rest.filter((value) => value > 100).length));
  },
);

withReader(
  "duckdb",
  "skips row groups by time",
  `import duckdb
rows = duckdb.sql("""EXPLAIN ANALYZE SELECT sum(add_qty)
  FROM read_parquet('data/lake/silver/*/symbol=ESH6/table=wall_surface_1s/dt=2026-01-06/*.parquet')
  WHERE window_end_ts_ns > 1767709925000000000""").fetchall()
print(rows[0][1])`,
  (text) => ok(/Row Groups Scanned: 1 \/ 3/.test(text), text),
);

withReader(
  "duckdb",
  "keeps the options' own symbols",
  `import duckdb
print(duckdb.sql("""SELECT DISTINCT symbol, underlying
  FROM read_parquet('data/lake/bronze/*/*/*/table=mbo/*/*.parquet', hive_partitioning = true)
  """).fetchall())`,
  (text) => strictEqual(text.trim(), "[('E1BF6 C6950', 'ESH6')]"),
);

withReader(
  "polars",
  OPENS,
  blockOf("polars"),
  (text) => ok(/shape: \(1_040, 21\)/.test(text), text),
);

withReader(
  "pyarrow",
  "reads names, types and what must be there",
  `import pyarrow.parquet as pq
file = pq.ParquetFile("data/lake/silver/product_type=future_mbo/symbol=ESH6/table=wall_surface_1s/dt=2026-01-06/part-00000.parquet")
print(", ".join(str(field) for field in file.schema_arrow))
statistics = file.metadata.row_group(0).column(3).statistics
print(statistics.min, statistics.max, file.read().num_rows)`,
  (text) => {
    const [fields = "", bounds] = text.trim().split("\n");
    ok(fields.startsWith("pyarrow.Field<window_start_ts_ns: int64 not null>"), fields);
    ok(
      fields.includes("<side: string not null>") &&
        fields.includes("<window_valid: bool not null>"),
    );
    strictEqual(bounds, `A B ${WINDOWS * ROWS}`);
  },
);

withReader("pyspark", OPENS, blockOf("spark"), (text) => ok(/^1040 rows$/m.test(text), text));
