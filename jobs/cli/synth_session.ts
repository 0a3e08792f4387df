import { Command, InvalidArgumentError, Option } from "commander";
import { join } from "node:path";
import { loadConfig } from "../../config.ts";
import { newYorkNs } from "../../engine/clock/mod.ts";
import { PRESET_IDS, type PresetId } from "../../engine/regime/mod.ts";
import { type SessionFile, tradingHours, writeSessionFiles } from "./session_files.ts";
import {
  endProgress,
  guarded,
  integer,
  MAX_MINUTES,
  MAX_SEED,
  showProgress,
} from "./synth_flags.ts";

const DEFAULT_DATE = "2026-01-06";
const DEFAULT_FROM = "09:29";
/** The minute before the open, and ten minutes. */
const DEFAULT_MINUTES = 11;
const NS_PER_MIN = 60_000_000_000n;

interface Flags {
  readonly seed: number;
  readonly dt: string;
  readonly from: string;
  readonly to?: string;
  readonly minutes?: number;
  readonly preset: PresetId;
  readonly out?: string;
  readonly zstd: boolean;
  readonly json: boolean;
}

/** Returns the command `synth session`, which writes a market of a future and its options into the lake's raw layer. */
export function sessionCommand(): Command {
  return new Command("session")
    .description(
      "Write a future and the day's options into the lake as DBN files; the same bytes every time",
    )
    .option("--seed <n>", "seed of the market", integer(0, MAX_SEED), 1)
    .option("--dt <date>", "trading day, YYYY-MM-DD", tradingDay, DEFAULT_DATE)
    .option("--from <time>", "time of the snapshot, New York, HH:MM", timeOfDay, DEFAULT_FROM)
    .addOption(
      new Option("--to <time>", "end, New York, HH:MM").argParser(timeOfDay).conflicts("minutes"),
    )
    .option(
      "--minutes <n>",
      `length in minutes (default: ${DEFAULT_MINUTES}, or until --to)`,
      integer(1, MAX_MINUTES),
    )
    .addOption(
      new Option("--preset <name>", "weights of the regimes").choices(PRESET_IDS)
        .default("balanced_demo"),
    )
    .option("--out <folder>", "root of the lake (default: lake in the data folder)")
    .option("--zstd", "compress the DBN files", false)
    .option("--json", "print the files as one JSON line", false)
    .addHelpText(
      "after",
      "\nExample:\n  lotus synth session --seed 7 --from 09:29 --to 10:30 --zstd\n",
    )
    .action(function (this: Command, flags: Flags) {
      const stretch = stretchOf(flags, this);
      return guarded(() => writeSession(flags, stretch));
    });
}

interface Stretch {
  readonly startNs: bigint;
  readonly minutes: number;
}

/** Start and length of the market. Wrong usage ends the command. */
function stretchOf({ dt, from, to, minutes }: Flags, command: Command): Stretch {
  const startNs = newYorkNs(dt, from);
  const hours = tradingHours(dt);
  if (hours === null || startNs >= hours.closeNs) {
    command.error("error: option '--from' must be before the close of the day");
  }
  if (to === undefined) return { startNs, minutes: minutes ?? DEFAULT_MINUTES };
  const length = Number((newYorkNs(dt, to) - startNs) / NS_PER_MIN);
  if (length < 1) command.error("error: option '--to' must be after '--from'");
  return { startNs, minutes: length };
}

async function writeSession(flags: Flags, { startNs, minutes }: Stretch): Promise<void> {
  const startedMs = performance.now();
  const files = await writeSessionFiles({
    seed: flags.seed,
    preset: flags.preset,
    dt: flags.dt,
    startNs,
    minutes,
    lake: flags.out ?? join(loadConfig().dataDir, "lake"),
    isCompressed: flags.zstd,
  }, showProgress);
  const seconds = Math.round(performance.now() - startedMs) / 1_000;
  endProgress();
  if (flags.json) console.log(JSON.stringify({ files, seconds }));
  else for (const file of files) console.log(line(file));
}

function line({ path, records, bytes, sha256 }: SessionFile): string {
  return `${path}: ${records} records, ${bytes} bytes, sha256 ${sha256}`;
}

function tradingDay(text: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text) && tradingHours(text) !== null) return text;
  throw new InvalidArgumentError("It must be a trading day, YYYY-MM-DD.");
}

function timeOfDay(text: string): string {
  if (/^([01]\d|2[0-3]):[0-5]\d$/.test(text)) return text;
  throw new InvalidArgumentError("It must be a time in New York, HH:MM.");
}
