import { partitionDates } from "../partitions/mod.ts";
import { contractOn } from "./contracts_on.ts";
import { PipelineError } from "./pipeline_error.ts";
import { isContract, rootOf } from "./symbols.ts";
import { SET } from "./tables.ts";
import type { PipelineTask, Product, TaskOutcome } from "./task.ts";
import type { TaskRunner } from "./task_runner.ts";

/** Sessions before one that it is normalised by, at most. */
const LOOKBACK_SESSIONS = 5;

/** What is to be made, of what. */
export interface PipelineOptions {
  readonly lake: string;
  readonly source: string;
  /** A contract, or the root of several. */
  readonly symbol: string;
  /** YYYY-MM-DD, ascending, each once. */
  readonly dates: readonly string[];
  readonly layers: PipelineTask["layers"];
  readonly products: readonly Product[];
  /** Stretch of the day, New York: `09:30-10:30`. */
  readonly session: string;
  /** Make silver and gold again where they are there. */
  readonly overwrite: boolean;
  readonly runner: TaskRunner;
  /** Told of every task, in the order of the tasks. */
  readonly onOutcome: (outcome: TaskOutcome) => void;
  /** Told of dates that are passed over, and why. */
  readonly onSkip: (dt: string, why: string) => void;
}

/** A contract on a date. */
interface Session {
  readonly symbol: string;
  readonly dt: string;
}

/**
 * Makes the layers asked for: first bronze of all dates, then what later dates of the run are normalised
 * by, then silver and gold. Tasks of one step need nothing of each other, so that it makes no difference
 * how many run at once.
 *
 * @returns All outcomes.
 * @throws {PipelineError} `no_contract` when no date has a contract.
 */
export async function runPipeline(options: PipelineOptions): Promise<readonly TaskOutcome[]> {
  const outcomes: TaskOutcome[] = [];
  const step = async (tasks: readonly PipelineTask[]) => {
    const running = tasks.map((task) => options.runner.run(task));
    for (const outcome of running) outcome.catch(() => {}); // thrown below, in order
    for (const outcome of running) {
      const got = await outcome;
      outcomes.push(got);
      options.onOutcome(got);
    }
  };
  const { dates, symbol, layers } = options;
  if (layers.includes("bronze")) {
    await step(dates.map((dt) => taskOf(options, "bronze", { symbol, dt }, [])));
  }
  const later = layers.filter((layer) => layer !== "bronze");
  if (later.length === 0) return outcomes;
  const failed = new Set(outcomes.filter(hasFailed).map(({ task }) => task.dt));
  const isMade = new Set(outcomes.filter(wasDone).map(({ task }) => task.dt));
  const sessions = await sessionsOf(options, dates.filter((dt) => !failed.has(dt)));
  const planned = sessions.map((session) => ({
    session,
    earlier: earlierOf(options, sessions, session),
  }));
  const records = ({ dt }: Session) => isMade.has(dt) ? "raw" as const : "bronze" as const;
  await step(
    sessions.filter(({ dt, symbol }) =>
      planned.some(({ session, earlier }) => session.symbol === symbol && earlier.includes(dt))
    ).map((session) => ({
      ...taskOf(options, "histograms", session, []),
      records: records(session),
    })),
  );
  await step(planned.map(({ session, earlier }) => ({
    ...taskOf(options, "surfaces", session, earlier),
    records: records(session),
  })));
  return outcomes;
}

function hasFailed({ status }: TaskOutcome): boolean {
  return status === "failed";
}

function wasDone({ status }: TaskOutcome): boolean {
  return status === "done";
}

function taskOf(
  { source, products, layers, session, overwrite }: PipelineOptions,
  stage: PipelineTask["stage"],
  { symbol, dt }: Session,
  earlier: readonly string[],
): PipelineTask {
  return {
    stage,
    source,
    symbol,
    dt,
    products: [...products],
    layers: stage === "histograms" ? ["gold"] : layers,
    session,
    overwrite,
    earlier: [...earlier],
    records: "bronze",
  };
}

async function sessionsOf(
  { lake, source, symbol, onSkip }: PipelineOptions,
  dates: readonly string[],
): Promise<readonly Session[]> {
  if (isContract(symbol)) return dates.map((dt) => ({ symbol, dt }));
  const sessions: Session[] = [];
  for (const dt of dates) {
    const contract = await contractOn({ lake, source, root: rootOf(symbol) }, dt);
    if (contract === null) onSkip(dt, `no contract of ${symbol} can be told for it from bronze`);
    else sessions.push({ symbol: contract, dt });
  }
  if (sessions.length > 0 || dates.length === 0) return sessions;
  throw new PipelineError("no_contract", `Cannot tell a contract of ${symbol} for any date`);
}

/** Dates before a session that it is normalised by: the newest of those in the lake or in this run. */
function earlierOf(
  { lake, source }: PipelineOptions,
  sessions: readonly Session[],
  { symbol, dt }: Session,
): readonly string[] {
  const there = partitionDates(lake, SET.HISTOGRAMS, { source, symbol });
  const own = sessions.filter((session) => session.symbol === symbol).map(({ dt }) => dt);
  return [...new Set([...there, ...own])].filter((date) => date < dt).sort()
    .slice(-LOOKBACK_SESSIONS);
}
