/** Strikes of the lattices are this far apart, 1e-9 points. */
export const STRIKE_STEP_INT = 5e9;
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

/**
 * What happened in one window at the strikes of a lattice, contracts. Shape of each column [(2 half + 1) * 4]: index
 * ((strike offset + half) * 2 + right) * 2 + side, right 0 call and 1 put, side 0 bid and 1 ask.
 */
export interface StrikeFlow {
  /** Strikes on each side of the middle one. */
  readonly half: number;
  /** Middle strike, 1e-9 points; 0 in a window without spot. */
  readonly strikeRefInt: number;
  /** Resting at the end. */
  readonly end: Float64Array;
  readonly add: Float64Array;
  readonly pull: Float64Array;
  readonly pullRest: Float64Array;
  readonly fill: Float64Array;
}
