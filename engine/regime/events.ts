import {
  controlAt,
  type ControlState,
  type ControlTimeline,
  fixedTimeline,
  type PresetId,
} from "./control.ts";
import {
  DAY_MS,
  daysOfDate,
  etDays,
  etTime,
  MINUTE_MS,
  tradingDayFrom,
  tradingDayUntil,
} from "./calendar.ts";
import { mix, tag, u01 } from "./hash.ts";
import { previousSession, sessionById } from "./sessions.ts";
import type { CalendarEntry, Session, SessionEvent } from "./types.ts";
import { symbolIndex, UNIVERSE } from "./universe.ts";

const POOL = ["AAPL", "MSFT", "NVDA", "META", "AMZN", "TSLA", "GOOGL", "NFLX", "AMD", "AVGO"]
  .map(symbolIndex);

/** Announced future events of a session by preset; one past event comes on top. */
const FUTURE_EVENTS: Readonly<Record<PresetId, number>> = {
  balanced_demo: 2,
  event_day: 3,
  dealer_day: 1,
  retail_chase: 1,
  quiet_range: 1,
};

const EVENT = tag("event");
const DIRECTION = tag("evdir");
const DAY = tag("evd");
const GAP = tag("gap");
const AFTERNOON_MINUTE = 16 * 60 + 5;
const MORNING_MINUTE = 8 * 60;
/** Minutes of a session at which a market-wide release can fall: 10:00, 11:00, 13:00, 14:00. */
const RELEASE_MINUTES = [30, 90, 210, 270];
const ANNOUNCED_DAYS_BEFORE = 21;

function releases(seed: number, preset: PresetId, session: Session): SessionEvent[] {
  const slots = RELEASE_MINUTES.filter((minute) => minute < session.minutes);
  const coin = u01(seed, EVENT, session.id, 100) < 0.5;
  const count = preset === "event_day" ? 2 : preset === "balanced_demo" && coin ? 1 : 0;
  const found: SessionEvent[] = [];
  for (let j = 0; j < count && slots.length > 0; j++) {
    const [minute = 0] = slots.splice(mix(seed, EVENT, session.id, 101 + j) % slots.length, 1);
    found.push({
      symbol: -1,
      kind: "intraday",
      dir: u01(seed, DIRECTION, session.id, 100 + j) < 0.6 ? 1 : -1,
      eventTs: session.openTs + minute * MINUTE_MS,
      gap: 0,
    });
  }
  return found.sort((a, b) => a.eventTs - b.eventTs);
}

/** Last moment at 16:05 New York of a trading day that is not after the session's open. */
function lastReport(session: Session): number {
  const days = tradingDayUntil(etDays(session.openTs));
  const ts = etTime(days, AFTERNOON_MINUTE);
  return ts <= session.openTs ? ts : etTime(tradingDayUntil(days - 1), AFTERNOON_MINUTE);
}

/**
 * Events of a session: one symbol that reported after the last close and opens with a gap, symbols that
 * will report within days, and market-wide releases during the session. Fixed by the state in force at
 * the open, so that they stay put all session.
 */
export function sessionEvents(seed: number, preset: PresetId, session: Session): SessionEvent[] {
  const pool = [...POOL];
  const found: SessionEvent[] = [];
  for (let i = 0; i <= FUTURE_EVENTS[preset]; i++) {
    const [symbol = 0] = pool.splice(mix(seed, EVENT, session.id, i) % pool.length, 1);
    const dir = u01(seed, DIRECTION, session.id, i) < 0.6 ? 1 : -1;
    if (i === 0) {
      const gap = dir * (0.025 + 0.03 * u01(seed, GAP, session.id, 0));
      found.push({ symbol, kind: "past", dir, eventTs: lastReport(session), gap });
      continue;
    }
    const hash = mix(seed, DAY, session.id, i);
    const days = tradingDayFrom(daysOfDate(session.date) + 2 + hash % 9);
    const eventTs = etTime(days, hash % 2 === 1 ? MORNING_MINUTE : AFTERNOON_MINUTE);
    found.push({ symbol, kind: "future", dir, eventTs, gap: 0 });
  }
  return [...found, ...releases(seed, preset, session)];
}

function entryOf(event: SessionEvent): CalendarEntry {
  const macro = event.symbol < 0;
  return {
    underlying_id: macro ? "*" : UNIVERSE[event.symbol]?.symbol ?? "*",
    event_ts: event.eventTs,
    event_kind: macro ? "macro" : "earnings",
    announced_ts: event.eventTs - ANNOUNCED_DAYS_BEFORE * DAY_MS,
    source: "synthetic",
  };
}

/**
 * Calendar of a session as reference data knows it: its own events and the past event of the session
 * before, so that an event counts as recent for two sessions. Ascending by time. Loop sessions look back
 * to the loop before.
 *
 * @param control One state, or the timeline of states.
 * @throws {RangeError} When no session has this id.
 */
export function getSyntheticEventCalendar(
  sessionId: number,
  control: ControlState | ControlTimeline,
): readonly CalendarEntry[] {
  const timeline = "preset_id" in control ? fixedTimeline(control) : control;
  const session = sessionById(sessionId);
  const before = previousSession(session, session.loop > 0 ? "loop" : "et");
  const entries = new Map<string, CalendarEntry>();
  for (const [of, past] of [[before, true], [session, false]] as const) {
    const { shared_seed, preset_id } = controlAt(timeline, of.openTs);
    for (const event of sessionEvents(shared_seed, preset_id, of)) {
      if (past && event.kind !== "past") continue;
      entries.set(`${event.symbol}:${event.eventTs}`, entryOf(event));
    }
  }
  return [...entries.values()].sort((a, b) => a.event_ts - b.event_ts);
}
