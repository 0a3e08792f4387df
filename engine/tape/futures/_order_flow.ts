import { ACTION, SIDE } from "../../dbn/mod.ts";
import { exp, log, pow } from "../../dmath/mod.ts";
import { Xoshiro256 } from "../../prng/mod.ts";
import { type Agenda, DUE } from "./_agenda.ts";
import { Echoes } from "./_echoes.ts";
import { PacketClock } from "./_packet.ts";
import { flowTables, roundFactor } from "./_tables.ts";
import { BookSide } from "./book_side.ts";
import type { MboWriter } from "./mbo_writer.ts";
import type { RegimeChain } from "./regime_chain.ts";

const FIRST_ORDER_ID = 6_860_000_000_000;
/** Places of orders in the recording of crude oil: better, at the touch, behind it; the rest is far away. */
const IMPROVE_SHARE = 0.03;
const JOIN_SHARE = 0.50;
const NEAR_SHARE = 0.27;
const NEAR_SUCCESS = 0.25;
const ADD_POWER = 1.5;
const LIMIT_LEAN = 0.10;
const MAX_STALE_TICKS = 4;
const STALE_ADD = 1.2;
const STALE_CANCEL = 0.5;
const YOUNG_NS = 500_000_000;
const MEAN_YOUNG_NS = 120_000_000;
const CANCEL_DRAWS = 2;
const PLACE_DRAWS = 2;
const MAX_SPAN_TICKS = 300;
const MAX_LEVELS = 3;
const ICEBERG_SHARE = 0.02;
const ICEBERG_REFILLS = 5;
const REFILL_NS = 10_000;

/** Orders that a side keeps, whatever happens. */
export const MIN_ORDERS = 50;

/** Resting orders, and what each kind of event does to them; writes the records of every event. */
export class OrderFlow {
  readonly bids = new BookSide(1);
  readonly asks = new BookSide(-1);
  readonly #packet: PacketClock;
  readonly #chain: RegimeChain;
  readonly #levels: Xoshiro256;
  readonly #tables = flowTables();
  readonly #sizes: Xoshiro256;
  readonly #cancels: Xoshiro256;
  #orderId = FIRST_ORDER_ID;
  #lastNs = 0;
  /** Distance of the latent price from the mid, ticks, clipped to +-4. */
  #gap = 0;
  #latent = 0;
  readonly #agenda: Agenda;
  readonly #echoes: Echoes;

  /** @param agenda Takes what an event causes later. */
  constructor(seed: number | bigint, chain: RegimeChain, agenda: Agenda) {
    this.#agenda = agenda;
    this.#packet = new PacketClock(seed, 9);
    this.#chain = chain;
    this.#sizes = new Xoshiro256(seed, 4);
    this.#levels = new Xoshiro256(seed, 5);
    this.#cancels = new Xoshiro256(seed, 6);
    this.#echoes = new Echoes(seed, agenda);
  }

  /** Clock of the packets; the snapshot stamps its records by it. */
  get packet(): PacketClock {
    return this.#packet;
  }

  /** Earliest time of the next event: strictly after the latest one, ns. */
  get earliestNs(): number {
    return this.#lastNs + 1;
  }

  /** Midpoint of the best prices, ticks. */
  get midTicks(): number {
    return (this.bids.best + this.asks.best) / 2;
  }

  /** Sets the latent price and its distance from the mid, both in ticks, the latter in +-4. */
  setLatent(ticks: number, gap: number): void {
    this.#latent = ticks;
    this.#gap = gap;
  }

  /** Price that quotes have to stand on the right side of, ticks. */
  get latentTicks(): number {
    return this.#latent;
  }

