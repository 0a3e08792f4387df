import { exp } from "../../dmath/mod.ts";
import { Xoshiro256 } from "../../prng/mod.ts";
import type { PresetId, RegimeId } from "../../regime/mod.ts";
import { Agenda, DUE } from "./_agenda.ts";
import { Makers } from "./_makers.ts";
import { MetaOrders } from "./_meta_orders.ts";
import { OrderFlow } from "./_order_flow.ts";
import { writeSnapshot } from "./_snapshot.ts";
import { flowTables } from "./_tables.ts";
import { baseRates, EVENT, HawkesArrivals } from "./hawkes.ts";
import { type LatentPath, LatentPrice } from "./latent_price.ts";
import { MboWriter } from "./mbo_writer.ts";
import { RegimeChain, STEP_SEC } from "./regime_chain.ts";

/** Dataset of every synthetic stream. */
export const SYNTH_DATASET = "LOTUS.SYNTH";
/** Publisher of every synthetic record: no exchange has this number. */
export const SYNTH_PUBLISHER_ID = 60_000;
/** The synthetic future. */
export const SYNTH_FUTURE = {
  instrumentId: 4_916,
  symbol: "ESH6",
  tickNano: 250_000_000,
  /** First latent price: 6950.25. */
  baseTicks: 27_801,
  /** $25 strikes. */
  strikeTicks: 100,
} as const;

const STEP_NS = 10_000_000;
const MARKET_LEAN = 0.45;
const MAX_GAP_TICKS = 4;
const META_PER_SEC = 0.02;

/** How a futures tape starts. */
export interface FuturesTapeOptions {
  /** Integer in 0..2^53 - 1 or bigint in 0..2^64 - 1. */
  readonly seed: number | bigint;
  /** Weights of the regime chain; balanced_demo by default. */
  readonly preset?: PresetId;
  /** First regime; drawn by the preset's weights when absent. The chain runs on from it. */
  readonly regime?: RegimeId;
  /** Time of the snapshot, ns since 1970 UTC. */
  readonly startNs: bigint;
  /** First latent price, ticks; 27,801 by default. */
  readonly basePriceTicks?: number;
}

/**
 * A market in one future, order by order: same seed, same options, same calls of `setRegime` at the
 * same times give the same records, in whatever chunks they are asked for.
 *
 * @see docs/methods/synthetic-futures.md
 */
export class FuturesTape {
  /** Time that all offsets count from: the snapshot, ns since 1970 UTC. */
  readonly baseNs: bigint;
  readonly #seed: number | bigint;
  readonly #chain: RegimeChain;
  readonly #price: LatentPrice;
  readonly #hawkes: HawkesArrivals;
  readonly #agenda = new Agenda();
  readonly #flow: OrderFlow;
  readonly #makers: Makers;
  readonly #metas: MetaOrders;
  readonly #sides: Xoshiro256;
  readonly #marketSizes = flowTables().marketSizes;
  readonly #sizes: Xoshiro256;
  readonly #mu = baseRates();
  readonly #bestBid: number;
  #started = false;
  #stepNs = STEP_NS;
  /** Next arrival, ns; Infinity when none comes before the next step, -1 when not yet drawn. */
  #arrivalNs = -1;
  #lastSign = 1;

  /** @throws {RangeError} When the seed or the base price is outside its range. */
  constructor(options: FuturesTapeOptions) {
    const { seed, regime } = options;
    const ticks = options.basePriceTicks ?? SYNTH_FUTURE.baseTicks;
    if (!Number.isInteger(ticks) || ticks < 1_000 || ticks > 10_000_000) {
      throw new RangeError(
        `Cannot start a tape as the base price must be 1000..1e7 ticks: ${ticks}`,
      );
    }
    this.baseNs = options.startNs;
    this.#seed = seed;
    const preset = options.preset ?? "balanced_demo";
    this.#chain = new RegimeChain({ seed, preset, ...(regime && { regime }) });
    this.#price = new LatentPrice(seed, ticks, SYNTH_FUTURE.strikeTicks);
    this.#hawkes = new HawkesArrivals(seed, 0);
    this.#flow = new OrderFlow(seed, this.#chain, this.#agenda);
    this.#makers = new Makers(seed, this.#flow, this.#agenda);
    this.#metas = new MetaOrders(seed);
    this.#sides = new Xoshiro256(seed, 13);
    this.#sizes = new Xoshiro256(seed, 14);
    this.#bestBid = ticks;
    this.#setRates();
  }

