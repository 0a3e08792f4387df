import type { FlowSink } from "../../engine/flow/mod.ts";
import type { TapeSource } from "../../engine/tape/mod.ts";
import type { TapeFlow } from "./flow.ts";
import type { FlowSpec, TapeScene, TapeSpec } from "./protocol.ts";

/** What a runner drives. */
export interface TapeParts {
  readonly source: TapeSource;
  /** The market at an instant, for people; null fields while the exchange is closed. */
  scene(tsMs: number): TapeScene;
}

/** Makes the generator that a spec asks for. */
export type CreateParts = (spec: TapeSpec) => TapeParts;

/** Makes a flow pipeline that reads the tape from `fromTs` on, epoch ms, and hands every record to `sink`. */
export type CreateFlow = (spec: FlowSpec, fromTs: number, sink: FlowSink) => TapeFlow;
