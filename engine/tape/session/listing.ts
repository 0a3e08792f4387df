import { exp, normalQuantile } from "../../dmath/mod.ts";
import type { Xoshiro256 } from "../../prng/mod.ts";
import { dateOfDays, etDays, tradingDayFrom, weekdayOf } from "../../regime/mod.ts";

/** The synthetic options, on the synthetic future. */
export const SYNTH_OPTIONS = {
  /** Id of the first call; an option's is this plus its place in the chain. */
  firstId: 700_000,
  /** Prices of books and writers count in units of 0.05 points. */
  unitNano: 50_000_000,
  unitsPerPoint: 20,
  strikeStep: 5,
  /** Strikes on either side of the one at the money, all strikes, and all options. */
  sideStrikes: 30,
  strikes: 61,
  count: 122,
  /** USD per point. */
  multiplier: 50,
} as const;

const MONTH_CODES = "FGHJKMNQUVXZ";
const WEEKDAY_CODES = "ABCD";
const FRIDAY = 5;
const NS_PER_MS = 1_000_000n;

/** A day's option chain: calls at even places, puts at odd ones, strikes ascending. */
export interface ChainListing {
  /** Of the exchange's calendar, as `E1B`. */
  readonly root: string;
  /** End of trading, ns since 1970 UTC. */
  readonly expirationNs: bigint;
  /** Points, ascending, one per pair. */
  readonly strikes: Float64Array;
  /** Per option: `E1BF6 C6950`. */
  readonly symbols: readonly string[];
  /** Per option: contracts. */
  readonly openInterest: Int32Array;
}

/**
 * Lists the chain around a price.
 *
 * @param rng Of the open interest.
 * @param future Latent price, points.
 */
export function listChain(rng: Xoshiro256, future: number, expirationNs: bigint): ChainListing {
  const { strikeStep, sideStrikes } = SYNTH_OPTIONS;
  const middle = Math.floor(future / strikeStep + 0.5) * strikeStep;
  const strikes = new Float64Array(SYNTH_OPTIONS.strikes)
    .map((_, i) => middle + (i - sideStrikes) * strikeStep);
  const days = tradingDayFrom(etDays(Number(expirationNs / NS_PER_MS)));
  const root = optionRoot(days);
  const name = root + monthCode(days);
  const symbols = Array.from(
    { length: 2 * strikes.length },
    (_, i) => `${name} ${i % 2 === 0 ? "C" : "P"}${strikes[i >> 1]!}`,
  );
  return { root, expirationNs, strikes, symbols, openInterest: interest(rng, future, strikes) };
}

/**
 * The exchange's root of the ES options that end on a trading day: week and weekday, or EW for the last one of
 * the month.
 *
 * @param days Days since 1970.
 */
export function optionRoot(days: number): string {
  const date = dateOfDays(days);
  const next = dateOfDays(tradingDayFrom(days + 1));
  if (Math.floor(next / 100) !== Math.floor(date / 100)) return "EW";
  const week = Math.floor((date % 100 + 6) / 7);
  const weekday = weekdayOf(days);
  return weekday === FRIDAY ? `EW${week}` : `E${week}${WEEKDAY_CODES[weekday - 1]!}`;
}

/** Month letter and last digit of the year. */
function monthCode(days: number): string {
  const date = dateOfDays(days);
  return MONTH_CODES[Math.floor(date / 100) % 100 - 1]! + Math.floor(date / 10_000) % 10;
}

function interest(rng: Xoshiro256, future: number, strikes: Float64Array): Int32Array {
  const contracts = new Int32Array(2 * strikes.length);
  for (let i = 0; i < contracts.length; i++) {
    const strike = strikes[i >> 1]!;
    const isCall = i % 2 === 0;
    const isOut = isCall ? strike > future : strike < future;
    const lean = isOut ? (isCall ? 1.3 : 1.5) : 0.6;
    const spread = exp(0.35 * normalQuantile(rng.uniformOpen()));
    const mean = 2_500 * exp(-Math.abs(strike - future) / 60) * roundFactor(strike);
    contracts[i] = Math.max(5, Math.floor(mean * lean * spread + 0.5));
  }
  return contracts;
}

/** Returns how much more interest a rounder strike has. */
function roundFactor(strike: number): number {
  if (strike % 100 === 0) return 4.5;
  if (strike % 50 === 0) return 3;
  if (strike % 25 === 0) return 2;
  return strike % 10 === 0 ? 1.2 : 1;
}