  /** Regime in force. */
  get regime(): RegimeId {
    return this.#chain.regime;
  }

  /** Latent price, ticks. */
  get latentTicks(): number {
    return this.#price.ticks;
  }

  /**
   * Volatility in force, as a multiple of the base one. It moves to a regime's with a half-life of 5 s; along a
   * path it is what of the last moves can be taken to last.
   */
  get volatility(): number {
    return this.#price.volatilityOf(this.#chain);
  }

  /** Midpoint of the best prices, ticks. */
  get midTicks(): number {
    return this.#flow.midTicks;
  }

  /** Returns a writer for this tape's records. */
  writer(): MboWriter {
    return new MboWriter({
      publisherId: SYNTH_PUBLISHER_ID,
      instrumentId: SYNTH_FUTURE.instrumentId,
      tickNano: SYNTH_FUTURE.tickNano,
      baseNs: this.baseNs,
    });
  }

  /**
   * Switches to a regime and holds it, on a price of its own; null lets the chain run on. Takes effect at the next latent
   * step (10 ms); parameters then move with a 5-s half-life.
   */
  setRegime(regime: RegimeId | null): void {
    this.#chain.set(regime);
    this.#price.follow(null);
  }

  /**
   * Stays in the regime of a plan and goes along a price path, until the next call of this or of
   * `setRegime`. Takes effect at the next latent step; the path is asked for each step's own time.
   */
  follow(regime: RegimeId, path: LatentPath): void {
    this.#chain.follow(regime);
    this.#price.follow(path);
  }

  /**
   * Takes a market order from outside, as a hedge of somebody's options is. It is filled as any other, and
   * another one like it may follow as after any other.
   *
   * @param atNs Offset from the base, ns; an integer at which nothing has been generated yet.
   * @param sign +1 buys, -1 sells.
   * @param size Contracts, an integer > 0.
   */
  order(atNs: number, sign: 1 | -1, size: number): void {
    this.#agenda.add(atNs, DUE.MARKET, -sign, 0, size);
  }

