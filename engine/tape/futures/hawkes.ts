import { exp, log } from "../../dmath/mod.ts";
import { Xoshiro256 } from "../../prng/mod.ts";

/** Event types: market buy, market sell, limit bid, limit ask, cancel bid, cancel ask. */
export const EVENT = { MB: 0, MS: 1, LB: 2, LA: 3, CB: 4, CA: 5 } as const;

/** Number of event types. */
export const EVENT_TYPES = 6;

/** Decay of what a market order excites, per second. */
const MARKET_DECAY_PER_SEC = 8;
/** Decay of what a limit order or cancel excites, per second. */
const LIMIT_DECAY_PER_SEC = 30;

/** Mean number of direct children: row = excited type, column = exciting type. */
export const BRANCHING: readonly number[] = [
  0.30,
  0.05,
  0.0015,
  0.0008,
  0.001,
  0.004, // MB
  0.05,
  0.30,
  0.0008,
  0.0015,
  0.004,
  0.001, // MS
  1.20,
  0.40,
  0.30,
  0.05,
  0.22,
  0.05, // LB
  0.40,
  1.20,
  0.05,
  0.30,
  0.05,
  0.22, // LA
  0.30,
  1.00,
  0.22,
  0.04,
  0.25,
  0.03, // CB
  1.00,
  0.30,
  0.04,
  0.22,
  0.03,
  0.25, // CA
];

/** Stationary rates that the base rates aim at, events per second. */
export const TARGET_RATES: readonly number[] = [3.2, 3.2, 90, 90, 80, 80];

/** Returns the base rates (I - N) target, events per second, shape [6]. */
export function baseRates(): Float64Array {
  const base = new Float64Array(EVENT_TYPES);
  for (let i = 0; i < EVENT_TYPES; i++) {
    let sum = TARGET_RATES[i]!;
    for (let j = 0; j < EVENT_TYPES; j++) {
      sum -= BRANCHING[i * EVENT_TYPES + j]! * TARGET_RATES[j]!;
    }
    base[i] = sum;
  }
  return base;
}

/**
 * Arrival times of six mutually exciting event types with exponential kernels, by thinning.
 *
 * Time is counted in integer nanoseconds. The caller sets the base rates at fixed moments and asks
 * for the next arrival before a horizon; between two calls the base rates stand still, so the sum
 * of intensities only falls and its present value bounds it.
 *
 * @see Hawkes (1971); Ogata (1981), "On Lewis' simulation method for point processes".
 */
export class HawkesArrivals {
  /** Base rates in force, events per second, shape [6]; the caller writes them. */
  readonly base = new Float64Array(EVENT_TYPES);
  readonly #rng: Xoshiro256;
  /** Excitation of type i by market orders at i, by the rest at 6 + i; events per second. */
  readonly #excited = new Float64Array(2 * EVENT_TYPES);
  #nowNs: number;
  #type = -1;
  #independent = false;

  constructor(seed: number | bigint, startNs: number) {
    this.#rng = new Xoshiro256(seed, 3);
    this.#nowNs = startNs;
    // The stationary mean of the excitation, so that the first second is like any other.
    for (let i = 0; i < EVENT_TYPES; i++) {
      for (let j = 0; j < EVENT_TYPES; j++) {
        const row = j < 2 ? i : EVENT_TYPES + i;
        this.#excited[row] = this.#excited[row]! +
          BRANCHING[i * EVENT_TYPES + j]! * TARGET_RATES[j]!;
      }
    }
  }

  /** Type of the arrival that {@link HawkesArrivals.next} found last. */
  get type(): number {
    return this.#type;
  }

  /** Whether that arrival came from the base rate and not from the excitation by others. */
  get independent(): boolean {
    return this.#independent;
  }

  /**
   * Returns the time of the next arrival, ns, or -1 when there is none before the horizon; the
   * state then stands at the horizon.
   *
   * @param horizonNs First moment at which the base rates may change.
   */
  next(horizonNs: number): number {
    const base = this.base;
    const excited = this.#excited;
    for (;;) {
      let bound = 0;
      for (let i = 0; i < EVENT_TYPES; i++) {
        bound += base[i]! + excited[i]! + excited[EVENT_TYPES + i]!;
      }
      const waitNs = Math.floor(-log(this.#rng.uniformOpen()) / bound * 1e9) + 1;
      if (this.#nowNs + waitNs >= horizonNs) {
        this.#decay(horizonNs);
        return -1;
      }
      this.#decay(this.#nowNs + waitNs);
      let u = this.#rng.uniform() * bound;
      for (let i = 0; i < EVENT_TYPES; i++) {
        u -= base[i]! + excited[i]! + excited[EVENT_TYPES + i]!;
        if (u < 0) {
          this.#type = i;
          this.#independent = u + base[i]! >= 0;
          this.excite(i);
          return this.#nowNs;
        }
      }
    }
  }

  /** Adds the excitation of one event of type `type` at the present moment. */
  excite(type: number): void {
    const market = type < 2;
    const decay = market ? MARKET_DECAY_PER_SEC : LIMIT_DECAY_PER_SEC;
    const row = market ? 0 : EVENT_TYPES;
    for (let i = 0; i < EVENT_TYPES; i++) {
      this.#excited[row + i] = this.#excited[row + i]! + BRANCHING[i * EVENT_TYPES + type]! * decay;
    }
  }

  #decay(toNs: number): void {
    const elapsedSec = (toNs - this.#nowNs) * 1e-9;
    const market = exp(-MARKET_DECAY_PER_SEC * elapsedSec);
    const limit = exp(-LIMIT_DECAY_PER_SEC * elapsedSec);
    const excited = this.#excited;
    for (let i = 0; i < EVENT_TYPES; i++) {
      excited[i] = excited[i]! * market;
      excited[EVENT_TYPES + i] = excited[EVENT_TYPES + i]! * limit;
    }
    this.#nowNs = toNs;
  }
}
