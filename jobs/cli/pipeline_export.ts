import { Command, Option } from "commander";
import { csvText } from "../../engine/frames/mod.ts";
import { lakeDataset } from "../lake/contracts/mod.ts";
import { PartitionError, PartitionReader } from "../lake/partitions/mod.ts";
import { EXIT } from "./exit.ts";
import { date } from "./parse.ts";
import { lakeOf, symbolOf } from "./pipeline_flags.ts";

interface Flags {
  readonly dataset: string;
  readonly symbol: string;
  readonly dt: string;
  readonly source: string;
  readonly format: "parquet" | "csv";
  readonly out: string;
  readonly lake?: string;
}

/** Returns the command `pipeline export`. */
export function pipelineExportCommand(): Command {
  return new Command("export")
    .description("Write a partition as one file")
    .requiredOption("--dataset <key>", "table, as silver.future_mbo.wall_surface_1s")
    .requiredOption("--dt <date>", "date, YYYY-MM-DD", date)
    .requiredOption("--out <file>", "where to")
    .option("--symbol <symbol>", "contract", symbolOf, "ESH6")
    .addOption(
      new Option("--source <name>", "where the raw files came from").default("synthetic")
        .choices(["synthetic", "databento"]),
    )
    .addOption(
      new Option("--format <format>", "of the file").choices(["parquet", "csv"]).default("parquet"),
    )
    .option("--lake <folder>", "root of the lake (default: lake in the data folder)")
    .addHelpText(
      "after",
      "\nExample:\n  lotus pipeline export --dataset silver.future_mbo.book_snapshot_1s --dt 2026-01-06 " +
        "--format csv --out snapshot.csv\n",
    )
    .action((flags: Flags) => exportPartition(flags));
}

async function exportPartition(flags: Flags): Promise<void> {
  const { symbol, dt, source, format, out } = flags;
  const lake = lakeOf(flags);
  try {
    const dataset = lakeDataset(flags.dataset);
    const of = { source, symbol, dt };
    const reader = await PartitionReader.open(lake, dataset, of);
    if (format === "csv") {
      using file = Deno.openSync(out, { write: true, create: true, truncate: true });
      let isFirst = true;
      for await (const frame of reader.frames()) {
        const text = csvText(dataset.table.columns, frame);
        writeAll(file, isFirst ? text : text.slice(text.indexOf("\n") + 1));
        isFirst = false;
      }
    } else {
      Deno.copyFileSync(reader.path, out);
    }
    console.log(`${reader.manifest.row_count} rows of ${dataset.key} in ${out}`);
  } catch (error) {
    const isTold = error instanceof PartitionError || error instanceof RangeError ||
      error instanceof Deno.errors.NotFound;
    if (!isTold) throw error;
    console.error(`lotus pipeline export: ${error.message}`);
    Deno.exitCode = EXIT.FAILED;
  }
}

function writeAll(file: Deno.FsFile, text: string): void {
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length;) at += file.writeSync(bytes.subarray(at));
}
