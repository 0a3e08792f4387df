import { ACTION, FLAG, SIDE } from "../../dbn/mod.ts";
import { type MboWriter, PacketClock } from "../futures/mod.ts";
import { SYNTH_OPTIONS } from "./listing.ts";

/** Makers per side and instrument. */
export const MAKERS = 3;
/** Books of the chain: bids and asks of every option. */
const BOOKS = 2 * SYNTH_OPTIONS.count;
/** Slots of makers; those of customers follow. */
export const MAKER_SLOTS = BOOKS * MAKERS;
/** Customers whose orders may rest at once, over the whole chain. */
export const RESTING_CUSTOMERS = 256;
const SLOTS = MAKER_SLOTS + RESTING_CUSTOMERS;

const FIRST_ORDER_ID = 6_870_000_000_000;
const LATENCY_STREAM = 23;
/** Orders on a side at most; further customers do not rest. */
const PLACES = 16;
/** Prices that a market order takes at most. */
const MAX_LEVELS = 3;
const HOUR_NS = 3_600_000_000_000;
const SNAPSHOT = FLAG.SNAPSHOT | FLAG.BAD_TS_RECV;
/** Price above which options trade in steps of five units. */
const COARSE_FROM = 100;
const COARSE = 5;

/**
 * The books of a chain: first in, first out, prices in units of 0.05 points. Book 2 o is the bids of option o,
 * 2 o + 1 its asks. A slot is somebody who may have one order: maker j of a book at 3 book + j, customers after
 * all makers. Every change writes its records.
 */
export class OptionBooks {
  /** Contracts that the latest {@link OptionBooks.hit} took from makers. */
  dealt = 0;

  readonly #packet: PacketClock;
  readonly #order = new Int16Array(BOOKS * PLACES);
  readonly #count = new Uint8Array(BOOKS);
  readonly #id = new Float64Array(SLOTS);
  readonly #price = new Int32Array(SLOTS);
  readonly #size = new Int32Array(SLOTS);
  readonly #book = new Int16Array(SLOTS).fill(-1);
  #orderId = FIRST_ORDER_ID;
  #lastNs = 0;

  constructor(seed: number | bigint) {
    this.#packet = new PacketClock(seed, LATENCY_STREAM);
  }

  /** Best price of a book, units, or 0 when it is empty. */
  best(book: number): number {
    return this.#count[book] === 0 ? 0 : this.#price[this.#order[book * PLACES]!]!;
  }

  /** Orders in a book. */
  orders(book: number): number {
    return this.#count[book]!;
  }

  /** Slot of the first order of a book; there must be one. */
  first(book: number): number {
    return this.#order[book * PLACES]!;
  }

  /** Whether a further order fits into a book. */
  hasRoom(book: number): boolean {
    return this.#count[book]! < PLACES;
  }

  /** Contracts left of a slot's order. */
  size(slot: number): number {
    return this.#size[slot]!;
  }

  /** Whether a slot's order is the only one of its book. */
  isAlone(slot: number): boolean {
    return this.#count[this.#book[slot]!] === 1;
  }

  /** Whether a slot's order is in a book. */
  stands(slot: number): boolean {
    return this.#book[slot]! >= 0;
  }

  /** Price of a slot's order, units, or 0 when it has none. */
  price(slot: number): number {
    return this.#book[slot]! < 0 ? 0 : this.#price[slot]!;
  }

  /** Enters an order that does not cross. */
  add(
    slot: number,
    book: number,
    price: number,
    size: number,
    nowNs: number,
    out: MboWriter,
  ): void {
    this.#open(book, nowNs, out);
    this.#enter(slot, book, price, size);
    this.#write(ACTION.ADD, slot, size, 0, out);
    out.close();
  }

  /** Moves an order to another price, which does not cross, with another size. */
  move(slot: number, price: number, size: number, nowNs: number, out: MboWriter): void {
    const book = this.#book[slot]!;
    this.#open(book, nowNs, out);
    this.#unlink(slot);
    this.#price[slot] = price;
    this.#size[slot] = size;
    this.#link(slot, book);
    this.#write(ACTION.MODIFY, slot, size, 0, out);
    out.close();
  }

  /** Takes an order out. */
  cancel(slot: number, nowNs: number, out: MboWriter): void {
    this.#open(this.#book[slot]!, nowNs, out);
    this.#write(ACTION.CANCEL, slot, this.#size[slot]!, 0, out);
    this.#leave(slot);
    out.close();
  }

