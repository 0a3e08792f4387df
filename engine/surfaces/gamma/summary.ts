import { CONTRACT_MULTIPLIER, PRICE_UNITS } from "../profile/mod.ts";
import type { GexSurface } from "./gex_surface.ts";
import type { GreekRows } from "./greek_rows.ts";

const EPSILON = 1e-6;

/**
 * What a window's gamma comes to; NaN stands for null. Exposure in USD per point, per point, calls + and puts -:
 * assumes dealers long calls, short puts.
 */
export interface GammaSummary {
  /** 1, or 0 in a window without spot. */
  count: number;
  /** Over all options with a volatility: calls less puts. */
  gexTotal: number;
  gexCallTotal: number;
  gexPutTotal: number;
  /** USD of futures that hedge a move of 1 %. */
  gexUsd1Pct: number;
  /** Price of the future at which the total changes its sign, 1e-9 points. */
  zeroGammaPriceInt: number;
  /** Least it can be with every volatility between those of bid and ask; see `ZeroGammaRange`. */
  zeroGammaLowInt: number;
  /** Greatest it can be. */
  zeroGammaHighInt: number;
  /** Strikes of the surface, 1e-9 points. */
  callWallStrikeInt: number;
  putWallStrikeInt: number;
  maxAbsStrikeInt: number;
  /** Exposure above the future less that below it, over both: [-1, 1]. */
  gexTilt: number;
  /** The smile at the future, annual. */
  atmIv: number;
  /** Volatility of the put of delta -0.25 less that of the call of 0.25, annual. */
  skew25d: number;
}

/** A summary of nothing. */
export function emptySummary(): GammaSummary {
  const summary = { count: 0 } as GammaSummary;
  clearSummary(summary, 0);
  return summary;
}

/** Makes a summary one of a window in which no option has a volatility, or, with a count of 0, of one without spot. */
export function clearSummary(summary: GammaSummary, count: 0 | 1): void {
  summary.count = count;
  summary.gexTotal =
    summary.gexCallTotal =
    summary.gexPutTotal =
    summary.gexUsd1Pct =
      0;
  summary.zeroGammaPriceInt = summary.zeroGammaLowInt = summary.zeroGammaHighInt = NaN;
  summary.callWallStrikeInt = summary.putWallStrikeInt = summary.maxAbsStrikeInt = NaN;
  summary.gexTilt = 0;
  summary.atmIv = summary.skew25d = NaN;
}

/** Takes the totals over the chain. @param futureInt 1e-9 points. */
export function sumTotals(
  summary: GammaSummary,
  { count, isCall, gamma, openInterest }: GreekRows,
  futureInt: number,
): void {
  const future = futureInt / PRICE_UNITS;
  let call = 0;
  let put = 0;
  for (let row = 0; row < count; row++) {
    const exposure = gamma[row]! * openInterest[row]! * CONTRACT_MULTIPLIER;
    if (!(exposure > 0)) continue;
    if (isCall[row] === 1) call += exposure;
    else put += exposure;
  }
  summary.gexCallTotal = call;
  summary.gexPutTotal = put;
  summary.gexTotal = call - put;
  summary.gexUsd1Pct = summary.gexTotal * future * future * 0.01;
}

/**
 * Takes the strikes of the surface that weigh most (calls at or above the future, puts at or below it, both) and the
 * tilt. Of equals the nearest to the future, then the lower; one that weighs nothing is none.
 */
export function takeWalls(summary: GammaSummary, surface: GexSurface, futureInt: number): void {
  const { count, strikeInt, gexCallAbs, gexPutAbs, gexAbs } = surface;
  let callWall = -1;
  let putWall = -1;
  let maxAbs = -1;
  let above = 0;
  let below = 0;
  let sum = 0;
  for (let slot = 0; slot < count; slot++) {
    const strike = strikeInt[slot]!;
    sum += gexAbs[slot]!;
    if (strike > futureInt) above += gexAbs[slot]!;
    if (strike < futureInt) below += gexAbs[slot]!;
    if (strike >= futureInt) callWall = heavier(gexCallAbs, callWall, slot, 0);
    if (strike <= futureInt) putWall = heavier(gexPutAbs, putWall, slot, -1);
    const closer = Math.abs(strike - futureInt) - Math.abs((strikeInt[maxAbs] ?? 0) - futureInt);
    maxAbs = heavier(gexAbs, maxAbs, slot, closer);
  }
  summary.callWallStrikeInt = strikeInt[callWall] ?? NaN;
  summary.putWallStrikeInt = strikeInt[putWall] ?? NaN;
  summary.maxAbsStrikeInt = strikeInt[maxAbs] ?? NaN;
  summary.gexTilt = (above - below) / (sum + EPSILON);
}

/** The heavier slot of `best` (-1 none yet) and a later one; of equals the later when `closer` < 0. */
function heavier(weights: Float64Array, best: number, slot: number, closer: number): number {
  const weight = weights[slot]!;
  const most = best < 0 ? 0 : weights[best]!;
  if (weight > most) return slot;
  return weight === most && weight > 0 && closer < 0 ? slot : best;
}
