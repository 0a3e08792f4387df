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

/** Makes a flow pipeline without history that hands every record to `sink`. */
export type CreateFlow = (spec: FlowSpec, sink: FlowSink) => TapeFlow;
