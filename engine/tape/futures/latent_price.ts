import { normalQuantile } from "../../dmath/mod.ts";
import { Xoshiro256 } from "../../prng/mod.ts";
import { type RegimeChain, STEP_SEC } from "./regime_chain.ts";

const ANNUAL_VOLATILITY = 0.15;
const SECONDS_PER_YEAR = 31_536_000;
const MEAN_SEC = 60;
/** Pull to the anchor, per second: a half-life of 35 s. */
const ANCHOR_PULL_PER_SEC = 0.02;

/**
 * The price that the flow leans to, in ticks: a diffusion with the regime's drift, pulls and
 * jumps, in steps of 10 ms.
 */
export class LatentPrice {
  readonly #rng: Xoshiro256;
  readonly #strikeTicks: number;
  readonly #relativeSigma: number;
  #ticks: number;
  #mean: number;
  #anchor = NaN;

  /**
   * @param seed Seed of the run.
   * @param startTicks First value, ticks > 0.
   * @param strikeTicks Distance of the strikes that pull, in ticks (100 = $25 of $0.25 ticks).
   */
  constructor(seed: number | bigint, startTicks: number, strikeTicks: number) {
    this.#rng = new Xoshiro256(seed, 2);
    this.#ticks = startTicks;
    this.#mean = startTicks;
    this.#strikeTicks = strikeTicks;
    this.#relativeSigma = ANNUAL_VOLATILITY * Math.sqrt(STEP_SEC / SECONDS_PER_YEAR);
  }

  /** Present value, ticks. */
  get ticks(): number {
    return this.#ticks;
  }

  /** Ticks that the price is pulled to from now on; NaN for none. */
  setAnchor(ticks: number): void {
    this.#anchor = ticks;
  }

  /** Advances by one step of `STEP_SEC` under the chain's present parameters. */
  step(chain: RegimeChain): void {
    const x = this.#ticks;
    const strike = Math.floor(x / this.#strikeTicks + 0.5) * this.#strikeTicks;
    const drift = chain.driftTicksPerMin / 60 + chain.meanPullPerSec * (this.#mean - x) +
      chain.strikePullPerSec * (strike - x) +
      (Number.isNaN(this.#anchor) ? 0 : ANCHOR_PULL_PER_SEC * (this.#anchor - x));
    const sigma = chain.volatility * x * this.#relativeSigma;
    const z = normalQuantile(this.#rng.uniformOpen());
    this.#ticks = x + drift * STEP_SEC + sigma * z + chain.jumpTicks;
    this.#mean += (this.#ticks - this.#mean) * (STEP_SEC / MEAN_SEC);
  }
}
