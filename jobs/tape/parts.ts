import { controlAt } from "../../engine/regime/mod.ts";
import { ScriptedFlow } from "../testing/scripted_flow.ts";
import { ScriptedTape } from "../testing/scripted_tape.ts";
import type { TapeSpec } from "./protocol.ts";
import type { TapeParts } from "./source.ts";
import { noCounts } from "./tape_figures.ts";

/** The generator and the flow pipeline of a spec. */
export function createParts(spec: TapeSpec): TapeParts {
  const source = new ScriptedTape(spec.timeline);
  return {
    source,
    createPipeline: (_config, sink) => new ScriptedFlow(sink),
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
