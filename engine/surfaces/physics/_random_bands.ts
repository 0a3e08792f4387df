import type { Band, BandSide } from "../band.ts";

/**
 * Fills a band with a window of a made-up book: bids below the spot and asks above it, now and then one on the wrong
 * side, thin far out, from a fixed integer sequence.
 *
 * @param window Number of the window; the same number makes the same band.
 * @param spotTick 0 for a window without a spot.
 */
export function fillRandomBand(band: Band, window: number, spotTick: number): void {
  band.moveTo(spotTick);
  if (spotTick === 0) return;
  for (let slot = 0; slot < band.slots; slot++) {
    const rel = slot - band.halfTicks;
    fillSlot(band.bids, slot, rel <= 0, Math.abs(rel), draw(window, spotTick + rel, 1));
    fillSlot(band.asks, slot, rel >= 0, Math.abs(rel), draw(window, spotTick + rel, 2));
  }
}

function fillSlot(
  side: BandSide,
  slot: number,
  isOwn: boolean,
  distance: number,
  bits: number,
): void {
  const isHere = isOwn ? bits % 211 > distance / 3 : bits % 97 === 0;
  if (!isHere) return;
  const end = bits % 5 === 0 ? 0 : (bits >>> 3) % 160;
  const add = bits % 3 === 0 ? (bits >>> 7) % 60 : 0;
  const pull = bits % 4 === 0 ? (bits >>> 11) % 60 : 0;
  const fill = distance < 3 ? (bits >>> 17) % 20 : 0;
  side.end[slot] = end;
  side.add[slot] = add;
  side.pull[slot] = pull;
  side.fill[slot] = fill;
  side.rest[slot] = (bits >>> 5) % (end + 1);
  side.pullRest[slot] = (bits >>> 13) % (pull + 1);
  side.start[slot] = Math.max(0, end - add + pull + fill);
  side.hasRow[slot] = 1;
}

/** Bits that belong to a window, a tick and a side. */
function draw(window: number, tick: number, side: number): number {
  let bits = Math.imul(window + 1, 0x9e3779b1) ^ Math.imul(tick, 0x85ebca6b) ^
    Math.imul(side, 0xc2b2ae35);
  bits = Math.imul(bits ^ (bits >>> 15), 0x2c1b3c6d);
  bits = Math.imul(bits ^ (bits >>> 12), 0x297a2d39);
  return (bits ^ (bits >>> 15)) >>> 0;
}

/**
 * Spot of a window that walks by ticks, jumps farther than the fields reach, farther than a band, and is missing (0).
 *
 * @param lowTick Where it mostly stays, absolute ticks.
 */
export function randomSpotTick(window: number, lowTick: number): number {
  if (window % 17 === 13) return 0;
  const walk = draw(window, 0, 3) % 7 - 3;
  const jump = window % 23 < 5 ? 0 : window % 23 < 11 ? 230 : window % 23 < 15 ? 1_900 : -37;
  return lowTick + walk + jump;
}
