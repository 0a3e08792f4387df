import { Command, InvalidArgumentError, Option } from "commander";
import {
  localRunner,
  PRODUCTS,
  runPipeline,
  SESSIONS,
  type TaskOutcome,
  type TaskRunner,
} from "../lake/pipeline/mod.ts";
import { EXIT } from "./exit.ts";
import { type Output, standardOutput } from "./output.ts";
import { date, start } from "./parse.ts";
import { datesOf, lakeOf, rangeOf, symbolOf } from "./pipeline_flags.ts";
import { integer } from "./synth_flags.ts";

const LAYERS = ["bronze", "silver", "gold"] as const;
const DEFAULT_WORKERS = 8;
const MAX_WORKERS = 64;

interface Flags {
  readonly symbol: string;
  readonly layer: typeof LAYERS[number] | "all";
  readonly productType?: typeof PRODUCTS[number];
  readonly dt?: string;
  readonly dates?: readonly string[];
  readonly startDate?: string;
  readonly endDate?: string;
  readonly source: string;
  readonly session: keyof typeof SESSIONS | "custom";
  readonly from?: string;
  readonly to?: string;
  readonly lake?: string;
  readonly workers: number;
  readonly queue?: string;
  readonly overwrite: boolean;
  readonly json: boolean;
}

/** Returns the command `pipeline run`. */
export function pipelineRunCommand(): Command {
  return new Command("run")
    .description("Read raw files into bronze, and make silver and gold of it in one pass")
    .option("--symbol <symbol>", "contract, ESH6, or root, ES", symbolOf, "ES")
    .addOption(
      new Option("--layer <layer>", "what to make").choices([...LAYERS, "all"]).default("all"),
    )
    .addOption(new Option("--product-type <type>", "tables of one product alone").choices(PRODUCTS))
    .option("--dt <date>", "one date, YYYY-MM-DD", date)
    .option("--dates <dates>", "dates, A,B,C, or a range, A:B", datesOf)
    .option("--start-date <date>", "first date of a range", date)
    .option("--end-date <date>", "last date of a range", date)
    .addOption(
      new Option("--source <name>", "where the raw files come from").default("synthetic")
        .choices(["synthetic", "databento"]),
    )
    .addOption(
      new Option("--session <name>", "stretch of the day, New York")
        .choices([...Object.keys(SESSIONS), "custom"]).default("first_hour"),
    )
    .option("--from <time>", "start of a custom session, HH:MM", start)
    .option("--to <time>", "end of a custom session, HH:MM", start)
    .option("--lake <folder>", "root of the lake (default: lake in the data folder)")
    .option("--workers <n>", "tasks at once", integer(1, MAX_WORKERS), DEFAULT_WORKERS)
    .addOption(
      new Option("--queue <url>", "give the tasks to workers of a queue, nats://…")
        .conflicts("workers"),
    )
    .option("--overwrite", "make silver and gold again; bronze stays", false)
    .option("--json", "print one JSON line per task", false)
    .addHelpText(
      "after",
      "\nExamples:\n  lotus synth session --seed 7 && lotus pipeline run --dt 2026-01-06\n" +
        "  lotus pipeline run --symbol ESH6 --layer gold --dates 2026-01-05:2026-01-09 --overwrite\n",
    )
    .action((flags: Flags, command: Command) => run(flags, command));
}

async function run(flags: Flags, command: Command): Promise<void> {
  const { symbol, layer, overwrite, source } = flags;
  if (overwrite && layer === "bronze") {
    command.error("error: option '--overwrite' makes silver and gold again, never bronze");
  }
  const dates = wantedDates(flags, command);
  const session = sessionOf(flags, command);
  const lake = lakeOf(flags);
  const out = standardOutput(flags.json);
  const layers = layer === "all" ? [...LAYERS] : [layer];
  const products = flags.productType === undefined ? PRODUCTS : [flags.productType];
  const workers = Math.min(flags.workers, dates.length);
  tell(out, { ...flags, dates, lake, session, workers });
  let runner: TaskRunner | null = null;
  try {
    runner = await runnerOf(flags.queue, lake, workers);
    const outcomes = await runPipeline({
      lake,
      source,
      symbol,
      dates,
      layers,
      products,
      session,
      overwrite,
      runner,
      onOutcome: (outcome) => out.result(lineOf(outcome), { ...outcome }),
      onSkip: (dt, why) => out.warning(`${dt} is passed over: ${why}`),
    });
    summarise(outcomes, out);
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    console.error(`lotus pipeline run: ${error.message}`);
    Deno.exitCode = EXIT.FAILED;
  } finally {
    await runner?.close();
  }
}

