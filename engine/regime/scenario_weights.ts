import {
  controlAt,
  type ControlState,
  type ControlTimeline,
  PROFILE_IDS,
  type ProfileId,
  type RegimeId,
} from "./control.ts";
import type { SessionState } from "./types.ts";

/** Relative weight of each family in the draw of labelled parents; noise scales its own stream. */
export type SyntheticScenarioWeightMap = Readonly<Record<ProfileId | "neutral_noise", number>>;

/** In canonical order of the profiles, noise last. */
const REGIME_BIAS: Readonly<Record<RegimeId, readonly number[]>> = {
  trend_up: [1.35, 1.05, 0.90, 0.78, 0.72, 0.82, 0.82],
  trend_down: [1.20, 0.82, 0.88, 0.80, 0.78, 1.22, 0.85],
  mean_revert: [0.92, 0.78, 0.80, 1.18, 1.28, 0.92, 1.20],
  retail_chase: [1.04, 1.72, 0.90, 0.70, 0.58, 0.98, 0.72],
  event_ramp: [1.08, 0.96, 1.95, 0.74, 0.62, 1.04, 0.58],
  dealer_gamma: [0.94, 1.02, 0.78, 0.84, 0.92, 1.74, 0.76],
  arb_calm: [0.68, 0.58, 0.62, 1.28, 1.78, 0.72, 1.34],
};

/**
 * Family weights of a symbol at an instant: the regime's bias, the operators' weights, and the symbol's
 * part in the session. Pass `""` as the symbol for the weights of the market as a whole.
 *
 * @param control One state, or the timeline of states.
 */
export function getSyntheticScenarioWeights(
  symbol: string,
  ts: number,
  control: ControlState | ControlTimeline,
  sessionState: SessionState,
): SyntheticScenarioWeightMap {
  const state = "preset_id" in control ? control : controlAt(control, ts);
  const bias = REGIME_BIAS[sessionState.regime];
  const [id = 0, rw = 0, ed = 0, vs = 0, ar = 0, hr = 0] = PROFILE_IDS.map((profile, i) =>
    (bias[i] ?? 0) * state.profile_weights[profile]
  );
  const noise = bias[PROFILE_IDS.length] ?? 0;
  const focus = sessionState.focus_symbols.includes(symbol);
  const event = sessionState.event_symbols.includes(symbol);
  const busy = sessionState.session_phase === "open" || sessionState.session_phase === "power_hour";
  const quiet = state.preset_id === "quiet_range";
  return {
    institutional_directional: id * (focus ? 1.08 : 1) * (event ? 1.04 : 1),
    retail_whale: rw * (focus ? 1.14 : 1) * (busy ? 1.08 : 1),
    event_driven: ed * (event ? 1.36 : 1),
    vol_seller: vs,
    arbitrage: ar,
    hedge_reactive: hr * (focus ? 1.08 : 1) * (busy ? 1.06 : 1),
    neutral_noise: noise * (focus ? 0.92 : 1) * (event ? 0.80 : 1) * (quiet ? 1.18 : 1),
  };
}
