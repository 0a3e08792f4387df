import { micro } from "./_measured.ts";
import type { ReferenceData } from "./sink.ts";

const DAY_MS = 86_400_000;
/** Reference data keeps past events for two sessions; a weekend and a holiday lie between at most. */
const PAST_MS = 5 * DAY_MS;

/** Where a packet stands in the event calendar of its underlying. */
export interface EventContext {
  /** Days to the next event that was announced by then; null without one. */
  readonly daysToEvent: number | null;
  readonly expiryAfterEvent: boolean | null;
  readonly pastEvent: boolean;
}

const NONE: EventContext = { daysToEvent: null, expiryAfterEvent: null, pastEvent: false };

/**
 * Looks a packet up in the calendar. Only the underlying's own events count: a release for the whole
 * market would put every packet of the day in an event context. What was announced later is not known yet.
 */
export function eventContext(
  reference: ReferenceData,
  underlyingId: string,
  endTs: number,
  expiryTs: number,
): EventContext {
  let next: number | null = null;
  let pastEvent = false;
  for (const entry of reference.events(underlyingId, endTs)) {
    if (entry.underlying_id !== underlyingId || entry.announced_ts > endTs) continue;
    if (entry.event_ts <= endTs) pastEvent ||= endTs - entry.event_ts <= PAST_MS;
    else if (next === null || entry.event_ts < next) next = entry.event_ts;
  }
  if (next === null) return pastEvent ? { ...NONE, pastEvent } : NONE;
  return {
    daysToEvent: micro((next - endTs) / DAY_MS),
    expiryAfterEvent: expiryTs > next,
    pastEvent,
  };
}
