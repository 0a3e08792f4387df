import type { TapeContract } from "../tape/mod.ts";

/** What the model says of a quoted contract. */
export interface LegModel {
  /** Annual volatility at the middle of the quote. */
  readonly iv: number;
  /** USD per USD of spot. */
  readonly delta: number;
  /** Delta per USD of spot. */
  readonly gamma: number;
  /** USD for one point of volatility. */
  readonly vega: number;
}

/** The newest event that a contract took part in. */
export interface LegEvent {
  readonly id: string;
  readonly ts: number;
  readonly profile: string;
  readonly direction: string;
}

/** What is known of one contract. */
export interface ChainLeg {
  readonly id: string;
  readonly terms: TapeContract;
  /** Contracts open at the close before the session; new: not listed at its open; null: the listing is not known. */
  openInterest: number | "new" | null;
  /** USD; null before the first quote. */
  bid: number | null;
  ask: number | null;
  bidSize: number;
  askSize: number;
  /** When the quote was made, epoch ms; 0 before the first. */
  quotedAt: number;
  /** Underlying at the time of the quote, USD; null when it is not known. */
  quotedSpot: number | null;
  /** Volatility and greeks of the quote; undefined before they were solved. */
  model: LegModel | null | undefined;
  /** Contracts printed, as far back as the rows go. */
  volume: number;
  /** Premium bought less premium sold, USD; what traded inside the quote counts on neither side. */
  net: number;
  /** Newest print: its id and time. */
  printId: string;
  printTs: number;
  /** Events of smart money that it was part of. */
  events: number;
  event: LegEvent | null;
}

/** One strike of an expiry. */
export interface ChainLine {
  readonly strike: number;
  readonly call: ChainLeg | null;
  readonly put: ChainLeg | null;
}

/** A contract of which nothing is known but its terms. */
export function newLeg(id: string, terms: TapeContract): ChainLeg {
  return {
    id,
    terms,
    openInterest: null,
    bid: null,
    ask: null,
    bidSize: 0,
    askSize: 0,
    quotedAt: 0,
    quotedSpot: null,
    model: undefined,
    volume: 0,
    net: 0,
    printId: "",
    printTs: 0,
    events: 0,
    event: null,
  };
}

/** Takes from a contract what one kind of rows said of it. */
export function forgetIn(leg: ChainLeg, name: "quotes" | "prints" | "events"): void {
  const { id, terms } = leg;
  const { bid, ask, bidSize, askSize, quotedAt, quotedSpot, model, ...rest } = newLeg(id, terms);
  const { volume, net, printId, printTs, events, event } = rest;
  if (name === "quotes") {
    Object.assign(leg, { bid, ask, bidSize, askSize, quotedAt, quotedSpot, model });
  } else if (name === "prints") Object.assign(leg, { volume, net, printId, printTs });
  else Object.assign(leg, { events, event });
}

/** A quote as it comes: USD, contracts, epoch ms. */
export interface LegQuote {
  readonly ts: number;
  readonly bid: number;
  readonly ask: number;
  readonly bidSize: number;
  readonly askSize: number;
  /** Underlying at its time, USD, when the row says so. */
  readonly spot: number | null;
}

/** Puts a quote in force; one that is older than the quote in force changes nothing. */
export function quoteLeg(leg: ChainLeg, quote: LegQuote): void {
  const { ts, spot } = quote;
  if (ts < leg.quotedAt) return;
  // The same quote seen again, with a print of its time, says where the underlying stood.
  leg.quotedSpot = ts === leg.quotedAt ? spot ?? leg.quotedSpot : spot;
  leg.model = undefined;
  leg.quotedAt = ts;
  leg.bid = quote.bid;
  leg.ask = quote.ask;
  leg.bidSize = quote.bidSize;
  leg.askSize = quote.askSize;
}