  /**
   * Appends all venue events with ts_event < base + `untilNs` that were not yet asked for, each
   * whole, and returns the number of records. The first call begins with the snapshot.
   *
   * @param untilNs Offset from the base, ns; an integer below 2^53.
   */
  generate(untilNs: number, out: MboWriter): number {
    const before = out.count;
    if (!this.#started) {
      this.#started = true;
      writeSnapshot(this.#seed, this.#flow, this.#bestBid, out);
    }
    while (this.#advance(untilNs, out));
    return out.count - before;
  }

  /** Runs the next event or latent step; false when it lies at or beyond `untilNs`. */
  #advance(untilNs: number, out: MboWriter): boolean {
    const flow = this.#flow;
    if (this.#arrivalNs < 0) {
      const foundNs = this.#hawkes.next(this.#stepNs);
      this.#arrivalNs = foundNs < 0 ? Infinity : foundNs;
    }
    const arrivalNs = this.#arrivalNs;
    const metaNs = this.#metas.nextNs;
    const dueNs = this.#agenda.nextNs;
    const nextNs = Math.min(arrivalNs, metaNs, dueNs, this.#stepNs);
    const eventNs = Math.max(nextNs, flow.earliestNs);
    if (eventNs >= untilNs) return false;
    if (dueNs === nextNs) this.#due(eventNs, out);
    else if (metaNs === nextNs) {
      const sign = this.#metas.take();
      this.#hawkes.excite(sign === 1 ? EVENT.MB : EVENT.MS);
      this.#market(sign, eventNs, out);
    } else if (arrivalNs === nextNs) {
      this.#arrivalNs = -1;
      this.#arrive(this.#hawkes.type, eventNs, out);
    } else this.#step();
    return true;
  }

  #due(nowNs: number, out: MboWriter): void {
    const agenda = this.#agenda;
    agenda.take();
    if (agenda.kind === DUE.PULL) this.#makers.pull(agenda.sign, nowNs, out);
    else if (agenda.kind !== DUE.IMPROVE) this.#flow.due(agenda, nowNs, out);
    else this.#makers.improve(agenda.sign, agenda.left, nowNs, out);
  }

  #arrive(type: number, nowNs: number, out: MboWriter): void {
    const flow = this.#flow;
    if (type === EVENT.LB) flow.limit(flow.bids, nowNs, out);
    else if (type === EVENT.LA) flow.limit(flow.asks, nowNs, out);
    else if (type === EVENT.CB) flow.cancel(flow.bids, nowNs, out);
    else if (type === EVENT.CA) flow.cancel(flow.asks, nowNs, out);
    else {
      const sign = type === EVENT.MB ? 1 : -1;
      this.#market(this.#hawkes.independent ? this.#persistentSign(sign) : sign, nowNs, out);
    }
  }

  #market(sign: number, nowNs: number, out: MboWriter): void {
    const side = sign === 1 ? this.#flow.asks : this.#flow.bids;
    this.#flow.market(side, this.#marketSizes[this.#sizes.bits16()]!, nowNs, out);
  }

  /**
   * Returns the side of an independent market order: its own or, as often as the regime's
   * persistence departs from a coin, that of the independent one before (or its opposite).
   */
  #persistentSign(own: number): number {
    const { persistence, lean } = this.#chain;
    const strength = 2 * persistence - 1;
    let sign = own;
    if (this.#sides.uniform() < Math.abs(strength)) {
      const leaning = lean > 0.5 ? 1 : lean < -0.5 ? -1 : 0;
      sign = strength < 0 ? -this.#lastSign : this.#lastSign;
      if (leaning !== 0 && this.#sides.uniform() < 0.5) sign = leaning;
    }
    this.#lastSign = sign;
    return sign;
  }

  #step(): void {
    this.#chain.step();
    this.#price.step(this.#chain, this.#stepNs);
    this.#setRates();
    this.#makers.look(this.#price.deviationTicks, this.#stepNs);
    const buyShare = 0.5 + 0.2 * this.#chain.lean;
    this.#metas.arrive(META_PER_SEC * this.#chain.marketOrders * STEP_SEC, this.#stepNs, buyShare);
    this.#stepNs += STEP_NS;
    this.#arrivalNs = -1;
  }

  #setRates(): void {
    const { rate, marketOrders, cancels } = this.#chain;
    const mid = this.#started ? this.#flow.midTicks : this.#price.ticks;
    const sought = this.#price.soughtTicks;
    const gap = Math.max(-MAX_GAP_TICKS, Math.min(MAX_GAP_TICKS, sought - mid));
    this.#flow.setLatent(sought, gap);
    const lean = exp(MARKET_LEAN * gap);
    const base = this.#hawkes.base;
    const mu = this.#mu;
    base[EVENT.MB] = mu[EVENT.MB]! * rate * marketOrders * lean;
    base[EVENT.MS] = mu[EVENT.MS]! * rate * marketOrders / lean;
    base[EVENT.LB] = mu[EVENT.LB]! * rate;
    base[EVENT.LA] = mu[EVENT.LA]! * rate;
    base[EVENT.CB] = mu[EVENT.CB]! * rate * cancels;
    base[EVENT.CA] = mu[EVENT.CA]! * rate * cancels;
  }
}
