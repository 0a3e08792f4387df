import type { MarketState } from "./_market_state.ts";
import { micro } from "./_measured.ts";
import { UNNUMBERED } from "./_row_numbers.ts";
import {
  type EquityJoin,
  type EquityPrint,
  type FeatureValue,
  isAuction,
  type NbboSide,
} from "../frames/mod.ts";
import { sideOf } from "./side_rule.ts";

const EQUITY_TICK = 0.01;

/** Place of a print in its quote, or that it is an auction's, whose price is its own. */
type JoinedSide = NbboSide | "AUCTION";

/** An equity print with the quote that stood when it happened. */
export interface JoinedPrint {
  readonly side: JoinedSide;
  readonly quoteAgeMs: number;
  readonly bid: number;
  readonly ask: number;
  readonly record: EquityJoin;
}

/** Joins an equity print to the last equity quote at or before it, at most `maxAgeMs` old. */
export function joinEquity(
  print: EquityPrint,
  market: MarketState,
  maxAgeMs: number,
  ingestTs: number,
): JoinedPrint {
  const quote = market.equityQuoteAt(print.underlying_id, print.ts);
  const age = quote === null ? -1 : print.ts - quote.ts;
  const isStale = quote !== null && age > maxAgeMs;
  const side: JoinedSide = isAuction(print)
    ? "AUCTION"
    : quote === null
    ? "MISSING"
    : isStale
    ? "STALE"
    : sideOf(print.price, quote.bid, quote.ask, EQUITY_TICK);
  const features: Record<string, FeatureValue> = {
    underlying_id: print.underlying_id,
    price: print.price,
    size: print.size,
    off_exchange_flag: print.offExchangeFlag,
    print_ts: print.ts,
    quote_placement: side,
  };
  if (quote !== null) {
    features["quote_ts"] = quote.ts;
    features["quote_bid"] = quote.bid;
    features["quote_ask"] = quote.ask;
    features["quote_mid"] = micro((quote.bid + quote.ask) / 2);
    features["quote_spread"] = micro(quote.ask - quote.bid);
  }
  return {
    side,
    quoteAgeMs: age,
    bid: quote?.bid ?? 0,
    ask: quote?.ask ?? 0,
    record: {
      source_ts: print.ts,
      ingest_ts: ingestTs,
      seq: UNNUMBERED,
      trace_id: `equityjoin:${print.trace_id}`,
      id: `equityjoin:${print.trace_id}`,
      print_trace_id: print.trace_id,
      quote_trace_id: quote?.trace_id ?? null,
      features,
      join_quality: {
        quote_age_ms: age,
        quote_missing: quote === null ? 1 : 0,
        quote_stale: isStale ? 1 : 0,
      },
    },
  };
}
