import { Command, InvalidArgumentError } from "commander";
import { loadConfig } from "../../config.ts";
import { systemClock } from "../kit/mod.ts";
import { type ReplayOptions, runReplay, summaryLines } from "../research/replay/mod.ts";
import { bookCache } from "./book_cache.ts";
import { EXIT } from "./exit.ts";
import { standardOutput } from "./output.ts";
import { date, model, start } from "./parse.ts";

function speed(text: string): number | "max" {
  if (text === "max") return "max";
  const value = Number(text);
  if (!(value >= 0.1 && value <= 1_000)) {
    throw new InvalidArgumentError("It must be 0.1 to 1000 or max.");
  }
  return value;
}

function mode(text: string): "serve" | "core" {
  if (text === "serve" || text === "core") return text;
  throw new InvalidArgumentError("It must be serve or core.");
}

function bins(text: string): string {
  if (!/\.(arrow|jsonl)$/.test(text)) {
    throw new InvalidArgumentError("It must end in .arrow or .jsonl.");
  }
  return text;
}

interface Flags {
  readonly instrument?: string;
  readonly start?: string;
  readonly date?: string;
  readonly speed: number | "max";
  readonly mode: "serve" | "core";
  readonly model?: "complete" | "compat";
  readonly bins?: string;
  readonly json?: boolean;
}

/** `lotus replay FILE`: runs a file through the pressure engine and sums up what it found. */
export function replayCommand(): Command {
  return new Command("replay")
    .description("Run a .dbn or .dbn.zst file through the pressure engine")
    .argument("<file>", "market-by-order file")
    .option("--instrument <name>", "instrument name or YAML path (default: by the file's symbol)")
    .option("--start <time>", "first bin at HH:MM[:SS], New York time", start)
    .option("--date <date>", "date of the first bin in a file of several days", date)
    .option("--speed <x>", "multiple of recorded time, 0.1 to 1000, or max", speed, "max")
    .option("--mode <mode>", "serve: window around spot; core: the full grid", mode, "serve")
    .option("--model <model>", "complete or compat (default: the instrument's)", model)
    .option("--bins <out>", "write every bin to a .arrow or .jsonl file", bins)
    .option("--json", "results, warnings and progress as JSON lines")
    .addHelpText(
      "after",
      "\nExample:\n  lotus replay CLX5_mbo.dbn --start 15:45 --bins bins.arrow\n",
    )
    .action(replay);
}

async function replay(file: string, flags: Flags): Promise<void> {
  const config = loadConfig();
  const out = standardOutput(flags.json ?? false);
  const cancel = new AbortController();
  const onInterrupt = () => cancel.abort();
  const options: ReplayOptions = {
    file,
    instrument: flags.instrument ?? (config.instrumentConfigPath || config.instrument),
    start: flags.start ?? null,
    date: flags.date ?? null,
    speed: flags.speed,
    mode: flags.mode,
    model: flags.model ?? null,
    bins: flags.bins ?? null,
    projection: {
      form: config.projection,
      cubicScale: config.projectionCubicScale,
      dampingLambda: config.projectionDamping,
    },
    clock: systemClock,
    cache: bookCache(config.dataDir, out),
    signal: cancel.signal,
    onProgress: (share, note) => out.progress(share, note),
    onWarning: (message) => out.warning(message),
  };
  Deno.addSignalListener("SIGINT", onInterrupt);
  try {
    const { summary, priceDecimals, failure } = await runReplay(options);
    out.done();
    out.result(summaryLines(summary, priceDecimals), { ...summary });
    if (failure !== null) {
      console.error(`lotus: ${failure}`);
      Deno.exitCode = EXIT.FAILED;
    }
  } finally {
    Deno.removeSignalListener("SIGINT", onInterrupt);
    out.done();
  }
}
