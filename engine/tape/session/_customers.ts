import { exp, log, pow } from "../../dmath/mod.ts";
import { Xoshiro256 } from "../../prng/mod.ts";
import type { RegimeId } from "../../regime/mod.ts";
import type { MboWriter } from "../futures/mod.ts";
import type { ChainValues } from "./chain_values.ts";
import type { Dealers } from "./_dealers.ts";
import type { DueHeap } from "./_due_heap.ts";
import { SYNTH_OPTIONS } from "./listing.ts";
import type { ChainMood } from "./moods.ts";
import { MAKER_SLOTS, nextPrice, type OptionBooks, RESTING_CUSTOMERS } from "./option_books.ts";

const PER_SEC = 6;
const REACH = 1.2;
const NARROW_REACH = 0.6;
const IN_THE_MONEY_SHARE = 0.25;
const HIT_SHARE = 0.85;
const MEAN_REST_NS = 4e9;
const PARETO_ALPHA = 1.6;
const MAX_SIZE = 300;
/** Places inside a spread that a resting order is drawn from at most. */
const MAX_INSIDE = 40;
const RETRY_NS = 1e9;

/** Customers: they come one by one, take a quote or rest inside the spread for a while. */
export class Customers {
  readonly #books: OptionBooks;
  readonly #values: ChainValues;
  readonly #dealers: Dealers;
  readonly #due: DueHeap;
  readonly #rng: Xoshiro256;
  readonly #free = new Int16Array(RESTING_CUSTOMERS);
  #freeCount = 0;
  readonly #weights = new Float64Array(SYNTH_OPTIONS.strikes);
  #nextNs = Infinity;

  constructor(
    seed: number | bigint,
    books: OptionBooks,
    values: ChainValues,
    dealers: Dealers,
    due: DueHeap,
  ) {
    this.#books = books;
    this.#values = values;
    this.#dealers = dealers;
    this.#due = due;
    this.#rng = new Xoshiro256(seed, 22);
  }

  /** Time of the next customer within the step that was planned, ns, or Infinity. */
  get nextNs(): number {
    return this.#nextNs;
  }

  /** Nobody rests, nobody comes. */
  reset(): void {
    this.#freeCount = RESTING_CUSTOMERS;
    for (let i = 0; i < RESTING_CUSTOMERS; i++) this.#free[i] = MAKER_SLOTS + i;
    this.#nextNs = Infinity;
  }

  /** Draws who comes first until the end of a step; the wait has no memory of the step before. */
  plan(nowNs: number, endNs: number, rate: number): void {
    const waitNs = 1 + Math.floor(-1e9 * log(this.#rng.uniformOpen()) / (PER_SEC * rate));
    this.#nextNs = nowNs + waitNs < endNs ? nowNs + waitNs : Infinity;
  }

  /** A customer comes; the next one of the step is drawn. */
  arrive(nowNs: number, endNs: number, mood: ChainMood, regime: RegimeId, out: MboWriter): void {
    const rng = this.#rng;
    const isCall = rng.uniform() < mood.callShare;
    const strike = this.#strike(isCall, regime);
    const sign = rng.uniform() < mood.buyShare ? 1 : -1;
    const size = Math.min(MAX_SIZE, Math.floor(pow(rng.uniformOpen(), -1 / PARETO_ALPHA) + 0.5));
    const isHit = rng.uniform() < HIT_SHARE;
    const option = 2 * strike + (isCall ? 0 : 1);
    if (isHit) this.#hit(option, sign, size, nowNs, out);
    else this.#rest(option, sign, size, nowNs, out);
    this.plan(nowNs, endNs, mood.customers);
  }

  /** A resting customer gives up, if it is still there. */
  due(slot: number, nowNs: number, out: MboWriter): void {
    const books = this.#books;
    if (books.stands(slot)) {
      if (books.price(slot) > 1 && books.isAlone(slot)) {
        this.#due.add(nowNs + RETRY_NS, slot);
        return;
      }
      books.cancel(slot, nowNs, out);
    }
    this.#free[this.#freeCount++] = slot;
  }

  #hit(option: number, sign: number, size: number, nowNs: number, out: MboWriter): void {
    const book = 2 * option + (sign > 0 ? 1 : 0);
    const traded = this.#books.hit(book, size, nowNs, out);
    const { dealt } = this.#books;
    if (traded > 0 && dealt > 0) this.#dealers.trade(option, sign, dealt, nowNs);
  }

  #rest(option: number, sign: number, size: number, nowNs: number, out: MboWriter): void {
    const books = this.#books;
    const book = 2 * option + (sign > 0 ? 0 : 1);
    const price = this.#inside(book, sign);
    if (price < 1 || this.#freeCount === 0 || !books.hasRoom(book)) return;
    const slot = this.#free[--this.#freeCount]!;
    books.add(slot, book, price, size, nowNs, out);
    const restNs = 1 + Math.floor(-MEAN_REST_NS * log(this.#rng.uniformOpen()));
    this.#due.add(nowNs + restNs, slot);
  }

  /** Draws a price inside the spread, or the best one of its side where there is no room; units, 0 for none. */
  #inside(book: number, sign: number): number {
    const own = this.#books.best(book);
    const other = this.#books.best(book ^ 1);
    if (other === 0) return 0;
    let room = 0;
    for (let at = nextPrice(own, sign); (other - at) * sign > 0; at = nextPrice(at, sign)) {
      if (++room === MAX_INSIDE) break;
    }
    let price = own;
    for (let left = room === 0 ? 0 : 1 + this.#rng.below(room); left > 0; left--) {
      price = nextPrice(price, sign);
    }
    return price;
  }

  /** Draws a strike by its distance from the money and what the regime's customers look for. */
  #strike(isCall: boolean, regime: RegimeId): number {
    const { away } = this.#values;
    const weights = this.#weights;
    const reach = regime === "dealer_gamma" ? NARROW_REACH : REACH;
    let total = 0;
    for (let i = 0; i < weights.length; i++) {
      let weight = exp(-Math.abs(away[i]!) / reach);
      const isIn = isCall ? away[i]! < 0 : away[i]! > 0;
      if (isIn && regime === "retail_chase") weight *= IN_THE_MONEY_SHARE;
      total += weight;
      weights[i] = weight;
    }
    let u = this.#rng.uniform() * total;
    for (let i = 0; i < weights.length; i++) {
      u -= weights[i]!;
      if (u < 0) return i;
    }
    return weights.length >> 1;
  }
}
