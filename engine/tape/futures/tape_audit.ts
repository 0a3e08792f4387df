import { ACTION, FLAG, MBO_WORD, type MboBlock, SIDE } from "../../dbn/mod.ts";

const TWO_POW_32 = 4_294_967_296;
const YOUNG_NS = 500_000_000;

interface RestingOrder {
  readonly bid: boolean;
  tick: number;
  size: number;
  enteredNs: number;
  /** Contracts that F records announced and C records have not yet taken. */
  filled: number;
}

/** Contracts and events since the snapshot. */
export interface TapeCounts {
  records: number;
  events: number;
  addedContracts: number;
  withdrawnContracts: number;
  /** Withdrawn contracts of orders that stood less than 500 ms. */
  youngContracts: number;
  filledContracts: number;
  tradedContracts: number;
  marketOrders: number;
}

/**
 * A plain book of maps that replays mbo records and refuses whatever a real feed would not send. It
 * shares no code with the generator, so that a slip in one shows in the other.
 */
export class TapeAudit {
  readonly counts: TapeCounts = {
    records: 0,
    events: 0,
    addedContracts: 0,
    withdrawnContracts: 0,
    youngContracts: 0,
    filledContracts: 0,
    tradedContracts: 0,
    marketOrders: 0,
  };
  /** Side of every market order in turn: +1 buy, -1 sell. */
  readonly signs: number[] = [];
  /** Time of every market order in turn, ns since the base. */
  readonly tradeNs: number[] = [];
  bestBid = NaN;
  bestAsk = NaN;

  readonly #baseNs: bigint;
  readonly #tickNano: number;
  readonly #isOneOfMany: boolean;
  readonly #orders = new Map<number, RestingOrder>();
  readonly #bids = new Map<number, number>();
  readonly #asks = new Map<number, number>();
  #open = false;
  #eventNs = -Infinity;
  #recvNs = -Infinity;
  #sequence = 0;
  #announced = 0;
  #snapshot = true;
  #sawTrade = false;

  /**
   * @param baseNs Time that offsets count from, ns since 1970 UTC.
   * @param tickNano Tick size, 1e-9 units.
   * @param isOneOfMany Whether other instruments share the channel: numbers of packets may then jump, and a side may
   *   be empty.
   */
  constructor(baseNs: bigint, tickNano: number, isOneOfMany = false) {
    this.#baseNs = baseNs;
    this.#isOneOfMany = isOneOfMany;
    this.#tickNano = tickNano;
  }

  /** Live orders. */
  get orders(): number {
    return this.#orders.size;
  }

