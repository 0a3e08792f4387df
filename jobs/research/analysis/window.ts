import { newYorkDate, newYorkNs, newYorkText } from "../../../engine/clock/mod.ts";
import { AnalysisError } from "../../../engine/analysis/mod.ts";
import type { BinSource } from "./bin_source.ts";
import type { AnalysisOptions } from "./options.ts";

/** The stretch that is run and the part of it that is evaluated, epoch ns. */
export interface AnalysisWindow {
  /** New York date. */
  readonly date: string;
  readonly startNs: bigint;
  readonly fromNs: bigint;
  readonly toNs: bigint;
}

/**
 * Works out and checks the window of an analysis.
 *
 * @throws {AnalysisError} When its times are out of order or it lies outside the source.
 */
export function windowOf(
  source: BinSource,
  options: Pick<AnalysisOptions, "dt" | "start_time" | "eval_start" | "eval_end">,
): AnalysisWindow {
  const { start_time: start, eval_start: from, eval_end: to } = options;
  const date = options.dt ?? newYorkDate(source.startNs);
  const fromNs = newYorkNs(date, from);
  const toNs = newYorkNs(date, to);
  if (toNs <= fromNs) {
    throw new AnalysisError("setting", "eval-end", `must be after eval-start ${from}: it is ${to}`);
  }
  if (newYorkNs(date, start) > fromNs) {
    throw new AnalysisError(
      "setting",
      "start-time",
      `must not be after eval-start ${from}: it is ${start}`,
    );
  }
  if (source.endNs !== null && fromNs >= source.endNs || toNs <= source.startNs) {
    throw new AnalysisError(
      "data",
      "eval-start to eval-end",
      `must lie inside ${source.name}, which runs from ${newYorkText(source.startNs)} to ` +
        `${source.endNs === null ? "its end" : newYorkText(source.endNs)} New York time: it is ` +
        `${date} ${from} to ${to}`,
    );
  }
  return { date, startNs: source.startAt(date, start), fromNs, toNs };
}
