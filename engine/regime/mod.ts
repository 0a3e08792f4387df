export * from "./control.ts";
export {
  changedFields,
  type ControlChange,
  controlChange,
  type ControlContent,
  type FieldChange,
} from "./control_change.ts";
export {
  dateOfDays,
  daysOfDate,
  etDate,
  etDays,
  etTime,
  isHalfDay,
  isTradingDay,
  tradingDayFrom,
  tradingDayUntil,
  weekdayOf,
} from "./calendar.ts";
export { getSyntheticCoverageBoost, type SyntheticCoverageState } from "./coverage_boost.ts";
export { getSyntheticEventCalendar, sessionEvents } from "./events.ts";
export { extend, mix, prefix, tag, toNormal, toUnit, u01, z01 } from "./hash.ts";
export { DWELL_MINUTES, REGIME_SHARE, regimeSegments, type Segment } from "./plan.ts";
export {
  getSyntheticScenarioWeights,
  type SyntheticScenarioWeightMap,
} from "./scenario_weights.ts";
export { SessionMarket } from "./session_market.ts";
export {
  closeOf,
  nextSession,
  previousSession,
  sessionAt,
  sessionById,
  type SessionClock,
  sessionMinute,
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
export {
  getSyntheticSessionState,
  getSyntheticUnderlyingState,
  marketAt,
  sessionStateOf,
} from "./state.ts";
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
export { clockPhase, uShape } from "./shape.ts";
