import { controlAt, type ControlTimeline, marketAt } from "../../engine/regime/mod.ts";
import { sessionAt, sessionStateOf } from "../../engine/regime/mod.ts";
import { ScriptedTape } from "../testing/scripted_tape.ts";
import type { TapeScene, TapeSpec } from "./protocol.ts";
import type { TapeParts } from "./source.ts";
import { noCounts } from "./tape_figures.ts";

/** The generator of a spec. */
export function createParts(spec: TapeSpec): TapeParts {
  const source = new ScriptedTape(spec.timeline);
  return { source, scene: (tsMs) => sceneAt(tsMs, spec, spec.timeline) };
}

function sceneAt(tsMs: number, spec: TapeSpec, timeline: ControlTimeline): TapeScene {
  const preset = controlAt(timeline, tsMs).preset_id;
  if (sessionAt(tsMs, spec.clock) === null) {
    return {
      sessionId: null,
      phase: null,
      regime: null,
      preset,
      focusSymbols: [],
      eventSymbols: [],
      generatedHits: noCounts(),
    };
  }
  const state = sessionStateOf(marketAt(tsMs, timeline), tsMs);
  return {
    sessionId: state.session_id,
    phase: state.session_phase,
    regime: state.regime,
    preset,
    focusSymbols: state.focus_symbols,
    eventSymbols: state.event_symbols,
    generatedHits: noCounts(),
  };
}
