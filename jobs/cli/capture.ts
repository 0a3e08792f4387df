import { Command, InvalidArgumentError } from "commander";
import { loadConfig } from "../../config.ts";
import {
  CaptureError,
  type CaptureOptions,
  type CaptureResult,
  runCapture,
} from "../lake/capture/mod.ts";
import { DatasetError } from "../lake/datasets/mod.ts";
import { type ProjectionModel } from "../../engine/pressure/mod.ts";
import { systemClock } from "../kit/mod.ts";
import { bookCache } from "./book_cache.ts";
import { EXIT } from "./exit.ts";
import { type Output, standardOutput } from "./output.ts";

const MAX_FLUSH_BINS = 1_000;

interface Flags {
  readonly start: string;
  readonly end: string;
  readonly outputDir: string;
  readonly dt?: string;
  readonly instrument?: string;
  readonly model?: "complete" | "compat";
  readonly flushBinsEvery: number;
  readonly projectionUseCubic?: boolean;
  readonly projectionCubicScale?: number;
  readonly projectionDampingLambda?: number;
  readonly compact?: boolean;
  readonly replace?: boolean;
  readonly json?: boolean;
}

function date(text: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))) return text;
  throw new InvalidArgumentError("It must be YYYY-MM-DD, a New York date.");
}

function model(text: string): "complete" | "compat" {
  if (text === "complete" || text === "compat") return text;
  throw new InvalidArgumentError("It must be complete or compat.");
}

function flushBins(text: string): number {
  const value = /^\d{1,4}$/.test(text) ? Number(text) : NaN;
  if (value >= 1 && value <= MAX_FLUSH_BINS) return value;
  throw new InvalidArgumentError(`It must be 1 to ${MAX_FLUSH_BINS}.`);
}

function notNegative(text: string): number {
  const value = text.trim() === "" ? NaN : Number(text);
  if (value >= 0 && value < Infinity) return value;
  throw new InvalidArgumentError("It must be 0 or more.");
}

/** `lotus capture FILE`: stores a stretch of a market file, bin by bin, as Parquet. */
export function captureCommand(): Command {
  return new Command("capture")
    .description("Store every bin of a stretch of a .dbn or .dbn.zst file as Parquet")
    .argument("<file>", "market-by-order file")
    .requiredOption("--start <time>", "first minute, HH:MM, New York time")
    .requiredOption("--end <time>", "HH:MM[:SS]; a bin that ends then is not stored")
    .requiredOption("--output-dir <dir>", "folder to fill: missing or empty")
    .option("--dt <date>", "New York date, when the file holds the window on several", date)
    .option("--instrument <name>", "instrument name or YAML path (default: by the file's symbol)")
    .option("--model <model>", "complete or compat (default: the instrument's)", model)
    .option("--flush-bins-every <n>", "bins of a row group", flushBins, 200)
    .option("--projection-use-cubic", "add the third-order term to the projection")
    .option("--projection-cubic-scale <x>", "weight of the third-order term", notNegative)
    .option("--projection-damping-lambda <x>", "damping per second of horizon", notNegative)
    .option("--compact", "keep only the rows from which lotus expand restores all others")
    .option("--replace", "remove what a capture that died has left in the folder")
    .option("--json", "the manifest, warnings and progress as JSON lines")
    .addHelpText(
      "after",
      "\nExample:\n" +
        "  lotus capture CLX5_mbo.dbn --start 15:45 --end 16:45 --output-dir captures/clx5\n",
    )
    .action(capture);
}

async function capture(file: string, flags: Flags): Promise<void> {
  const config = loadConfig();
  const out = standardOutput(flags.json ?? false);
  const cancel = new AbortController();
  const onSignal = () => cancel.abort();
  const options: CaptureOptions = {
    file,
    start: flags.start,
    end: flags.end,
    date: flags.dt ?? null,
    outputDir: flags.outputDir,
    instrument: flags.instrument ?? (config.instrumentConfigPath || config.instrument),
    model: flags.model ?? null,
    flushBins: flags.flushBinsEvery,
    projection: projection(flags, {
      form: config.projection,
      cubicScale: config.projectionCubicScale,
      dampingLambda: config.projectionDamping,
    }),
    compact: flags.compact ?? false,
    replace: flags.replace ?? false,
    clock: systemClock,
    cache: bookCache(config.dataDir, out),
    signal: cancel.signal,
    onProgress: (share, note) => out.progress(share, note),
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) Deno.addSignalListener(signal, onSignal);
  try {
    tell(await runCapture(options), out, flags.outputDir);
  } catch (error) {
    out.done();
    if (!(error instanceof CaptureError || error instanceof DatasetError)) throw error;
    console.error(`lotus capture: ${error.message}`);
    Deno.exitCode = error.code === "usage" ? EXIT.USAGE : EXIT.FAILED;
  } finally {
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      Deno.removeSignalListener(signal, onSignal);
    }
    out.done();
  }
}

function projection(flags: Flags, base: ProjectionModel): ProjectionModel {
  return {
    form: flags.projectionUseCubic === true ? "cubic" : base.form,
    cubicScale: flags.projectionCubicScale ?? base.cubicScale,
    dampingLambda: flags.projectionDampingLambda ?? base.dampingLambda,
  };
}

function tell(result: CaptureResult, out: Output, folder: string): void {
  const { manifest, warnings, seconds, speed } = result;
  out.done();
  if (warnings !== null) {
    const others = warnings.count === 1 ? "" : ` (and ${warnings.count - 1} more like it)`;
    out.warning(`${warnings.first}${others}`);
  }
  if (!result.reachedEnd) out.warning("the records end before the window does");
  const count = (value: number) => value.toLocaleString("en-US");
  const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0);
  const { bins: _bins, ...kinds } = manifest.rows;
  const rows = Object.values(kinds).reduce((sum, kind) => sum + kind, 0);
  out.result(
    `${folder}: ${count(manifest.rows.bins)} bins, ${count(rows)} rows, ` +
      `${count(bytes)} bytes\n` +
      `${manifest.symbol} ${manifest.dt}, config ${manifest.config_version}, ` +
      `${manifest.pressure_model} model\n` +
      `${seconds.toFixed(1)} s, ${speed.toFixed(0)} times real time`,
    manifest,
  );
}
