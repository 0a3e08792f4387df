import type { PresetId, ProfileId, ProfileWeight } from "../../../engine/regime/mod.ts";

/** Presets in their order, as people read them. */
export const PRESET_NAMES: readonly (readonly [PresetId, string])[] = [
  ["balanced_demo", "Balanced Demo"],
  ["event_day", "Event Day"],
  ["dealer_day", "Dealer Day"],
  ["retail_chase", "Retail Chase"],
  ["quiet_range", "Quiet Range"],
];

/** Profiles in canonical order, as people read them. */
export const PROFILES: readonly (readonly [ProfileId, string])[] = [
  ["institutional_directional", "Institutional"],
  ["retail_whale", "Retail whale"],
  ["event_driven", "Event driven"],
  ["vol_seller", "Vol seller"],
  ["arbitrage", "Arbitrage"],
  ["hedge_reactive", "Hedge reactive"],
];

/** Weights, lightest first. */
export const WEIGHTS: readonly (readonly [ProfileWeight, string])[] = [
  [0.6, "Low"],
  [1, "Normal"],
  [1.6, "High"],
];

/** Coverage windows. */
export const WINDOWS: readonly (readonly [10 | 20 | 30, string])[] = [
  [10, "10m"],
  [20, "20m"],
  [30, "30m"],
];

/** An identifier as words: `trend_up` becomes "Trend up". */
export function capitalised(id: string): string {
  const text = id.replaceAll("_", " ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}
