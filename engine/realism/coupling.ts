import { dteDays } from "../options/mod.ts";
import type { RegimeId } from "../regime/mod.ts";
import type { Parent } from "../tape/mod.ts";
import { CoupledPath, type SessionSchedule } from "../tape/schedule/mod.ts";

/** Counts of one group of parents. */
export class Tally {
  parents = 0;
  bullishFlow = 0;
  agreeing = 0;
  event = 0;
  prints = 0;
  nearPrints = 0;
  multiLeg = 0;
  cheapCalls = 0;
  ivShock = 0;
  arbitrage = 0;
  arbitrageMoveZ = 0;
}

/** What labelled flow and the prices around it say about each other. */
export interface Coupling {
  readonly all: Tally;
  /** Institutional and retail parents only. */
  readonly directional: Tally;
  readonly directionalBy: ReadonlyMap<RegimeId, Tally>;
  readonly by: ReadonlyMap<RegimeId, Tally>;
  /** Volatility sellers and arbitrage. */
  readonly neutral: Tally;
  /** Direction of event singles against the event's own: matches and all. */
  readonly eventSingles: { matched: number; all: number };
  /** Absolute moves before hedges, in standard deviations, and how many had the hedge's sign. */
  readonly hedgeMoves: number[];
  hedgesWithMove: number;
}

const MINUTE_MS = 60_000;
const AFTER_MS = 180_000;

export function emptyCoupling(): Coupling {
  return {
    all: new Tally(),
    directional: new Tally(),
    directionalBy: new Map(),
    by: new Map(),
    neutral: new Tally(),
    eventSingles: { matched: 0, all: 0 },
    hedgeMoves: [],
    hedgesWithMove: 0,
  };
}

function of(map: ReadonlyMap<RegimeId, Tally>, regime: RegimeId): Tally {
  const known = map.get(regime);
  if (known !== undefined) return known;
  const made = new Tally();
  (map as Map<RegimeId, Tally>).set(regime, made);
  return made;
}

/** Sign of the dollars that a parent's legs move with the underlying. */
function flowSign(parent: Parent): number {
  let delta = 0;
  for (const leg of parent.legs) delta += leg.side * leg.delta * leg.size;
  return Math.sign(delta);
}

interface Around {
  readonly up: boolean;
  readonly moveZ: number;
}

function count(tally: Tally, parent: Parent, date: number, around: Around): void {
  const flow = flowSign(parent);
  tally.parents++;
  if (flow > 0) tally.bullishFlow++;
  if ((flow > 0) === around.up) tally.agreeing++;
  if (parent.family === "event_driven") tally.event++;
  if (parent.legs.length > 1) tally.multiLeg++;
  tally.ivShock += parent.ivShock;
  if (parent.family === "arbitrage") {
    tally.arbitrage++;
    tally.arbitrageMoveZ += around.moveZ;
  }
  const [first] = parent.legs;
  if (first === undefined) return;
  const days = dteDays(date, first.expiry);
  const single = parent.legs.length === 1;
  if (single && first.right === "C" && days <= 7 && Math.abs(first.delta) <= 0.32) {
    tally.cheapCalls++;
  }
  for (const print of parent.prints) {
    const leg = parent.legs[print.leg];
    if (leg === undefined) continue;
    tally.prints++;
    const size = Math.abs(leg.delta);
    if (dteDays(date, leg.expiry) <= 2 && size >= 0.3 && size <= 0.7) tally.nearPrints++;
  }
}

/**
 * Adds the parents of a built schedule that have a minute before and three after them in the session and
 * before `untilTs`. Asks for no price after it, so that a schedule under way is not built further.
 */
export function addCoupling(
  coupling: Coupling,
  schedule: SessionSchedule,
  untilTs = schedule.session.closeTs,
  path = new CoupledPath(schedule),
): void {
  const { session, market } = schedule;
  const endTs = Math.min(untilTs, session.closeTs);
  for (const parent of schedule.parents) {
    const { ts, symbol, family, regime } = parent;
    if (ts - MINUTE_MS < session.openTs || ts + AFTER_MS >= endTs) continue;
    const mid = path.mid(symbol, ts);
    const move = (mid / path.mid(symbol, ts - MINUTE_MS) - 1) * 10_000;
    const around = {
      up: path.mid(symbol, ts + AFTER_MS) > mid,
      moveZ: move / market.sigma1mBps(symbol, ts),
    };
    const tallies = [coupling.all, of(coupling.by, regime)];
    if (family === "institutional_directional" || family === "retail_whale") {
      tallies.push(coupling.directional, of(coupling.directionalBy, regime));
    } else if (family === "vol_seller" || family === "arbitrage") tallies.push(coupling.neutral);
    for (const tally of tallies) count(tally, parent, session.date, around);
    if (family === "hedge_reactive") {
      coupling.hedgeMoves.push(Math.abs(around.moveZ));
      if (Math.sign(around.moveZ) === parent.direction) coupling.hedgesWithMove++;
    }
    if (family === "event_driven" && parent.legs.length === 1) {
      const event = market.events.find((entry) => entry.symbol === symbol);
      coupling.eventSingles.all++;
      if (flowSign(parent) === event?.dir) coupling.eventSingles.matched++;
    }
  }
}

/** Middle value of a list; NaN when empty. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}
