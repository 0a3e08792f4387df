import { log, pow } from "../../dmath/mod.ts";
import { Xoshiro256 } from "../../prng/mod.ts";

const MAX_OPEN = 64;
const MIN_CHILDREN = 5;
const MAX_CHILDREN = 400;
const PARETO_ALPHA = 1.5;
const MEAN_GAP_NS = 250_000_000;

/** Large orders that are worked as a train of market orders on one side. */
export class MetaOrders {
  readonly #rng: Xoshiro256;
  readonly #nextNs = new Float64Array(MAX_OPEN);
  readonly #left = new Int32Array(MAX_OPEN);
  readonly #sign = new Int32Array(MAX_OPEN);
  #count = 0;
  #first = -1;

  constructor(seed: number | bigint) {
    this.#rng = new Xoshiro256(seed, 12);
  }

  /** Time of the next child order, ns, or Infinity. */
  get nextNs(): number {
    return this.#first < 0 ? Infinity : this.#nextNs[this.#first]!;
  }

  /** Starts a meta-order with the given probability. */
  arrive(probability: number, nowNs: number, buyShare: number): void {
    if (this.#rng.uniform() >= probability || this.#count === MAX_OPEN) return;
    const children = MIN_CHILDREN * pow(this.#rng.uniformOpen(), -1 / PARETO_ALPHA);
    const at = this.#count++;
    this.#left[at] = Math.floor(Math.min(MAX_CHILDREN, children));
    this.#sign[at] = this.#rng.uniform() < buyShare ? 1 : -1;
    this.#nextNs[at] = nowNs + this.#gap();
    this.#settle();
  }

  /** Takes the next child order and returns its side: +1 buy, -1 sell. */
  take(): number {
    const at = this.#first;
    const sign = this.#sign[at]!;
    this.#left[at] = this.#left[at]! - 1;
    if (this.#left[at]! > 0) this.#nextNs[at] = this.#nextNs[at]! + this.#gap();
    else {
      const last = --this.#count;
      this.#left[at] = this.#left[last]!;
      this.#sign[at] = this.#sign[last]!;
      this.#nextNs[at] = this.#nextNs[last]!;
    }
    this.#settle();
    return sign;
  }

  #gap(): number {
    return 1 + Math.floor(-MEAN_GAP_NS * log(this.#rng.uniformOpen()));
  }

  #settle(): void {
    this.#first = -1;
    let bestNs = Infinity;
    for (let i = 0; i < this.#count; i++) {
      if (this.#nextNs[i]! < bestNs) {
        bestNs = this.#nextNs[i]!;
        this.#first = i;
      }
    }
  }
}
