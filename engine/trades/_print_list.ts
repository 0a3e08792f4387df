import type { ColumnArray } from "../frames/mod.ts";

/** Prints of one bin that are told one by one; further ones are counted. Their volume is in the cells. */
export const MAX_BIN_PRINTS = 4_096;

/** Copy of a list. */
export interface PrintListState {
  readonly tsNs: Float64Array;
  readonly priceNano: Float64Array;
  readonly sizes: Float64Array;
  readonly aggressors: Int8Array;
  readonly leftOut: number;
}

const HIGH_WORD = 4_294_967_296;

/** The trades since the last {@link PrintList.clear}, one by one. Adding allocates nothing. */
export class PrintList {
  readonly #baseLow: number;
  readonly #baseHigh: number;
  readonly #tsNs = new Float64Array(MAX_BIN_PRINTS);
  readonly #priceNano = new Float64Array(MAX_BIN_PRINTS);
  readonly #sizes = new Float64Array(MAX_BIN_PRINTS);
  readonly #aggressors = new Int8Array(MAX_BIN_PRINTS);
  #size = 0;
  #leftOut = 0;

  /** @param baseNs Epoch ns that offsets count from. */
  constructor(baseNs: bigint) {
    this.#baseLow = Number(baseNs & 0xffff_ffffn);
    this.#baseHigh = Number(baseNs >> 32n);
  }

  get size(): number {
    return this.#size;
  }

  /** Prints that there was no room for. */
  get leftOut(): number {
    return this.#leftOut;
  }

  /** Adds a trade. @param tsNs Offset. @param aggressor 1 bought, −1 sold, 0 neither. */
  add(tsNs: number, priceNano: number, size: number, aggressor: number): void {
    if (this.#size === MAX_BIN_PRINTS) {
      this.#leftOut++;
      return;
    }
    const at = this.#size++;
    this.#tsNs[at] = tsNs;
    this.#priceNano[at] = priceNano;
    this.#sizes[at] = size;
    this.#aggressors[at] = aggressor;
  }

  clear(): void {
    this.#size = 0;
    this.#leftOut = 0;
  }

  /** Columns of `TRADE_PRINTS` from the time on. */
  columns(): readonly ColumnArray[] {
    const { tsNs, priceNano, sizes, aggressors } = this.save();
    return [this.#epochNs(tsNs), priceNano, sizes, aggressors];
  }

  save(): PrintListState {
    const size = this.#size;
    return {
      tsNs: this.#tsNs.slice(0, size),
      priceNano: this.#priceNano.slice(0, size),
      sizes: this.#sizes.slice(0, size),
      aggressors: this.#aggressors.slice(0, size),
      leftOut: this.#leftOut,
    };
  }

  restore(state: PrintListState): void {
    this.#size = state.tsNs.length;
    this.#leftOut = state.leftOut;
    this.#tsNs.set(state.tsNs);
    this.#priceNano.set(state.priceNano);
    this.#sizes.set(state.sizes);
    this.#aggressors.set(state.aggressors);
  }

  /** Epoch times of offsets, without a BigInt a print. */
  #epochNs(tsNs: Float64Array): BigInt64Array {
    const epochNs = new BigInt64Array(tsNs.length);
    const words = new Uint32Array(epochNs.buffer);
    for (let i = 0; i < tsNs.length; i++) {
      const high = Math.floor(tsNs[i]! / HIGH_WORD);
      const low = tsNs[i]! - high * HIGH_WORD + this.#baseLow;
      const carry = low >= HIGH_WORD ? 1 : 0;
      words[2 * i] = low - carry * HIGH_WORD;
      words[2 * i + 1] = this.#baseHigh + high + carry;
    }
    return epochNs;
  }
}
