import { controlAt, type ControlTimeline } from "./control.ts";
import { type Epoch, epochsKey, sessionEpochs } from "./epochs.ts";
import { sessionEvents } from "./events.ts";
import { tag, z01 } from "./hash.ts";
import { MinuteTable, SYMBOLS } from "./minute_table.ts";
import { previousSession, type SessionPace } from "./sessions.ts";
import type { Session } from "./types.ts";
import { type PullAt, pullOf, startsWeek, weekStart } from "./week.ts";

const OPEN_GAP = tag("opengap");
const GAP_SIGMA = 0.006;
const KEPT = 64;

/** Closing prices by session and all that they depend on. Bounded: the oldest entry goes first. */
const closes = new Map<string, Float64Array>();

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

/**
 * Opening prices of a session from the prices before it. Overnight all of them move a little; sessions of
 * the loop clock follow each other at once. Whoever has just reported opens with the gap of that event.
 */
function openFrom(
  prices: Float64Array,
  session: Session,
  epoch: Epoch,
  clock: SessionPace,
): Float64Array {
  const sigma = clock === "et" ? GAP_SIGMA : 0;
  const open = prices.map((price, s) =>
    price * (1 + sigma * z01(epoch.seed, OPEN_GAP, session.id, s))
  );
  for (const event of sessionEvents(epoch.seed, epoch.preset, session)) {
    if (event.kind === "past") open[event.symbol] = (open[event.symbol] ?? 0) * (1 + event.gap);
  }
  return open;
}

/** What a session's prices start from. */
interface SessionStart {
  /** Opening base prices, USD, shape [40]. */
  readonly open: Float64Array;
  readonly pull: PullAt;
}

/**
 * Where a session starts. Prices chain from session to session within an ISO week and start each week near
 * the reference prices, so the past that counts is bounded.
 */
export function sessionStart(
  session: Session,
  timeline: ControlTimeline,
  clock: SessionPace,
): SessionStart {
  const chain = weekUntil(session, clock);
  const first = chain[0] ?? session;
  const start = weekStart(first, controlAt(timeline, first.openTs).shared_seed);
  let prices = start;
  let key: string = clock;
  for (const link of chain) {
    const epochs = sessionEpochs(timeline, link);
    const [epoch] = epochs;
    if (epoch === undefined) break;
    const own = { open: openFrom(prices, link, epoch, clock), pull: pullOf(link, clock, start) };
    if (link.id === session.id) return own;
    key = `${key}|${link.id}:${epochsKey(epochs)}`;
    prices = closes.get(key) ?? closingPrices(link, epochs, own);
    closes.set(key, prices);
    if (closes.size > KEPT) closes.delete(closes.keys().next().value ?? "");
  }
  return { open: prices, pull: pullOf(session, clock, start) };
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
  { open, pull }: SessionStart,
): Float64Array {
  const [{ seed, preset }] = epochs as readonly [Epoch];
  const events = sessionEvents(seed, preset, session);
  const table = new MinuteTable(session, epochs, events, open, pull);
  table.ensure(session.minutes - 1);
  return table.price.slice(session.minutes * SYMBOLS);
}
