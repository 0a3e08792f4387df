import { tickSize } from "../options/mod.ts";
import type { Contract } from "./_contracts.ts";
import type { MarketState } from "./_market_state.ts";
import type { Quote } from "./_quote_history.ts";
import type { NbboSide, OptionPrint, RawOptionPrint } from "../frames/mod.ts";
import { sideOf } from "./side_rule.ts";
import { signalOf, type SignalProfile } from "./signal.ts";
import type { FlowConfig } from "./sink.ts";

/** Conditions of orders that sweep several exchanges. */
const SWEEPS: readonly string[] = ["ISO", "SWEEP"];

/** What the join of a print and its option quote found. */
interface Joined {
  readonly side: NbboSide;
  readonly quote: Quote | null;
}

function join(
  print: RawOptionPrint,
  root: string,
  market: MarketState,
  maxAgeMs: number,
): Joined {
  const quote = market.optionQuote(print.option_contract_id, print.ts);
  if (quote === null) return { side: "MISSING", quote: null };
  if (print.ts - quote.ts > maxAgeMs) return { side: "STALE", quote };
  return { side: sideOf(print.price, quote.bid, quote.ask, tickSize(quote.bid, root)), quote };
}

/** USD to a hundredth of a cent, so that sums of decimal prices read as such. */
function money(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

/**
 * Adds to a print what was known of the market when it happened: its contract, the last option quote and
 * the last equity quote at or before it, its side and whether the signal view keeps it. Fields that are
 * derived are derived again, so a print that went through before comes out the same.
 */
export function enrich(
  print: RawOptionPrint,
  contract: Contract,
  market: MarketState,
  config: FlowConfig,
  isEtf: boolean,
  profile: SignalProfile,
): OptionPrint {
  const { side, quote } = join(print, contract.root, market, config.nbboMaxAgeMs);
  const spot = market.spot(contract.root, print.ts, config.equityQuoteMaxAgeMs);
  const notional = money(print.price * print.size * 100);
  const isSweep = print.conditions.some((condition) => SWEEPS.includes(condition));
  const signal = signalOf(profile, { notional, size: print.size, side, isEtf, isSweep });
  return {
    source_ts: print.source_ts,
    ingest_ts: print.ingest_ts,
    seq: print.seq,
    trace_id: print.trace_id,
    ts: print.ts,
    option_contract_id: print.option_contract_id,
    price: print.price,
    size: print.size,
    exchange: print.exchange,
    conditions: print.conditions,
    execution_iv: print.execution_iv,
    execution_iv_source: print.execution_iv_source,
    underlying_id: contract.root,
    option_type: contract.right === "C" ? "call" : "put",
    notional,
    nbbo_side: side,
    execution_nbbo_bid: quote === null ? null : quote.bid,
    execution_nbbo_ask: quote === null ? null : quote.ask,
    execution_nbbo_mid: quote === null ? null : money((quote.bid + quote.ask) / 2),
    execution_nbbo_spread: quote === null ? null : money(quote.ask - quote.bid),
    execution_nbbo_bid_size: quote === null ? null : quote.bidSize,
    execution_nbbo_ask_size: quote === null ? null : quote.askSize,
    execution_nbbo_ts: quote === null ? null : quote.ts,
    execution_nbbo_age_ms: quote === null ? null : print.ts - quote.ts,
    execution_nbbo_side: side,
    execution_underlying_spot: spot === null ? null : money(spot.mid),
    execution_underlying_bid: spot === null ? null : spot.quote.bid,
    execution_underlying_ask: spot === null ? null : spot.quote.ask,
    execution_underlying_mid: spot === null ? null : money(spot.mid),
    execution_underlying_spread: spot === null ? null : money(spot.quote.ask - spot.quote.bid),
    execution_underlying_ts: spot === null ? null : spot.quote.ts,
    execution_underlying_age_ms: spot === null ? null : print.ts - spot.quote.ts,
    execution_underlying_source: spot === null ? null : "equity_quote_mid",
    is_etf: isEtf,
    signal_pass: signal.pass,
    signal_reasons: signal.reasons,
    signal_profile: profile,
  };
}
