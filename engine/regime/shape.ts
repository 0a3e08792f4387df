import type { Phase } from "./control.ts";
import { MINUTE_MS } from "./calendar.ts";
import type { Session, SessionEvent } from "./types.ts";

/** Minutes after an intraday event that count as its aftermath. */
const AFTER_EVENT_MINUTES = 40;

/** Phase of a minute by the clock alone: the first hour, the last hour after it, and what is between. */
export function clockPhase(minute: number, minutes: number): Exclude<Phase, "after_event"> {
  if (minute < 60) return "open";
  return minute >= Math.max(60, minutes - 60) ? "power_hour" : "midday";
}

/** Phase of an instant: the aftermath of an intraday event goes before the clock. */
export function phaseAt(session: Session, events: readonly SessionEvent[], tsMs: number): Phase {
  for (const event of events) {
    const age = tsMs - event.eventTs;
    if (event.kind === "intraday" && age >= 0 && age < AFTER_EVENT_MINUTES * MINUTE_MS) {
      return "after_event";
    }
  }
  const minute = Math.floor((tsMs - session.openTs) / MINUTE_MS);
  return clockPhase(minute, session.minutes);
}

/** Mean of {@link uShape} over a session. */
export const MEAN_SHAPE = 0.62 + 0.95 / 5 + 0.35 / 3;

/** Intraday shape of activity at a (fractional) minute: 1.92 at the open and the close, 0.62 halfway. */
export function uShape(minute: number, minutes: number): number {
  const half = minutes / 2;
  const x = (minute - half) / half;
  const square = x * x;
  return 0.62 + 0.95 * square * square + 0.35 * square;
}
