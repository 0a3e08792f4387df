import { extend, prefix, tag, toNormal, toUnit } from "../../regime/mod.ts";
import type { Range } from "./template_types.ts";

const PARENT = tag("par");
const SIZES = tag("sz");

/** Numbers of the draws of one parent; new ones go at the end. */
export const DRAW = {
  family: 1,
  focusOrAll: 2,
  symbol: 3,
  direction: 4,
  subtype: 5,
  resymbol: 6,
  expiry: 7,
  strike: 8,
  right: 9,
  flip: 10,
  width: 11,
  printCount: 12,
  premium: 13,
  venueCount: 14,
  venueOrder: 15,
  ivShock: 16,
  spreadZ: 17,
  move: 18,
  stock: 19,
  stockOffset: 20,
  event: 21,
} as const;

/** Numbers of the draws of one print. */
export const PRINT_DRAW = {
  gap: 1,
  gapKind: 2,
  size: 3,
  stratum: 4,
  placement: 5,
  venue: 6,
  condition: 7,
  round: 8,
} as const;

/** The random numbers of one draw of a parent: a pure function of its slot. */
export class Draws {
  readonly #parent: number;
  readonly #sizes: number;

  constructor(seed: number, sessionId: number, slotKey: number, draw: number) {
    this.#parent = prefix(seed, PARENT, sessionId, slotKey, draw);
    this.#sizes = prefix(seed, SIZES, sessionId, slotKey, draw);
  }

  /** Uniform in [0, 1); `index` tells apart draws of one number. */
  unit(draw: number, index = 0): number {
    return toUnit(extend(extend(this.#parent, draw), index));
  }

  /** Uniform in a range. */
  within([low, high]: Range, draw: number, index = 0): number {
    return low + (high - low) * this.unit(draw, index);
  }

  /** Uniform integer in an inclusive range. */
  integer([low, high]: Range, draw: number, index = 0): number {
    return low + Math.floor((high - low + 1) * this.unit(draw, index));
  }

  /** Uniform in [0, 1) of one print. */
  print(draw: number, print: number): number {
    return toUnit(extend(extend(this.#sizes, draw), print));
  }

  /** Standard normal of one print. */
  printNormal(draw: number, print: number): number {
    return toNormal(extend(extend(this.#sizes, draw), print));
  }
}

/**
 * Index of a weighted pick: weights are taken off `u × Σ` in order.
 *
 * @param u Uniform in [0, 1).
 * @returns -1 when no weight is positive.
 */
export function weightedIndex(weights: readonly number[], u: number): number {
  let total = 0;
  for (const weight of weights) total += weight;
  let left = u * total;
  let last = -1;
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i] ?? 0;
    if (weight <= 0) continue;
    last = i;
    left -= weight;
    if (left < 0) return i;
  }
  return last;
}
