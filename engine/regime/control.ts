/** The six public profiles, in the order that is canonical everywhere. */
export const PROFILE_IDS = [
  "institutional_directional",
  "retail_whale",
  "event_driven",
  "vol_seller",
  "arbitrage",
  "hedge_reactive",
] as const;
export type ProfileId = (typeof PROFILE_IDS)[number];

/** The presets of the synthetic market. */
export const PRESET_IDS = [
  "balanced_demo",
  "event_day",
  "dealer_day",
  "retail_chase",
  "quiet_range",
] as const;
export type PresetId = (typeof PRESET_IDS)[number];

/** The seven regimes of the latent market, in canonical order. */
export const REGIME_IDS = [
  "trend_up",
  "trend_down",
  "mean_revert",
  "retail_chase",
  "event_ramp",
  "dealer_gamma",
  "arb_calm",
] as const;
export type RegimeId = (typeof REGIME_IDS)[number];

/** Phases of a session. */
export const PHASES = ["open", "midday", "power_hour", "after_event"] as const;
export type Phase = (typeof PHASES)[number];

export const PROFILE_WEIGHTS = [0.6, 1, 1.6] as const;
export type ProfileWeight = (typeof PROFILE_WEIGHTS)[number];

export const COVERAGE_WINDOWS = [10, 20, 30] as const;
export type CoverageWindow = (typeof COVERAGE_WINDOWS)[number];

/** Weight of each profile in the draw of labelled parents. */
export type SyntheticProfileWeightMap = Readonly<Record<ProfileId, ProfileWeight>>;

/** What operators steer. `updated_at` in epoch ms, 0 when never written. */
export interface ControlState {
  readonly preset_id: PresetId;
  readonly coverage_assist: boolean;
  readonly coverage_window_minutes: CoverageWindow;
  /** −2^31 … 2^31−1. */
  readonly shared_seed: number;
  readonly profile_weights: SyntheticProfileWeightMap;
  readonly updated_at: number;
  readonly updated_by: string;
}

/** The state before anybody wrote one. */
export const DEFAULT_CONTROL: ControlState = {
  preset_id: "balanced_demo",
  coverage_assist: true,
  coverage_window_minutes: 20,
  shared_seed: 11,
  profile_weights: {
    institutional_directional: 1,
    retail_whale: 1,
    event_driven: 1,
    vol_seller: 1,
    arbitrage: 1,
    hedge_reactive: 1,
  },
  updated_at: 0,
  updated_by: "system",
};

/** One control state and the epoch ms from which it is in force. */
export interface ControlEntry {
  readonly activate_at: number;
  readonly snapshot: ControlState;
}

/** Ascending by `activate_at`; the first entry is in force for all time before the second. */
export type ControlTimeline = readonly ControlEntry[];

/** A timeline on which one state is in force for ever. */
export function fixedTimeline(snapshot: ControlState): ControlTimeline {
  return [{ activate_at: -Infinity, snapshot }];
}

/** The state in force at `tsMs`: the last entry with `activate_at` at or before it, else the first. */
export function controlAt(timeline: ControlTimeline, tsMs: number): ControlState {
  for (let i = timeline.length - 1; i > 0; i--) {
    const entry = timeline[i];
    if (entry !== undefined && entry.activate_at <= tsMs) return entry.snapshot;
  }
  return timeline[0]?.snapshot ?? DEFAULT_CONTROL;
}

/** When a write accepted at `updatedAtMs` comes into force, in every process: 2 to 3 s later. */
export function activateAt(updatedAtMs: number): number {
  return Math.ceil((updatedAtMs + 2_000) / 1_000) * 1_000;
}
