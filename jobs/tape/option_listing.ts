import { RATE } from "../../engine/options/mod.ts";
import { symbolIndex } from "../../engine/regime/mod.ts";
import type { MarketTape } from "../../engine/tape/mod.ts";
import { sessionListing } from "../../engine/tape/options/mod.ts";
import type { OptionListing } from "../../modules/tape/mod.ts";

/** Text `YYYY-MM-DD` of a date YYYYMMDD. */
function dashed(ymd: number): string {
  const text = String(ymd);
  return `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`;
}

/**
 * The options that are listed on a symbol in the session at a tape's position. Null while the exchange is closed
 * or the symbol is not in the universe.
 */
export function optionListing(tape: MarketTape, symbol: string): OptionListing | null {
  const [market, index] = [tape.market(), symbolIndex(symbol)];
  if (market === null || index < 0) return null;
  const { session } = market;
  return {
    underlying_id: symbol,
    session_id: session.id,
    open_ts: session.openTs,
    close_ts: session.closeTs,
    source: "synthetic",
    rate_annual: RATE,
    dividend_yield_annual: 0,
    expiries: sessionListing(market, index).map((listed) => ({
      expiry: dashed(listed.date),
      strikes: [...listed.strikes],
      call_open_interest: [...listed.callOpenInterest],
      put_open_interest: [...listed.putOpenInterest],
    })),
  };
}
