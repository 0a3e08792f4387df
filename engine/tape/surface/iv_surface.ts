import { exp, log } from "../../dmath/mod.ts";
import { UNIVERSE } from "../../regime/mod.ts";

const SQRT_YEAR = Math.sqrt(252);
const DAYS_OF_YEAR = 365;
const TERM_YEARS = 20 / DAYS_OF_YEAR;
/** An announced event is worth the variance of so many trading days. */
const EVENT_TRADING_DAYS = 9;

function clamp(x: number, low: number, high: number): number {
  return x < low ? low : x > high ? high : x;
}

/** Volatility of a symbol at the money, one week to two months out, before events: annual. */
export function baseVolatility(symbol: number, volatilityLevel: number): number {
  const daily = (UNIVERSE[symbol]?.sigmaDailyBps ?? 0) / 10_000;
  return daily * SQRT_YEAR * (0.85 + 0.3 * volatilityLevel);
}

/** Factor of the time to expiry: rich on the last day, then falling slowly. */
function termFactor(years: number): number {
  return 0.95 + 0.17 * exp(-years / TERM_YEARS);
}

/**
 * What a coming event adds to the annual variance of an expiry after it: a move of so many ordinary days
 * that comes at once, so its share falls with the time to expiry. `eventDays`: days to it, or null.
 */
function eventVariance(symbol: number, years: number, eventDays: number | null): number {
  if (eventDays === null || eventDays < 0 || years * DAYS_OF_YEAR < eventDays) return 0;
  const daily = (UNIVERSE[symbol]?.sigmaDailyBps ?? 0) / 10_000;
  return EVENT_TRADING_DAYS * daily * daily / years;
}

/** Factor of the strike: dear puts on the left, a parabola around the spot. */
function smileFactor(strike: number, spot: number, years: number): number {
  const y = log(strike / spot) / Math.max(0.08, 2 * Math.sqrt(years));
  return 1 + clamp(-0.35 * y, -0.15, 0.35) + clamp(0.9 * y * y, 0, 0.5);
}

/** Where on the surface a volatility is asked for. */
export interface SurfacePoint {
  /** Index in the universe. */
  readonly symbol: number;
  readonly volatilityLevel: number;
  /** Underlying price and strike, USD. */
  readonly spot: number;
  readonly strike: number;
  /** Time to expiry, to the minute. */
  readonly years: number;
  /** Days to the symbol's next announced event, or null. */
  readonly eventDays: number | null;
}

/**
 * Annual volatility of the surface before order flow presses on it. Calls and puts of one strike have the
 * same, so put-call parity holds. Method: docs/methods/option-quotes.md, "Volatility".
 */
export function surfaceVolatility(point: SurfacePoint): number {
  const { symbol, years } = point;
  const plain = baseVolatility(symbol, point.volatilityLevel) * termFactor(years);
  const money = Math.sqrt(plain * plain + eventVariance(symbol, years, point.eventDays));
  return money * smileFactor(point.strike, point.spot, years);
}
