import type { ReferenceData } from "../flow/mod.ts";
import type { SmartMoneyEvent } from "../frames/mod.ts";
import { strikeStep } from "../options/mod.ts";
import {
  type ControlTimeline,
  getSyntheticEventCalendar,
  PROFILE_IDS,
  type ProfileId,
  type Session,
  symbolIndex,
  UNIVERSE,
} from "../regime/mod.ts";
import type { Parent } from "../tape/mod.ts";
import type { Label } from "../tape/options/mod.ts";

/** Reference data of one session. */
export function referenceOf(session: Session, timeline: ControlTimeline): ReferenceData {
  const calendar = getSyntheticEventCalendar(session.id, timeline);
  return {
    isSynthetic: true,
    events: (id) => calendar.filter((entry) => entry.underlying_id === id),
    strikeStep,
    isEtf: (id) => UNIVERSE[symbolIndex(id)]?.etf ?? false,
  };
}

/** What is known of an option print besides its record. */
export interface Meaning {
  readonly label: Label;
  /** USD per unit of the multiplier. */
  readonly premium: number;
}

/** The label that most of the premium of an event or packet carries. */
export function majority(
  ids: readonly string[],
  meaning: { get(id: string): Meaning | undefined },
): Label | null {
  const sums = new Map<number, number>();
  let best: Label | null = null;
  for (const id of ids) {
    const found = meaning.get(id);
    if (found === undefined) continue;
    const { label, premium } = found;
    const sum = (sums.get(label.slot) ?? 0) + premium;
    sums.set(label.slot, sum);
    if (best === null || sum > (sums.get(best.slot) ?? 0)) best = label;
  }
  return best;
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
}

function intended(direction: Parent["direction"], family: Parent["family"]): string | null {
  if (family === "vol_seller" || family === "arbitrage") return "neutral";
  if (direction === 0) return family === "event_driven" ? "neutral" : null;
  return direction === 1 ? "bullish" : "bearish";
}

/** Adds a session's readings to the counts by subtype. */
export function addReading(
  table: Map<string, SubtypeReading>,
  { parents, events, slots }: {
    readonly parents: readonly Parent[];
    readonly events: readonly SmartMoneyEvent[];
    /** Slot of the parent that most of an event's premium belongs to, −1 for background flow. */
    readonly slots: readonly number[];
  },
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
    if (others.every(({ score }) => score < 0.42)) row.clear++;
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
