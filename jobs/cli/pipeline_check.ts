import { Command, Option } from "commander";
import { newYorkNs } from "../../engine/clock/mod.ts";
import type { PresetId } from "../../engine/regime/mod.ts";
import { type CheckReport, checkSession } from "../lake/checks/mod.ts";
import { localRunner, PRODUCTS, runPipeline, SESSIONS } from "../lake/pipeline/mod.ts";
import { EXIT } from "./exit.ts";
import { type Output, standardOutput } from "./output.ts";
import { date } from "./parse.ts";
import { datesOf, symbolOf } from "./pipeline_flags.ts";
import { writeSessionFiles } from "./session_files.ts";

/** Markets that are made when no lake is named. */
const PRESETS: readonly PresetId[] = ["balanced_demo", "event_day", "dealer_day"];
const SEEDS = [1, 2, 3];
const DT = "2026-01-06";
const SYMBOL = "ESH6";
/** The minute before the open, and ten minutes. */
const MINUTES = 11;

interface Flags {
  readonly lake?: string;
  readonly symbol: string;
  readonly source: string;
  readonly dt?: string;
  readonly dates?: readonly string[];
  readonly json: boolean;
}

/** Returns the command `pipeline check`. */
export function pipelineCheckCommand(): Command {
  return new Command("check")
    .description(
      "Hold tables of the lake to the laws of surfaces; without a lake, freshly made ones",
    )
    .option("--lake <folder>", "root of a lake (default: three presets, seeds 1 to 3, 10 minutes)")
    .option("--symbol <symbol>", "contract", symbolOf, SYMBOL)
    .addOption(
      new Option("--source <name>", "where the raw files came from").default("synthetic")
        .choices(["synthetic", "databento"]),
    )
    .option("--dt <date>", "one date, YYYY-MM-DD", date)
    .option("--dates <dates>", "dates, A,B,C, or a range, A:B", datesOf)
    .option("--json", "print one JSON line per session", false)
    .addHelpText(
      "after",
      "\nExamples:\n  lotus pipeline check\n" +
        "  lotus pipeline check --lake data/lake --symbol ESH6 --dt 2026-01-06\n",
    )
    .action(async (flags: Flags, command: Command) => {
      const out = standardOutput(flags.json);
      const violations = flags.lake === undefined
        ? await checkFresh(out)
        : await checkLake(flags.lake, flags, command, out);
      if (violations > 0) Deno.exitCode = EXIT.FAILED;
      if (!flags.json) console.log(`${violations} violations`);
    });
}

async function checkLake(
  lake: string,
  { symbol, source, dt, dates }: Flags,
  command: Command,
  out: Output,
): Promise<number> {
  const wanted = dates ?? (dt === undefined ? [] : [dt]);
  if (wanted.length === 0) command.error("error: no dates: '--dt' or '--dates' is needed");
  let violations = 0;
  for (const each of wanted) {
    const report = await checkSession(lake, { source, symbol, dt: each });
    if (report.datasets === 0) {
      console.error(`lotus pipeline check: Cannot find a table of ${symbol} on ${each}`);
      Deno.exitCode = EXIT.FAILED;
      continue;
    }
    tell(out, `${symbol} ${each}`, report);
    violations += report.violations;
  }
  return violations;
}

async function checkFresh(out: Output): Promise<number> {
  let violations = 0;
  for (const preset of PRESETS) {
    for (const seed of SEEDS) {
      const lake = await Deno.makeTempDir({ prefix: "lotus-check-" });
      try {
        violations += await checkMarket(lake, preset, seed, out);
      } finally {
        await Deno.remove(lake, { recursive: true });
      }
    }
  }
  return violations;
}

/** Makes a market's tables from raw files, checks them, and makes them again from bronze. */
async function checkMarket(
  lake: string,
  preset: PresetId,
  seed: number,
  out: Output,
): Promise<number> {
  const startNs = newYorkNs(DT, "09:29");
  await writeSessionFiles({
    seed,
    preset,
    dt: DT,
    startNs,
    minutes: MINUTES,
    lake,
    isCompressed: false,
  });
  const first = await makeTables(lake, false);
  const report = await checkSession(lake, { source: "synthetic", symbol: SYMBOL, dt: DT });
  const second = await makeTables(lake, true);
  const differing = [...second].filter(([dataset, hash]) => first.get(dataset) !== hash);
  tell(out, `${preset}, seed ${seed}`, report);
  for (const [dataset] of differing) {
    out.warning(`20 ${dataset}: bronze gives other rows than the raw files`);
  }
  return report.violations + differing.length;
}

/** @returns Content hashes by dataset. @throws {Error} When a task failed. */
async function makeTables(lake: string, overwrite: boolean): Promise<ReadonlyMap<string, string>> {
  const runner = localRunner(lake, 1);
  const outcomes = await runPipeline({
    lake,
    source: "synthetic",
    symbol: SYMBOL,
    dates: [DT],
    layers: ["bronze", "silver", "gold"],
    products: PRODUCTS,
    session: SESSIONS.dev,
    overwrite,
    runner,
    onOutcome: () => {},
    onSkip: () => {},
  });
  await runner.close();
  const failed = outcomes.find(({ error }) => error !== null);
  if (failed !== undefined) throw new Error(failed.error?.message);
  return new Map(
    outcomes.flatMap(({ partitions }) => partitions)
      .map(({ dataset, content_sha256 }) => [dataset, content_sha256]),
  );
}

function tell(out: Output, name: string, report: CheckReport): void {
  const { violations, first, datasets, rows, missing } = report;
  const lines = first.map(({ invariant, dataset, key, what }) =>
    `  ${invariant} ${dataset} (${key}): ${what}`
  );
  const lacks = missing.length === 0 ? "" : `; ${missing.length} more are not there`;
  const head = `${name}: ${violations} violations in ${rows} rows of ${datasets} tables${lacks}`;
  out.result([head, ...lines].join("\n"), { session: name, ...report });
}
