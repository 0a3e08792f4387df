/**
 * Counter-based randomness: every draw is a pure function of integers, so any instant can be computed
 * without the draws before it. Method: docs/methods/regime.md, "Randomness".
 */

const START = 0x9e3779b9;
const WHITEN = 0x5bd1e995;
const FNV_PRIME = 0x01000193;
const FNV_OFFSET = 0x811c9dc5;
const TWO_32 = 4_294_967_296;

/** The 32-bit finaliser of MurmurHash3 (Appleby, public domain): every input bit moves every output bit. */
function finalise(value: number): number {
  let h = value;
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  h ^= h >>> 16;
  return h;
}

function step(state: number, part: number): number {
  return finalise(Math.imul(state, FNV_PRIME) ^ finalise(part ^ WHITEN));
}

/** Unsigned 32-bit hash of an ordered list of integers, each taken modulo 2^32. */
export function mix(...parts: readonly number[]): number {
  let state = START;
  for (let i = 0; i < parts.length; i++) state = step(state, parts[i] ?? 0);
  return state >>> 0;
}

/**
 * State after hashing `parts`; {@link extend} it by further parts. `extend(prefix(a, b), c)` finished by
 * {@link toUnit} equals `u01(a, b, c)`, so a hot loop hashes its constant parts once.
 */
export function prefix(...parts: readonly number[]): number {
  let state = START;
  for (let i = 0; i < parts.length; i++) state = step(state, parts[i] ?? 0);
  return state;
}

/** Hash state after one more part. */
export function extend(state: number, part: number): number {
  return step(state, part);
}

/** Uniform number in [0, 1) of a hash state. */
export function toUnit(state: number): number {
  return (state >>> 0) / TWO_32;
}

/** Uniform number in [0, 1) of an ordered list of integers. */
export function u01(...parts: readonly number[]): number {
  return mix(...parts) / TWO_32;
}

/** Near-normal deviate of a hash state: six uniforms, mean 0, variance 1, within ±4.25. */
export function toNormal(state: number): number {
  let sum = 0;
  for (let i = 0; i < 6; i++) sum += (step(state, i) >>> 0) / TWO_32;
  return (sum - 3) * 1.4142135623730951;
}

/** Near-normal deviate of an ordered list of integers; see {@link toNormal}. */
export function z01(...parts: readonly number[]): number {
  return toNormal(prefix(...parts));
}

/** FNV-1a over UTF-16 code units: the integer that stands for a name in {@link mix}. */
export function tag(text: string): number {
  let h = FNV_OFFSET;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), FNV_PRIME);
  return h >>> 0;
}
