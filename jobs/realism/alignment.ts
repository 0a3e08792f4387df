import {
  type Alert,
  DEFAULT_FLOW_CONFIG,
  type EquityPrint,
  type EquityQuote,
  FlowEngine,
  type FlowPacket,
  type OptionNbbo,
  type RawOptionPrint,
  type RawSink,
  type ReferenceData,
  type SmartMoneyEvent,
} from "../../engine/flow/mod.ts";
import { strikeStep } from "../../engine/options/mod.ts";
import {
  type ControlTimeline,
  getSyntheticEventCalendar,
  PROFILE_IDS,
  type ProfileId,
  type Session,
  symbolIndex,
  UNIVERSE,
} from "../../engine/regime/mod.ts";
import { type Load, MarketTape, type Parent } from "../../engine/tape/mod.ts";
import type { Label } from "../../engine/tape/options/mod.ts";

/** Reference data of one session. */
export function referenceOf(session: Session, timeline: ControlTimeline): ReferenceData {
  const calendar = getSyntheticEventCalendar(session.id, timeline);
  return {
    events: (id) => calendar.filter((entry) => entry.underlying_id === id),
    strikeStep,
    isEtf: (id) => UNIVERSE[symbolIndex(id)]?.etf ?? false,
  };
}

/** What a session printed, read by the flow pipeline, next to what the generator meant. */
export interface Reading {
  readonly session: Session;
  readonly parents: readonly Parent[];
  readonly events: readonly SmartMoneyEvent[];
  /** Slot of the parent that most members of an event belong to, −1 for background flow. */
  readonly slots: readonly number[];
  /** Packets whose members are all background, by kind. */
  readonly backgroundPackets: ReadonlyMap<string, number>;
  /** Background kind of the events without a parent. */
  readonly backgroundEvents: ReadonlyMap<string, { all: number; named: number }>;
  readonly alerts: readonly Alert[];
  /** Minutes of the session that were run. */
  readonly minutes: number;
  readonly labelledPrints: number;
  readonly prints: number;
  readonly quotes: number;
}

/** Passes raw records on to the pipeline after noting what the generator meant by the prints. */
class Listener implements RawSink {
  readonly meaning = new Map<string, Label>();
  labelledPrints = 0;
  prints = 0;
  quotes = 0;
  readonly #tape: MarketTape;
  readonly #flow: FlowEngine;

  constructor(tape: MarketTape, flow: FlowEngine) {
    this.#tape = tape;
    this.#flow = flow;
  }

  optionNbbo(record: OptionNbbo): void {
    this.quotes++;
    this.#flow.optionNbbo(record);
  }

  optionPrint(record: RawOptionPrint): void {
    this.prints++;
    const label = this.#tape.label(record.trace_id);
    if (label !== null) this.meaning.set(record.trace_id, label);
    if (label !== null && label.slot >= 0) this.labelledPrints++;
    this.#flow.optionPrint(record);
  }

  equityQuote(record: EquityQuote): void {
    this.#flow.equityQuote(record);
  }

  equityPrint(record: EquityPrint): void {
    this.#flow.equityPrint(record);
  }
}

/** The label that most of an event's or packet's prints carry. */
function majority(ids: readonly string[], meaning: ReadonlyMap<string, Label>): Label | null {
  const counts = new Map<number, number>();
  let best: Label | null = null;
  for (const id of ids) {
    const found = meaning.get(id);
    if (found === undefined) continue;
    const count = (counts.get(found.slot) ?? 0) + 1;
    counts.set(found.slot, count);
    if (best === null || count > (counts.get(best.slot) ?? 0)) best = found;
  }
  return best;
}

/** Collects what the pipeline says, by what the generator meant. */
class Collected {
  readonly events: SmartMoneyEvent[] = [];
  readonly slots: number[] = [];
  readonly alerts: Alert[] = [];
  readonly backgroundPackets = new Map<string, number>();
  readonly backgroundEvents = new Map<string, { all: number; named: number }>();

  packet({ members }: FlowPacket, meaning: ReadonlyMap<string, Label>): void {
    const label = majority(members, meaning);
    if (label === null || label.slot >= 0) return;
    this.backgroundPackets.set(
      label.subtype,
      (this.backgroundPackets.get(label.subtype) ?? 0) + 1,
    );
  }

  event(event: SmartMoneyEvent, meaning: ReadonlyMap<string, Label>): void {
    const label = majority(event.member_print_ids, meaning);
    this.events.push(event);
    this.slots.push(label?.slot ?? -1);
    if (label === null || label.slot >= 0) return;
    const kind = this.backgroundEvents.get(label.subtype) ?? { all: 0, named: 0 };
    const named = event.abstained ? 0 : 1;
    this.backgroundEvents.set(label.subtype, { all: kind.all + 1, named: kind.named + named });
  }
}

