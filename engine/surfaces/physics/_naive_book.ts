import { Band, type BandSide } from "../band.ts";

/** A golden record: ns from the base, instrument, action, side, price in 1e-9, size, order, flags. */
export type NaiveRecord = readonly [
  number,
  number,
  string,
  string,
  number | null,
  number,
  number,
  number,
];

interface Order {
  side: string;
  price: number;
  qty: number;
  enterNs: number;
  /** Executed and not yet taken off the book. */
  pending: number;
}

interface Flow {
  add: number;
  pull: number;
  pullRest: number;
  fill: number;
}

/** What a cancel of the event under way took off, in case its execution follows. */
interface Pulled {
  readonly flow: Flow;
  qty: number;
  readonly rested: boolean;
}

/** Instrument of the book; records of others only move the clock. */
const FUTURE = 0;
const WINDOW_NS = 1e9;
const REST_NS = 5e8;
const LAST = 128;
const SNAPSHOT = 32;

/**
 * One instrument's windows as bands, by dictionaries and full rescans: the yardstick for tests that begin with
 * records. Slow, and without the counters and flags of validity that the surfaces do not need.
 */
export class NaiveBook {
  readonly #band: Band;
  readonly #tick: number;
  readonly #orders = new Map<number, Order>();
  readonly #flows = new Map<string, Flow>();
  readonly #pulled = new Map<number, Pulled>();
  #lastTrade = 0;
  #spot = 0;
  #inSnapshot = false;
  #window = NaN;

  constructor(halfTicks: number, tick: number) {
    this.#band = new Band(halfTicks);
    this.#tick = tick;
  }

  /** Applies records one by one; `onWindow` gets the band, which the next window overwrites, and its end in ns. */
  run(records: readonly NaiveRecord[], onWindow: (band: Band, endNs: number) => void): void {
    for (const record of records) {
      if (!hasFlag(record, SNAPSHOT)) this.#moveClock(Math.floor(record[0] / WINDOW_NS), onWindow);
      if (record[1] === FUTURE) this.#apply(record);
    }
    if (!Number.isNaN(this.#window)) onWindow(this.#close(), (this.#window + 1) * WINDOW_NS);
  }

  #moveClock(window: number, onWindow: (band: Band, endNs: number) => void): void {
    if (Number.isNaN(this.#window)) {
      this.#window = window;
      this.#startWindow();
    }
    for (; this.#window < window; this.#window++) {
      onWindow(this.#close(), (this.#window + 1) * WINDOW_NS);
      this.#startWindow();
    }
  }

  #startWindow(): void {
    this.#flows.clear();
    this.#pulled.clear();
    this.#spot = this.#spotNow();
  }

  #apply(record: NaiveRecord): void {
    const action = record[2];
    const isSnapshot = hasFlag(record, SNAPSHOT);
    if (action === "R") {
      this.#orders.clear();
      this.#flows.clear();
      this.#pulled.clear();
      this.#inSnapshot = true;
    } else {
      if (isSnapshot) this.#inSnapshot = true;
      else if (this.#inSnapshot) this.#closeSnapshot();
      this.#act(record);
      if (this.#inSnapshot && hasFlag(record, LAST)) this.#closeSnapshot();
    }
    if (!hasFlag(record, LAST)) return;
    for (const order of this.#orders.values()) order.pending = 0;
    this.#pulled.clear();
    if (this.#spot === 0 && this.#best("B") > 0 && this.#best("A") > 0) {
      this.#spot = this.#spotNow();
    }
  }

  #closeSnapshot(): void {
    this.#inSnapshot = false;
    this.#flows.clear();
    this.#pulled.clear();
    if (this.#spot === 0) this.#spot = this.#spotNow();
  }

  #act([timeNs, , action, side, price, size, id]: NaiveRecord): void {
    if (action === "T" && price !== null && price > 0) this.#lastTrade = price;
    else if (action === "A" || action === "M") {
      const isRefused = (side !== "A" && side !== "B") || price === null || price <= 0 ||
        size <= 0 || price % this.#tick !== 0;
      if (isRefused) return;
      if (action === "A") this.#add(id, side, price, size, timeNs);
      else this.#modify(id, side, price, size, timeNs);
    } else if (action === "C") this.#cancel(id, size, timeNs);
    else if (action === "F") this.#fill(id, size);
  }

  #add(id: number, side: string, price: number, qty: number, timeNs: number): void {
    const known = this.#orders.get(id);
    if (known !== undefined) this.#pull(known, known.qty, timeNs);
    this.#orders.set(id, { side, price, qty, enterNs: timeNs, pending: 0 });
    this.#flow(side, price).add += qty;
  }

  #modify(id: number, side: string, price: number, size: number, timeNs: number): void {
    const order = this.#orders.get(id);
    if (order === undefined) return this.#add(id, side, price, size, timeNs);
    this.#flow(order.side, order.price).fill += order.pending;
    order.qty -= order.pending;
    order.pending = 0;
    if (order.side === side && order.price === price) {
      if (size < order.qty) this.#pull(order, order.qty - size, timeNs);
      else this.#flow(side, price).add += size - order.qty;
      order.qty = size;
    } else {
      this.#pull(order, order.qty, timeNs);
      this.#orders.delete(id);
      this.#add(id, side, price, size, timeNs);
    }
  }

  #cancel(id: number, size: number, timeNs: number): void {
    const order = this.#orders.get(id);
    if (order === undefined) return;
    const gone = Math.min(size, order.qty);
    const executed = Math.min(order.pending, gone);
    const flow = this.#flow(order.side, order.price);
    flow.fill += executed;
    order.pending -= executed;
    const rested = this.#pull(order, gone - executed, timeNs);
    this.#pulled.set(id, { flow, qty: gone - executed, rested });
    order.qty -= gone;
    if (order.qty <= 0) this.#orders.delete(id);
  }

