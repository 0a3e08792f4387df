/**
 * Quotes and prints of the underlyings.
 *
 * @example
 * ```ts
 * import { ok } from "node:assert/strict";
 * import { DEFAULT_CONTROL, fixedTimeline, sessionById, SessionMarket } from "../../regime/mod.ts";
 * import { EquitiesTape, type EquityOutput } from "./mod.ts";
 *
 * const session = sessionById(202601140);
 * const market = new SessionMarket(session, fixedTimeline(DEFAULT_CONTROL));
 * const path = { market, mid: (symbol: number, ts: number) => market.basePrice(symbol, ts) };
 * const tape = new EquitiesTape(path, { market, parents: [], extendTo() {} }, "steady");
 * const out: EquityOutput = { quotes: [], prints: [] };
 * tape.second(session.openTs, out);
 * ok(out.quotes.length > 0);
 * ```
 *
 * @module
 */

export { openingPrice } from "./auctions.ts";
export { EquitiesTape, type EquityOutput } from "./equities_tape.ts";
