/**
 * The latent market: calendar, sessions, regimes, events and prices.
 *
 * @example
 * ```ts
 * import { equal, ok } from "node:assert/strict";
 * import { DEFAULT_CONTROL, fixedTimeline, sessionById, SessionMarket } from "./mod.ts";
 *
 * const session = sessionById(202601140); // 14 January 2026, the exchange's own hours
 * equal(session.minutes, 390);
 * const market = new SessionMarket(session, fixedTimeline(DEFAULT_CONTROL));
 * ok(market.basePrice(0, session.openTs) > 0); // USD
 * ```
 *
 * @module
 */

export * from "./control.ts";
export {
  changedFields,
  type ControlChange,
  controlChange,
  type ControlContent,
  type FieldChange,
} from "./control_change.ts";
export { strayInside, writeBridge } from "./bridge.ts";
export {
  dateOfDays,
  daysOfDate,
  etDays,
  etTime,
  isTradingDay,
  tradingDayFrom,
  weekdayOf,
} from "./calendar.ts";
export { getSyntheticCoverageBoost, type SyntheticCoverageState } from "./coverage_boost.ts";
export { getSyntheticEventCalendar } from "./events.ts";
export { extend, mix, prefix, tag, toNormal, toUnit, u01 } from "./hash.ts";
export { meanVolatility } from "./levels.ts";
export { LOADING } from "./minute_table.ts";
export { REGIME_SHARE, regimeSegments, type Segment } from "./plan.ts";
export {
  getSyntheticScenarioWeights,
  type SyntheticScenarioWeightMap,
} from "./scenario_weights.ts";
export { SessionMarket } from "./session_market.ts";
export {
  nextCloseMs,
  nextSession,
  previousSession,
  sessionAt,
  sessionById,
  sessionMinute,
  type SessionPace,
  tradeDay,
} from "./sessions.ts";
export {
  bidTicks,
  nearRelease,
  type SpreadConditions,
  spreadTicks,
  TICKS_PER_USD,
  wholeTicks,
} from "./spread.ts";
export { clockPhase, MEAN_SHAPE } from "./shape.ts";
export { getSyntheticSessionState, getSyntheticUnderlyingState, sessionStateOf } from "./state.ts";
export type {
  CalendarEntry,
  LatentMarket,
  Levels,
  Session,
  SessionEvent,
  SessionState,
  UnderlyingState,
} from "./types.ts";
export { symbolIndex, type Tier, type Underlying, UNIVERSE } from "./universe.ts";
