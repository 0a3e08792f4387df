import { philox2x32 } from "../../prng/mod.ts";
import { normals, openUniform } from "../cloud/mod.ts";

/** Standard normal draws of one numbered stream, one after the other. */
export class NormalStream {
  readonly #stream: number;
  readonly #seed: number;
  readonly #pair = new Float64Array(2);
  #drawn = 0;

  /** @param stream First word of the counter. @param seed Key, modulo 2^32. */
  constructor(stream: number, seed: number) {
    this.#stream = stream;
    this.#seed = seed;
  }

  /** Next draw. */
  next(): number {
    const half = this.#drawn & 1;
    if (half === 0) normals(this.#stream, this.#drawn / 2, this.#seed, this.#pair);
    this.#drawn++;
    return this.#pair[half]!;
  }
}

const words = new Uint32Array(2);

/** Uniform draw in (0, 1) of one numbered stream at a tick: a block a tick, its first word. */
export function uniformAt(stream: number, tick: number, seed: number): number {
  return openUniform(philox2x32(stream, tick, seed, words)[0]!);
}
