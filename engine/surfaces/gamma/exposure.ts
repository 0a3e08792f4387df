import { ASSUMPTIONS, CONTRACT_MULTIPLIER } from "../profile/mod.ts";
import type { ChainIndex } from "./chain_index.ts";
import type { GreekRows } from "./greek_rows.ts";

const NAIVE = 0;
const SHORT = 1;
const FLOW = 2;

/**
 * Exposure of dealers at every strike of the chain, a row for each assumption: by strike, then by place in
 * {@link ASSUMPTIONS}. An option without volatility adds its position and nothing else.
 */
export class ExposureRows {
  /** Three a strike, or 0 in a window without spot or after the expiry. */
  count = 0;
  readonly strikeInt: Float64Array;
  readonly assumption: Uint8Array;
  /** Of dealers in all calls of the strike, contracts; < 0 short. */
  readonly callPosition: Float64Array;
  readonly putPosition: Float64Array;
  /** USD per point, per point of the future. */
  readonly gamma: Float64Array;
  /** USD per point. */
  readonly delta: Float64Array;
  /** USD per point, per 1.00 of volatility. */
  readonly vanna: Float64Array;
  /** USD per point, per day. */
  readonly charmDay: Float64Array;
  readonly #index: ChainIndex;

  constructor(index: ChainIndex) {
    const rows = index.strikeInt.length * ASSUMPTIONS.length;
    const column = () => new Float64Array(rows);
    this.#index = index;
    this.strikeInt = column().map((_, row) => index.strikeInt[Math.floor(row / 3)]!);
    this.assumption = new Uint8Array(rows).map((_, row) => row % 3);
    this.callPosition = column();
    this.putPosition = column();
    this.gamma = column();
    this.delta = column();
    this.vanna = column();
    this.charmDay = column();
  }

  /**
   * Takes the greeks of a window.
   *
   * @param signedVolume Shape [rows of the chain]: contracts that customers bought less those they sold since the
   *   session began, by the aggressor.
   */
  take(greeks: GreekRows, signedVolume: Float64Array): void {
    const { strikeRow } = this.#index;
    const { isCall, openInterest } = greeks;
    this.callPosition.fill(0);
    this.putPosition.fill(0);
    this.gamma.fill(0);
    this.delta.fill(0);
    this.vanna.fill(0);
    this.charmDay.fill(0);
    for (let row = 0; row < strikeRow.length; row++) {
      const base = strikeRow[row]! * ASSUMPTIONS.length;
      const open = openInterest[row]!;
      this.#add(base + NAIVE, greeks, row, isCall[row] === 1 ? open : -open);
      this.#add(base + SHORT, greeks, row, -open);
      this.#add(base + FLOW, greeks, row, -signedVolume[row]!);
    }
    this.count = this.strikeInt.length;
  }

  #add(to: number, greeks: GreekRows, row: number, position: number): void {
    if (greeks.isCall[row] === 1) this.callPosition[to]! += position;
    else this.putPosition[to]! += position;
    if (Number.isNaN(greeks.iv[row]!)) return;
    const usd = position * CONTRACT_MULTIPLIER;
    this.gamma[to]! += usd * greeks.gamma[row]!;
    this.delta[to]! += usd * greeks.delta[row]!;
    this.vanna[to]! += usd * greeks.vanna[row]!;
    this.charmDay[to]! += usd * greeks.charmDay[row]!;
  }
}