  /** Returns the contracts resting at a price of one side; ticks. */
  at(bid: boolean, tick: number): number {
    return (bid ? this.#bids : this.#asks).get(tick) ?? 0;
  }

  /** Returns the contracts resting on both sides within `ticks` of the touch. */
  depthWithin(ticks: number): number {
    let total = 0;
    for (let k = 0; k < ticks; k++) {
      total += this.at(true, this.bestBid - k) + this.at(false, this.bestAsk + k);
    }
    return total;
  }

  /**
   * Replays a block.
   *
   * @throws {RangeError} When a record breaks a rule of the tape; the message names record and rule.
   */
  read(block: MboBlock): void {
    for (let i = 0; i < block.count; i++) this.record(block.words, i * block.strideWords);
  }

  /**
   * Replays the record that begins at a word of a block.
   *
   * @throws {RangeError} As {@link TapeAudit.read}.
   */
  record(words: Uint32Array, at: number): void {
    const packed = words[at + MBO_WORD.FLAGS_CHANNEL_ACTION_SIDE]!;
    const flags = packed & 0xff;
    const action = (packed >>> 16) & 0xff;
    const side = packed >>> 24;
    const id = words[at + MBO_WORD.ORDER_ID_HIGH]! * TWO_POW_32 +
      words[at + MBO_WORD.ORDER_ID_LOW]!;
    const nano = words[at + MBO_WORD.PRICE_HIGH]! * TWO_POW_32 + words[at + MBO_WORD.PRICE_LOW]!;
    const tick = nano / this.#tickNano;
    const size = words[at + MBO_WORD.SIZE]!;
    this.counts.records++;
    this.#time(words, at, (flags & FLAG.SNAPSHOT) !== 0);
    if (action === ACTION.CLEAR) this.#clear();
    else {
      if (!Number.isInteger(tick) || size === 0) this.#refuse(`price ${nano} and size ${size}`);
      if (action === ACTION.ADD) this.#add(id, side, tick, size);
      else if (action === ACTION.CANCEL) this.#cancel(id, side, tick, size);
      else if (action === ACTION.MODIFY) this.#modify(id, side, tick, size);
      else if (action === ACTION.FILL) this.#fill(id, side, tick, size);
      else if (action === ACTION.TRADE) this.#trade(side, tick, size);
      else this.#refuse(`action ${action}`);
    }
    this.#open = (flags & FLAG.LAST) === 0;
    if (!this.#open) this.#close();
  }

  #refuse(what: string): never {
    throw new RangeError(`Cannot replay record ${this.counts.records}: ${what} breaks the rules`);
  }

  #time(words: Uint32Array, at: number, snapshot: boolean): void {
    const eventNs = this.#ns(
      words[at + MBO_WORD.TS_EVENT_HIGH]!,
      words[at + MBO_WORD.TS_EVENT_LOW]!,
    );
    const recvNs = this.#ns(words[at + MBO_WORD.TS_RECV_HIGH]!, words[at + MBO_WORD.TS_RECV_LOW]!);
    const sequence = words[at + MBO_WORD.SEQUENCE]!;
    if (this.#open) {
      const holds = snapshot ? eventNs > this.#eventNs : eventNs === this.#eventNs;
      if (!holds) this.#refuse(`time ${eventNs} inside an event`);
      if (sequence !== this.#sequence) this.#refuse(`sequence ${sequence} inside an event`);
      if (recvNs !== this.#recvNs) this.#refuse(`receipt ${recvNs} inside an event`);
    } else {
      this.counts.events++;
      // A snapshot tells orders of the hour before.
      if (!snapshot && eventNs <= this.#eventNs) {
        this.#refuse(`time ${eventNs} after ${this.#eventNs}`);
      }
      const isNext = this.#isOneOfMany
        ? sequence > this.#sequence
        : sequence === this.#sequence + 1;
      if (!isNext) this.#refuse(`sequence ${sequence}`);
      if (recvNs < this.#recvNs) this.#refuse(`receipt ${recvNs} after ${this.#recvNs}`);
    }
    if (!snapshot && recvNs < eventNs + 120_000) this.#refuse(`receipt ${recvNs} of ${eventNs}`);
    this.#eventNs = eventNs;
    this.#recvNs = recvNs;
    this.#sequence = sequence;
  }

  #ns(high: number, low: number): number {
    return Number(((BigInt(high) << 32n) | BigInt(low)) - this.#baseNs);
  }

  #clear(): void {
    this.#orders.clear();
    this.#bids.clear();
    this.#asks.clear();
    this.bestBid = NaN;
    this.bestAsk = NaN;
    this.#snapshot = true;
  }

  #add(id: number, side: number, tick: number, size: number): void {
    if (this.#orders.has(id) || id === 0) this.#refuse(`order id ${id} of an add`);
    const bid = side === SIDE.BID;
    if (!bid && side !== SIDE.ASK) this.#refuse(`side ${side}`);
    this.#orders.set(id, { bid, tick, size, enteredNs: this.#eventNs, filled: 0 });
    this.#shift(bid, tick, size);
    if (!this.#snapshot) this.counts.addedContracts += size;
  }

  #order(id: number, side: number): RestingOrder {
    const order = this.#orders.get(id);
    if (order === undefined) return this.#refuse(`unknown order ${id}`);
    if (order.bid !== (side === SIDE.BID)) this.#refuse(`side ${side} of order ${id}`);
    return order;
  }

  #cancel(id: number, side: number, tick: number, size: number): void {
    const order = this.#order(id, side);
    if (order.tick !== tick) this.#refuse(`price ${tick} of order ${id}`);
    if (size > order.size) this.#refuse(`cancel of ${size} of ${order.size}`);
    if (order.filled > 0) {
      if (size !== order.filled) {
        this.#refuse(`cancel of ${size} after a fill of ${order.filled}`);
      }
      order.filled = 0;
    } else this.#withdraw(order, size);
    order.size -= size;
    this.#shift(order.bid, tick, -size);
    if (order.size === 0) this.#orders.delete(id);
  }

