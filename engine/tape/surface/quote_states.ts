/** States of a contract's quote at a moment at which its makers look at it. */
export const QUOTE_STATE = { clean: 0, wide: 1, stale: 2, missing: 3, locked: 4 } as const;
export type QuoteState = (typeof QUOTE_STATE)[keyof typeof QUOTE_STATE];

/** So small that locked quotes are rare in time and among updates. */
const LOCKED_SHARE = 0.0001;

function clamp(x: number, low: number, high: number): number {
  return x < low ? low : x > high ? high : x;
}

/** Shares of moments in the five states. */
export type StateShares = readonly [
  clean: number,
  wide: number,
  stale: number,
  missing: number,
  locked: number,
];

/**
 * Shares of the moments of a contract's quote that find it in each state.
 *
 * @param cleanliness Level, 0 … 1. @param distance How far from the money: 0.4 at it … 1 far away.
 */
export function stateShares(cleanliness: number, distance: number): StateShares {
  const dirt = 1 - cleanliness;
  const wide = 0.02 + 0.08 * dirt;
  const stale = clamp(0.16 * dirt, 0, 0.22) * distance;
  const missing = clamp(0.07 * dirt, 0, 0.1) * distance;
  return [1 - wide - stale - missing - LOCKED_SHARE, wide, stale, missing, LOCKED_SHARE];
}

/** 0.4 for a strike at the spot, 1 from two standard deviations away. */
export function distanceFactor(standardDeviations: number): number {
  return 0.4 + 0.6 * clamp(Math.abs(standardDeviations) / 2, 0, 1);
}

/** State of a uniform draw in [0, 1). */
export function stateOf(shares: StateShares, u: number): QuoteState {
  let left = u;
  for (const state of [1, 2, 3, 4] as const) {
    left -= shares[state];
    if (left < 0) return state;
  }
  return QUOTE_STATE.clean;
}
