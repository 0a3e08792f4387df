import { exp } from "../../dmath/mod.ts";
import { isMonthly, strikeStep } from "../../options/mod.ts";
import { extend, prefix, tag, toNormal, UNIVERSE } from "../../regime/mod.ts";
import { contractKey } from "../surface/mod.ts";

const OPEN_INTEREST = tag("openinterest");
/** Contracts at the money of a weekly expiry of the busiest underlying, before chance. */
const AT_THE_MONEY = 9_000;
const BUSIEST = 10;
const LEAST = 5;
const SPREAD = 0.35;
const REACH_DEVIATIONS = 1.2;
/** Every so many steps a strike is rounder, and held more; the last that fits counts. */
const ROUND: readonly (readonly [steps: number, factor: number])[] = [
  [2, 1.2],
  [5, 2],
  [10, 3],
  [20, 4.5],
];

/** What the open interest of a contract follows from. */
export interface OpenInterestInputs {
  /** Seed in force at the session's open. */
  readonly seed: number;
  /** Index in the universe. */
  readonly symbol: number;
  /** YYYYMMDD, and the days to it. */
  readonly expiry: number;
  readonly dte: number;
  /** USD. */
  readonly strike: number;
  readonly right: "C" | "P";
  /** Underlying at the session's open, USD, and one standard deviation of it to expiry, a fraction. */
  readonly spot: number;
  readonly deviation: number;
}

/** The last days trade much and hold little; third Fridays have gathered for months. */
function tenorFactor(dte: number, expiry: number): number {
  if (dte <= 1) return 0.4;
  if (isMonthly(expiry)) return 2.5;
  return dte <= 14 ? 0.8 : 0.6;
}

/**
 * Contracts open at the close before the session, at least 5: synthetic, a pure function of its inputs. It is no
 * record of the tape and nothing of the tape depends on it. Chosen form: docs/methods/option-quotes.md.
 */
export function openInterest(inputs: OpenInterestInputs): number {
  const { seed, symbol, expiry, dte, strike, right, spot, deviation } = inputs;
  const underlying = UNIVERSE[symbol];
  const steps = Math.round(strike / strikeStep(underlying?.symbol ?? ""));
  const round = ROUND.findLast(([of]) => steps % of === 0)?.[1] ?? 1;
  const isOut = right === "C" ? strike > spot : strike < spot;
  const held = isOut ? (right === "C" ? 1.3 : 1.5) : 0.6;
  const far = Math.abs(strike / spot - 1) / deviation;
  const draws = extend(prefix(seed, OPEN_INTEREST), contractKey(symbol, expiry, strike, right));
  const contracts = AT_THE_MONEY * (underlying?.optionWeight ?? 1) / BUSIEST *
    tenorFactor(dte, expiry) * round * held * exp(-far / REACH_DEVIATIONS) *
    exp(SPREAD * toNormal(draws));
  return Math.max(LEAST, Math.round(contracts));
}
