import {
  dateOfDays,
  daysOfDate,
  etDays,
  etTime,
  isHalfDay,
  MINUTE_MS,
  tradingDayFrom,
  tradingDayUntil,
} from "./calendar.ts";
import type { Session } from "./types.ts";

/** `et`: sessions at exchange hours only. `loop`: sessions also fill the hours between them. */
export type SessionPace = "loop" | "et";

const OPEN_MINUTE = 9 * 60 + 30;
const CLOSE_MINUTE = 16 * 60;
const HALF_CLOSE_MINUTE = 13 * 60;
const SESSION_MS = 390 * MINUTE_MS;

function openOf(days: number): number {
  return etTime(days, OPEN_MINUTE);
}

/** Epoch ms of the close of a trading day: 16:00 New York, 13:00 on a half day. */
function closeOf(days: number): number {
  return etTime(days, isHalfDay(days) ? HALF_CLOSE_MINUTE : CLOSE_MINUTE);
}

/**
 * Trading day that a trade counts for, as a day number: the day itself until its close, then the next one.
 * So an evening or weekend counts days to expiry as the session that follows it does.
 */
export function tradeDay(tsMs: number): number {
  const days = tradingDayFrom(etDays(tsMs));
  return tsMs < closeOf(days) ? days : tradingDayFrom(days + 1);
}

/** Loop `loop` after trading day `anchorDays`; 0 is the exchange's own session. */
function build(anchorDays: number, loop: number): Session {
  const dayClose = closeOf(anchorDays);
  const nextOpen = openOf(tradingDayFrom(anchorDays + 1));
  const openTs = loop === 0 ? openOf(anchorDays) : dayClose + (loop - 1) * SESSION_MS;
  const closeTs = loop === 0 ? dayClose : Math.min(openTs + SESSION_MS, nextOpen);
  return {
    id: dateOfDays(anchorDays) * 10 + loop,
    // A loop trades when its trading day's contracts are settled: it counts for the next one.
    date: dateOfDays(loop === 0 ? anchorDays : tradingDayFrom(anchorDays + 1)),
    loop,
    openTs,
    closeTs,
    minutes: (closeTs - openTs) / MINUTE_MS,
  };
}

/** Trading day whose open is the last one at or before an instant. */
function anchorAt(tsMs: number): number {
  const days = tradingDayUntil(etDays(tsMs));
  return openOf(days) <= tsMs ? days : tradingDayUntil(days - 1);
}

/** Session that an instant lies in; null: the exchange is closed, which the loop clock never is. */
export function sessionAt(tsMs: number, clock: SessionPace): Session | null {
  const days = anchorAt(tsMs);
  const closeTs = closeOf(days);
  if (tsMs < closeTs) return build(days, 0);
  if (clock === "et") return null;
  return build(days, 1 + Math.floor((tsMs - closeTs) / SESSION_MS));
}

/** Epoch ms of the first close after an instant: of the session under way, or of the next one. */
export function nextCloseMs(tsMs: number, clock: SessionPace): number {
  return sessionAt(tsMs, clock)?.closeTs ?? closeOf(tradeDay(tsMs));
}

/** Number of loops between the close of a trading day and the next open. */
function loopsAfter(days: number): number {
  return Math.ceil((openOf(tradingDayFrom(days + 1)) - closeOf(days)) / SESSION_MS);
}

/**
 * Session of an id. Loop numbers above nine carry into the date's digits; ids stay unique and ascending,
 * as so many loops fit only before a day without a session.
 *
 * @throws {RangeError} When no session has this id.
 */
export function sessionById(id: number): Session {
  let days = tradingDayUntil(daysOfDate(Math.floor(id / 10)));
  if (dateOfDays(days) * 10 > id) days = tradingDayUntil(days - 1);
  const loop = id - dateOfDays(days) * 10;
  if (!Number.isInteger(id) || loop < 0 || loop > loopsAfter(days)) {
    throw new RangeError(`Cannot find a session as no session has this id: ${id}`);
  }
  return build(days, loop);
}

/** Trading day that a session belongs to, as a day number. */
export function anchorOf(session: Session): number {
  return daysOfDate(Math.floor((session.id - session.loop) / 10));
}

/** The session after one. */
export function nextSession(session: Session, clock: SessionPace): Session {
  const days = anchorOf(session);
  if (clock === "loop" && session.loop < loopsAfter(days)) return build(days, session.loop + 1);
  return build(tradingDayFrom(days + 1), 0);
}

/** The session before one. */
export function previousSession(session: Session, clock: SessionPace): Session {
  const days = anchorOf(session);
  if (session.loop > 0) return build(days, clock === "loop" ? session.loop - 1 : 0);
  const before = tradingDayUntil(days - 1);
  return build(before, clock === "loop" ? loopsAfter(before) : 0);
}

/** Minute of a session at an instant, 0 … minutes − 1. */
export function sessionMinute(session: Session, tsMs: number): number {
  const minute = Math.floor((tsMs - session.openTs) / MINUTE_MS);
  return minute < 0 ? 0 : minute >= session.minutes ? session.minutes - 1 : minute;
}
