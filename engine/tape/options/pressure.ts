import { exp } from "../../dmath/mod.ts";
import type { ParentSchedule } from "../market_tape_types.ts";
import type { Parent, Placement } from "../parent.ts";
import { contractKey } from "../surface/mod.ts";

/** Volatility that a clip leaves on its contract halves in this time. */
export const HALF_LIFE_MS = 60_000;
/** After ten half-lives nothing is left of a clip. */
const MEMORY_MS = 10 * HALF_LIFE_MS;
/** Makers widen at a parent's first print and take so long to come back. */
const SPREAD_MS = 20_000;
const LONGEST_PARENT_MS = 10_000;
const LN2 = 0.6931471805599453;

/** Whether a placement presses with the leg's own side (+1), against it (−1) or not at all. */
export function pressSign(placement: Placement, side: 1 | -1): number {
  if (placement === "MID") return 0;
  return (placement === "AA" || placement === "A" ? 1 : -1) * side;
}

/** What one parent does to one contract. */
export interface Touch {
  readonly parent: Parent;
  readonly leg: number;
  /** Epoch ms of the first and last print on the contract. */
  readonly firstTs: number;
  readonly lastTs: number;
}

const NONE: readonly Touch[] = [];

/**
 * The parents of the last minutes by the contracts that they trade. Volatility pressure and spread
 * widening are pure functions of them, whatever was asked before.
 */
export class ParentIndex {
  readonly #schedule: ParentSchedule;
  readonly #touches = new Map<number, Touch[]>();
  readonly #entered: Touch[][] = [];
  #next = 0;
  #oldest = 0;

  constructor(schedule: ParentSchedule) {
    this.#schedule = schedule;
  }

  /** Forgets everything and starts from the parents that can still matter at `tsMs`. */
  reset(tsMs: number): void {
    this.#touches.clear();
    this.#entered.length = 0;
    this.#oldest = 0;
    const { parents } = this.#schedule;
    const from = tsMs - MEMORY_MS - LONGEST_PARENT_MS;
    let low = 0;
    let high = parents.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((parents[middle]?.ts ?? 0) < from) low = middle + 1;
      else high = middle;
    }
    this.#next = low;
  }

  /** Takes in parents that start before `untilMs` and forgets those of long before `nowMs`. */
  advance(nowMs: number, untilMs: number): void {
    const { parents } = this.#schedule;
    for (; this.#next < parents.length; this.#next++) {
      const parent = parents[this.#next];
      if (parent === undefined || parent.ts >= untilMs) break;
      this.#take(parent);
    }
    for (; this.#oldest < this.#entered.length; this.#oldest++) {
      const touches = this.#entered[this.#oldest] ?? [];
      const last = touches.reduce((ts, touch) => Math.max(ts, touch.lastTs), 0);
      if (last > nowMs - MEMORY_MS) break;
      for (const touch of touches) this.#drop(touch);
    }
    if (this.#oldest > 512) {
      this.#entered.splice(0, this.#oldest);
      this.#oldest = 0;
    }
  }

  /** Touches of a contract, ascending in time. */
  touches(key: number): readonly Touch[] {
    return this.#touches.get(key) ?? NONE;
  }

  /** Annual volatility that clips up to and including `tsMs` add to a contract's surface. */
  pressure(key: number, tsMs: number): number {
    let sum = 0;
    for (const touch of this.touches(key)) {
      if (touch.firstTs > tsMs || touch.lastTs < tsMs - MEMORY_MS) continue;
      const { parent, leg } = touch;
      const side = parent.legs[leg]?.side ?? 1;
      for (const print of parent.prints) {
        if (print.leg !== leg || print.ts > tsMs) continue;
        const sign = pressSign(print.placement, side);
        if (sign === 0) continue;
        const age = tsMs - print.ts;
        if (age > MEMORY_MS) continue;
        sum += sign * parent.ivShock * print.share * exp(-LN2 * age / HALF_LIFE_MS);
      }
    }
    return sum;
  }

  /** Factor that parents put on a contract's half-spread at an instant, at least 0.5. */
  spreadFactor(key: number, tsMs: number): number {
    let factor = 1;
    for (const { parent } of this.touches(key)) {
      const since = tsMs - parent.ts;
      if (since < 0 || since > SPREAD_MS) continue;
      factor += 0.25 * parent.spreadZ * (1 - since / SPREAD_MS);
    }
    return Math.max(0.5, factor);
  }

  /** Whether a parent trades the contract within `marginMs` of an instant. */
  tradesNear(key: number, tsMs: number, marginMs: number): boolean {
    for (const { firstTs, lastTs } of this.touches(key)) {
      if (tsMs > firstTs - marginMs && tsMs < lastTs + marginMs) return true;
    }
    return false;
  }

  #take(parent: Parent): void {
    const touches: Touch[] = [];
    parent.legs.forEach((leg, index) => {
      const times = parent.prints.filter((print) => print.leg === index).map(({ ts }) => ts);
      if (times.length === 0) return;
      const touch: Touch = {
        parent,
        leg: index,
        firstTs: Math.min(...times),
        lastTs: Math.max(...times),
      };
      const key = contractKey(parent.symbol, leg.expiry, leg.strike, leg.right);
      const known = this.#touches.get(key);
      if (known === undefined) this.#touches.set(key, [touch]);
      else known.push(touch);
      touches.push(touch);
    });
    this.#entered.push(touches);
  }

  #drop(touch: Touch): void {
    const leg = touch.parent.legs[touch.leg];
    if (leg === undefined) return;
    const key = contractKey(touch.parent.symbol, leg.expiry, leg.strike, leg.right);
    const left = (this.#touches.get(key) ?? []).filter((other) => other !== touch);
    if (left.length === 0) this.#touches.delete(key);
    else this.#touches.set(key, left);
  }
}
