import {
  previousSession,
  type Session,
  sessionAt,
  type SessionPace,
} from "../../../engine/regime/mod.ts";

/** Time after the close in which rows of a session may still come, ms. */
const SETTLE_MS = 60_000;

/** Most sessions to look back on. */
const MAX_SESSIONS = 64;

/** Sessions that began after `sinceMs` and are over at `nowMs`, newest first. */
export function endedSessions(
  nowMs: number,
  sinceMs: number,
  clock: SessionPace,
): readonly Session[] {
  const ended: Session[] = [];
  let session = sessionAt(nowMs, clock);
  if (session === null) {
    const loop = sessionAt(nowMs, "loop");
    session = loop === null ? null : previousSession(loop, clock);
  }
  while (session !== null && session.openTs >= sinceMs && ended.length < MAX_SESSIONS) {
    if (session.closeTs + SETTLE_MS <= nowMs) ended.push(session);
    session = previousSession(session, clock);
  }
  return ended;
}
