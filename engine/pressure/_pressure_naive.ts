import { ACTION, FLAG, SIDE } from "../dbn/mod.ts";
import { ENG } from "../frames/mod.ts";
import { STRIDE, type TickState } from "./tick_state.ts";

interface Order {
  readonly side: number;
  readonly priceNano: number;
  qty: number;
}

interface Impulse {
  readonly tsNs: number;
  /** Contracts: added, pulled, filled, change of depth. */
  readonly flow: readonly number[];
}

/** One tick; masses, velocities, accelerations and jerks are four long, in the order of a flow. */
export interface NaiveTick {
  lastNs: number;
  lastEventId: number;
  rest: number;
  mass: number[];
  v: number[];
  a: number[];
  j: number[];
  readonly impulses: Impulse[];
}

interface Touch {
  readonly index: number;
  readonly flow: readonly [add: number, pull: number, fill: number];
}

/** How the obvious engine is set up. */
export interface NaiveOptions {
  readonly ticks: number;
  readonly tickNano: number;
  readonly complete: boolean;
}

/**
 * The pressure engine as one would write it down first: maps and objects, best prices and depth
 * recounted from the orders at every look, in `complete` every value summed over all impulses so far
 * with the chain's impulse responses (from its Laplace transform, not from its differential
 * equations). Slow on purpose; tests and benches hold the fast one against it.
 */
export class NaivePressure {
  readonly orders = new Map<bigint, Order>();
  readonly ticks = new Map<number, NaiveTick>();
  /** Depth that no order stands for any more, by slot, bid and ask. */
  readonly leaked = new Map<number, [bid: number, ask: number]>();
  anchor = -1;
  eventCount = 0;
  bookValid = false;
  snapshotInProgress = false;
  #rawBid = 0;
  #rawAsk = 0;
  #rest = new Map<number, number>();
  readonly #options: NaiveOptions;

  constructor(options: NaiveOptions) {
    this.#options = options;
  }

  indexOf(priceNano: number): number {
    const { ticks, tickNano } = this.#options;
    if (this.anchor < 0) return -1;
    const x = priceNano / tickNano;
    let tick = Math.round(x);
    if (Math.abs(x - Math.trunc(x)) === 0.5) tick = 2 * Math.round(x / 2);
    const i = tick - this.anchor + Math.floor(ticks / 2);
    return i >= 0 && i < ticks ? i : -1;
  }

  depthAt(index: number): [bid: number, ask: number] {
    let [bid, ask] = this.leaked.get(index) ?? [0, 0];
    for (const order of this.orders.values()) {
      if (this.indexOf(order.priceNano) !== index) continue;
      if (order.side === SIDE.BID) bid += order.qty;
      else ask += order.qty;
    }
    return [bid, ask];
  }

