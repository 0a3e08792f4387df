import { ACTION, FLAG, MBO_WORD, type MboBlock, SIDE } from "../../dbn/mod.ts";

const TWO_POW_32 = 4_294_967_296;

/** An order that rests. */
interface Order {
  readonly isBid: boolean;
  readonly price: number;
  readonly size: number;
  readonly sinceNs: number;
}

/** What a book tells those who watch it. Times are ns since the first record. */
export interface BookWatcher {
  /** An order of which the beginning was seen is gone. */
  gone(lifeNs: number): void;
  /** A trade. @param sign +1 bought, −1 sold, 0 not told. */
  trade(ns: number, sign: number): void;
  /** An event is over and the book stands as it left it. */
  event(ns: number): void;
}

/**
 * A book of plain maps from market-by-order records. It takes files that begin in the middle: what names an order
 * that it never saw is passed over. Prices are in 1e-9 units.
 */
export class OrderBook {
  readonly #watcher: BookWatcher;
  readonly #orders = new Map<number, Order>();
  readonly #bids = new Map<number, number>();
  readonly #asks = new Map<number, number>();
  #bestBid = NaN;
  #bestAsk = NaN;
  #instrumentId = -1;
  #baseHigh = -1;
  #baseLow = 0;
  #tick = 0;

  constructor(watcher: BookWatcher) {
    this.#watcher = watcher;
  }

  /** Best bid, NaN when there is none. */
  get bestBid(): number {
    if (Number.isNaN(this.#bestBid)) {
      for (const price of this.#bids.keys()) {
        this.#offerBid(price);
      }
    }
    return this.#bestBid;
  }

  /** Best ask, NaN when there is none. */
  get bestAsk(): number {
    if (Number.isNaN(this.#bestAsk)) {
      for (const price of this.#asks.keys()) {
        this.#offerAsk(price);
      }
    }
    return this.#bestAsk;
  }

  /** Greatest price that every price seen is a multiple of; 0 before the first. */
  get tick(): number {
    return this.#tick;
  }

  /** Contracts resting so many ticks behind the touch, both sides. */
  depth(ticks: number): number {
    return (this.#bids.get(this.bestBid - ticks * this.#tick) ?? 0) +
      (this.#asks.get(this.bestAsk + ticks * this.#tick) ?? 0);
  }

  /** Takes the records of a block: those of the instrument that came first. */
  read({ words, strideWords, count }: MboBlock): void {
    for (let i = 0; i < count; i++) this.#record(words, i * strideWords);
  }

  #record(words: Uint32Array, at: number): void {
    const word = (offset: number) => words[at + offset] ?? 0;
    if (this.#instrumentId < 0) this.#instrumentId = word(MBO_WORD.INSTRUMENT_ID);
    if (word(MBO_WORD.INSTRUMENT_ID) !== this.#instrumentId) return;
    const packed = word(MBO_WORD.FLAGS_CHANNEL_ACTION_SIDE);
    const flags = packed & 0xff;
    const action = (packed >>> 16) & 0xff;
    const side = packed >>> 24;
    const id = word(MBO_WORD.ORDER_ID_HIGH) * TWO_POW_32 + word(MBO_WORD.ORDER_ID_LOW);
    const price = word(MBO_WORD.PRICE_HIGH) * TWO_POW_32 + word(MBO_WORD.PRICE_LOW);
    const size = word(MBO_WORD.SIZE);
    if (this.#baseHigh < 0) {
      this.#baseHigh = word(MBO_WORD.TS_EVENT_HIGH);
      this.#baseLow = word(MBO_WORD.TS_EVENT_LOW);
    }
    const ns = (word(MBO_WORD.TS_EVENT_HIGH) - this.#baseHigh) * TWO_POW_32 +
      word(MBO_WORD.TS_EVENT_LOW) - this.#baseLow;
    if (action === ACTION.CLEAR) this.#clear();
    else if (action === ACTION.ADD) {
      this.#add(id, { isBid: side === SIDE.BID, price, size, sinceNs: ns });
    } else if (action === ACTION.CANCEL) this.#cancel(id, size, ns);
    else if (action === ACTION.MODIFY) this.#modify(id, price, size, ns);
    else if (action === ACTION.TRADE) {
      this.#watcher.trade(ns, side === SIDE.BID ? 1 : side === SIDE.ASK ? -1 : 0);
    }
    if ((flags & FLAG.LAST) !== 0 && (flags & FLAG.SNAPSHOT) === 0) this.#watcher.event(ns);
  }

  #clear(): void {
    this.#orders.clear();
    this.#bids.clear();
    this.#asks.clear();
    this.#bestBid = NaN;
    this.#bestAsk = NaN;
  }

  #add(id: number, order: Order): void {
    this.#remove(id);
    this.#orders.set(id, order);
    this.#shift(order, order.size);
    if (this.#tick === 0 || order.price % this.#tick !== 0) {
      this.#tick = commonDivisor(order.price, this.#tick);
    }
  }

  #remove(id: number): Order | undefined {
    const order = this.#orders.get(id);
    if (order === undefined) return undefined;
    this.#orders.delete(id);
    this.#shift(order, -order.size);
    return order;
  }

  #cancel(id: number, size: number, ns: number): void {
    const order = this.#remove(id);
    if (order === undefined) return;
    if (size < order.size) this.#add(id, { ...order, size: order.size - size });
    else this.#watcher.gone(ns - order.sinceNs);
  }

  #modify(id: number, price: number, size: number, ns: number): void {
    const order = this.#remove(id);
    if (order === undefined) return;
    if (size === 0) this.#watcher.gone(ns - order.sinceNs);
    else this.#add(id, { ...order, price, size });
  }

  #shift({ isBid, price }: Order, change: number): void {
    const levels = isBid ? this.#bids : this.#asks;
    const size = (levels.get(price) ?? 0) + change;
    if (size > 0) {
      levels.set(price, size);
      // While a side's best is to be looked for anew, all its prices will be.
      if (isBid && levels.size > 1 && Number.isNaN(this.#bestBid)) return;
      if (!isBid && levels.size > 1 && Number.isNaN(this.#bestAsk)) return;
      if (isBid) this.#offerBid(price);
      else this.#offerAsk(price);
      return;
    }
    levels.delete(price);
    if (isBid && price === this.#bestBid) this.#bestBid = NaN;
    if (!isBid && price === this.#bestAsk) this.#bestAsk = NaN;
  }

  #offerBid(price: number): void {
    if (!(price <= this.#bestBid)) this.#bestBid = price;
  }

  #offerAsk(price: number): void {
    if (!(price >= this.#bestAsk)) this.#bestAsk = price;
  }
}

function commonDivisor(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y > 0) [x, y] = [y, x % y];
  return x;
}
