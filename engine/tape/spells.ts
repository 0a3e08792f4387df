import { extend, toUnit } from "../regime/mod.ts";

const TURN = 0x7042;
const KIND = 0x4b1d;

/**
 * Whether the spell that an instant lies in is a busy one. Spells turn at one random moment of each cell of
 * time, so they start and end on no grid, and each is busy for itself: busy runs last
 * `cellMs / (1 − busyShare)` on average.
 *
 * @param draws Hash state of whoever is busy. @param tsMs Epoch ms.
 */
export function isBusySpell(
  draws: number,
  tsMs: number,
  cellMs: number,
  busyShare: number,
): boolean {
  const cell = Math.floor(tsMs / cellMs);
  const turnMs = cellMs * (cell + toUnit(extend(extend(draws, TURN), cell)));
  const spell = tsMs < turnMs ? cell - 1 : cell;
  return toUnit(extend(extend(draws, KIND), spell)) < busyShare;
}
