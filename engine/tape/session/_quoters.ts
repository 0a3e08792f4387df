import { pow } from "../../dmath/mod.ts";
import { Xoshiro256 } from "../../prng/mod.ts";
import type { MboWriter } from "../futures/mod.ts";
import type { ChainValues } from "./chain_values.ts";
import type { Dealers } from "./_dealers.ts";
import type { DueHeap } from "./_due_heap.ts";
import { SYNTH_OPTIONS } from "./listing.ts";
import { MAKER_SLOTS, MAKERS, nextPrice, onGrid, type OptionBooks } from "./option_books.ts";

/** Value up to which options trade in ticks of 0.05, points; above it in ticks of 0.25. */
const FINE_UNTIL = 5;
const COARSE_UNITS = 5;
const WIDTH_SHARE = 0.02;
const WIDTH_POWER = 0.6;
/** Of a volatility of 1.00. */
const WIDTH_VEGA = 0.0005;
const WIDTH_VEGA_PER_VOLATILITY = 0.0003;
/** Ticks that a value moves by before its makers look at their quotes. */
const MOVED_TICKS = 0.3;
/** At most eight updates a second. */
const PAUSE_NS = 125_000_000;
const REACTION_FROM_NS = 20_000_000;
const REACTION_SPAN_NS = 100_000_001;
const PULL_SHARE = 0.3;
const PULL_FROM_NS = 200_000_000;
const PULL_SPAN_NS = 700_000_001;
const LEAST_SIZE = 10;
const SIZES = 71;
const PER_OPTION = 2 * MAKERS;
const { unitsPerPoint } = SYNTH_OPTIONS;

