import { extend, prefix, tag, toNormal } from "./hash.ts";

const BRIDGE = tag("br");
const LEVELS = 5;
const NODES = 1 << LEVELS;
const SQRT_HALF = 0.7071067811865476;
/**
 * Deviation of the first midpoint per unit of the minute's own: 2.2 basis points at the 4.81 of a
 * minute of SPY, in proportion elsewhere.
 */
const FIRST = 2.2 / (95 / Math.sqrt(390));

const nodes = new Float64Array(NODES + 1);

/**
 * Writes how far the price strays, second by second, from the straight line through a minute.
 *
 * @param out Shape [≥ at + 60], basis points; 60 values from `at`, the first is 0.
 * @param sigmaBps Standard deviation of the minute's return.
 */
export function writeDisplacement(
  out: Float64Array,
  at: number,
  seed: number,
  sessionId: number,
  symbol: number,
  minute: number,
  sigmaBps: number,
): void {
  const state = prefix(seed, BRIDGE, sessionId, symbol, minute);
  let sigma = FIRST * sigmaBps;
  nodes[0] = 0;
  nodes[NODES] = 0;
  for (let level = 0; level < LEVELS; level++) {
    const step = NODES >> level;
    for (let left = 0; left < NODES; left += step) {
      const middle = left + (step >> 1);
      const mean = ((nodes[left] ?? 0) + (nodes[left + step] ?? 0)) / 2;
      nodes[middle] = mean + sigma * toNormal(extend(state, middle));
    }
    sigma *= SQRT_HALF;
  }
  for (let second = 0; second < 60; second++) {
    const place = second * NODES / 60;
    const left = Math.floor(place);
    const from = nodes[left] ?? 0;
    out[at + second] = from + ((nodes[left + 1] ?? 0) - from) * (place - left);
  }
}
