import { etTime, MINUTE_MS, tradingDayFrom, weekdayOf } from "./calendar.ts";
import { tag, z01 } from "./hash.ts";
import { anchorOf, previousSession, type SessionPace } from "./sessions.ts";
import type { Session } from "./types.ts";
import { UNIVERSE } from "./universe.ts";

const WEEK = tag("week");
const WEEK_SIGMA = 0.03;
const OPEN_MINUTE = 9 * 60 + 30;
/**
 * Minutes after which a week's prices would be back where it began if nothing else moved them. The regimes
 * drift up by about one percent a session on the whole, and the loop clock packs some 26 sessions into a week.
 */
const PULL_MINUTES = 1_560;

/** Monday of the ISO week of a trading day, as a day number. */
function weekOf(anchorDays: number): number {
  return anchorDays - (weekdayOf(anchorDays) + 6) % 7;
}

/** Whether a session is the first of its week. */
export function startsWeek(session: Session, clock: SessionPace): boolean {
  if (session.loop > 0) return false;
  const before = previousSession(session, clock);
  return weekOf(anchorOf(before)) !== weekOf(anchorOf(session));
}

function weekPrices(seed: number, week: number): Float64Array {
  return Float64Array.from(
    UNIVERSE,
    (u, s) => u.price * (1 + WEEK_SIGMA * z01(seed, WEEK, week, s)),
  );
}

/** Prices that the week of a session begins with, near the reference ones; USD, shape [40]. */
export function weekStart(session: Session, seed: number): Float64Array {
  return weekPrices(seed, weekOf(anchorOf(session)));
}

/** Prices that a minute is drawn to, and in how many minutes it would be there. */
export interface Pull {
  readonly to: Float64Array;
  readonly minutes: number;
}

/** What a minute of a session is drawn to under the seed in force; null: nothing. */
export type PullAt = (minute: number, seed: number) => Pull | null;

/**
 * The pull of a session. Nothing happens between two sessions of the loop clock, so what keeps its prices
 * near the reference ones works inside them: a slow pull to the week's start and, after the week's last
 * close, one that lands on the start of the next week when that opens. Exchange hours have none.
 *
 * @param start Prices that the session's week began with.
 */
export function pullOf(session: Session, clock: SessionPace, start: Float64Array): PullAt {
  if (clock === "et") return () => null;
  const next = tradingDayFrom(anchorOf(session) + 1);
  if (session.loop === 0 || weekOf(next) === weekOf(anchorOf(session))) {
    const pull = { to: start, minutes: PULL_MINUTES };
    return () => pull;
  }
  const minutes = (etTime(next, OPEN_MINUTE) - session.openTs) / MINUTE_MS;
  let [known, to] = [NaN, start];
  return (minute, seed) => {
    if (seed !== known) [known, to] = [seed, weekPrices(seed, weekOf(next))];
    return { to, minutes: minutes - minute };
  };
}
