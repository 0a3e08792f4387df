import { etDays, weekdayOf } from "./calendar.ts";
import { controlAt, type ControlTimeline } from "./control.ts";
import { type Epoch, epochsKey, sessionEpochs } from "./epochs.ts";
import { sessionEvents } from "./events.ts";
import { tag, z01 } from "./hash.ts";
import { MinuteTable, SYMBOLS } from "./minute_table.ts";
import { anchorOf, previousSession, type SessionPace } from "./sessions.ts";
import type { Session } from "./types.ts";
import { UNIVERSE } from "./universe.ts";

const OPEN_GAP = tag("opengap");
const WEEK = tag("week");
const GAP_SIGMA = 0.006;
const WEEK_SIGMA = 0.03;
/**
 * Share of the way back to the week's start that each open of the loop clock takes. The regimes drift up by
 * about one percent a session on the whole, and that clock packs some 26 sessions into a week.
 */
const LOOP_PULL = 0.25;
const KEPT = 64;

/** Closing prices by session and all that they depend on. Bounded: the oldest entry goes first. */
const closes = new Map<string, Float64Array>();

/** Monday of the ISO week of a trading day, as a day number. */
function weekOf(anchorDays: number): number {
  return anchorDays - (weekdayOf(anchorDays) + 6) % 7;
}

function startsWeek(session: Session, clock: SessionPace): boolean {
  if (session.loop > 0) return false;
  const before = previousSession(session, clock);
  return weekOf(anchorOf(before)) !== weekOf(anchorOf(session));
}

/** Sessions from the first of the week to `session` inclusive. */
function weekUntil(session: Session, clock: SessionPace): Session[] {
  const chain = [session];
  let first = session;
  while (!startsWeek(first, clock)) {
    first = previousSession(first, clock);
    chain.unshift(first);
  }
  return chain;
}

/** Prices that a session opens from before its own gap: those of the week's start. */
function weekStart(session: Session, timeline: ControlTimeline): Float64Array {
  const seed = controlAt(timeline, session.openTs).shared_seed;
  const week = weekOf(etDays(session.openTs));
  return Float64Array.from(
    UNIVERSE,
    (u, s) => u.price * (1 + WEEK_SIGMA * z01(seed, WEEK, week, s)),
  );
}

/** Opening prices of a session from the prices before it: a small gap for all, an event's gap for some. */
function openFrom(prices: Float64Array, session: Session, epoch: Epoch): Float64Array {
  const open = prices.map((price, s) =>
    price * (1 + GAP_SIGMA * z01(epoch.seed, OPEN_GAP, session.id, s))
  );
  for (const event of sessionEvents(epoch.seed, epoch.preset, session)) {
    if (event.kind === "past") open[event.symbol] = (open[event.symbol] ?? 0) * (1 + event.gap);
  }
  return open;
}

/**
 * Opening base prices of a session, USD, shape [40]. Prices chain from session to session within an ISO
 * week and start each week near the reference prices, so the past that counts is bounded.
 */
export function openingPrices(
  session: Session,
  timeline: ControlTimeline,
  clock: SessionPace,
): Float64Array {
  const chain = weekUntil(session, clock);
  const start = weekStart(chain[0] ?? session, timeline);
  let prices = start;
  let key: string = clock;
  for (const link of chain) {
    const epochs = sessionEpochs(timeline, link);
    const [epoch] = epochs;
    if (epoch === undefined) break;
    const pull = clock === "loop" ? LOOP_PULL : 0;
    const from = prices.map((price, s) => price + pull * ((start[s] ?? price) - price));
    const open = openFrom(from, link, epoch);
    if (link.id === session.id) return open;
    key = `${key}|${link.id}:${epochsKey(epochs)}`;
    prices = closes.get(key) ?? closingPrices(link, epochs, open);
    closes.set(key, prices);
    if (closes.size > KEPT) closes.delete(closes.keys().next().value ?? "");
  }
  return prices;
}

/** Text that is equal for two timelines exactly when a session and the week before it are the same under both. */
export function pastKey(session: Session, timeline: ControlTimeline, clock: SessionPace): string {
  const first = weekUntil(session, clock)[0] ?? session;
  const whole = { ...session, openTs: first.openTs };
  return epochsKey(sessionEpochs(timeline, whole));
}

function closingPrices(
  session: Session,
  epochs: readonly Epoch[],
  open: Float64Array,
): Float64Array {
  const [{ seed, preset }] = epochs as readonly [Epoch];
  const table = new MinuteTable(session, epochs, sessionEvents(seed, preset, session), open);
  table.ensure(session.minutes - 1);
  return table.price.slice(session.minutes * SYMBOLS);
}
