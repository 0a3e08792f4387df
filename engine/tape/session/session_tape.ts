import type { RegimeId } from "../../regime/mod.ts";
import {
  FuturesTape,
  type FuturesTapeOptions,
  type LatentPath,
  type MboWriter,
  SYNTH_FUTURE,
} from "../futures/mod.ts";
import type { ChainListing } from "./listing.ts";
import { OptionChain } from "./option_chain.ts";

/** How a session tape starts. */
export interface SessionTapeOptions extends FuturesTapeOptions {
  /** End of trading in the options listed first, ns since 1970 UTC. */
  readonly expirationNs: bigint;
}

/**
 * A future and the day's options on it, order by order, in one time: customers trade options with makers, who hedge in
 * the future. Same seed, options and calls at the same times give the same records, in whatever chunks they are asked
 * for. What the records do not tell, as the makers' positions and the volatilities, can be read between two chunks.
 *
 * @see docs/methods/synthetic-session.md
 */
export class SessionTape {
  /** Time that all offsets count from: the snapshot, ns since 1970 UTC. */
  readonly baseNs: bigint;
  readonly #future: FuturesTape;
  readonly #chain: OptionChain;
  #isListed = false;
  #doneNs = 0;

  /** @throws {RangeError} When the seed or the base price is outside its range, or the options have ended. */
  constructor(options: SessionTapeOptions) {
    this.baseNs = options.startNs;
    this.#future = new FuturesTape(options);
    checkExpiration(options.expirationNs, options.startNs);
    this.#chain = new OptionChain(options.seed, this.#future, options.expirationNs);
  }

  /** Regime in force. */
  get regime(): RegimeId {
    return this.#future.regime;
  }

  /** Latent price, ticks of the future. */
  get latentTicks(): number {
    return this.#future.latentTicks;
  }

  /** Midpoint of the future's best prices, ticks. */
  get midTicks(): number {
    return this.#future.midTicks;
  }

  /** Volatility of the latent price in force, as a multiple of the base one. */
  get volatility(): number {
    return this.#future.volatility;
  }

  /** Volatility at the money that makers value options by, 1.00 = 100 % a year. */
  get atmVolatility(): number {
    return this.#chain.atmVolatility;
  }

  /** Skew of the makers' volatilities: rho of `strikeVolatility`. */
  get skew(): number {
    return this.#chain.values.rho;
  }

  /** The options listed. */
  get listing(): ChainListing {
    return this.#chain.listing;
  }

  /** The makers' volatilities per strike as of their latest look, 1.00 = 100 % a year; a view, read only. */
  get strikeVolatilities(): Float64Array {
    return this.#chain.values.volatility;
  }

  /** What the makers hold each option to be worth, points; a view, read only. */
  get optionValues(): Float64Array {
    return this.#chain.values.value;
  }

  /** Contracts of the future that each option moves with, by the makers' values; a view, read only. */
  get optionDeltas(): Float64Array {
    return this.#chain.values.delta;
  }

  /** What each strike's deltas move by per point of the future, by the makers' values; a view, read only. */
  get strikeGammas(): Float64Array {
    return this.#chain.values.gamma;
  }

  /** Contracts that the makers are long per option since its listing, negative when short; a view, read only. */
  get dealerPositions(): Float64Array {
    return this.#chain.dealers.positions;
  }

  /** Returns a writer for this tape's records. */
  writer(): MboWriter {
    return this.#future.writer();
  }

  /** Switches to a regime and holds it, as {@link FuturesTape.setRegime}. */
  setRegime(regime: RegimeId | null): void {
    this.#future.setRegime(regime);
  }

  /** Stays in the regime of a plan and goes along a price path, as {@link FuturesTape.follow}. */
  follow(regime: RegimeId, path: LatentPath): void {
    this.#future.follow(regime, path);
  }

  /**
   * Lists the next options around the present price in the place of those listed: their snapshot is the first thing
   * that the next chunk has. Without it, nothing follows the end of trading but the future.
   *
   * @param expirationNs End of trading, ns since 1970 UTC.
   * @throws {RangeError} When that lies behind what has been generated.
   */
  list(expirationNs: bigint): void {
    checkExpiration(expirationNs, this.baseNs + BigInt(this.#doneNs));
    this.#chain.list(expirationNs);
    this.#isListed = false;
  }

  /**
   * Appends all venue events with ts_event < base + `untilNs` that were not yet asked for, each whole, and returns
   * the number of records. The first call begins with the snapshots. Given one writer, events stand in the order of
   * time; given two, those of the options go to the second.
   *
   * @param untilNs Offset from the base, ns; an integer below 2^53.
   */
  generate(untilNs: number, out: MboWriter, options: MboWriter = out): number {
    const before = out.count + options.count;
    const chain = this.#chain;
    if (!this.#isListed) {
      this.#isListed = true;
      this.#runFuture(this.#doneNs, out);
      chain.open(this.#doneNs, options);
    }
    for (;;) {
      const nextNs = chain.nextNs;
      if (nextNs >= untilNs) break;
      this.#runFuture(nextNs + 1, out);
      chain.advance(options);
    }
    this.#runFuture(untilNs, out);
    if (untilNs > this.#doneNs) this.#doneNs = untilNs;
    return (out.count + options.count - before) / (out === options ? 2 : 1);
  }

  #runFuture(untilNs: number, out: MboWriter): void {
    out.instrument(SYNTH_FUTURE.instrumentId, SYNTH_FUTURE.tickNano);
    this.#future.generate(untilNs, out);
  }
}

function checkExpiration(expirationNs: bigint, nowNs: bigint): void {
  if (expirationNs > nowNs) return;
  throw new RangeError(`Cannot list options that end at ${expirationNs} ns as it is ${nowNs} ns`);
}
