import type { Config } from "../../config.ts";
import type { FlowConfig } from "../../engine/flow/mod.ts";
import type { ControlTimeline } from "../../engine/regime/mod.ts";
import type { ResumePoint, TapeSpec } from "./protocol.ts";

/** Batches under way to the main thread before the worker waits; of a history each is a few MB. */
const MAX_IN_FLIGHT = 8;

/** Settings that the tape follows. */
export type TapeConfig = Pick<
  Config,
  | "optionsAdapter"
  | "equitiesAdapter"
  | "tapeClock"
  | "tapeLoad"
  | "tapeBackfillMinutes"
  | "nbboMaxAgeMs"
  | "equityQuoteMaxAgeMs"
  | "clusterGapMs"
  | "clusterSpanMs"
  | "candleIntervalsMs"
>;

/** What a worker is to make by the settings, from where the stored tape ends. */
export function tapeSpec(
  config: TapeConfig,
  resume: ResumePoint | null,
  revision: number,
  timeline: ControlTimeline,
): TapeSpec {
  return {
    clock: config.tapeClock,
    flow: flowConfig(config),
    load: config.tapeLoad,
    options: config.optionsAdapter === "synthetic",
    equities: config.equitiesAdapter === "synthetic",
    timeline,
    revision,
    backfillMinutes: config.tapeBackfillMinutes,
    resume,
    maxInFlight: MAX_IN_FLIGHT,
  };
}

/** Settings of the flow pipeline. */
export function flowConfig(config: TapeConfig): FlowConfig {
  return {
    nbboMaxAgeMs: config.nbboMaxAgeMs,
    equityQuoteMaxAgeMs: config.equityQuoteMaxAgeMs,
    clusterGapMs: config.clusterGapMs,
    clusterSpanMs: config.clusterSpanMs,
    candleIntervalsMs: config.candleIntervalsMs,
  };
}