async function runnerOf(
  queue: string | undefined,
  lake: string,
  workers: number,
): Promise<TaskRunner> {
  if (queue === undefined) return localRunner(lake, workers);
  const { QueueRunner } = await import("../lake/queue/mod.ts");
  return await QueueRunner.open(queue);
}

function wantedDates(flags: Flags, command: Command): readonly string[] {
  const { startDate, endDate, dates, dt } = flags;
  if (startDate !== undefined && endDate !== undefined) {
    try {
      return rangeOf(startDate, endDate);
    } catch (error) {
      if (!(error instanceof InvalidArgumentError)) throw error;
      command.error(`error: option '--end-date': ${error.message}`);
    }
  }
  if (startDate !== undefined || endDate !== undefined) {
    command.error("error: options '--start-date' and '--end-date' go together");
  }
  const wanted = dates ?? (dt === undefined ? [] : [dt]);
  if (wanted.length > 0) return wanted;
  return command.error("error: no dates: one of '--dt', '--dates', '--start-date' is needed");
}

function sessionOf({ session, from, to }: Flags, command: Command): string {
  if (session !== "custom") {
    if (from === undefined && to === undefined) return SESSIONS[session];
    command.error("error: options '--from' and '--to' are of '--session custom'");
  }
  if (from !== undefined && to !== undefined && from < to) return `${from}-${to}`;
  return command.error("error: '--session custom' needs '--from' before '--to'");
}

function tell(
  out: Output,
  head: Pick<Flags, "symbol" | "layer" | "productType" | "queue"> & {
    readonly dates: readonly string[];
    readonly lake: string;
    readonly session: string;
    readonly workers: number;
  },
): void {
  if (out.json) return;
  const { symbol, layer, productType = "all products", dates, lake, session, workers } = head;
  const days = dates.length === 1 ? dates[0] : `${dates[0]} to ${dates.at(-1)} (${dates.length})`;
  console.log(
    `${symbol}, ${productType}, layer ${layer}, ${days}, ${session} New York, ` +
      `${
        head.queue === undefined ? count(workers, "worker") : "workers of the queue"
      }, lake ${lake}`,
  );
}

function count(number: number, of: string): string {
  return number === 1 ? `1 ${of}` : `${number} ${of}s`;
}

/** A task as one line. */
export function lineOf(
  { task, status, partitions, records, seconds, error, ...counts }: TaskOutcome,
) {
  const head = `${task.dt} ${task.symbol} ${task.stage}`;
  if (error !== null) return `${head}: failed (${error.code}): ${error.message}`;
  if (status === "complete") return `${head}: complete`;
  const rows = partitions.reduce((sum, each) => sum + each.rows, 0);
  const notes = [
    counts.others > 0 ? `${counts.others} records of other instruments` : "",
    counts.without_open_interest > 0
      ? `${counts.without_open_interest} options without open interest`
      : "",
  ].filter((note) => note !== "").map((note) => `, ${note}`).join("");
  return `${head}: ${count(partitions.length, "table")}, ${rows} rows of ${records} records, ` +
    `${seconds} s${notes}`;
}

function summarise(outcomes: readonly TaskOutcome[], out: Output): void {
  const failed = outcomes.filter(({ status }) => status === "failed");
  if (failed.length === 0) return;
  Deno.exitCode = EXIT.FAILED;
  if (!out.json) console.error(`${failed.length} of ${outcomes.length} tasks failed`);
}
