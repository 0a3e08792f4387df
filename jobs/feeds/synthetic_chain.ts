import type { Chain } from "../../engine/surfaces/gamma/mod.ts";
import { type ChainListing, SYNTH_OPTIONS } from "../../engine/tape/session/mod.ts";

const UNITS = 1e9;

/** The options that a session tape lists, as the surfaces take them. */
export function chainOf(listing: ChainListing): Chain {
  const { strikes, symbols, openInterest, expirationNs } = listing;
  const count = symbols.length;
  return {
    instrumentId: new Float64Array(count).map((_, i) => SYNTH_OPTIONS.firstId + i),
    isCall: new Uint8Array(count).map((_, i) => i % 2 === 0 ? 1 : 0),
    strikeInt: new Float64Array(count).map((_, i) => (strikes[i >> 1] ?? 0) * UNITS),
    openInterest: Float64Array.from(openInterest),
    expirationNs,
    symbols,
  };
}
