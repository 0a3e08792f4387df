import { SIDE } from "../../dbn/mod.ts";
import type { BookRecord } from "./book_record.ts";

/** Copy of a tally, fit for structured clone. */
export interface TradeTallyState {
  readonly count: number;
  readonly qtyBuy: number;
  readonly qtySell: number;
  readonly highInt: number;
  readonly lowInt: number;
  readonly sums: readonly [firstInt: number, qty: number, high: number, low: number];
}

/** Price distances are summed in two parts, so that both stay whole numbers below 2^53. */
const PART = 2 ** 24;

/** Trades of one window; prices in 1e-9 points, 0 = none. */
export class TradeTally {
  /** T records, those without a price included. */
  count = 0;
  /** Contracts that buyers took. */
  qtyBuy = 0;
  /** Contracts that sellers gave. */
  qtySell = 0;
  highInt = 0;
  lowInt = 0;
  #firstInt = 0;
  #qty = 0;
  #sumHigh = 0;
  #sumLow = 0;

  /** Counts a T record. */
  add({ side, priceNano, size: qty }: BookRecord): void {
    this.count++;
    if (side === SIDE.BID) this.qtyBuy += qty;
    else if (side === SIDE.ASK) this.qtySell += qty;
    if (!(priceNano > 0)) return;
    if (priceNano > this.highInt) this.highInt = priceNano;
    if (this.lowInt === 0 || priceNano < this.lowInt) this.lowInt = priceNano;
    if (this.#firstInt === 0) this.#firstInt = priceNano;
    const distance = priceNano - this.#firstInt;
    const high = Math.floor(distance / PART);
    this.#sumHigh += high * qty;
    this.#sumLow += (distance - high * PART) * qty;
    this.#qty += qty;
  }

  /** Mean price by contracts to the nearest whole number, halves up; 0 when nothing traded. */
  vwapInt(): number {
    if (this.#qty === 0) return 0;
    const sum = BigInt(this.#sumHigh) * BigInt(PART) + BigInt(this.#sumLow);
    const double = 2n * BigInt(this.#qty);
    const halfUp = 2n * sum + BigInt(this.#qty);
    const below = halfUp < 0n && halfUp % double !== 0n ? 1n : 0n;
    return this.#firstInt + Number(halfUp / double - below);
  }

  clear(): void {
    this.count = 0;
    this.qtyBuy = 0;
    this.qtySell = 0;
    this.highInt = 0;
    this.lowInt = 0;
    this.#firstInt = 0;
    this.#qty = 0;
    this.#sumHigh = 0;
    this.#sumLow = 0;
  }

  save(): TradeTallyState {
    const { count, qtyBuy, qtySell, highInt, lowInt } = this;
    const sums = [this.#firstInt, this.#qty, this.#sumHigh, this.#sumLow] as const;
    return { count, qtyBuy, qtySell, highInt, lowInt, sums };
  }

  restore(state: TradeTallyState): void {
    this.count = state.count;
    this.qtyBuy = state.qtyBuy;
    this.qtySell = state.qtySell;
    this.highInt = state.highInt;
    this.lowInt = state.lowInt;
    [this.#firstInt, this.#qty, this.#sumHigh, this.#sumLow] = state.sums;
  }
}
