export * from "./control.ts";
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
export { getSyntheticEventCalendar, sessionEvents } from "./events.ts";
export { extend, mix, prefix, tag, toNormal, toUnit, u01, z01 } from "./hash.ts";
export { DWELL_MINUTES, REGIME_SHARE, regimeSegments, type Segment } from "./plan.ts";
export { SessionMarket } from "./session_market.ts";
export {
  closeOf,
  nextSession,
  previousSession,
  sessionAt,
  sessionById,
  type SessionClock,
  sessionMinute,
} from "./sessions.ts";
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
