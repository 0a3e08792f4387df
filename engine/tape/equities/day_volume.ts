import { type PresetId, type Session } from "../../regime/mod.ts";
import type { Load } from "../market_tape_types.ts";
import { LOAD_FACTOR } from "../load.ts";
import { FAMILY_PRINTS } from "./arrivals.ts";
import { expectedFamilies } from "./intensity.ts";
import { MEAN_PRINT_SHARES } from "./print_shape.ts";

/**
 * Shares of a symbol that trade between a session's auctions on average, by the law of the tape: what is
 * known before the open. Patient orders and stock legs of option orders come on top.
 */
export function expectedShares(
  symbol: number,
  session: Session,
  preset: PresetId,
  load: Load,
): number {
  const prints = expectedFamilies(symbol, session, preset) * FAMILY_PRINTS * LOAD_FACTOR[load];
  return prints * MEAN_PRINT_SHARES;
}
