/** The day's options on one future: columns of one length, by ascending instrument id. Only read. */
export interface Chain {
  readonly instrumentId: Float64Array;
  /** 1 call, 0 put. */
  readonly isCall: Uint8Array;
  /** 1e-9 points. */
  readonly strikeInt: Float64Array;
  /** Contracts, >= 0; 0 also where none is known. */
  readonly openInterest: Float64Array;
  /** UTC ns at which all of them expire. */
  readonly expirationNs: bigint;
  readonly symbols: readonly string[];
}

/** Best quotes at the end of a window, in the chain's order; 0 where there is none. */
export interface ChainQuotes {
  /** 1e-9 points. */
  readonly bidInt: Float64Array;
  readonly askInt: Float64Array;
  /** 1 where that option's book is valid. */
  readonly isValid: Uint8Array;
}
