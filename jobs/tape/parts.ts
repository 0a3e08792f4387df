import { controlAt, sessionStateOf } from "../../engine/regime/mod.ts";
import { MarketTape } from "../../engine/tape/mod.ts";
import type { TapeScene, TapeSpec } from "./protocol.ts";
import type { TapeParts } from "./source.ts";
import { noCounts } from "./profile_counts.ts";

/** The generator of a spec. */
export function createParts(spec: TapeSpec): TapeParts & { readonly source: MarketTape } {
  const { clock, load, timeline } = spec;
  const source = new MarketTape({ clock, load, timeline });
  return { source, scene: (tsMs) => sceneAt(tsMs, source) };
}

/** The market at an instant at or before the source's position, in the same session. */
function sceneAt(tsMs: number, source: MarketTape): TapeScene {
  const control = controlAt(source.timeline, tsMs);
  const market = source.market();
  if (market === null || tsMs < market.session.openTs || tsMs >= market.session.closeTs) {
    return {
      sessionId: null,
      phase: null,
      regime: null,
      preset: control.preset_id,
      focusSymbols: [],
      eventSymbols: [],
      generatedHits: noCounts(),
    };
  }
  const state = sessionStateOf(market, tsMs);
  return {
    sessionId: state.session_id,
    phase: state.session_phase,
    regime: state.regime,
    preset: control.preset_id,
    focusSymbols: state.focus_symbols,
    eventSymbols: state.event_symbols,
    generatedHits: source.coverage(control.coverage_window_minutes)?.profile_hit_counts ??
      noCounts(),
  };
}
