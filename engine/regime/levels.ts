import type { PresetId } from "./control.ts";
import { tag, u01 } from "./hash.ts";
import { REGIME_SHARE } from "./plan.ts";

/** Volatility, liquidity and cleanliness of each regime before the preset's amplitude. */
const BASE: readonly (readonly [number, number, number])[] = [
  [0.72, 0.72, 0.64],
  [0.78, 0.66, 0.58],
  [0.50, 0.84, 0.80],
  [0.88, 0.62, 0.50],
  [0.92, 0.56, 0.42],
  [0.82, 0.66, 0.48],
  [0.34, 0.90, 0.88],
];

/** Bias towards off-exchange printing of each regime, 0 … 1. */
export const OFF_EXCHANGE_BIAS = [0.46, 0.52, 0.34, 0.58, 0.54, 0.50, 0.30] as const;

const AMPLITUDE: Readonly<Record<PresetId, number>> = {
  balanced_demo: 1,
  event_day: 1.28,
  dealer_day: 1.12,
  retail_chase: 1.25,
  quiet_range: 0.72,
};

const LOWEST = [0.18, 0.20, 0.18] as const;
const HIGHEST = [1.20, 1.10, 0.96] as const;
const LEVELS = tag("lvl");
const BUCKET_MINUTES = 5;
/** Share of the way to the target that a level goes in a minute. */
const APPROACH = 0.35;

/** Number of levels: volatility, liquidity, cleanliness. */
export const LEVEL_COUNT = 3;

/** Value that a level heads for in a minute. @param level 0 volatility, 1 liquidity, 2 cleanliness. */
export function levelTarget(
  level: number,
  regime: number,
  preset: PresetId,
  seed: number,
  sessionId: number,
  minute: number,
): number {
  const base = BASE[regime]?.[level] ?? 0;
  const amplitude = AMPLITUDE[preset];
  const bucket = Math.floor(minute / BUCKET_MINUTES);
  const noise = 2 * u01(seed, LEVELS, sessionId, bucket, level) - 1;
  const target = level === 0
    ? base * amplitude + 0.08 * noise
    : base - (level === 1 ? 0.08 : 0.10) * (amplitude - 1) + 0.06 * noise;
  return Math.min(HIGHEST[level] ?? 1, Math.max(LOWEST[level] ?? 0, target));
}

/** Level of volatility that a preset's sessions have on average, by the regimes' shares of time. */
export function meanVolatility(preset: PresetId): number {
  return REGIME_SHARE[preset].reduce(
    (sum, share, regime) => sum + share * (BASE[regime]?.[0] ?? 0) * AMPLITUDE[preset],
    0,
  );
}

/** One minute of smoothing towards a target. */
export function approach(value: number, target: number): number {
  return value + APPROACH * (target - value);
}
