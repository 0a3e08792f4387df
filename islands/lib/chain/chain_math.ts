import { greeks, impliedVolatility, yearsToExpiry } from "../../../engine/options/mod.ts";
import type { ChainLeg, ChainLine } from "./chain_store.ts";

/** What the model says of a quoted contract. */
export interface LegModel {
  /** Annual volatility at the middle of the quote. */
  readonly iv: number;
  /** USD per USD of spot. */
  readonly delta: number;
  /** Delta per USD of spot. */
  readonly gamma: number;
  /** USD for one point of volatility. */
  readonly vega: number;
}

/** One point of a volatility curve. */
export interface CurvePoint {
  readonly x: number;
  readonly iv: number;
}

/** The spot of now stands for that of a quote this young, ms. */
const FRESH_MS = 5_000;

/** Date `YYYY-MM-DD` as a number YYYYMMDD. */
function ymd(date: string): number {
  return Number(date.replaceAll("-", ""));
}

/**
 * Volatility and greeks at the middle of a quote, as of the quote; null without a quote of two sides, when
 * no volatility gives that price, or when the underlying of its time is not known: a quote of minutes
 * ago against the spot of now would give a volatility that nobody quoted.
 *
 * @param spot Underlying now, USD. @param nowMs Epoch ms.
 */
export function modelOf(leg: ChainLeg | null, spot: number | null, nowMs: number): LegModel | null {
  if (leg === null || leg.bid === null || leg.ask === null) return null;
  if (leg.bid <= 0) return null; // a quote of one side has no middle
  const isFresh = nowMs - leg.quotedAt <= FRESH_MS;
  const then = leg.quotedSpot ?? (isFresh ? spot : null);
  return then === null ? null : solve(leg, then, (leg.bid + leg.ask) / 2);
}

function solve(leg: ChainLeg, spot: number, price: number): LegModel | null {
  const { right, strike, expiry } = leg.terms;
  const years = yearsToExpiry(leg.quotedAt, ymd(expiry));
  const iv = impliedVolatility(right, price, spot, strike, years);
  if (iv === null) return null;
  const { delta, gamma, vega } = greeks(right, spot, strike, years, iv);
  return { iv, delta, gamma, vega: vega / 100 };
}

/** Volatility over strikes, from the contracts out of the money: they are the ones that trade. */
export function smileOf(
  lines: readonly ChainLine[],
  spot: number | null,
  nowMs: number,
): readonly CurvePoint[] {
  if (spot === null) return [];
  return lines.flatMap(({ strike, call, put }) => {
    const model = modelOf(strike < spot ? put : call, spot, nowMs);
    return model === null ? [] : [{ x: strike, iv: model.iv }];
  });
}

/** Volatility at the strike nearest to the spot that has one; null when none has. */
export function atTheMoney(points: readonly CurvePoint[], spot: number | null): number | null {
  if (spot === null) return null;
  let best: CurvePoint | null = null;
  for (const point of points) {
    if (best === null || Math.abs(point.x - spot) < Math.abs(best.x - spot)) best = point;
  }
  return best?.iv ?? null;
}
