import {
  type ControlState,
  extend,
  type LatentMarket,
  prefix,
  type PresetId,
  REGIME_IDS,
  REGIME_SHARE,
  type RegimeId,
  tag,
  UNIVERSE,
} from "../../regime/mod.ts";
import { LOAD_FACTOR } from "../load.ts";
import type { Load } from "../market_tape_types.ts";
import { isBusySpell } from "../spells.ts";

/** Option prints per minute that nobody labelled, mean of a session at steady load. */
const BACKGROUND_PER_MINUTE: Readonly<Record<PresetId, number>> = {
  balanced_demo: 296,
  event_day: 365,
  dealer_day: 342,
  retail_chase: 388,
  quiet_range: 217,
};

/** How much more noise a regime brings, and its usual volatility level. */
const NOISE_WEIGHT: Readonly<Record<RegimeId, number>> = {
  trend_up: 0.82,
  trend_down: 0.85,
  mean_revert: 1.2,
  retail_chase: 0.72,
  event_ramp: 0.58,
  dealer_gamma: 0.76,
  arb_calm: 1.34,
};
const USUAL_VOLATILITY: Readonly<Record<RegimeId, number>> = {
  trend_up: 0.72,
  trend_down: 0.78,
  mean_revert: 0.5,
  retail_chase: 0.88,
  event_ramp: 0.92,
  dealer_gamma: 0.82,
  arb_calm: 0.34,
};
const AMPLITUDE: Readonly<Record<PresetId, number>> = {
  balanced_demo: 1,
  event_day: 1.28,
  dealer_day: 1.12,
  retail_chase: 1.25,
  quiet_range: 0.72,
};
/** Mean over a session of the intraday shape 0.62 + 0.95 x⁴ + 0.35 x². */
const MEAN_SHAPE = 0.62 + 0.95 / 5 + 0.35 / 3;

/** Activity of quiet and busy stretches, and how often one is busy so that the mean is 1. */
const QUIET = 0.5;
export const BUSY = 1.9;
const BUSY_SHARE = (1 - QUIET) / (BUSY - QUIET);
/** Cells of this length make busy runs of 40 s on average. */
const CELL_MS = Math.round(40_000 * (1 - BUSY_SHARE));

const SYMBOL_BUSY = tag("noise.busy");

/** Activity of whoever `draws` belongs to at an instant: 0.5 in a quiet spell or 1.9 in a busy one. */
export function contractActivity(draws: number, tsMs: number): number {
  return isBusySpell(draws, tsMs, CELL_MS, BUSY_SHARE) ? BUSY : QUIET;
}

function meanActivity(preset: PresetId): number {
  let sum = 0;
  REGIME_IDS.forEach((regime, i) => {
    const volatility = Math.min(1.2, USUAL_VOLATILITY[regime] * AMPLITUDE[preset]);
    sum += (REGIME_SHARE[preset][i] ?? 0) * NOISE_WEIGHT[regime] * (0.7 + 0.5 * volatility);
  });
  return sum;
}

const FOCUS_FACTOR = 1.6;

/** What the background's rate is a function of, besides the clock. */
export interface RateInputs {
  readonly market: LatentMarket;
  readonly control: ControlState;
  readonly load: Load;
}

/**
 * Writes prints per second of every symbol at an instant into `out`, busy stretches included. The state of
 * the market is taken at `stateTs`, which lies a little before.
 */
export function writeBackgroundRates(
  out: Float64Array,
  { market, control, load }: RateInputs,
  tsMs: number,
  stateTs: number,
): void {
  const { preset_id: preset, shared_seed: seed } = control;
  const regime = market.regimeAt(stateTs);
  const { volatility } = market.levelsAt(stateTs);
  const activity = NOISE_WEIGHT[regime] * (0.7 + 0.5 * volatility) / meanActivity(preset);
  const perSecond = BACKGROUND_PER_MINUTE[preset] / 60 * LOAD_FACTOR[load] * activity *
    market.uShape(tsMs) / MEAN_SHAPE;
  const focus = market.focusAt(stateTs);
  let total = 0;
  for (let symbol = 0; symbol < UNIVERSE.length; symbol++) {
    const weight = (UNIVERSE[symbol]?.optionWeight ?? 1) *
      (focus.includes(symbol) ? FOCUS_FACTOR : 1);
    out[symbol] = weight;
    total += weight;
  }
  const draws = prefix(seed, SYMBOL_BUSY, market.session.id);
  for (let symbol = 0; symbol < UNIVERSE.length; symbol++) {
    out[symbol] = (out[symbol] ?? 0) / total * perSecond *
      contractActivity(extend(draws, symbol), tsMs);
  }
}
