import { newYorkNs } from "../../../engine/clock/mod.ts";
import { PipelineError } from "./pipeline_error.ts";

/** Stretches of a session that have names, New York times. */
export const SESSIONS = {
  dev: "09:30-09:40",
  first_hour: "09:30-10:30",
  rth: "09:30-16:00",
} as const;

/** A stretch of a session: windows count that begin and end in it. */
export interface SessionSpan {
  /** Epoch ns. */
  readonly fromNs: bigint;
  readonly toNs: bigint;
}

/**
 * A stretch of a date's session.
 *
 * @param window New York times: `09:30-10:30`.
 * @throws {PipelineError} `bad_task` when it is no such text or ends before it begins.
 */
export function sessionSpan(dt: string, window: string): SessionSpan {
  const [from = "", to = ""] = window.split("-");
  try {
    const span = { fromNs: newYorkNs(dt, from), toNs: newYorkNs(dt, to) };
    if (span.fromNs < span.toNs) return span;
  } catch (cause) {
    throw new PipelineError("bad_task", `Cannot read the session "${window}" of ${dt}`, { cause });
  }
  throw new PipelineError("bad_task", `Cannot use a session that ends before it begins: ${window}`);
}
