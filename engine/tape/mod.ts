/**
 * The synthetic exchange: option and equity records, session after session.
 *
 * @example
 * ```ts
 * import { ok } from "node:assert/strict";
 * import { DEFAULT_CONTROL, fixedTimeline, sessionById } from "../regime/mod.ts";
 * import { MarketTape } from "./mod.ts";
 *
 * const { openTs } = sessionById(202601140);
 * const timeline = fixedTimeline(DEFAULT_CONTROL);
 * const tape = new MarketTape({ clock: "et", load: "steady", timeline });
 * let records = 0;
 * const count = (): void => void records++;
 * tape.seek(openTs);
 * tape.advance(openTs + 2_000, {
 *   optionNbbo: count,
 *   optionPrint: count,
 *   equityQuote: count,
 *   equityPrint: count,
 * });
 * ok(records > 0);
 * ```
 *
 * @module
 */

export { openingPrice } from "./equities/mod.ts";
export { MarketTape, type MarketTapeOptions, type TapePositionError } from "./market_tape.ts";
export type {
  Load,
  ParentSchedule,
  TapeClock,
  TapeSource,
  UnderlyingPath,
} from "./market_tape_types.ts";
export {
  type Family,
  type Leg,
  type Parent,
  type Placement,
  type PrintPlan,
  type StockPlan,
  type Subtype,
  SUBTYPES,
} from "./parent.ts";
