import type { ListedOptions } from "../windows/mod.ts";

/** The day's options on one future: columns of one length, by ascending instrument id. Only read. */
export interface Chain extends ListedOptions {
  /** Contracts, >= 0; 0 also where none is known. */
  readonly openInterest: Float64Array;
  /** UTC ns at which all of them expire. */
  readonly expirationNs: bigint;
  readonly symbols: readonly string[];
}

/** A day without options. */
export const NO_CHAIN: Chain = {
  instrumentId: new Float64Array(),
  isCall: new Uint8Array(),
  strikeInt: new Float64Array(),
  openInterest: new Float64Array(),
  expirationNs: 0n,
  symbols: [],
};
