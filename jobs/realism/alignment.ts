import {
  DEFAULT_FLOW_CONFIG,
  FlowEngine,
  type FlowPacket,
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
  SessionMarket,
  symbolIndex,
  UNIVERSE,
} from "../../engine/regime/mod.ts";
import { EquitiesTape, type EquityOutput } from "../../engine/tape/equities/mod.ts";
import { type OptionsOutput, OptionsTape } from "../../engine/tape/options/mod.ts";
import { CoupledPath, SessionSchedule } from "../../engine/tape/schedule/mod.ts";
import type { Load } from "../../engine/tape/mod.ts";
import type { Parent } from "../../engine/tape/mod.ts";

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
  readonly labelledPrints: number;
  readonly prints: number;
  readonly quotes: number;
  /** Flow packets of each parent. */
  readonly packets: ReadonlyMap<number, readonly FlowPacket[]>;
}

interface Row {
  readonly ts: number;
  readonly rank: number;
  readonly send: () => void;
}

/** Sends the records of one second in order of (ts, rank, seq). */
function send(options: OptionsOutput, equities: EquityOutput, sink: RawSink): void {
  const rows: Row[] = [];
  for (const quote of options.quotes) {
    rows.push({ ts: quote.ts, rank: 0, send: () => sink.optionNbbo(quote) });
  }
  for (const print of options.prints) {
    rows.push({ ts: print.ts, rank: 1, send: () => sink.optionPrint(print) });
  }
  for (const quote of equities.quotes) {
    rows.push({ ts: quote.ts, rank: 2, send: () => sink.equityQuote(quote) });
  }
  for (const print of equities.prints) {
    rows.push({ ts: print.ts, rank: 3, send: () => sink.equityPrint(print) });
  }
  rows.sort((a, b) => a.ts - b.ts || a.rank - b.rank);
  for (const row of rows) row.send();
}

/** What the generator meant by a print. */
export interface Meaning {
  readonly slot: number;
  readonly subtype: string;
}

const UNKNOWN: Meaning = { slot: -1, subtype: "" };

function bump(map: Map<string, number>, key: string): void {
  map.set(key, (map.get(key) ?? 0) + 1);
}

/** Meaning that most of some prints share; null when none is known. */
export function majority<M extends Meaning>(
  ids: readonly string[],
  meaning: { get(id: string): M | null | undefined },
): M | null {
  const counts = new Map<number, number>();
  let best: M | null = null;
  for (const id of ids) {
    const found = meaning.get(id);
    if (found === undefined || found === null) continue;
    const count = (counts.get(found.slot) ?? 0) + 1;
    counts.set(found.slot, count);
    if (best === null || count > (counts.get(best.slot) ?? 0)) best = found;
  }
  return best;
}

/** Runs the first `minutes` of a session through generator and pipeline. */
export function readSession(
  session: Session,
  timeline: ControlTimeline,
  minutes = Infinity,
  load: Load = "steady",
): Reading {
  const market = new SessionMarket(session, timeline, "et");
  const schedule = new SessionSchedule(market);
  const path = new CoupledPath(schedule);
  const optionsTape = new OptionsTape(path, schedule, load, timeline);
  const equitiesTape = new EquitiesTape(path, schedule, load);
  const meaning = new Map<string, Meaning>();
  const events: SmartMoneyEvent[] = [];
  const slots: number[] = [];
  const backgroundPackets = new Map<string, number>();
  const backgroundEvents = new Map<string, { all: number; named: number }>();
  const packets = new Map<number, FlowPacket[]>();
  const flow = new FlowEngine(
    DEFAULT_FLOW_CONFIG,
    referenceOf(session, timeline),
    (stream, record) => {
      if (stream === "flow") {
        const packet = record as FlowPacket;
        const { slot, subtype } = majority(packet.members, meaning) ?? UNKNOWN;
        if (slot < 0) bump(backgroundPackets, subtype);
        else packets.set(slot, [...packets.get(slot) ?? [], packet]);
      } else if (stream === "smart-money") {
        const event = record as SmartMoneyEvent;
        const { slot, subtype } = majority(event.member_print_ids, meaning) ?? UNKNOWN;
        events.push(event);
        slots.push(slot);
        if (slot >= 0) return;
        const kind = backgroundEvents.get(subtype) ?? { all: 0, named: 0 };
        backgroundEvents.set(subtype, {
          all: kind.all + 1,
          named: kind.named + (event.abstained ? 0 : 1),
        });
      }
    },
  );
  const options: OptionsOutput = { quotes: [], prints: [] };
  const equities: EquityOutput = { quotes: [], prints: [] };
  const untilTs = Math.min(session.closeTs, session.openTs + minutes * 60_000);
  let labelledPrints = 0;
  let prints = 0;
  let quotes = 0;
  for (let ts = session.openTs; ts < untilTs; ts += 1_000) {
    optionsTape.second(ts, options);
    equitiesTape.second(ts, equities);
    for (const { trace_id } of options.prints) {
      const label = optionsTape.label(trace_id);
      if (label === null) continue;
      meaning.set(trace_id, { slot: label.slot, subtype: label.subtype });
      if (label.slot >= 0) labelledPrints++;
    }
    prints += options.prints.length;
    quotes += options.quotes.length;
    send(options, equities, flow);
    flow.advance(ts + 1_000);
  }
  flow.advance(untilTs + 60_000);
  return {
    session,
    parents: schedule.parents.filter(({ ts }) => ts < untilTs - 15_000),
    events,
    slots,
    backgroundPackets,
    backgroundEvents,
    labelledPrints,
    prints,
    quotes,
    packets,
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
  { parents, events, slots }: Pick<Reading, "parents" | "events" | "slots">,
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
  { session, events }: {
    readonly session: Pick<Session, "openTs" | "minutes">;
    readonly events: readonly Pick<SmartMoneyEvent, "source_ts" | "primary_profile_id">[];
  },
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
