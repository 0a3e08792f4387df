import { Command, InvalidArgumentError, Option } from "commander";
import { PRESET_IDS, type PresetId, type RegimeId } from "../../engine/regime/mod.ts";
import { FLOW_REGIMES } from "../../engine/tape/futures/mod.ts";
import { measureSessions } from "./session_report.ts";
import { formatRealism } from "./realism_rows.ts";
import { writeSynthFile } from "./synth_file.ts";
import {
  endProgress,
  guarded,
  integer,
  MAX_MINUTES,
  MAX_SEED,
  showProgress,
} from "./synth_flags.ts";
import { measureRealism } from "./synth_report.ts";
import { sessionCommand } from "./synth_session.ts";

const DEFAULT_START = "2026-01-06T14:29:00Z";

interface MboFlags {
  readonly seed: number;
  readonly minutes: number;
  readonly regime: RegimeId | "auto";
  readonly preset: PresetId;
  readonly start: bigint;
  readonly out: string;
  readonly json: boolean;
}

interface ReportFlags {
  readonly seeds: number;
  readonly minutes: number;
  readonly session: boolean;
  readonly json: boolean;
}

/**
 * Returns the command `synth`: `synth mbo` writes a market to a file, `synth session` one with options
 * into the lake, `synth report` measures how real they are. Usage errors are thrown as CommanderError with `exitCode` 2 for the caller to end on;
 * failures of the work print one line and set the exit code to 1.
 */
export function synthCommand(): Command {
  const synth = new Command("synth").description("Make a synthetic market");
  synth.addHelpText("after", "\nExample:\n  lotus synth mbo --minutes 5 --out market.dbn.zst\n");
  synth.addCommand(mboCommand()).addCommand(sessionCommand()).addCommand(reportCommand());
  for (const command of [synth, ...synth.commands]) {
    command.exitOverride((error) => {
      if (error.exitCode !== 0) error.exitCode = 2;
      throw error;
    });
  }
  return synth;
}

function mboCommand(): Command {
  return new Command("mbo")
    .description("Write market-by-order records as a DBN file; the same bytes every time")
    .option("--seed <n>", "seed of the market", integer(0, MAX_SEED), 1)
    .option("--minutes <n>", "length in minutes", integer(1, MAX_MINUTES), 10)
    .addOption(
      new Option("--regime <name>", "hold one regime, or let the chain run")
        .choices([...FLOW_REGIMES, "auto"]).default("auto"),
    )
    .addOption(
      new Option("--preset <name>", "weights of the chain").choices(PRESET_IDS)
        .default("balanced_demo"),
    )
    .addOption(
      // A description of the default, as help cannot write a bigint.
      new Option("--start <iso>", "time of the snapshot").argParser(instant)
        .default(instant(DEFAULT_START), DEFAULT_START),
    )
    .requiredOption("--out <file>", "file to write: .dbn or .dbn.zst", dbnPath)
    .option("--json", "print the result as one JSON line", false)
    .addHelpText(
      "after",
      "\nExample:\n  lotus synth mbo --seed 7 --minutes 30 --regime trend_up --out up.dbn.zst\n",
    )
    .action((flags: MboFlags) => guarded(() => writeMbo(flags)));
}

function reportCommand(): Command {
  return new Command("report")
    .description("Measure generated markets against the targets of realism")
    .option("--seeds <n>", "markets to make: seeds 1 to n", integer(1, 1_000), 5)
    .option("--minutes <n>", "length of each in minutes", integer(1, MAX_MINUTES), 10)
    .option("--session", "with the day's options, and the regimes of two more presets", false)
    .option("--json", "print the rows as one JSON line", false)
    .addHelpText("after", "\nExample:\n  lotus synth report --seeds 3 --minutes 20\n")
    .action((flags: ReportFlags) =>
      guarded(() => {
        const seeds = Array.from({ length: flags.seeds }, (_, i) => i + 1);
        const measure = flags.session ? measureSessions : measureRealism;
        const rows = measure({ seeds, minutes: flags.minutes });
        console.log(flags.json ? JSON.stringify({ rows }) : formatRealism(rows));
        if (rows.some((row) => row.holds === false)) Deno.exitCode = 1;
      })
    );
}

async function writeMbo(flags: MboFlags): Promise<void> {
  const startedMs = performance.now();
  const result = await writeSynthFile({
    seed: flags.seed,
    minutes: flags.minutes,
    preset: flags.preset,
    startNs: flags.start,
    out: flags.out,
    ...(flags.regime !== "auto" && { regime: flags.regime }),
  }, showProgress);
  const seconds = Math.round(performance.now() - startedMs) / 1_000;
  endProgress();
  console.log(
    flags.json
      ? JSON.stringify({ file: flags.out, ...result, seconds })
      : `${flags.out}: ${result.records} records, ${result.bytes} bytes, ${seconds} s, ` +
        `sha256 ${result.sha256}`,
  );
}

function instant(text: string): bigint {
  const zoned = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/.test(text);
  const ms = zoned ? Date.parse(text) : NaN;
  if (ms > 3_600_000) return BigInt(ms) * 1_000_000n;
  throw new InvalidArgumentError("It must be an ISO time with a zone, as 2026-01-06T14:29:00Z.");
}

function dbnPath(text: string): string {
  if (/\.dbn(\.zst)?$/.test(text)) return text;
  throw new InvalidArgumentError("It must end in .dbn or .dbn.zst.");
}
