import {
  atTheMoney,
  FRESH_MS,
  greeks,
  impliedVolatility,
  newYorkCloseMs,
  type QuoteMark,
  smileAt,
  yearsBetween,
  yearsToExpiry,
} from "../../../engine/options/mod.ts";
import type { ChainLeg, ChainLine, LegModel } from "./chain_leg.ts";
import type { Instant, SpotTrack } from "./spot_track.ts";

/** One point of a volatility curve. */
export interface CurvePoint {
  readonly x: number;
  readonly iv: number;
  /** What it is made of, in words. */
  readonly note: string;
}

/** A curve with what it is made of: every point is of the same instant. */
export interface CurveData {
  readonly points: readonly CurvePoint[];
  /** How many there could be: strikes of the expiry, or expiries of the underlying. */
  readonly of: number;
}

/** Date `YYYY-MM-DD` as a number YYYYMMDD. */
export function ymd(date: string): number {
  return Number(date.replaceAll("-", ""));
}

/** The underlying when a leg's quote was made, USD; null when it is not known. */
function spotThen(leg: ChainLeg, track: SpotTrack): number | null {
  return track.at(leg.quotedAt) ?? leg.quotedSpot;
}

/**
 * Volatility and greeks at the middle of a quote, as of the quote; null without a quote of two sides, when
 * no volatility gives that price, or when the underlying of its time is not known: a quote of minutes
 * ago against the spot of now would give a volatility that nobody quoted.
 */
export function modelOf(leg: ChainLeg, track: SpotTrack): LegModel | null {
  if (leg.model !== undefined) return leg.model;
  if (leg.bid === null || leg.ask === null || leg.bid <= 0) return null; // one side has no middle
  const then = spotThen(leg, track);
  if (then === null) return null; // it may become known: asked again
  return leg.model = solve(leg, then, (leg.bid + leg.ask) / 2);
}

function solve(leg: ChainLeg, spot: number, price: number): LegModel | null {
  const { right, strike, expiry } = leg.terms;
  const years = yearsToExpiry(leg.quotedAt, ymd(expiry));
  const iv = impliedVolatility(right, price, spot, strike, years);
  if (iv === null) return null;
  const { delta, gamma, vega } = greeks(right, spot, strike, years, iv);
  return { iv, delta, gamma, vega: vega / 100 };
}

/** The quotes of an expiry with the underlying of their times, those with two sides. */
function* marks(lines: readonly ChainLine[], track: SpotTrack): Generator<QuoteMark> {
  for (const { strike, call, put } of lines) {
    for (const leg of [call, put]) {
      if (leg === null || leg.bid === null || leg.ask === null) continue;
      const spot = spotThen(leg, track);
      if (spot === null) continue;
      yield { right: leg.terms.right, strike, bid: leg.bid, ask: leg.ask, ts: leg.quotedAt, spot };
    }
  }
}

/** Volatility over the strikes of an expiry at one instant, through fresh quotes only. */
export function smileOf(lines: readonly ChainLine[], expiry: string, at: Instant): CurveData {
  const spot = at.track.newest;
  if (spot === null) return { points: [], of: lines.length };
  const points = smileAt(marks(lines, at.track), ymd(expiry), spot, at.ts).map((point) => ({
    x: point.strike,
    iv: point.iv,
    note: `${point.right === "C" ? "call" : "put"}, quote ${Math.round(point.ageMs / 1_000)} s old`,
  }));
  return { points, of: lines.length };
}

/** Volatility at the money of an expiry at one instant, through fresh quotes only; null without enough of them. */
export function moneyOf(lines: readonly ChainLine[], expiry: string, at: Instant): number | null {
  const spot = at.track.newest;
  if (spot === null) return null;
  const date = ymd(expiry);
  const smile = smileAt(marks(lines, at.track), date, spot, at.ts);
  return atTheMoney(smile, spot, yearsBetween(at.ts, newYorkCloseMs(date)));
}

/** A quote this old is called old, ms. */
const OLD_MS = 300_000;

/** How fresh a quote is at an instant: `fresh` ones stand in the curves, `aged` and `old` ones do not. */
export function freshness(leg: ChainLeg, nowMs: number): "none" | "fresh" | "aged" | "old" {
  if (leg.quotedAt === 0) return "none";
  const ageMs = nowMs - leg.quotedAt;
  return ageMs <= FRESH_MS ? "fresh" : ageMs <= OLD_MS ? "aged" : "old";
}
