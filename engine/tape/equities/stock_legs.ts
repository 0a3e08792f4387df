import type { Parent, StockPlan } from "../parent.ts";
import { extend, type LatentMarket, prefix, tag, toUnit } from "../../regime/mod.ts";
import type { ParentSchedule } from "../market_tape_types.ts";
import { isBetweenAuctions } from "./auctions.ts";
import { CONTINGENT, midpointOf, NO_CONDITION, type PrintDraft } from "./print_shape.ts";
import type { QuoteDraft } from "./quotes.ts";
import { litVenue, offVenue } from "./venues.ts";

const LEG = tag("stockleg");
/** Shares that a leg has at least to be known by its size: a smaller one says that it is contingent. */
const SURE_SHARES = 2_000;
/** Share of the larger legs that say so too, and of all that are reported off exchange. */
const CONTINGENT_SHARE = 0.12;
const OFF_SHARE = 0.65;

/** A stock leg may print this long before its parent or after it begins, ms. */
const REACH_MS = 10_000;

/** A linked stock print and the symbol that it is in. */
export interface StockLeg {
  readonly symbol: number;
  readonly plan: StockPlan;
}

/** Index of the first parent with ts at or after an instant. */
function lowerBound(parents: readonly Parent[], tsMs: number): number {
  let low = 0;
  let high = parents.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((parents[middle]?.ts ?? Infinity) < tsMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Stock legs that print in [fromMs, toMs). Builds the schedule a second beyond. */
export function stockLegsBetween(
  schedule: ParentSchedule,
  fromMs: number,
  toMs: number,
): StockLeg[] {
  // Legs come within 400 ms of their parent's prints, so a second ahead is enough.
  schedule.extendTo(toMs + 1_000);
  const { parents } = schedule;
  const found: StockLeg[] = [];
  for (let i = lowerBound(parents, fromMs - REACH_MS); i < parents.length; i++) {
    const parent = parents[i];
    if (parent === undefined || parent.ts >= toMs + 1_000) break;
    const plan = parent.stock;
    if (plan !== null && plan.ts >= fromMs && plan.ts < toMs) {
      found.push({ symbol: parent.symbol, plan });
    }
  }
  return found;
}

/**
 * Print of a stock leg: at the midpoint of the quote, which the parties to such a trade agree on. Where it
 * prints and what it says are drawn so that neither tells much. Outside the auctions it says that it is
 * contingent, as it is no part of the market then.
 */
export function shapeLeg(
  { symbol, plan }: StockLeg,
  quote: QuoteDraft,
  market: LatentMarket,
): PrintDraft {
  const { ts, shares: size } = plan;
  const state = prefix(market.seedAt(ts), LEG, market.session.id, symbol, ts);
  const off = toUnit(extend(state, 0)) < OFF_SHARE;
  const venue = toUnit(extend(state, 1));
  const says = size < SURE_SHARES || toUnit(extend(state, 2)) < CONTINGENT_SHARE ||
    !isBetweenAuctions(market, symbol, ts);
  return {
    ts,
    symbol,
    price: midpointOf(quote),
    size,
    exchange: off ? offVenue(venue) : litVenue(symbol, venue),
    offExchangeFlag: off,
    conditions: says ? CONTINGENT : NO_CONDITION,
  };
}
