/** Age up to which a feed counts in full, s. */
const FULL_S = 0.5;
/** Age from which a feed counts for nothing, s. */
const STALE_S = 3;

/** Weight of a feed by its age: 1 up to half a second, then falling to 0 at 3 s. @param ageS s, >= 0. */
export function freshness(ageS: number): number {
  return Math.min(1, Math.max(0, 1 - (ageS - FULL_S) / (STALE_S - FULL_S)));
}
