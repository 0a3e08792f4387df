import type { FlowConfig, FlowPipeline, FlowSink } from "../../engine/flow/mod.ts";
import type { TapeSource } from "../../engine/tape/market_tape_types.ts";
import type { TapeScene, TapeSpec } from "./protocol.ts";

/** What a runner drives: the generator, and the flow pipeline that reads it. */
export interface TapeParts {
  readonly source: TapeSource;
  /** Pipeline without history that hands every record to `sink`. */
  createPipeline(config: FlowConfig, sink: FlowSink): FlowPipeline;
  /** The market at an instant, for people; null fields while the exchange is closed. */
  scene(tsMs: number): TapeScene;
}

/** Makes the parts that a spec asks for. */
export type CreateParts = (spec: TapeSpec) => TapeParts;