  #fill(id: number, size: number): void {
    let left = size;
    const pulled = this.#pulled.get(id);
    if (pulled !== undefined) {
      const booked = Math.min(pulled.qty, left);
      pulled.qty -= booked;
      pulled.flow.pull -= booked;
      if (pulled.rested) pulled.flow.pullRest -= booked;
      pulled.flow.fill += booked;
      left -= booked;
    }
    const order = this.#orders.get(id);
    if (order !== undefined) order.pending += Math.min(left, order.qty - order.pending);
  }

  /** Books contracts as withdrawn, and tells whether they had rested. */
  #pull(order: Order, qty: number, timeNs: number): boolean {
    const flow = this.#flow(order.side, order.price);
    const rested = timeNs - order.enterNs >= REST_NS;
    flow.pull += qty;
    if (rested) flow.pullRest += qty;
    return rested;
  }

  #flow(side: string, price: number): Flow {
    const key = `${side}${price}`;
    const known = this.#flows.get(key);
    if (known !== undefined) return known;
    const flow = { add: 0, pull: 0, pullRest: 0, fill: 0 };
    this.#flows.set(key, flow);
    return flow;
  }

  #best(side: string): number {
    const prices = [...this.#orders.values()].filter((order) => order.side === side)
      .map((order) => order.price);
    if (prices.length === 0) return 0;
    return side === "B" ? Math.max(...prices) : Math.min(...prices);
  }

  #spotNow(): number {
    const last = this.#lastTrade;
    const bid = this.#best("B");
    const ask = this.#best("A");
    const isLevel = [...this.#orders.values()].some((order) => order.price === last);
    if (last === 0) return bid || ask;
    if (isLevel || (bid === 0 && ask === 0)) return last;
    if (bid === 0 || ask === 0) return bid || ask;
    return Math.abs(last - bid) <= Math.abs(ask - last) ? bid : ask;
  }

  #close(): Band {
    const band = this.#band;
    band.moveTo(this.#spot / this.#tick);
    if (this.#spot === 0) return band;
    if (this.#inSnapshot) this.#flows.clear();
    for (const [key, flow] of this.#flows) {
      const slot = this.#slotOf(Number(key.slice(1)));
      if (slot < 0) continue;
      const side = key[0] === "B" ? band.bids : band.asks;
      side.add[slot] = flow.add;
      side.pull[slot] = flow.pull;
      side.pullRest[slot] = flow.pullRest;
      side.fill[slot] = flow.fill;
      side.hasRow[slot] = 1;
    }
    const endNs = (this.#window + 1) * WINDOW_NS;
    for (const order of this.#orders.values()) {
      const slot = this.#slotOf(order.price);
      if (slot < 0) continue;
      const side = order.side === "B" ? band.bids : band.asks;
      side.end[slot]! += order.qty;
      if (endNs - order.enterNs >= REST_NS) side.rest[slot]! += order.qty;
      side.hasRow[slot] = 1;
    }
    for (const side of [band.bids, band.asks]) writeStart(side);
    return band;
  }

  /** −1 outside the band. */
  #slotOf(price: number): number {
    const slot = price / this.#tick - this.#band.spotTick + this.#band.halfTicks;
    return slot >= 0 && slot < this.#band.slots ? slot : -1;
  }
}

function hasFlag(record: NaiveRecord, flag: number): boolean {
  return (record[7] & flag) !== 0;
}

function writeStart(side: BandSide): void {
  for (let slot = 0; slot < side.start.length; slot++) {
    const start = side.end[slot]! - side.add[slot]! + side.pull[slot]! + side.fill[slot]!;
    side.start[slot] = Math.max(0, start);
  }
}
