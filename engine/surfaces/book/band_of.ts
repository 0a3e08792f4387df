import type { Band, BandSide } from "../band.ts";
import { ASKS, BIDS, type PriceLevels } from "./price_levels.ts";

/**
 * Puts the levels of a finished window into a band around its spot: those with depth at the end and
 * those that the window touched.
 *
 * @param spotTick 0 leaves the band empty.
 */
export function fillBand(band: Band, levels: PriceLevels, spotTick: number): void {
  band.moveTo(spotTick);
  if (spotTick === 0) return;
  fillSide(band.bids, levels, BIDS, spotTick - band.halfTicks);
  fillSide(band.asks, levels, ASKS, spotTick - band.halfTicks);
}

function fillSide(into: BandSide, levels: PriceLevels, side: number, firstTick: number): void {
  const slots = into.end.length;
  for (let rank = levels.count(side) - 1; rank >= 0; rank--) {
    const level = levels.at(side, rank);
    const slot = levels.tick(level) - firstTick;
    if (slot < 0 || slot >= slots) {
      // Levels behind lie farther on this side of the band.
      if (side === BIDS ? slot < 0 : slot >= slots) break;
      continue;
    }
    const depth = levels.depth(level);
    into.start[slot] = levels.start(level);
    into.end[slot] = depth;
    into.add[slot] = levels.added(level);
    into.pull[slot] = levels.pulled(level);
    into.fill[slot] = levels.filled(level);
    into.rest[slot] = depth - levels.young(level);
    into.pullRest[slot] = levels.pulledRest(level);
    into.hasRow[slot] = 1;
  }
}