  /** Best prices, 0 when none. */
  best(): [bid: number, ask: number] {
    if (this.anchor < 0) return [this.#rawBid, this.#rawAsk];
    const { ticks, tickNano } = this.#options;
    const half = Math.floor(ticks / 2);
    let bid = 0;
    let ask = 0;
    for (const index of this.#occupied()) {
      const price = (this.anchor - half + index) * tickNano;
      const [b, a] = this.depthAt(index);
      if (b > 0 && (bid === 0 || price > bid)) bid = price;
      if (a > 0 && (ask === 0 || price < ask)) ask = price;
    }
    return [bid, ask];
  }

  restAt(index: number): number {
    return this.ticks.get(index)?.rest ?? this.#rest.get(index) ?? 0;
  }

  update(
    tsNs: number,
    action: number,
    side: number,
    priceNano: number,
    size: number,
    id: bigint,
    flags: number,
  ): void {
    const { complete } = this.#options;
    this.eventCount++;
    const was = this.snapshotInProgress;
    const snapshot = (flags & FLAG.SNAPSHOT) !== 0;
    if (action === ACTION.CLEAR && snapshot) this.snapshotInProgress = true;
    const last = (flags & FLAG.LAST) !== 0;
    if (this.snapshotInProgress && last && (snapshot || !complete)) this.snapshotInProgress = false;
    if (!this.snapshotInProgress) this.bookValid = true;
    const touches = this.#apply(action, side, priceNano, size, id);
    const anchored = this.anchor < 0 && this.#anchor();
    if ((anchored || (was && !this.snapshotInProgress)) && this.anchor >= 0) this.synchronise();
    for (const touch of touches) if (touch.index >= 0) this.#touch(touch, tsNs);
  }

  /** Lets time pass. */
  advance(tsNs: number): void {
    for (const tick of this.ticks.values()) {
      if (!(tick.lastNs > 0 && tick.lastNs < tsNs)) continue;
      if (!this.#options.complete) relax(tick, (tsNs - tick.lastNs) / 1e9);
      tick.lastNs = tsNs;
      if (this.#options.complete) recompute(tick);
    }
  }

  /** Takes over the ticks of an engine, as a start for timing; each counts as one impulse. */
  adopt(state: TickState): void {
    for (const index of state.active.subarray(0, state.activeCount)) {
      const column = (from: number, count: number) =>
        Array.from(state.values.subarray(index * STRIDE + from, index * STRIDE + from + count));
      const tick = newTick(state.values[index * STRIDE + ENG.REST_DEPTH]!);
      tick.lastNs = state.lastNs[index]!;
      tick.mass = column(ENG.ADD_MASS, 3);
      tick.v = column(ENG.V_ADD, 4);
      tick.a = column(ENG.A_ADD, 4);
      tick.j = column(ENG.J_ADD, 4);
      tick.impulses.push({ tsNs: tick.lastNs, flow: tick.v.map((v) => 2 * v) });
      this.ticks.set(index, tick);
    }
  }

  synchronise(): void {
    for (const index of [...this.ticks.keys(), ...this.#rest.keys()]) this.#setRest(index, 0);
    for (const index of this.#occupied()) {
      const [bid, ask] = this.depthAt(index);
      this.#setRest(index, bid + ask);
    }
  }

  #setRest(index: number, rest: number): void {
    const tick = this.ticks.get(index);
    if (tick === undefined) this.#rest.set(index, rest);
    else tick.rest = rest;
  }

  #occupied(): Set<number> {
    const slots = new Set(this.leaked.keys());
    for (const order of this.orders.values()) slots.add(this.indexOf(order.priceNano));
    slots.delete(-1);
    return slots;
  }

  #anchor(): boolean {
    if (!(this.#rawBid > 0 && this.#rawAsk > 0)) return false;
    this.anchor = Math.floor((this.#rawBid + this.#rawAsk) / (2 * this.#options.tickNano) + 0.5);
    return true;
  }

  #recountRaw(): void {
    if (this.anchor >= 0) return;
    const live = [...this.orders.values()].filter((order) => order.qty > 0);
    const prices = (side: number) =>
      live.filter((order) => order.side === side).map((order) => order.priceNano);
    this.#rawBid = Math.max(0, ...prices(SIDE.BID));
    const asks = prices(SIDE.ASK);
    this.#rawAsk = asks.length > 0 ? Math.min(...asks) : 0;
  }

  #offer(side: number, priceNano: number): void {
    if (this.anchor >= 0) return;
    if (side === SIDE.BID) this.#rawBid = Math.max(this.#rawBid, priceNano);
    else if (this.#rawAsk === 0 || priceNano < this.#rawAsk) this.#rawAsk = priceNano;
  }

  #apply(action: number, side: number, priceNano: number, size: number, id: bigint): Touch[] {
    const order = this.orders.get(id);
    switch (action) {
      case ACTION.ADD:
        return this.#add(side, priceNano, size, id, order);
      case ACTION.CANCEL:
        if (order === undefined) return [];
        this.orders.delete(id);
        this.#recountRaw();
        return [{ index: this.indexOf(order.priceNano), flow: [0, order.qty, 0] }];
      case ACTION.MODIFY:
        return this.#modify(side, priceNano, size, id, order);
      case ACTION.FILL: {
        if (order === undefined) return [];
        const filled = Math.min(size, order.qty);
        order.qty -= filled;
        if (order.qty <= 0) {
          this.orders.delete(id);
          this.#recountRaw();
        }
        const shown = this.#options.complete ? filled : size;
        return [{ index: this.indexOf(order.priceNano), flow: [0, 0, shown] }];
      }
      case ACTION.CLEAR:
        this.orders.clear();
        this.leaked.clear();
        this.#rawBid = 0;
        this.#rawAsk = 0;
        this.bookValid = false;
        if (this.#options.complete) this.synchronise();
    }
    return [];
  }

  #add(
    side: number,
    priceNano: number,
    size: number,
    id: bigint,
    old: Order | undefined,
  ): Touch[] {
    const touches: Touch[] = [];
    if (this.#options.complete) {
      if (side === SIDE.NONE) return [];
      if (old !== undefined) {
        touches.push({ index: this.indexOf(old.priceNano), flow: [0, old.qty, 0] });
        this.orders.delete(id);
        this.#recountRaw();
      }
    } else if (old !== undefined) {
      const index = this.indexOf(old.priceNano);
      const [bid, ask] = this.leaked.get(index) ?? [0, 0];
      const isBid = old.side === SIDE.BID;
      if (index >= 0) {
        this.leaked.set(index, [bid + (isBid ? old.qty : 0), ask + (isBid ? 0 : old.qty)]);
      }
    }
    this.orders.set(id, { side, priceNano, qty: size });
    this.#offer(side, priceNano);
    return [...touches, { index: this.indexOf(priceNano), flow: [size, 0, 0] }];
  }

  #modify(
    side: number,
    priceNano: number,
    size: number,
    id: bigint,
    old: Order | undefined,
  ): Touch[] {
    const { complete } = this.#options;
    let newSide = side;
    if (complete && side === SIDE.NONE) {
      if (old === undefined) return [];
      newSide = old.side;
    }
    this.orders.set(id, { side: newSide, priceNano, qty: size });
    this.#recountRaw();
    const index = this.indexOf(priceNano);
    if (old === undefined) return complete ? [{ index, flow: [size, 0, 0] }] : [];
    const from = this.indexOf(old.priceNano);
    if (from !== index) {
      return [{ index: from, flow: [0, old.qty, 0] }, { index, flow: [size, 0, 0] }];
    }
    const change = size - old.qty;
    return [{ index, flow: [Math.max(change, 0), Math.max(-change, 0), 0] }];
  }

  #touch(touch: Touch, tsNs: number): void {
    const { index, flow } = touch;
    let tick = this.ticks.get(index);
    if (tick === undefined) {
      tick = newTick(this.#rest.get(index) ?? 0);
      this.ticks.set(index, tick);
    }
    const [bid, ask] = this.depthAt(index);
    const all = [...flow, bid + ask - tick.rest];
    tick.rest = bid + ask;
    tick.lastEventId = this.eventCount;
    if (this.#options.complete) {
      tick.lastNs = Math.max(tick.lastNs, tsNs);
      tick.impulses.push({ tsNs: tick.lastNs, flow: all });
      recompute(tick);
      return;
    }
    const dtS = tick.lastNs > 0 && tsNs > tick.lastNs ? (tsNs - tick.lastNs) / 1e9 : 0;
    tick.lastNs = tsNs;
    tick.mass = tick.mass.map((m, kind) => m * (dtS > 0 ? Math.exp(-dtS / 30) : 1) + flow[kind]!);
    if (dtS > 0) step(tick, all.map((q) => q / dtS), dtS);
  }
}

function newTick(rest: number): NaiveTick {
  return {
    lastNs: 0,
    lastEventId: 0,
    rest,
    mass: [0, 0, 0],
    v: [0, 0, 0, 0],
    a: [0, 0, 0, 0],
    j: [0, 0, 0, 0],
    impulses: [],
  };
}

function weight(dtS: number, tauS: number): number {
  return dtS / tauS > 50 ? 1 : 1 - Math.exp(-dtS / tauS);
}

function step(tick: NaiveTick, rates: readonly number[], dtS: number): void {
  rates.forEach((rate, kind) => {
    const v = tick.v[kind]! + weight(dtS, 2) * (rate - tick.v[kind]!);
    const slope = (v - tick.v[kind]!) / dtS;
    const a = tick.a[kind]! + weight(dtS, 5) * (slope - tick.a[kind]!);
    const bend = (a - tick.a[kind]!) / dtS;
    tick.j[kind] = tick.j[kind]! + weight(dtS, 10) * (bend - tick.j[kind]!);
    tick.v[kind] = v;
    tick.a[kind] = a;
  });
}

function relax(tick: NaiveTick, dtS: number): void {
  tick.mass = tick.mass.map((m) => m * Math.exp(-dtS / 30));
  step(tick, [0, 0, 0, 0], dtS);
}

/** Sums the responses 1/(1+2s), s/((1+2s)(1+5s)) and s²/((1+2s)(1+5s)(1+10s)) to all impulses. */
function recompute(tick: NaiveTick): void {
  tick.mass = [0, 0, 0];
  tick.v = [0, 0, 0, 0];
  tick.a = [0, 0, 0, 0];
  tick.j = [0, 0, 0, 0];
  for (const { tsNs, flow } of tick.impulses) {
    const t = (tick.lastNs - tsNs) / 1e9;
    const e2 = Math.exp(-t / 2);
    const e5 = Math.exp(-t / 5);
    const e10 = Math.exp(-t / 10);
    flow.forEach((q, kind) => {
      if (kind < 3) tick.mass[kind] = tick.mass[kind]! + q * Math.exp(-t / 30);
      tick.v[kind] = tick.v[kind]! + (q * e2) / 2;
      tick.a[kind] = tick.a[kind]! + q * (e2 / 6 - e5 / 15);
      tick.j[kind] = tick.j[kind]! + q * (e2 / 48 - e5 / 75 + e10 / 400);
    });
  }
}
