import { Xoshiro256 } from "../../prng/mod.ts";
import type { FuturesTape } from "../futures/mod.ts";
import type { ChainValues } from "./chain_values.ts";
import { SYNTH_OPTIONS } from "./listing.ts";

const HEDGE_SHARE = 0.6;
const HEDGE_FROM_NS = 30_000_000;
const HEDGE_SPAN_NS = 90_000_001;

/** The makers' books of positions, and the hedges that they send into the future. */
export class Dealers {
  /** Contracts that makers are long, per option; negative when short. */
  readonly positions = new Float64Array(SYNTH_OPTIONS.count);
  readonly #future: FuturesTape;
  readonly #values: ChainValues;
  readonly #rng: Xoshiro256;

  constructor(seed: number | bigint, future: FuturesTape, values: ChainValues) {
    this.#future = future;
    this.#values = values;
    this.#rng = new Xoshiro256(seed, 26);
  }

  /**
   * A customer has traded with makers, who may hedge their delta a moment later.
   *
   * @param sign Of the customer: +1 bought, -1 sold.
   */
  trade(option: number, sign: number, size: number, nowNs: number): void {
    this.positions[option] = this.positions[option]! - sign * size;
    const isHedged = this.#rng.uniform() < HEDGE_SHARE;
    const delayNs = HEDGE_FROM_NS + this.#rng.below(HEDGE_SPAN_NS);
    const delta = this.#values.delta[option]!;
    const contracts = Math.floor(Math.abs(delta) * size + 0.5);
    if (!isHedged || contracts === 0) return;
    this.#future.order(nowNs + delayNs, delta * sign > 0 ? 1 : -1, contracts);
  }
}
