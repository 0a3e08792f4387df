import { exp, normalQuantile } from "../../dmath/mod.ts";
import { Xoshiro256 } from "../../prng/mod.ts";
import { type RegimeChain, STEP_SEC } from "./regime_chain.ts";

const ANNUAL_VOLATILITY = 0.15;
const SECONDS_PER_YEAR = 31_536_000;
const MEAN_SEC = 60;
const STEPS_PER_SEC = 100;
/** Seconds over which the deviation of a second is averaged. */
const DEVIATION_SEC = 30;
/**
 * What is sought strays from the price for so long, s, by such a share of a second's deviation: judged by how the
 * moves of one second turn around in a recording (docs/methods/synthetic-futures.md, "Latent price").
 */
const STRAY_SEC = 0.3;
const STRAY_SHARE = 0.36;
const STRAY_LEFT = exp(-STEP_SEC / STRAY_SEC);
const STRAY_STEP = Math.sqrt(1 - STRAY_LEFT * STRAY_LEFT);

/** Price at an offset from the tape's base (ns), ticks; NaN while there is none. */
export type LatentPath = (offsetNs: number) => number;

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
  #path: LatentPath | null = null;
  readonly #strays: Xoshiro256;
  #stray = 0;
  /** Values of the last second, step by step. */
  readonly #second = new Float64Array(STEPS_PER_SEC);
  #at = 0;
  #variance: number;

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
    this.#strays = new Xoshiro256(seed, 16);
    this.#second.fill(startTicks);
    const annual = startTicks * ANNUAL_VOLATILITY;
    this.#variance = annual * annual / SECONDS_PER_YEAR;
    this.#relativeSigma = ANNUAL_VOLATILITY * Math.sqrt(STEP_SEC / SECONDS_PER_YEAR);
  }

  /** Present value, ticks. */
  get ticks(): number {
    return this.#ticks;
  }

  /**
   * Where the flow looks for the price, ticks: it goes too far and comes back within a second, the more
   * the more the price moves.
   */
  get soughtTicks(): number {
    return this.#ticks + this.#stray;
  }

  /** Deviation of a second lately, ticks. */
  get deviationTicks(): number {
    return Math.sqrt(this.#variance);
  }

  /**
   * How much it moves, as a multiple of the base volatility: what the chain has in force, or along a path what
   * of the last moves can be taken to last. That is the root of their multiple: bursts pass, calm ends (judged).
   */
  volatilityOf(chain: RegimeChain): number {
    if (this.#path === null) return chain.volatility;
    const base = this.#ticks * ANNUAL_VOLATILITY / Math.sqrt(SECONDS_PER_YEAR);
    return Math.sqrt(this.deviationTicks / base);
  }

  /** Goes along a path from now on; with null, or where the path has no price, its own way. */
  follow(path: LatentPath | null): void {
    this.#path = path;
  }

  /** Advances by one step of `STEP_SEC`, which ends at `nowNs`, under the chain's present parameters. */
  step(chain: RegimeChain, nowNs: number): void {
    const asked = this.#path === null ? NaN : this.#path(nowNs);
    this.#ticks = Number.isNaN(asked) ? this.#diffused(chain) : asked;
    this.#mean += (this.#ticks - this.#mean) * (STEP_SEC / MEAN_SEC);
    const moved = this.#ticks - this.#second[this.#at]!;
    this.#second[this.#at] = this.#ticks;
    this.#at = (this.#at + 1) % STEPS_PER_SEC;
    this.#variance += (moved * moved - this.#variance) * (STEP_SEC / DEVIATION_SEC);
    const z = normalQuantile(this.#strays.uniformOpen());
    this.#stray = STRAY_LEFT * this.#stray +
      STRAY_STEP * STRAY_SHARE * this.deviationTicks * z;
  }

  #diffused(chain: RegimeChain): number {
    const x = this.#ticks;
    const strike = Math.floor(x / this.#strikeTicks + 0.5) * this.#strikeTicks;
    const drift = chain.driftTicksPerMin / 60 + chain.meanPullPerSec * (this.#mean - x) +
      chain.strikePullPerSec * (strike - x);
    const sigma = chain.volatility * x * this.#relativeSigma;
    const z = normalQuantile(this.#rng.uniformOpen());
    return x + drift * STEP_SEC + sigma * z + chain.jumpTicks;
  }
}
