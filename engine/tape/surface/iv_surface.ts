import { log } from "../../dmath/mod.ts";
import { UNIVERSE } from "../../regime/mod.ts";

const SQRT_YEAR = Math.sqrt(252);
const EVENT_HORIZON_DAYS = 10;

function clamp(x: number, low: number, high: number): number {
  return x < low ? low : x > high ? high : x;
}

/** Volatility of a symbol at the money, one week to two months out, before events: annual. */
export function baseVolatility(symbol: number, volatilityLevel: number): number {
  const daily = (UNIVERSE[symbol]?.sigmaDailyBps ?? 0) / 10_000;
  return daily * SQRT_YEAR * (0.85 + 0.3 * volatilityLevel);
}

/** Factor of the days to expiry: rich on the last day, flat to two months, then a little below. */
function termFactor(dte: number): number {
  if (dte <= 1) return 1.12;
  return dte <= 60 ? 1 : 0.96;
}

/** Factor of an expiry that a coming event lies before; `eventDays`: days from now to it, or null. */
function eventFactor(dte: number, eventDays: number | null): number {
  if (eventDays === null || eventDays < 0 || eventDays > EVENT_HORIZON_DAYS) return 1;
  return dte >= eventDays ? 1.25 : 1;
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
  /** New York calendar days to expiry, and the same in years to the minute. */
  readonly dte: number;
  readonly years: number;
  /** Days to the symbol's next announced event, or null. */
  readonly eventDays: number | null;
}

/**
 * Annual volatility of the surface before order flow presses on it. Calls and puts of one strike have the
 * same, so put-call parity holds. Method: docs/methods/option-quotes.md, "Volatility".
 */
export function surfaceVolatility(point: SurfacePoint): number {
  return baseVolatility(point.symbol, point.volatilityLevel) * termFactor(point.dte) *
    eventFactor(point.dte, point.eventDays) *
    smileFactor(point.strike, point.spot, point.years);
}