  /**
   * A market order takes up to `size` contracts from the three best prices of a book and drops the rest; the last
   * contract of a book stays. Returns the contracts traded, 0 when nothing can be.
   */
  hit(book: number, size: number, nowNs: number, out: MboWriter): number {
    this.dealt = 0;
    const standing = this.#standing(book, this.#count[book]!);
    const total = Math.min(size, standing - 1);
    if (total <= 0) return 0;
    this.#open(book, nowNs, out);
    const aggressor = (book & 1) === 0 ? SIDE.ASK : SIDE.BID;
    let left = total;
    for (let level = 0; level < MAX_LEVELS && left > 0; level++) {
      const amount = Math.min(left, this.#standing(book, this.#ordersAtBest(book)));
      out.record(ACTION.TRADE, aggressor, 0, 0, this.best(book), amount);
      this.#fill(book, amount, out);
      left -= amount;
    }
    out.close();
    return total - left;
  }

  /** Empties all books: one clear per option. */
  clear(nowNs: number, out: MboWriter): void {
    for (let book = 0; book < BOOKS; book += 2) {
      this.#open(book, nowNs, out);
      out.record(ACTION.CLEAR, SIDE.NONE, 0, 0, -1, 0);
      out.close();
    }
    this.#empty();
  }

  /** Empties all books without a word, and opens the packet of their snapshots. */
  openSnapshot(nowNs: number): void {
    this.#empty();
    if (nowNs > this.#lastNs) this.#lastNs = nowNs;
    this.#packet.openSnapshot(nowNs);
  }

  /**
   * Writes the snapshot of one option: a clear, then its orders, with times spread over the hour before.
   *
   * @param prices,sizes Per maker of the bids, then of the asks; price 0 for none.
   * @param spread Draws in [0, 1).
   */
  snapshot(
    option: number,
    prices: Int32Array,
    sizes: Int32Array,
    nowNs: number,
    spread: () => number,
    out: MboWriter,
  ): void {
    this.#name(2 * option, out);
    this.#packet.snapshot(out, nowNs - HOUR_NS);
    out.record(ACTION.CLEAR, SIDE.NONE, SNAPSHOT, 0, -1, 0);
    const stepNs = HOUR_NS / (2 * MAKERS + 1);
    for (let i = 0; i < 2 * MAKERS; i++) {
      if (prices[i] === 0) continue;
      const agoNs = Math.floor(HOUR_NS - (i + 0.01 + 0.98 * spread()) * stepNs);
      this.#packet.snapshot(out, nowNs - agoNs);
      const slot = 2 * option * MAKERS + i;
      this.#enter(slot, 2 * option + (i < MAKERS ? 0 : 1), prices[i]!, sizes[i]!);
      this.#write(ACTION.ADD, slot, sizes[i]!, SNAPSHOT, out);
    }
    out.close();
  }

  #fill(book: number, total: number, out: MboWriter): void {
    for (let left = total; left > 0;) {
      const slot = this.first(book);
      const amount = Math.min(left, this.#size[slot]!);
      this.#write(ACTION.FILL, slot, amount, 0, out);
      this.#write(ACTION.CANCEL, slot, amount, 0, out);
      if (slot < MAKER_SLOTS) this.dealt += amount;
      this.#size[slot] = this.#size[slot]! - amount;
      if (this.#size[slot] === 0) this.#leave(slot);
      left -= amount;
    }
  }

  /** Contracts of the first `orders` orders of a book. */
  #standing(book: number, orders: number): number {
    let contracts = 0;
    for (let i = 0; i < orders; i++) contracts += this.#size[this.#order[book * PLACES + i]!]!;
    return contracts;
  }

  #ordersAtBest(book: number): number {
    const best = this.best(book);
    let orders = 1;
    while (
      orders < this.#count[book]! && this.#price[this.#order[book * PLACES + orders]!] === best
    ) orders++;
    return orders;
  }

  #empty(): void {
    this.#count.fill(0);
    this.#book.fill(-1);
  }

  #open(book: number, nowNs: number, out: MboWriter): void {
    const eventNs = nowNs > this.#lastNs ? nowNs : this.#lastNs + 1;
    this.#lastNs = eventNs;
    this.#name(book, out);
    this.#packet.open(out, eventNs);
  }

  #name(book: number, out: MboWriter): void {
    out.instrument(SYNTH_OPTIONS.firstId + (book >> 1), SYNTH_OPTIONS.unitNano);
  }

  #write(action: number, slot: number, size: number, flags: number, out: MboWriter): void {
    const side = (this.#book[slot]! & 1) === 0 ? SIDE.BID : SIDE.ASK;
    out.record(action, side, flags, this.#id[slot]!, this.#price[slot]!, size);
  }

  #enter(slot: number, book: number, price: number, size: number): void {
    this.#id[slot] = ++this.#orderId;
    this.#price[slot] = price;
    this.#size[slot] = size;
    this.#link(slot, book);
  }

  #leave(slot: number): void {
    this.#unlink(slot);
    this.#book[slot] = -1;
  }

  /** Puts a slot behind all orders of its price or better. */
  #link(slot: number, book: number): void {
    const sign = (book & 1) === 0 ? 1 : -1;
    const price = this.#price[slot]! * sign;
    const from = book * PLACES;
    let at = from + this.#count[book]!;
    while (at > from && this.#price[this.#order[at - 1]!]! * sign < price) {
      this.#order[at] = this.#order[at - 1]!;
      at--;
    }
    this.#order[at] = slot;
    this.#book[slot] = book;
    this.#count[book] = this.#count[book]! + 1;
  }

  #unlink(slot: number): void {
    const book = this.#book[slot]!;
    const end = book * PLACES + this.#count[book]! - 1;
    let at = book * PLACES;
    while (this.#order[at] !== slot) at++;
    for (; at < end; at++) this.#order[at] = this.#order[at + 1]!;
    this.#count[book] = this.#count[book]! - 1;
  }
}

/** Returns the next price an option may have above (`sign` 1) or below (−1) a price, units. */
export function nextPrice(price: number, sign: number): number {
  const isCoarse = sign > 0 ? price >= COARSE_FROM : price > COARSE_FROM;
  return price + sign * (isCoarse ? COARSE : 1);
}

/** Returns a price that an option may have, not better for its side: bids fall, asks rise. */
export function onGrid(price: number, sign: number): number {
  if (price <= COARSE_FROM) return price;
  return (sign > 0 ? Math.floor(price / COARSE) : Math.ceil(price / COARSE)) * COARSE;
}
