import { log } from "../../dmath/mod.ts";
import { extend, toUnit } from "../../regime/mod.ts";

/** States of a contract's quote. */
export const QUOTE_STATE = { clean: 0, wide: 1, stale: 2, missing: 3, locked: 4 } as const;
export type QuoteState = (typeof QUOTE_STATE)[keyof typeof QUOTE_STATE];

/** Mean length of an episode, ms; a locked one lasts 160 to 400. */
const MEAN_MS = [0, 6_000, 4_000, 3_000, 280] as const;
const LEAST_LOCKED_MS = 160;
const LOCKED_RANGE_MS = 240;
/** So small that locked quotes are rare among updates too, not only in time. */
const LOCKED_SHARE = 0.0001;
/** A process is followed for this long before it starts anew from its long-run shares. */
export const STRETCH_MS = 240_000;
const RENEWAL = 0x51a7e;

function clamp(x: number, low: number, high: number): number {
  return x < low ? low : x > high ? high : x;
}

/** Long-run shares of time in the five states. */
export type StateShares = readonly [
  clean: number,
  wide: number,
  stale: number,
  missing: number,
  locked: number,
];

/**
 * Shares of time that a contract's quote spends in each state.
 *
 * @param cleanliness Level, 0 … 1. @param distance How far from the money: 0.4 at it … 1 far away.
 */
export function stateShares(cleanliness: number, distance: number): StateShares {
  const dirt = 1 - cleanliness;
  const wide = 0.02 + 0.08 * dirt;
  const stale = clamp(0.3 * dirt, 0, 0.42) * distance;
  const missing = clamp(0.16 * dirt, 0, 0.18) * distance;
  return [1 - wide - stale - missing - LOCKED_SHARE, wide, stale, missing, LOCKED_SHARE];
}

/** 0.4 for a strike at the spot, 1 from two standard deviations away. */
export function distanceFactor(standardDeviations: number): number {
  return 0.4 + 0.6 * clamp(Math.abs(standardDeviations) / 2, 0, 1);
}

function pick(shares: StateShares, u: number): QuoteState {
  let left = u;
  for (const state of [1, 2, 3, 4] as const) {
    left -= shares[state];
    if (left < 0) return state;
  }
  return QUOTE_STATE.clean;
}

/** State that follows a clean stretch: by rate, which is share over mean length. */
function leave(shares: StateShares, u: number): QuoteState {
  let total = 0;
  for (const state of [1, 2, 3, 4] as const) total += shares[state] / MEAN_MS[state];
  let left = u * total;
  for (const state of [1, 2, 3, 4] as const) {
    left -= shares[state] / MEAN_MS[state];
    if (left < 0) return state;
  }
  return QUOTE_STATE.stale;
}

function meanMs(state: QuoteState, shares: StateShares): number {
  if (state !== QUOTE_STATE.clean) return MEAN_MS[state];
  let rate = 0;
  for (const other of [1, 2, 3, 4] as const) rate += shares[other] / MEAN_MS[other];
  return shares[0] / rate;
}

/**
 * Writes the episodes of one stretch as pairs of start (epoch ms) and state. Sojourns are exponential, so
 * that a start from the long-run shares is the process itself; only the episode at the seam is cut.
 *
 * @param draws Hash state of the contract. @param startMs Start of the stretch.
 * @param untilMs Episodes that start at or after it are left out, and no level from there on is asked for.
 * @param cleanliness Level at an instant.
 * @returns Epoch ms at which the last episode ends.
 */
export function writeEpisodes(
  out: number[],
  draws: number,
  startMs: number,
  untilMs: number,
  distance: number,
  cleanliness: (tsMs: number) => number,
): number {
  out.length = 0;
  const state = extend(extend(draws, RENEWAL), startMs / 1_000);
  let ts = startMs;
  let shares = stateShares(cleanliness(ts), distance);
  let now = pick(shares, toUnit(extend(state, 0)));
  for (let k = 1;; k++) {
    out.push(ts, now);
    const u = toUnit(extend(state, 2 * k));
    const held = now === QUOTE_STATE.locked
      ? LEAST_LOCKED_MS + LOCKED_RANGE_MS * u
      : -log(1 - u) * meanMs(now, shares);
    ts += Math.max(1, Math.round(held));
    if (ts >= untilMs) return ts;
    shares = stateShares(cleanliness(ts), distance);
    now = now === QUOTE_STATE.clean
      ? leave(shares, toUnit(extend(state, 2 * k + 1)))
      : QUOTE_STATE.clean;
  }
}
