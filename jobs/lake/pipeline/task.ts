import { z } from "zod";
import { PipelineError } from "./pipeline_error.ts";

const Dt = z.iso.date();
const Symbol = z.string().regex(/^[A-Z0-9]{1,16}$/);

/** What tables are of: the first part of what stands behind their layer. */
export const PRODUCTS = ["future_mbo", "future_option_mbo", "hud"] as const;

export type Product = typeof PRODUCTS[number];

/** What a task makes of a symbol and a date. */
const STAGES = ["bronze", "histograms", "surfaces"] as const;

const Task = z.strictObject({
  stage: z.enum(STAGES),
  source: z.string().regex(/^[a-z0-9_]{1,32}$/),
  /** A contract; in bronze also the root of all that there are. */
  symbol: Symbol,
  dt: Dt,
  products: z.array(z.enum(PRODUCTS)).min(1),
  /** Layers of the tables that are wanted. */
  layers: z.array(z.enum(["bronze", "silver", "gold"])).min(1),
  /** Stretch of the day, New York: `09:30-10:30`. */
  session: z.string().regex(/^\d\d:\d\d-\d\d:\d\d$/),
  /** Make again what is there, but for bronze. */
  overwrite: z.boolean(),
  /** Dates before that the session is normalised by. */
  earlier: z.array(Dt),
  /** Where orders are read: the raw files, or the tables made of them. */
  records: z.enum(["raw", "bronze"]),
});

/** Work on one symbol and date that needs nobody else: all it reads stands in the lake. */
export type PipelineTask = z.infer<typeof Task>;

const Outcome = z.strictObject({
  task: Task,
  /** `complete`: all was there before. */
  status: z.enum(["done", "complete", "failed"]),
  partitions: z.array(z.strictObject({
    dataset: z.string(),
    symbol: Symbol,
    rows: z.int(),
    content_sha256: z.string(),
  })),
  /** Records of orders that were read. */
  records: z.int(),
  /** Of these, those of instruments that the tables are not of. */
  others: z.int(),
  /** Options of the chain whose open interest nothing tells: they weigh nothing. */
  without_open_interest: z.int(),
  seconds: z.number(),
  error: z.strictObject({ code: z.string(), message: z.string() }).nullable(),
});

/** What became of a task. */
export type TaskOutcome = z.infer<typeof Outcome>;

/** A task that nothing was made of. */
export function failedOutcome(task: PipelineTask, code: string, message: string): TaskOutcome {
  return {
    task,
    status: "failed",
    partitions: [],
    records: 0,
    others: 0,
    without_open_interest: 0,
    seconds: 0,
    error: { code, message },
  };
}

/** A task of a message's text. @throws {PipelineError} `bad_task` when it is none. */
export function parseTask(value: unknown): PipelineTask {
  const { success, data, error } = Task.safeParse(value);
  if (success) return data;
  throw new PipelineError("bad_task", "Cannot read a task of the pipeline", { cause: error });
}

/** An outcome of a message's text. @throws {PipelineError} `bad_task` when it is none. */
export function parseOutcome(value: unknown): TaskOutcome {
  const { success, data, error } = Outcome.safeParse(value);
  if (success) return data;
  throw new PipelineError("bad_task", "Cannot read the outcome of a task", { cause: error });
}
