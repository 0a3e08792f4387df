import { Command, InvalidArgumentError } from "commander";
import { loadConfig } from "../../config.ts";
import { systemClock } from "../kit/mod.ts";
import { benchCore, coreBenchLines } from "../research/replay/mod.ts";
import { standardOutput } from "./output.ts";
import { date, model, start } from "./parse.ts";

interface Flags {
  readonly startTime?: string;
  readonly date?: string;
  readonly instrument?: string;
  readonly model?: "complete" | "compat";
  readonly maxBins: number;
  readonly failOnOutOfRange: boolean;
  readonly json?: boolean;
}

function bins(text: string): number {
  if (!/^\d{1,9}$/.test(text)) {
    throw new InvalidArgumentError("It must be a whole number, 0 for all.");
  }
  return Number(text);
}

/** `lotus bench core FILE`: how fast the engine goes over the full grid of a file. */
export function benchCoreCommand(): Command {
  return new Command("core")
    .description("Time the full-grid engine over a market file, unpaced")
    .argument("<file>", "market-by-order file")
    .option(
      "--start-time <time>",
      "first bin at HH:MM[:SS], New York (default: first event)",
      start,
    )
    .option("--date <date>", "date of the first bin in a file of several days", date)
    .option("--instrument <name>", "instrument name or YAML path (default: by the file's symbol)")
    .option("--model <model>", "complete or compat (default: the instrument's)", model)
    .option("--max-bins <n>", "stop after so many bins, 0 for all", bins, 0)
    .option("--fail-on-out-of-range", "end at the first price outside the grid", false)
    .option("--json", "the result as a JSON line")
    .addHelpText("after", "\nExample:\n  lotus bench core CLX5_mbo.dbn --start-time 16:12\n")
    .action(measure);
}

async function measure(file: string, _flags: Flags, command: Command): Promise<void> {
  // The group above has --json too, and takes it for itself.
  const flags: Flags = command.optsWithGlobals();
  const config = loadConfig();
  const out = standardOutput(flags.json ?? false);
  try {
    const result = await benchCore({
      file,
      instrument: flags.instrument ?? (config.instrumentConfigPath || config.instrument),
      start: flags.startTime ?? null,
      date: flags.date ?? null,
      model: flags.model ?? null,
      maxBins: flags.maxBins,
      failOnOutOfRange: flags.failOnOutOfRange,
      clock: systemClock,
      onProgress: (share, note) => out.progress(share, note),
      onWarning: (message) => out.warning(message),
    });
    out.done();
    out.result(coreBenchLines(result), { ...result });
  } finally {
    out.done();
  }
}