/** Runs the first `minutes` of a session through generator and pipeline. */
export function readSession(
  session: Session,
  timeline: ControlTimeline,
  minutes = Infinity,
  load: Load = "steady",
): Reading {
  const clock = session.loop > 0 ? "loop" : "et";
  const tape = new MarketTape({ clock, load, timeline });
  const found = new Collected();
  const flow: FlowEngine = new FlowEngine(
    DEFAULT_FLOW_CONFIG,
    referenceOf(session, timeline),
    (stream, record) => {
      if (stream === "flow") found.packet(record as FlowPacket, listener.meaning);
      if (stream === "smart-money") found.event(record as SmartMoneyEvent, listener.meaning);
      if (stream === "alerts") found.alerts.push(record as Alert);
    },
  );
  const listener = new Listener(tape, flow);
  const untilTs = Math.min(session.closeTs, session.openTs + minutes * 60_000);
  tape.seek(session.openTs);
  const parents = tape.schedule()?.parents ?? [];
  for (let ts = session.openTs + 1_000; ts <= untilTs; ts += 1_000) {
    tape.advance(ts, listener);
    flow.advance(ts);
  }
  flow.advance(untilTs + 60_000);
  const { labelledPrints, prints, quotes } = listener;
  const cut = untilTs < session.closeTs ? untilTs - 15_000 : untilTs;
  return {
    session,
    parents: parents.filter(({ ts }) => ts < cut),
    events: found.events,
    slots: found.slots,
    alerts: found.alerts,
    backgroundPackets: found.backgroundPackets,
    backgroundEvents: found.backgroundEvents,
    minutes: (untilTs - session.openTs) / 60_000,
    labelledPrints,
    prints,
    quotes,
  };
}

/** How one subtype was read. */
export class SubtypeReading {
  parents = 0;
  /** Parents with an event that names the intended profile. */
  aligned = 0;
  /** Events that name another profile. */
  wrong = 0;
  abstained = 0;
  events = 0;
  /** Parents without any event. */
  unseen = 0;
  /** Aligned events with every other profile below 0.42. */
  clear = 0;
  /** Aligned events that point the intended way. */
  directed = 0;
  probability = 0;
}

function intended(direction: Parent["direction"], family: Parent["family"]): string | null {
  if (family === "vol_seller" || family === "arbitrage") return "neutral";
  if (direction === 0) return family === "event_driven" ? "neutral" : null;
  return direction === 1 ? "bullish" : "bearish";
}

/** Adds a session's readings to the counts by subtype. */
export function addReading(
  table: Map<string, SubtypeReading>,
  { parents, events, slots }: Reading,
): void {
  const bySlot = new Map<number, SmartMoneyEvent[]>();
  events.forEach((event, i) => {
    const slot = slots[i] ?? -1;
    if (slot >= 0) bySlot.set(slot, [...bySlot.get(slot) ?? [], event]);
  });
  for (const parent of parents) {
    let row = table.get(parent.subtype);
    if (row === undefined) table.set(parent.subtype, row = new SubtypeReading());
    const found = bySlot.get(parent.slot) ?? [];
    row.parents++;
    row.events += found.length;
    if (found.length === 0) row.unseen++;
    const hit = found.find((event) => event.primary_profile_id === parent.family);
    for (const event of found) {
      if (event.abstained) row.abstained++;
      else if (event.primary_profile_id !== parent.family) row.wrong++;
    }
    if (hit === undefined) continue;
    row.aligned++;
    const others = hit.profile_scores.filter(({ profile_id }) => profile_id !== parent.family);
    if (others.every(({ probability }) => probability < 0.42)) row.clear++;
    row.probability += hit.profile_scores[0]?.probability ?? 0;
    const wanted = intended(parent.direction, parent.family);
    if (wanted === null || hit.primary_direction === wanted) row.directed++;
  }
}

/** Windows of twenty minutes, a minute apart, and how many of them name all six profiles. */
export function coverageWindows(
  { session, events }: Reading,
  windowMinutes = 20,
): { windows: number; covered: number; apart: number; apartCovered: number } {
  const named = events.filter(({ primary_profile_id }) => primary_profile_id !== null);
  const counts = { windows: 0, covered: 0, apart: 0, apartCovered: 0 };
  for (let minute = 0; minute + windowMinutes <= session.minutes; minute++) {
    const from = session.openTs + minute * 60_000;
    const until = from + windowMinutes * 60_000;
    const seen = new Set<ProfileId | null>();
    for (const { source_ts, primary_profile_id } of named) {
      if (source_ts >= from && source_ts < until) seen.add(primary_profile_id);
    }
    const covered = PROFILE_IDS.every((profile) => seen.has(profile)) ? 1 : 0;
    counts.windows++;
    counts.covered += covered;
    if (minute % windowMinutes !== 0) continue;
    counts.apart++;
    counts.apartCovered += covered;
  }
  return counts;
}
