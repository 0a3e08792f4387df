import type { PresetId, RegimeId } from "../../regime/mod.ts";

/** The seven regimes in the order of every table of the order flow, which its draws go by. */
export const FLOW_REGIMES = [
  "arb_calm",
  "mean_revert",
  "trend_up",
  "trend_down",
  "retail_chase",
  "event_ramp",
  "dealer_gamma",
] as const satisfies readonly RegimeId[];

/** What a regime asks of price and order flow; every number is the value at full effect. */
export interface RegimeParameters {
  /** Multiple of the base volatility. */
  readonly volatility: number;
  /** Drift of the latent price, ticks per minute. */
  readonly driftTicksPerMin: number;
  /** Pull to the 60-s mean of the latent price, per second. */
  readonly meanPullPerSec: number;
  /** Pull to the nearest $25 strike, per second. */
  readonly strikePullPerSec: number;
  /** Multiple of all base rates. */
  readonly rate: number;
  /** Further multiple of market orders. */
  readonly marketOrders: number;
  /** Further multiple of cancels and modifies. */
  readonly cancels: number;
  /** Multiple of the target depth. */
  readonly depth: number;
  /** Share of cancels that hit orders younger than 500 ms, 0..1. */
  readonly flicker: number;
  /** Probability that an independent market order takes the side of the one before, 0..1. */
  readonly persistence: number;
  /** Side that persistent flow leans to: +1 buy, -1 sell, 0 none. */
  readonly lean: number;
}

/** Parameters per regime. @see docs/methods/synthetic-futures.md, "Regimes". */
export const REGIME_PARAMETERS: Readonly<Record<RegimeId, RegimeParameters>> = {
  arb_calm: regime(0.6, 0, 0, 0, 0.6, 0.5, 0.8, 1.4, 0.08, 0.50, 0),
  mean_revert: regime(0.8, 0, 0.05, 0, 0.9, 0.8, 0.9, 1.2, 0.10, 0.45, 0),
  trend_up: regime(1.0, 2.5, 0, 0, 1.2, 1.3, 1.1, 0.9, 0.12, 0.68, 1),
  trend_down: regime(1.2, -3.0, 0, 0, 1.3, 1.4, 1.25, 0.8, 0.13, 0.70, -1),
  retail_chase: regime(1.4, 3.5, 0, 0, 1.5, 1.9, 1.2, 0.8, 0.15, 0.74, 1),
  event_ramp: regime(2.2, 0, 0, 0, 2.0, 2.2, 2.0, 0.45, 0.20, 0.65, 0),
  dealer_gamma: regime(0.9, 0, 0, 0.02, 1.3, 1.2, 1.4, 1.1, 0.15, 0.40, 0),
};

/** Weight of each regime, in the order of {@link FLOW_REGIMES}. */
export const PRESET_WEIGHTS: Readonly<Record<PresetId, readonly number[]>> = {
  balanced_demo: [2, 3, 2, 2, 1.5, 0.5, 2],
  event_day: [1, 1, 2, 2, 1, 4, 1],
  dealer_day: [1, 2, 1, 1, 0.5, 0.3, 6],
  retail_chase: [0.5, 1, 2, 1, 6, 0.5, 1],
  quiet_range: [5, 5, 0.5, 0.5, 0, 0, 1],
};

function regime(
  volatility: number,
  driftTicksPerMin: number,
  meanPullPerSec: number,
  strikePullPerSec: number,
  rate: number,
  marketOrders: number,
  cancels: number,
  depth: number,
  flicker: number,
  persistence: number,
  lean: number,
): RegimeParameters {
  return {
    volatility,
    driftTicksPerMin,
    meanPullPerSec,
    strikePullPerSec,
    rate,
    marketOrders,
    cancels,
    depth,
    flicker,
    persistence,
    lean,
  };
}
