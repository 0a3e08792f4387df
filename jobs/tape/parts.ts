import type { FlowPipeline, FlowSink } from "../../engine/flow/mod.ts";
import { controlAt } from "../../engine/regime/mod.ts";
import { ScriptedFlow } from "../testing/scripted_flow.ts";
import { ScriptedTape } from "../testing/scripted_tape.ts";
import type { FlowSpec, TapeSpec } from "./protocol.ts";
import type { TapeParts } from "./source.ts";
import { noCounts } from "./tape_figures.ts";

/** The generator of a spec. */
export function createParts(spec: TapeSpec): TapeParts {
  const source = new ScriptedTape(spec.timeline);
  return {
    source,
    scene: (tsMs) => ({
      sessionId: source.sessionAt(tsMs).id,
      phase: null,
      regime: null,
      preset: controlAt(spec.timeline, tsMs).preset_id,
      focusSymbols: [],
      eventSymbols: [],
      generatedHits: noCounts(),
    }),
  };
}

/** The flow pipeline of a spec. */
export function createFlow(_spec: FlowSpec, sink: FlowSink): FlowPipeline {
  return new ScriptedFlow(sink);
}
