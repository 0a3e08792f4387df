import { ACTION, MBO_BYTES, SIDE } from "../../engine/dbn/mod.ts";

/** A record as an object with a bigint per 64-bit field. */
interface MboObject {
  readonly tsEvent: bigint;
  readonly orderId: bigint;
  readonly price: bigint;
  readonly size: number;
  readonly action: number;
  readonly side: number;
}

interface Order {
  readonly side: number;
  readonly price: bigint;
  size: number;
}

interface Chain {
  v: number;
  a: number;
  j: number;
}

interface Tick {
  lastNs: bigint;
  depth: number;
  readonly mass: { add: number; pull: number; fill: number };
  readonly add: Chain;
  readonly pull: Chain;
  readonly fill: Chain;
  readonly rest: Chain;
  pressure: number;
  vacuum: number;
}

const TAU = { mass: 30, v: 2, a: 5, j: 10 } as const;

/**
 * The baseline for events per second: book and ticks as one writes them without thinking of speed,
 * an object per record, order, level and tick, maps by bigint, the arithmetic of the model `compat`.
 * Best prices are kept and only searched for when their level empties; nothing is slow on purpose.
 */
export class MapEngine {
  readonly orders = new Map<bigint, Order>();
  readonly bids = new Map<bigint, number>();
  readonly asks = new Map<bigint, number>();
  readonly ticks = new Map<bigint, Tick>();
  bestBid: bigint | null = null;
  bestAsk: bigint | null = null;
  eventCount = 0;

  /** Takes all plain mbo records of a DBN file, one after the other. */
  read(bytes: Uint8Array): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const head = 8 + view.getUint32(4, true);
    for (let at = head; at + MBO_BYTES <= bytes.length; at += MBO_BYTES) {
      this.update({
        tsEvent: view.getBigUint64(at + 8, true),
        orderId: view.getBigUint64(at + 16, true),
        price: view.getBigInt64(at + 24, true),
        size: view.getUint32(at + 32, true),
        action: view.getUint8(at + 38),
        side: view.getUint8(at + 39),
      });
    }
  }

  update(record: MboObject): void {
    this.eventCount++;
    const { action, orderId, price, size, side, tsEvent } = record;
    const order = this.orders.get(orderId);
    if (action === ACTION.ADD) {
      this.#put(orderId, side, price, size);
      this.#touch(price, tsEvent, size, 0, 0);
    } else if (action === ACTION.CLEAR) {
      for (const map of [this.orders, this.bids, this.asks]) map.clear();
      this.bestBid = this.bestAsk = null;
    } else if (action === ACTION.CANCEL && order !== undefined) {
      this.#take(orderId, order, order.size);
      this.#touch(order.price, tsEvent, 0, order.size, 0);
    } else if (action === ACTION.FILL && order !== undefined) {
      const filled = Math.min(size, order.size);
      this.#take(orderId, order, filled);
      this.#touch(order.price, tsEvent, 0, 0, filled);
    } else if (action === ACTION.MODIFY) {
      const before = order?.size ?? 0;
      if (order !== undefined) this.#take(orderId, order, before);
      this.#put(orderId, side, price, size);
      if (order !== undefined && order.price !== price) {
        this.#touch(order.price, tsEvent, 0, before, 0);
        this.#touch(price, tsEvent, size, 0, 0);
      } else {
        this.#touch(price, tsEvent, Math.max(0, size - before), Math.max(0, before - size), 0);
      }
    }
  }

  #put(id: bigint, side: number, price: bigint, size: number): void {
    this.orders.set(id, { side, price, size });
    const levels = side === SIDE.BID ? this.bids : this.asks;
    levels.set(price, (levels.get(price) ?? 0) + size);
    if (side === SIDE.BID) {
      if (this.bestBid === null || price > this.bestBid) this.bestBid = price;
    } else if (this.bestAsk === null || price < this.bestAsk) this.bestAsk = price;
  }

  #take(id: bigint, order: Order, size: number): void {
    const { side, price } = order;
    const levels = side === SIDE.BID ? this.bids : this.asks;
    const left = (levels.get(price) ?? 0) - size;
    if (left > 0) levels.set(price, left);
    else levels.delete(price);
    if (size >= order.size) this.orders.delete(id);
    else this.orders.set(id, { ...order, size: order.size - size });
    if (left > 0) return;
    if (side === SIDE.BID && price === this.bestBid) {
      this.bestBid = [...levels.keys()].reduce<bigint | null>(
        (best, each) => best === null || each > best ? each : best,
        null,
      );
    } else if (side !== SIDE.BID && price === this.bestAsk) {
      this.bestAsk = [...levels.keys()].reduce<bigint | null>(
        (best, each) => best === null || each < best ? each : best,
        null,
      );
    }
  }

  #touch(price: bigint, tsNs: bigint, add: number, pull: number, fill: number): void {
    let tick = this.ticks.get(price);
    if (tick === undefined) {
      tick = newTick();
      this.ticks.set(price, tick);
    }
    const depth = (this.bids.get(price) ?? 0) + (this.asks.get(price) ?? 0);
    const dtS = tick.lastNs > 0n ? Number(tsNs - tick.lastNs) / 1e9 : 0;
    const { mass } = tick;
    const decay = dtS > 0 ? Math.exp(-dtS / TAU.mass) : 1;
    mass.add = mass.add * decay + add;
    mass.pull = mass.pull * decay + pull;
    mass.fill = mass.fill * decay + fill;
    if (dtS > 0) {
      step(tick.add, add / dtS, dtS);
      step(tick.pull, pull / dtS, dtS);
      step(tick.fill, fill / dtS, dtS);
      step(tick.rest, (depth - tick.depth) / dtS, dtS);
    }
    tick.depth = depth;
    tick.lastNs = tsNs;
    tick.pressure = tick.add.v + 0.5 * Math.max(tick.rest.v, 0) + 0.3 * Math.max(tick.add.a, 0);
    tick.vacuum = tick.pull.v + 1.5 * tick.fill.v + 0.5 * Math.max(-tick.rest.v, 0) +
      0.3 * Math.max(tick.pull.a, 0);
  }
}

function newTick(): Tick {
  return {
    lastNs: 0n,
    depth: 0,
    mass: { add: 0, pull: 0, fill: 0 },
    add: { v: 0, a: 0, j: 0 },
    pull: { v: 0, a: 0, j: 0 },
    fill: { v: 0, a: 0, j: 0 },
    rest: { v: 0, a: 0, j: 0 },
    pressure: 0,
    vacuum: 0,
  };
}

function step(chain: Chain, rate: number, dtS: number): void {
  const { v, a } = chain;
  chain.v += (1 - Math.exp(-dtS / TAU.v)) * (rate - v);
  chain.a += (1 - Math.exp(-dtS / TAU.a)) * ((chain.v - v) / dtS - a);
  chain.j += (1 - Math.exp(-dtS / TAU.j)) * ((chain.a - a) / dtS - chain.j);
}
