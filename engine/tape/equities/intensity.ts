import {
  type LatentMarket,
  type RegimeId,
  tag,
  type Tier,
  u01,
  UNIVERSE,
} from "../../regime/mod.ts";
import type { Load } from "../market_tape_types.ts";

/** Factor of each load on equity quotes and background prints. */
export const LOAD_FACTOR: Readonly<Record<Load, number>> = { steady: 1, active: 4, firehose: 20 };

/** Prints per second of a symbol at rest by tier; the two busiest funds have rates of their own. */
const TIER_RATE: Readonly<Record<Tier, number>> = {
  etf: 0.15,
  mega: 0.55,
  large: 0.15,
  other: 0.15,
};
const OWN_RATE: Readonly<Record<string, number>> = { SPY: 2.2, QQQ: 1.6 };
const RATE = Float64Array.from(UNIVERSE, (u) => OWN_RATE[u.symbol] ?? TIER_RATE[u.tier]);

const QUOTES_PER_PRINT: Readonly<Record<RegimeId, number>> = {
  trend_up: 4,
  trend_down: 4,
  mean_revert: 4,
  retail_chase: 5,
  event_ramp: 6,
  dealer_gamma: 8,
  arb_calm: 3,
};

const BUSY = tag("eqbusy");
const BUSY_BLOCK_SECONDS = 37;
const BUSY_SHARE = 0.2;

/** Whether a symbol's tape is in one of its busy spells, 0.5 … 1.9. Spells last 37 s or a multiple. */
export function busyFactor(
  seed: number,
  sessionId: number,
  symbol: number,
  second: number,
): number {
  // Symbols change spells at different seconds.
  const block = Math.floor((second + symbol * 11) / BUSY_BLOCK_SECONDS);
  return u01(seed, BUSY, sessionId, symbol, block) < BUSY_SHARE ? 1.9 : 0.5;
}

/** Rate of a symbol that follows from the market's state alone, prints per second. */
export function restRate(market: LatentMarket, symbol: number, tsMs: number): number {
  const { volatility } = market.levelsAt(tsMs);
  return (RATE[symbol] ?? 0) * market.uShape(tsMs) / 0.85 * (0.7 + 0.5 * volatility) *
    (market.isFocus(symbol, tsMs) ? 1.6 : 1);
}

/** Quotes per second of a symbol, at least one. @param rest Its {@link restRate}. */
export function quoteRate(regime: RegimeId, rest: number, load: Load): number {
  return Math.max(1, QUOTES_PER_PRINT[regime] * rest * LOAD_FACTOR[load]);
}