/** Three makers per side of every option: they quote around its value and follow it, each in its own time. */
export class Quoters {
  readonly #books: OptionBooks;
  readonly #values: ChainValues;
  readonly #dealers: Dealers;
  readonly #due: DueHeap;
  readonly #rng: Xoshiro256;
  /** Value at the latest quote, points; time and price of it; whether an update is on its way. */
  readonly #value = new Float64Array(MAKER_SLOTS);
  readonly #ns = new Float64Array(MAKER_SLOTS);
  readonly #price = new Int32Array(MAKER_SLOTS);
  readonly #isPending = new Uint8Array(MAKER_SLOTS);
  /** Reaction time of each maker to what it sees in this step, ns. */
  readonly #reactionNs = new Float64Array(MAKERS);
  readonly #prices = new Int32Array(PER_OPTION);
  readonly #sizes = new Int32Array(PER_OPTION);
  /** Quote of the option looked at last, units: bid and ask of the first maker, and the tick. */
  #bid = 0;
  #ask = 0;
  #tick = 1;
  #volatility = 1;
  #isRamp = false;

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
    this.#rng = new Xoshiro256(seed, 21);
  }

  /** Sets what width and size of quotes go by: the price's multiple of volatility, and whether news are due. */
  setMarket(volatility: number, isRamp: boolean): void {
    this.#volatility = volatility;
    this.#isRamp = isRamp;
  }

  /** All makers quote anew, in a snapshot. */
  open(nowNs: number, out: MboWriter): void {
    const spread = () => this.#rng.uniform();
    for (let option = 0; option < SYNTH_OPTIONS.count; option++) {
      this.#quote(option);
      for (let i = 0; i < PER_OPTION; i++) {
        const slot = option * PER_OPTION + i;
        this.#prices[i] = this.#wanted(i);
        this.#sizes[i] = this.#drawSize();
        this.#note(slot, option, this.#prices[i]!, nowNs);
        this.#isPending[slot] = 0;
      }
      this.#books.snapshot(option, this.#prices, this.#sizes, nowNs, spread, out);
    }
  }

  /**
   * Every maker looks at the values; who has to requote will, a reaction time later: a maker sends all its quotes of
   * one look at once.
   */
  look(nowNs: number): void {
    const { value } = this.#values;
    for (let maker = 0; maker < MAKERS; maker++) {
      this.#reactionNs[maker] = REACTION_FROM_NS + this.#rng.below(REACTION_SPAN_NS);
    }
    for (let option = 0; option < SYNTH_OPTIONS.count; option++) {
      const now = value[option]!;
      const moved = MOVED_TICKS * (now <= FINE_UNTIL ? 1 : COARSE_UNITS) / unitsPerPoint;
      let isQuoted = false;
      const from = option * PER_OPTION;
      for (let i = 0; i < PER_OPTION; i++) {
        const slot = from + i;
        if (this.#isPending[slot] === 1 || nowNs - this.#ns[slot]! < PAUSE_NS) continue;
        const change = now - this.#value[slot]!;
        // Whose order was filled has none where there was to be one.
        if (
          change < moved && change > -moved &&
          (this.#price[slot] === 0 || this.#books.stands(slot))
        ) continue;
        if (!isQuoted) this.#quote(option);
        isQuoted = true;
        if (this.#wanted(i) === this.#books.price(slot)) continue;
        this.#wait(slot, nowNs + this.#reactionNs[i % MAKERS]!);
      }
    }
  }

  /** A maker does what its reaction time has passed for. */
  due(slot: number, nowNs: number, out: MboWriter): void {
    this.#isPending[slot] = 0;
    const books = this.#books;
    const option = Math.floor(slot / PER_OPTION);
    const place = slot - option * PER_OPTION;
    const book = 2 * option + (place < MAKERS ? 0 : 1);
    this.#quote(option);
    let price = this.#wanted(place);
    const stood = books.price(slot);
    const isPulled = stood !== 0 && stood !== price && price !== 0 && this.#isRamp &&
      books.orders(book) > 1 && this.#rng.uniform() < PULL_SHARE;
    if (isPulled) {
      books.cancel(slot, nowNs, out);
      this.#note(slot, option, 0, nowNs);
      this.#wait(slot, nowNs + PULL_FROM_NS + this.#rng.below(PULL_SPAN_NS));
      return;
    }
    const wanted = price;
    if (price !== 0) price = this.#uncrossed(book, price, nowNs, out);
    if (price === 0) {
      if (stood !== 0) books.cancel(slot, nowNs, out);
    } else if (stood === 0) {
      if (books.hasRoom(book)) books.add(slot, book, price, this.#drawSize(), nowNs, out);
    } else if (stood !== price) books.move(slot, price, this.#drawSize(), nowNs, out);
    // Whom an old quote stood in the way of looks again after the pause.
    if (price === wanted) this.#note(slot, option, price, nowNs);
    else this.#ns[slot] = nowNs;
  }

  #note(slot: number, option: number, price: number, nowNs: number): void {
    this.#value[slot] = this.#values.value[option]!;
    this.#price[slot] = price;
    this.#ns[slot] = nowNs;
  }

  #wait(slot: number, untilNs: number): void {
    this.#isPending[slot] = 1;
    this.#due.add(untilNs, slot);
  }

  #drawSize(): number {
    const size = LEAST_SIZE + this.#rng.below(SIZES);
    return this.#isRamp ? size >> 1 : size;
  }

  /** Computes the first maker's quotes of an option. */
  #quote(option: number): void {
    const value = this.#values.value[option]!;
    const vega = this.#values.vega[option >> 1]!;
    const tick = value <= FINE_UNTIL ? 1 : COARSE_UNITS;
    const share = WIDTH_VEGA + WIDTH_VEGA_PER_VOLATILITY * this.#volatility;
    const width = WIDTH_SHARE * pow(value, WIDTH_POWER) + vega * share;
    const ticks = Math.max(1, Math.ceil(width * unitsPerPoint / tick));
    const half = 0.5 * ticks * tick;
    this.#tick = tick;
    this.#bid = Math.floor((value * unitsPerPoint - half) / tick) * tick;
    this.#ask = Math.ceil((value * unitsPerPoint + half) / tick) * tick;
  }

  /** Returns the price that a maker of the option quoted last wants, units; 0 for none. @param place 0..5. */
  #wanted(place: number): number {
    if (place >= MAKERS) return onGrid(this.#ask + (place - MAKERS) * this.#tick, -1);
    const bid = onGrid(this.#bid - place * this.#tick, 1);
    return bid < 1 ? 0 : bid;
  }

  /** Takes the customers that stand at a price, and returns the price or the nearest that does not cross; 0 for none. */
  #uncrossed(book: number, price: number, nowNs: number, out: MboWriter): number {
    const books = this.#books;
    const other = book ^ 1;
    const sign = (book & 1) === 0 ? 1 : -1;
    for (;;) {
      const best = books.best(other);
      if (best === 0 || (best - price) * sign > 0) return price;
      const first = books.first(other);
      const traded = first < MAKER_SLOTS ? 0 : books.hit(other, books.size(first), nowNs, out);
      if (traded === 0) return nextPrice(best, -sign);
      this.#dealers.trade(book >> 1, -sign, traded, nowNs);
    }
  }
}
