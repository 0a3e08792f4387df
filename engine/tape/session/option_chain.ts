import { Xoshiro256 } from "../../prng/mod.ts";
import { type FuturesTape, type MboWriter, SYNTH_FUTURE } from "../futures/mod.ts";
import { Customers } from "./_customers.ts";
import { Dealers } from "./_dealers.ts";
import { DueHeap } from "./_due_heap.ts";
import { Quoters } from "./_quoters.ts";
import { AtmVolatility } from "./atm_volatility.ts";
import { ChainValues } from "./chain_values.ts";
import { type ChainListing, listChain } from "./listing.ts";
import { CHAIN_STEP_SEC, ChainMood } from "./moods.ts";
import { MAKER_SLOTS, OptionBooks, RESTING_CUSTOMERS } from "./option_books.ts";

const STEP_NS = CHAIN_STEP_SEC * 1e9;
const POINTS_PER_TICK = SYNTH_FUTURE.tickNano / 1e9;

/** The options of the day: makers, customers and their books, next to the future that they hedge in. */
export class OptionChain {
  readonly values = new ChainValues();
  readonly dealers: Dealers;
  readonly #future: FuturesTape;
  readonly #interest: Xoshiro256;
  readonly #mood: ChainMood;
  readonly #atm: AtmVolatility;
  readonly #books: OptionBooks;
  readonly #due = new DueHeap(MAKER_SLOTS + RESTING_CUSTOMERS);
  readonly #quoters: Quoters;
  readonly #customers: Customers;
  #listing: ChainListing;
  /** End of trading and end of the step under way, ns from the base; both Infinity when nothing trades. */
  #endNs = Infinity;
  #stepNs = Infinity;

  constructor(seed: number | bigint, future: FuturesTape, expirationNs: bigint) {
    this.#future = future;
    this.#interest = new Xoshiro256(seed, 24);
    this.#mood = new ChainMood(future.regime);
    this.#atm = new AtmVolatility(seed, this.#mood.volatilityShift);
    this.#books = new OptionBooks(seed);
    this.dealers = new Dealers(seed, future, this.values);
    this.#quoters = new Quoters(seed, this.#books, this.values, this.dealers, this.#due);
    this.#customers = new Customers(seed, this.#books, this.values, this.dealers, this.#due);
    this.#listing = listChain(this.#interest, this.#points, expirationNs);
  }

  /** What is listed, or was last. */
  get listing(): ChainListing {
    return this.#listing;
  }

  /** Volatility at the money, 1.00 = 100 % a year. */
  get atmVolatility(): number {
    return this.#atm.value;
  }

  /** Time of the next event or step, ns, or Infinity. */
  get nextNs(): number {
    return Math.min(this.#endNs, this.#stepNs, this.#due.nextNs, this.#customers.nextNs);
  }

  get #points(): number {
    return this.#future.latentTicks * POINTS_PER_TICK;
  }

  /** Lists the chain of another expiration around the present price; what was listed is gone. */
  list(expirationNs: bigint): void {
    this.#listing = listChain(this.#interest, this.#points, expirationNs);
  }

  /** Opens trading in what is listed, with a snapshot. @param nowNs Offset from the base, ns. */
  open(nowNs: number, out: MboWriter): void {
    this.#endNs = Number(this.#listing.expirationNs - this.#future.baseNs);
    this.#stepNs = (Math.floor(nowNs / STEP_NS) + 1) * STEP_NS;
    this.values.list(this.#listing.strikes);
    this.dealers.positions.fill(0);
    this.#books.openSnapshot(nowNs);
    this.#due.clear();
    this.#customers.reset();
    this.#value(nowNs);
    this.#quoters.open(nowNs, out);
    this.#customers.plan(nowNs, this.#stepNs, this.#mood.customers);
  }

  /** Runs the next event or step; there must be one. */
  advance(out: MboWriter): void {
    const nowNs = this.nextNs;
    if (nowNs === this.#endNs) this.#end(nowNs, out);
    else if (nowNs === this.#stepNs) this.#step(nowNs);
    else if (nowNs === this.#due.nextNs) {
      const slot = this.#due.take();
      if (slot < MAKER_SLOTS) this.#quoters.due(slot, nowNs, out);
      else this.#customers.due(slot, nowNs, out);
    } else {
      this.#customers.arrive(nowNs, this.#stepNs, this.#mood, this.#future.regime, out);
    }
  }

  #step(nowNs: number): void {
    this.#stepNs = nowNs + STEP_NS;
    this.#mood.step(this.#future.regime);
    this.#atm.step(this.#future.volatility, this.#mood.volatilityShift);
    this.#value(nowNs);
    this.#quoters.look(nowNs);
    this.#customers.plan(nowNs, this.#stepNs, this.#mood.customers);
  }

  #value(nowNs: number): void {
    this.#quoters.setMarket(this.#future.volatility, this.#future.regime === "event_ramp");
    const leftNs = this.#endNs - nowNs;
    this.values.set(this.#points, this.#atm.value, this.#mood.skewShift, leftNs);
  }

  #end(nowNs: number, out: MboWriter): void {
    this.#books.clear(nowNs, out);
    this.#due.clear();
    this.#customers.reset();
    this.#endNs = Infinity;
    this.#stepNs = Infinity;
  }
}
