import { extend, prefix, toUnit } from "./hash.ts";

const BLOCK_MINUTES = [4, 11, 31, 83] as const;
const SWING = [0.446, 0.496, 0.496, 0.397] as const;
const LOWEST = 0.25;
const HIGHEST = 3.5;

/**
 * Multiplicative cascade over minutes: volatility that clusters on four time scales and still is a pure
 * function of the minute. One instance keeps the block values it used last.
 */
export class Cascade {
  readonly #state: number;
  readonly #block = new Int32Array(BLOCK_MINUTES.length).fill(-1);
  readonly #left = new Float64Array(BLOCK_MINUTES.length);
  readonly #right = new Float64Array(BLOCK_MINUTES.length);

  /** @param parts Integers that tell this cascade from others. */
  constructor(...parts: readonly number[]) {
    this.#state = prefix(...parts);
  }

  /** Factor of a minute, 0.25 … 3.5, mean 1. */
  at(minute: number): number {
    let product = 1;
    for (let k = 0; k < BLOCK_MINUTES.length; k++) {
      const length = BLOCK_MINUTES[k] ?? 1;
      const block = Math.floor(minute / length);
      if (this.#block[k] !== block) {
        const scale = extend(this.#state, k);
        this.#left[k] = toUnit(extend(scale, block));
        this.#right[k] = toUnit(extend(scale, block + 1));
        this.#block[k] = block;
      }
      const left = this.#left[k] ?? 0;
      const value = left + ((this.#right[k] ?? 0) - left) * (minute / length - block);
      product *= 1 + (SWING[k] ?? 0) * (2 * value - 1);
    }
    return Math.min(HIGHEST, Math.max(LOWEST, product));
  }
}
