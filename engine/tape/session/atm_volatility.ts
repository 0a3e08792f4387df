import { exp, log, normalQuantile, pow } from "../../dmath/mod.ts";
import { Xoshiro256 } from "../../prng/mod.ts";
import { CHAIN_STEP_SEC } from "./moods.ts";

const BASE = 0.15;
const LEAST = 0.08;
const MEMORY_SEC = 300;
const HALF_LIFE_SEC = 120;
/** Standard deviation of a minute's change, 1.00 = 100 % a year. */
const NOISE_PER_ROOT_MIN = 0.003;

const PULL = 1 - pow(2, -CHAIN_STEP_SEC / HALF_LIFE_SEC);
const NOISE = NOISE_PER_ROOT_MIN * Math.sqrt(CHAIN_STEP_SEC / 60);

/**
 * The volatility at the money: its logarithm is pulled to that of what the price moved by in the last five
 * minutes; on top comes what the regime adds.
 */
export class AtmVolatility {
  readonly #rng: Xoshiro256;
  /** Mean square of the price's volatility of late, as multiples of the base one. */
  #square = 1;
  #log = log(BASE);
  #value = BASE;

  constructor(seed: number | bigint, shift: number) {
    this.#rng = new Xoshiro256(seed, 25);
    this.#value = atLeast(BASE + shift);
  }

  /** Present value, 1.00 = 100 % a year, >= 0.08. */
  get value(): number {
    return this.#value;
  }

  /**
   * Advances by one step of {@link CHAIN_STEP_SEC}.
   *
   * @param volatility Multiple of the base volatility that the price moves with now.
   * @param shift What the regime adds, 1.00 = 100 % a year.
   */
  step(volatility: number, shift: number): void {
    this.#square += (volatility * volatility - this.#square) * (CHAIN_STEP_SEC / MEMORY_SEC);
    const aim = log(BASE * Math.sqrt(this.#square));
    const z = normalQuantile(this.#rng.uniformOpen());
    this.#log += (aim - this.#log) * PULL + NOISE / exp(this.#log) * z;
    this.#value = atLeast(exp(this.#log) + shift);
  }
}

function atLeast(value: number): number {
  return value > LEAST ? value : LEAST;
}
