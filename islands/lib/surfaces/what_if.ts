import { PRICE_UNITS, type WhatIf, whatIf } from "../../../engine/surfaces/profile/mod.ts";
import type { Assumption } from "./surface_store.ts";
import type { SurfaceWindow } from "./surface_window.ts";

/**
 * What dealers' gamma would be with the future at another price, computed from the newest window's smile and
 * positions; null while those have not come.
 *
 * @param futurePoints > 0.
 */
export function supposed(
  window: SurfaceWindow | null,
  assumption: Assumption,
  futurePoints: number,
): WhatIf | null {
  const chain = window?.chain ?? null;
  if (window === null || chain === null || window.strikeTick === 0) return null;
  const { strikeInt, iv, years } = chain.smile;
  if (!(years > 0)) return null;
  const position = chain.positions[assumption];
  const strikeRefPoints = window.strikeTick * window.tickInt / PRICE_UNITS;
  return whatIf({ strikeInt, iv, position }, futurePoints, strikeRefPoints, years);
}

/** What dealers who hedge do when the future rises by a point, in words. @param contracts Bought +, sold −. */
export function hedgeWords(contracts: number): string {
  const size = Math.round(Math.abs(contracts));
  if (size === 0) return "no hedge";
  return contracts < 0 ? "sell into a rise, buy into a fall" : "buy into a rise, sell into a fall";
}