  /** Returns how far a quote stands on the wrong side of the latent price, ticks >= 0. */
  passed(side: BookSide, tick: number): number {
    return Math.max(0, (tick - this.#latent) * side.sign);
  }

  /** Returns how far a quote stands on the wrong side of the latent price, ticks, 0..4. */
  #stale(side: BookSide, tick: number): number {
    return Math.min(MAX_STALE_TICKS, this.passed(side, tick));
  }

  /** Returns the next order id. */
  nextOrderId(): number {
    return ++this.#orderId;
  }

  /** Returns the target contracts at a price, `k` ticks from the touch. */
  target(tick: number, k: number): number {
    const { profile } = this.#tables;
    const at = k < 0 ? 0 : k < profile.length ? k : profile.length - 1;
    return profile[at]! * this.#chain.depth * roundFactor(tick);
  }

  /**
   * A limit order arrives on a side: of a few places drawn it takes the one that is thinnest
   * against its target, and may be declined when even that one is deep.
   */
  limit(side: BookSide, nowNs: number, out: MboWriter): void {
    const other = side === this.bids ? this.asks : this.bids;
    let tick = 0;
    let ratio = -1;
    for (let i = 0; i < PLACE_DRAWS; i++) {
      const drawn = this.#place(side, other);
      const room = this.target(drawn, side.distance(drawn)) / Math.max(side.quantityAt(drawn), 1);
      if (room <= ratio) continue;
      ratio = room;
      tick = drawn;
    }
    let accept = exp(LIMIT_LEAN * side.sign * this.#gap - STALE_ADD * this.#stale(side, tick));
    if (ratio < 1) accept *= pow(ratio, ADD_POWER);
    if (this.#levels.uniform() >= accept) return;
    const size = this.#tables.limitSizes[this.#sizes.bits16()]!;
    const iceberg = side.distance(tick) <= 0 && this.#sizes.uniform() < ICEBERG_SHARE;
    const slot = this.enter(side, tick, size, iceberg ? ICEBERG_REFILLS : 0, nowNs, out);
    if (side.distance(tick) <= 0) this.#echoes.fleeting(side, slot, nowNs);
    this.#echoes.message(DUE.LIMIT, side.sign, nowNs);
  }

  /** An order of a drawn size enters at a price, and stays. */
  quote(side: BookSide, tick: number, nowNs: number, out: MboWriter): void {
    this.enter(side, tick, this.#tables.limitSizes[this.#sizes.bits16()]!, 0, nowNs, out);
  }

  /**
   * A cancel or modify arrives on a side: at the touch when the latent price has left it behind,
   * else where the draw falls; it may be declined when the level is thin.
   */
  cancel(side: BookSide, nowNs: number, out: MboWriter): void {
    if (side.orders <= MIN_ORDERS) return;
    const stale = this.#stale(side, side.best);
    if (stale > 0 && this.#cancels.uniform() >= exp(-STALE_CANCEL * stale)) {
      const place = this.#cancels.below(side.ordersAt(side.best));
      this.#change(side, side.nth(side.best, place), nowNs, out);
      return;
    }
    const slot = this.#pick(side, nowNs);
    if (slot < 0) return;
    const ratio = this.#fullness(side, side.tick(slot));
    const lean = exp(-LIMIT_LEAN * side.sign * this.#gap);
    const accept = ratio < 1 ? lean * ratio : lean;
    if (this.#cancels.uniform() < accept) this.#change(side, slot, nowNs, out);
  }

  /** Returns a level's contracts against its target. */
  #fullness(side: BookSide, tick: number): number {
    return side.quantityAt(tick) / this.target(tick, side.distance(tick));
  }

  #change(side: BookSide, slot: number, nowNs: number, out: MboWriter): void {
    const kind = this.#cancels.uniform();
    this.#open(nowNs, out);
    if (kind < 0.70) this.#withdraw(side, slot, side.size(slot), out);
    else if (kind < 0.82) {
      const size = side.size(slot);
      const part = size > 1 ? 1 + this.#cancels.below(size - 1) : 1;
      this.#withdraw(side, slot, part, out);
    } else if (kind < 0.94) this.#reprice(side, slot, nowNs, out);
    else this.#resize(side, slot, nowNs, out);
    out.close();
    this.#echoes.message(DUE.CANCEL, side.sign, nowNs);
  }

  /**
   * A market order takes up to three levels of a side, first in, first out; the rest of it is
   * dropped.
   *
   * @param side The resting side that is hit.
   */
  market(side: BookSide, size: number, nowNs: number, out: MboWriter): void {
    if (side.orders <= MIN_ORDERS) return;
    const aggressor = side.sign === 1 ? SIDE.ASK : SIDE.BID;
    this.#open(nowNs, out);
    let left = size;
    for (let level = 0; level < MAX_LEVELS && left > 0; level++) {
      const tick = side.best;
      const total = Math.min(left, side.quantityAt(tick));
      out.record(ACTION.TRADE, aggressor, 0, 0, tick, total);
      this.#fill(side, tick, total, nowNs, out);
      left -= total;
    }
    out.close();
    this.#echoes.market(side.sign, size, nowNs);
  }

  /** Does what the agenda has taken, unless it is for makers. */
  due({ kind, sign, place, size, left, id }: Agenda, nowNs: number, out: MboWriter): void {
    const side = sign === 1 ? this.bids : this.asks;
    const other = sign === 1 ? this.asks : this.bids;
    if (kind === DUE.LIMIT) this.limit(side, nowNs, out);
    else if (kind === DUE.CANCEL) this.cancel(side, nowNs, out);
    else if (kind === DUE.MARKET) this.market(side, size, nowNs, out);
    else if (kind === DUE.REFILL) {
      // Unless the market has moved through it.
      if ((other.best - place) * side.sign > 0) this.enter(side, place, size, left, nowNs, out);
    } else if (kind === DUE.WITHDRAW && side.id(place) === id && side.orders > MIN_ORDERS) {
      this.leave(side, place, nowNs, out);
    }
  }

  /** An order leaves whole. */
  leave(side: BookSide, slot: number, nowNs: number, out: MboWriter): void {
    this.#open(nowNs, out);
    this.#withdraw(side, slot, side.size(slot), out);
    out.close();
  }

  #open(nowNs: number, out: MboWriter): void {
    this.#lastNs = nowNs;
    this.#packet.open(out, nowNs);
  }

  /** An order enters at a price that does not cross. @returns Its slot. */
  enter(
    side: BookSide,
    tick: number,
    size: number,
    refills: number,
    nowNs: number,
    out: MboWriter,
  ): number {
    this.#open(nowNs, out);
    const id = this.nextOrderId();
    const slot = side.add(id, tick, size, nowNs, refills);
    out.record(ACTION.ADD, letter(side), 0, id, tick, size);
    out.close();
    return slot;
  }

  /** Draws the price of a limit order: improve, join, near or far; never crossing. */
  #place(side: BookSide, other: BookSide): number {
    const spread = (other.best - side.best) * side.sign;
    // Makers quote about the price, also while older quotes on its wrong side wait to be taken back.
    const passed = Math.ceil(this.passed(side, side.best));
    const touch = side.best - side.sign * passed;
    const k = this.#distance(this.#levels);
    if (k < 0) return spread > 1 && passed === 0 ? touch + side.sign : touch;
    return touch - side.sign * k;
  }

  /** Draws how far behind the touch a message reaches, ticks; -1 for a better price. */
  #distance(rng: Xoshiro256): number {
    const u = rng.uniform();
    if (u < IMPROVE_SHARE) return -1;
    if (u < IMPROVE_SHARE + JOIN_SHARE) return 0;
    if (u < IMPROVE_SHARE + JOIN_SHARE + NEAR_SHARE) {
      return 1 + Math.floor(log(rng.uniformOpen()) / LOG_NEAR_FAILURE);
    }
    return this.#tables.farTicks[rng.bits16()]!;
  }

  /** Draws the order that a cancel hits, or -1. */
  #pick(side: BookSide, nowNs: number): number {
    if (side.distance(side.worst) > MAX_SPAN_TICKS) return side.first(side.worst);
    if (this.#cancels.uniform() < this.#chain.flicker) {
      let ageNs = -MEAN_YOUNG_NS * log(this.#cancels.uniformOpen());
      if (ageNs >= YOUNG_NS) ageNs = YOUNG_NS * this.#cancels.uniform();
      const slot = side.recent(nowNs, ageNs, YOUNG_NS);
      if (slot >= 0) return slot;
    }
    let best = side.best;
    let fullest = 0;
    for (let i = 0; i < CANCEL_DRAWS; i++) {
      const tick = side.best - side.sign * Math.max(0, this.#distance(this.#cancels));
      const fullness = this.#fullness(side, tick);
      if (fullness <= fullest) continue;
      fullest = fullness;
      best = tick;
    }
    return fullest > 0 ? side.nth(best, this.#cancels.below(side.ordersAt(best))) : -1;
  }

  #withdraw(side: BookSide, slot: number, size: number, out: MboWriter): void {
    out.record(ACTION.CANCEL, letter(side), 0, side.id(slot), side.tick(slot), size);
    side.reduce(slot, size);
  }

  #reprice(side: BookSide, slot: number, nowNs: number, out: MboWriter): void {
    const u = this.#cancels.below(6);
    const step = 1 + u % 3;
    const tick = side.tick(slot);
    const inward = u >= 3 && side.distance(tick) >= step;
    const to = inward ? tick + side.sign * step : tick - side.sign * step;
    const size = side.size(slot);
    side.move(slot, to, size, nowNs);
    out.record(ACTION.MODIFY, letter(side), 0, side.id(slot), to, size);
  }

  #resize(side: BookSide, slot: number, nowNs: number, out: MboWriter): void {
    const old = side.size(slot);
    const drawn = this.#tables.limitSizes[this.#sizes.bits16()]!;
    const size = drawn === old ? old + 1 : drawn;
    if (size > old) side.move(slot, side.tick(slot), size, nowNs);
    else side.reduce(slot, old - size);
    out.record(ACTION.MODIFY, letter(side), 0, side.id(slot), side.tick(slot), size);
  }

  #fill(side: BookSide, tick: number, total: number, nowNs: number, out: MboWriter): void {
    const code = letter(side);
    let left = total;
    while (left > 0) {
      const slot = side.first(tick);
      const amount = Math.min(left, side.size(slot));
      const id = side.id(slot);
      out.record(ACTION.FILL, code, 0, id, tick, amount);
      out.record(ACTION.CANCEL, code, 0, id, tick, amount);
      if (amount === side.size(slot) && side.refills(slot) > 0) this.#hide(side, slot, nowNs);
      side.reduce(slot, amount);
      left -= amount;
    }
  }

  #hide(side: BookSide, slot: number, nowNs: number): void {
    const left = side.refills(slot) - 1;
    const [tick, size] = [side.tick(slot), side.shown(slot)];
    this.#agenda.add(nowNs + REFILL_NS, DUE.REFILL, side.sign, tick, size, left);
  }
}

const LOG_NEAR_FAILURE = log(1 - NEAR_SUCCESS);

function letter(side: BookSide): number {
  return side.sign === 1 ? SIDE.BID : SIDE.ASK;
}
