import { extend, type RegimeId, toUnit } from "../../regime/mod.ts";
import type { SecondContext } from "./intensity.ts";
import type { Moment } from "./arrivals.ts";
import {
  blockShares,
  LIT_SIZES,
  MEAN_BLOCK,
  meanShares,
  offSizes,
  sharesOf,
  type SizeLaw,
} from "./print_size.ts";
import type { QuoteDraft } from "./quotes.ts";
import { litVenue, offVenue } from "./venues.ts";

/** A print before it gets its place in the stream. USD and shares. */
export interface PrintDraft {
  readonly ts: number;
  readonly symbol: number;
  readonly price: number;
  readonly size: number;
  readonly exchange: string;
  readonly offExchangeFlag: boolean;
  readonly conditions: readonly string[];
}

interface PrintTable {
  /** Share of prints that are reported off exchange. */
  readonly off: number;
  /** Share of those that execute at the midpoint. */
  readonly midpoint: number;
  /** Their sizes: in calm markets patient orders trade off exchange, in restless ones crowds do. */
  readonly sizes: SizeLaw;
}

const TABLE: Readonly<Record<RegimeId, PrintTable>> = {
  trend_up: { off: 0.30, midpoint: 0.45, sizes: offSizes(0.097) },
  trend_down: { off: 0.33, midpoint: 0.45, sizes: offSizes(0.074) },
  mean_revert: { off: 0.26, midpoint: 0.60, sizes: offSizes(0.136) },
  retail_chase: { off: 0.42, midpoint: 0.35, sizes: offSizes(0.021) },
  event_ramp: { off: 0.38, midpoint: 0.40, sizes: offSizes(0.04) },
  dealer_gamma: { off: 0.31, midpoint: 0.45, sizes: offSizes(0.09) },
  arb_calm: { off: 0.24, midpoint: 0.70, sizes: offSizes(0.16) },
};

const BLOCK_SHARE = 0.0015;
const BLOCK_OFF_SHARE = 0.8;
/** Share of prints off exchange over the regimes, and of large ones among them, about. */
const MEAN_OFF_SHARE = 0.315;
const MEAN_LARGE = 0.085;
/** Shares of a background print on average, by the law. */
export const MEAN_PRINT_SHARES = BLOCK_SHARE * MEAN_BLOCK +
  (1 - BLOCK_SHARE) *
    (MEAN_OFF_SHARE * meanShares(offSizes(MEAN_LARGE)) +
      (1 - MEAN_OFF_SHARE) * meanShares(LIT_SIZES));
/**
 * Shares of prints of a lot and more that are contingent on another trade, off and on exchange: dealers and
 * funds hedge what trades elsewhere all day.
 */
const CONTINGENT_OFF = 0.12;
const CONTINGENT_LIT = 0.01;
const LOT = 100;
/** What contingent prints carry; others carry nothing. */
export const CONTINGENT: readonly string[] = ["CONTINGENT"];
export const NO_CONDITION: readonly string[] = [];
const LIT_MIDPOINT_SHARE = 0.04;
const THROUGH_SHARE = 0.006;
const TICK_USD = 0.01;

/** Price to a hundredth of a cent, which is as fine as prints are reported. */
function subPenny(usd: number): number {
  return Math.round(usd * 10_000) / 10_000;
}

/** Midpoint of a quote, USD. */
export function midpointOf(quote: QuoteDraft): number {
  return subPenny((quote.bid + quote.ask) / 2);
}

/** Price a little better than the taker's side of the quote, by less than half the spread and a cent. */
function improved(quote: QuoteDraft, side: 1 | -1, uniform: number): number {
  const half = Math.round((quote.ask - quote.bid) * 5_000);
  const by = (1 + Math.floor(uniform * Math.min(99, half - 1))) / 10_000;
  return subPenny(side === 1 ? quote.ask - by : quote.bid + by);
}

/** Makes a print of a moment, against the quote that stands at it. */
export function shapePrint(
  moment: Moment,
  quote: QuoteDraft,
  at: SecondContext,
  isEvent: boolean,
): PrintDraft {
  const { state, side, symbol, ts } = moment;
  const table = TABLE[at.regime];
  const block = toUnit(extend(state, 20)) < BLOCK_SHARE;
  const share = table.off + (at.focus.includes(symbol) ? 0.04 : 0) + (isEvent ? 0.02 : 0);
  const off = toUnit(extend(state, 21)) < (block ? BLOCK_OFF_SHARE : share);
  const size = block
    ? blockShares(toUnit(extend(state, 22)))
    : sharesOf(state, off ? table.sizes : LIT_SIZES);
  const contingent = size >= LOT &&
    toUnit(extend(state, 26)) < (off ? CONTINGENT_OFF : CONTINGENT_LIT);
  const taken = side === 1 ? quote.ask : quote.bid;
  const how = toUnit(extend(state, 23));
  let price = taken;
  if (contingent) price = midpointOf(quote);
  else if (off) {
    const better = at.regime === "retail_chase" ? 0.40 : 0.20;
    if (how < table.midpoint) price = midpointOf(quote);
    else if (how < table.midpoint + better) {
      price = improved(quote, side, toUnit(extend(state, 24)));
    }
  } else if (how < LIT_MIDPOINT_SHARE) price = midpointOf(quote);
  else if (how > 1 - THROUGH_SHARE) price = subPenny(Math.max(TICK_USD, taken + side * TICK_USD));
  const venue = toUnit(extend(state, 25));
  return {
    ts,
    symbol,
    price,
    size,
    exchange: off ? offVenue(venue) : litVenue(symbol, venue),
    offExchangeFlag: off,
    conditions: contingent ? CONTINGENT : NO_CONDITION,
  };
}
