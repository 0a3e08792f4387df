import { DEFAULT_PARAMETERS, type SignalParameters } from "./parameters.ts";
import { binsFor, rankLimit, rankOf, type SignalRows } from "./signal_rows.ts";

const EPS = 1e-12;
/** Channels: activity that adds or executes, and activity that pulls, on either side. */
const ADD_BID = 0;
const ADD_ASK = 1;
const PULL_BID = 2;
const PULL_ASK = 3;
const CHANNELS = 4;

/** Copy of the signal's memory, fit for structured clone. */
export interface PressureFrontState {
  readonly outerRing: Float64Array;
  readonly lagged: Float64Array;
  readonly unlagged: Float64Array;
  readonly bins: number;
  readonly head: number;
}

/**
 * Pressure front propagation: whether activity near the price follows activity farther out by half a
 * second more than it coincides with it, on the bid against the ask. Not bounded; positive is
 * bullish.
 *
 * @see docs/methods/signals.md, "PFP".
 */
export class PressureFront {
  readonly #parameters: SignalParameters;
  readonly #lag: number;
  /** Outer zone of the newest `lag` bins, four channels a bin. */
  readonly #outerRing: Float64Array;
  readonly #inner = new Float64Array(CHANNELS);
  readonly #outer = new Float64Array(CHANNELS);
  readonly #innerRows = new Float64Array(2);
  readonly #outerRows = new Float64Array(2);
  readonly #lagged = new Float64Array(CHANNELS);
  readonly #unlagged = new Float64Array(CHANNELS);
  #bins = 0;
  #head = 0;

  /** @throws {RangeError} When the bin width is not finite and > 0. */
  constructor(cellWidthMs: number, parameters: SignalParameters = DEFAULT_PARAMETERS) {
    this.#parameters = parameters;
    this.#lag = binsFor(parameters.pfpLagMs, cellWidthMs, 1);
    this.#outerRing = new Float64Array(this.#lag * CHANNELS);
  }

  /** True once as many bins as the lag were seen. */
  get warm(): boolean {
    return this.#bins >= this.#lag;
  }

  /** Takes one bin and returns the signal; 0 until warm. */
  update(rows: SignalRows): number {
    this.#measure(rows);
    const { pfpAlpha, pfpAddWeight, pfpPullWeight } = this.#parameters;
    const first = this.#bins === 0;
    const at = this.#head * CHANNELS;
    for (let c = 0; c < CHANNELS; c++) {
      const inner = this.#inner[c]!;
      const lagged = this.#bins < this.#lag ? 0 : inner * this.#outerRing[at + c]!;
      const unlagged = inner * this.#outer[c]!;
      this.#lagged[c] = first ? lagged : pfpAlpha * lagged + (1 - pfpAlpha) * this.#lagged[c]!;
      this.#unlagged[c] = first
        ? unlagged
        : pfpAlpha * unlagged + (1 - pfpAlpha) * this.#unlagged[c]!;
      this.#outerRing[at + c] = this.#outer[c]!;
    }
    this.#head = this.#head + 1 === this.#lag ? 0 : this.#head + 1;
    this.#bins++;
    if (!this.warm) return 0;
    return pfpAddWeight * (this.#lead(ADD_BID) - this.#lead(ADD_ASK)) +
      pfpPullWeight * (this.#lead(PULL_ASK) - this.#lead(PULL_BID));
  }

  /** Back to the state after construction. */
  reset(): void {
    this.#bins = 0;
    this.#head = 0;
  }

  save(): PressureFrontState {
    return {
      outerRing: this.#outerRing.slice(),
      lagged: this.#lagged.slice(),
      unlagged: this.#unlagged.slice(),
      bins: this.#bins,
      head: this.#head,
    };
  }

  /** Puts back a copy of a signal with the same parameters. */
  restore(state: PressureFrontState): void {
    this.#outerRing.set(state.outerRing);
    this.#lagged.set(state.lagged);
    this.#unlagged.set(state.unlagged);
    this.#bins = state.bins;
    this.#head = state.head;
  }

  #lead(channel: number): number {
    return this.#lagged[channel]! / (this.#unlagged[channel]! + EPS);
  }

  /** Means over the inner zone and the outer one of either side. */
  #measure(rows: SignalRows): void {
    const { k, vAdd, vFill, vPull, spotHalfTick } = rows;
    const { pfpInner, pfpOuterFrom, pfpOuterTo } = this.#parameters;
    const limit = rankLimit(k, spotHalfTick);
    this.#inner.fill(0);
    this.#outer.fill(0);
    this.#innerRows.fill(0);
    this.#outerRows.fill(0);
    for (let i = 0; i < k.length; i++) {
      const rank = rankOf(k[i]!, spotHalfTick);
      if (rank > limit) continue;
      const side = rank < 0 ? 0 : 1;
      const distance = rank < 0 ? -rank : rank;
      if (distance >= 1 && distance <= pfpInner) {
        this.#inner[ADD_BID + side]! += vAdd[i]! + vFill[i]!;
        this.#inner[PULL_BID + side]! += vPull[i]!;
        this.#innerRows[side]! += 1;
      } else if (distance >= pfpOuterFrom && distance <= pfpOuterTo) {
        this.#outer[ADD_BID + side]! += vAdd[i]! + vFill[i]!;
        this.#outer[PULL_BID + side]! += vPull[i]!;
        this.#outerRows[side]! += 1;
      }
    }
    for (let c = 0; c < CHANNELS; c++) {
      this.#inner[c]! /= Math.max(1, this.#innerRows[c & 1]!);
      this.#outer[c]! /= Math.max(1, this.#outerRows[c & 1]!);
    }
  }
}
