import {
  CONTRACT_MULTIPLIER,
  GammaProfile,
  PRICE_UNITS,
  type WhatIf,
  whatIf,
} from "../../../engine/surfaces/profile/mod.ts";
import { HALF_STRIKES, STRIKE_TICKS, STRIKES } from "./cell_planes.ts";
import { type Assumption, planeOf } from "./surface_store.ts";
import type { SmileRows, SurfaceWindow } from "./surface_window.ts";

/**
 * What dealers' gamma would be with the future at another price, computed from the newest window's smile and
 * open interest; null while those have not come.
 *
 * @param futurePoints > 0.
 */
export function supposed(
  window: SurfaceWindow | null,
  assumption: Assumption,
  futurePoints: number,
): WhatIf | null {
  const smile = window?.chain?.smile;
  if (!window || smile === undefined || window.strikeTick === 0 || !(smile.years > 0)) return null;
  const { strikeInt, iv, years } = smile;
  const position = positionsOf(window, smile, assumption);
  const strikeRefPoints = window.strikeTick * window.tickInt / PRICE_UNITS;
  return whatIf({ strikeInt, iv, position }, futurePoints, strikeRefPoints, years);
}

/** Dealers' position in every strike, contracts. */
function positionsOf(
  window: SurfaceWindow,
  smile: SmileRows,
  assumption: Assumption,
): Float64Array {
  const { callOpenInterest: calls, putOpenInterest: puts } = smile;
  if (assumption === "naive") return calls.map((call, i) => call - puts[i]!);
  if (assumption === "short") return calls.map((call, i) => -call - puts[i]!);
  return tradedPositions(window, smile);
}

/**
 * Positions against the session's customers are not sent: they are the sent exposure of a strike over the
 * gamma of one contract. They are known of the 25 strikes around the spot; others count as 0.
 */
function tradedPositions(window: SurfaceWindow, smile: SmileRows): Float64Array {
  const { strikeInt, iv, years, futurePoints } = smile;
  const one = new GammaProfile(1);
  const plane = planeOf("flow");
  return strikeInt.map((strike, i) => {
    const ticks = strike / window.tickInt - window.strikeTick;
    const place = ticks / STRIKE_TICKS + HALF_STRIKES;
    if (!Number.isInteger(place) || place < 0 || place >= STRIKES) return 0;
    one.take(
      Float64Array.of(strike / PRICE_UNITS),
      Float64Array.of(iv[i]!),
      Float64Array.of(1),
      years,
    );
    const gamma = one.at(futurePoints);
    const contracts = window.ladder[plane + place]! / gamma;
    return Number.isFinite(contracts) ? Math.round(contracts) : 0;
  });
}

/** What dealers who hedge do when the future rises by a point, in words. @param contracts Bought +, sold −. */
export function hedgeWords(contracts: number): string {
  const size = Math.round(Math.abs(contracts));
  if (size === 0) return "no hedge";
  return contracts < 0 ? "sell into a rise, buy into a fall" : "buy into a rise, sell into a fall";
}

/** Futures that hedge a total exposure over a point. @param gexTotal USD/point². */
export function hedgeOf(gexTotal: number): number {
  return -gexTotal / CONTRACT_MULTIPLIER;
}
