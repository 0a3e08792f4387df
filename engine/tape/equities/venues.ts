import { type Underlying, UNIVERSE } from "../../regime/mod.ts";

/** Exchange that lists a security, and so holds its auctions. */
export type ListingVenue = "NYSE" | "NASDAQ" | "ARCA";

/** Listed on Nasdaq in January 2026; QQQ is, Palantir and Walmart moved there in 2024 and 2025. */
const ON_NASDAQ = new Set(
  ("QQQ AAPL MSFT NVDA META AMZN TSLA GOOGL NFLX AMD AVGO COST INTC MU COIN PLTR SOFI WMT")
    .split(" "),
);

function listingOf({ symbol, etf }: Underlying): ListingVenue {
  if (ON_NASDAQ.has(symbol)) return "NASDAQ";
  return etf ? "ARCA" : "NYSE";
}

/** Listing venue of each symbol by its number. */
export const LISTING: readonly ListingVenue[] = UNIVERSE.map(listingOf);

type Shares = readonly (readonly [venue: string, share: number])[];

/**
 * Shares of what trades on exchanges between the auctions, by where a security is listed. After market
 * shares that exchanges publish by tape, see docs/methods/equities-tape.md; BATS stands for all of Cboe's.
 */
const LIT_SHARES: Readonly<Record<ListingVenue, Shares>> = {
  NYSE: [
    ["NYSE", 0.27],
    ["BATS", 0.26],
    ["NASDAQ", 0.25],
    ["ARCA", 0.09],
    ["MEMX", 0.065],
    ["IEX", 0.065],
  ],
  NASDAQ: [
    ["NASDAQ", 0.38],
    ["BATS", 0.33],
    ["ARCA", 0.12],
    ["MEMX", 0.08],
    ["IEX", 0.07],
    ["NYSE", 0.02],
  ],
  ARCA: [
    ["ARCA", 0.34],
    ["BATS", 0.31],
    ["NASDAQ", 0.20],
    ["MEMX", 0.08],
    ["IEX", 0.04],
    ["NYSE", 0.03],
  ],
};

/** Share of the first of the two trade reporting facilities. */
const FINN_SHARE = 0.7;

/** Off-exchange venue: the two trade reporting facilities. @param uniform 0 … 1. */
export function offVenue(uniform: number): string {
  return uniform < FINN_SHARE ? "FINN" : "FINC";
}

/** Exchange of a print between the auctions. @param uniform 0 … 1. */
export function litVenue(symbol: number, uniform: number): string {
  const shares = LIT_SHARES[LISTING[symbol] ?? "NYSE"];
  let left = uniform;
  for (let i = 0; i < shares.length; i++) {
    const [venue, share] = shares[i] ?? ["", 0];
    left -= share;
    if (left < 0) return venue;
  }
  return shares[0]?.[0] ?? "";
}