  #modify(id: number, side: number, tick: number, size: number): void {
    const order = this.#order(id, side);
    if (order.filled !== 0) this.#refuse(`modify of the filled order ${id}`);
    if (order.tick === tick && order.size === size) this.#refuse(`empty modify of ${id}`);
    this.#shift(order.bid, order.tick, -order.size);
    this.#shift(order.bid, tick, size);
    if (order.tick !== tick) {
      this.#withdraw(order, order.size);
      this.counts.addedContracts += size;
      order.enteredNs = this.#eventNs;
    } else if (size < order.size) this.#withdraw(order, order.size - size);
    else this.counts.addedContracts += size - order.size;
    order.tick = tick;
    order.size = size;
  }

  #fill(id: number, side: number, tick: number, size: number): void {
    const order = this.#order(id, side);
    if (order.tick !== tick) this.#refuse(`fill at ${tick} of order ${id}`);
    if (size + order.filled > order.size) this.#refuse(`fill of ${size} of ${order.size}`);
    if (size > this.#announced) {
      this.#refuse(`fill of ${size} of a trade of ${this.#announced}`);
    }
    if (tick !== (order.bid ? this.bestBid : this.bestAsk)) {
      this.#refuse(`fill behind the touch`);
    }
    order.filled += size;
    this.#announced -= size;
    this.counts.filledContracts += size;
  }

  #trade(side: number, tick: number, size: number): void {
    if (this.#announced !== 0) {
      this.#refuse(`trade before ${this.#announced} contracts were filled`);
    }
    if (tick !== (side === SIDE.BID ? this.bestAsk : this.bestBid)) {
      this.#refuse(`trade at ${tick}`);
    }
    this.#announced = size;
    this.counts.tradedContracts += size;
    if (this.#sawTrade) return;
    this.#sawTrade = true;
    this.counts.marketOrders++;
    this.signs.push(side === SIDE.BID ? 1 : -1);
    this.tradeNs.push(this.#eventNs);
  }

  #withdraw(order: RestingOrder, size: number): void {
    this.counts.withdrawnContracts += size;
    if (this.#eventNs - order.enteredNs < YOUNG_NS) this.counts.youngContracts += size;
  }

  #close(): void {
    if (this.#announced !== 0) {
      this.#refuse(`event with ${this.#announced} contracts not filled`);
    }
    if (!this.#isOneOfMany && (this.#bids.size === 0 || this.#asks.size === 0)) {
      this.#refuse("an empty side");
    }
    if (this.bestBid >= this.bestAsk) {
      this.#refuse(`bid ${this.bestBid} over ask ${this.bestAsk}`);
    }
    if (this.#snapshot) {
      this.counts.records = 0;
      this.counts.events = 0;
    }
    this.#snapshot = false;
    this.#sawTrade = false;
  }

  #shift(bid: boolean, tick: number, change: number): void {
    const levels = bid ? this.#bids : this.#asks;
    const left = (levels.get(tick) ?? 0) + change;
    if (left === 0) levels.delete(tick);
    else levels.set(tick, left);
    if (bid) this.bestBid = settle(levels, this.bestBid, tick, left > 0, 1);
    else this.bestAsk = settle(levels, this.bestAsk, tick, left > 0, -1);
  }
}

/** Returns the best price of a side after a change at `tick`. */
function settle(
  levels: ReadonlyMap<number, number>,
  best: number,
  tick: number,
  alive: boolean,
  sign: number,
): number {
  if (alive) return Number.isNaN(best) || (tick - best) * sign > 0 ? tick : best;
  if (tick !== best) return best;
  if (levels.size === 0) return NaN;
  let next = best;
  while (!levels.has(next)) next -= sign;
  return next;
}
