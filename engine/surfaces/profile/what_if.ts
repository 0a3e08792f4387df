import { CONTRACT_MULTIPLIER, PRICE_UNITS } from "./units.ts";
import { GammaProfile } from "./gamma_profile.ts";

/** Points on each side of the middle strike, and how far they are apart. */
const HALF = 30;
const STEP_POINTS = 5;
/** Prices of a gamma profile. */
export const PROFILE_POINTS = 2 * HALF + 1;

/** Price of a place of the profile around a strike, 1e-9 points. */
export function profilePriceInt(strikeRefInt: number, place: number): number {
  return strikeRefInt + (place - HALF) * STEP_POINTS * PRICE_UNITS;
}

/** Writes the profile of positions: total gamma exposure at the middle strike +- 150 points in steps of 5. */
export function writeProfile(
  profile: GammaProfile,
  strikeRefPoints: number,
  out: Float64Array,
): void {
  profile.write(strikeRefPoints - HALF * STEP_POINTS, STEP_POINTS, out);
}

/** Volatilities and positions by strike, ascending; all of one length. */
export interface WhatIfRows {
  readonly strikeInt: Float64Array;
  /** Annual; NaN none. */
  readonly iv: Float64Array;
  /** Of dealers, calls and puts together, contracts: open interest of calls less that of puts, or another assumption. */
  readonly position: Float64Array;
}

/** What dealers' gamma would be with the future elsewhere. */
export interface WhatIf {
  /** Shape [61]: prices, points. */
  readonly pricePoints: Float64Array;
  /** Shape [61]: total gamma exposure there, USD per point, per point. */
  readonly gex: Float64Array;
  /** Where the total changes its sign within 60 points of the future, nearest to it; NaN when it does not. */
  readonly zeroGammaPoints: number;
  /** Total with the future there, USD per point, per point. */
  readonly gexTotal: number;
  /** Futures that dealers who hedge trade per point that the future rises: > 0 bought, < 0 sold. */
  readonly hedgePerPoint: number;
}

/**
 * Gamma with the future at another price, volatilities fixed by strike: what the server says of the price that is.
 *
 * @param futurePoints > 0. @param strikeRefPoints Middle of the profile, points. @param years To expiry, > 0.
 */
export function whatIf(
  { strikeInt, iv, position }: WhatIfRows,
  futurePoints: number,
  strikeRefPoints: number,
  years: number,
): WhatIf {
  const profile = new GammaProfile(strikeInt.length);
  profile.take(strikeInt.map((strike) => strike / PRICE_UNITS), iv, position, years);
  const gex = new Float64Array(PROFILE_POINTS);
  writeProfile(profile, strikeRefPoints, gex);
  const gexTotal = profile.at(futurePoints);
  return {
    pricePoints: gex.map((_, place) => strikeRefPoints + (place - HALF) * STEP_POINTS),
    gex,
    zeroGammaPoints: profile.zeroGamma(futurePoints),
    gexTotal,
    hedgePerPoint: -gexTotal / CONTRACT_MULTIPLIER,
  };
}
