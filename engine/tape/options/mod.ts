/**
 * Quotes and prints of the listed options.
 *
 * @example
 * ```ts
 * import { ok } from "node:assert/strict";
 * import { DEFAULT_CONTROL, fixedTimeline, sessionById, SessionMarket } from "../../regime/mod.ts";
 * import { type OptionsOutput, OptionsTape } from "./mod.ts";
 *
 * const timeline = fixedTimeline(DEFAULT_CONTROL);
 * const session = sessionById(202601140);
 * const market = new SessionMarket(session, timeline);
 * const path = { market, mid: (symbol: number, ts: number) => market.basePrice(symbol, ts) };
 * const schedule = { market, parents: [], extendTo() {} };
 * const tape = new OptionsTape(path, schedule, "steady", timeline);
 * const out: OptionsOutput = { quotes: [], prints: [] };
 * tape.second(session.openTs, out);
 * ok(out.quotes.length > 0);
 * ```
 *
 * @module
 */

export { type Label, LabelMemory } from "./_label_memory.ts";
export type { BackgroundKind } from "./background_types.ts";
export { type ListedExpiry, sessionListing } from "./listing.ts";
export { type OptionsOutput, OptionsTape } from "./options_tape.ts";
