import type {
  Alert,
  FlowPacket,
  RawOptionPrint,
  SmartMoneyEvent,
  StreamName,
  StreamRecords,
} from "../frames/mod.ts";
import type { Label } from "../tape/options/mod.ts";
import type { Parent } from "../tape/mod.ts";
import {
  addReading,
  coverageWindows,
  majority,
  type Meaning,
  SubtypeReading,
} from "./alignment.ts";
import { type Confusion, countCase, emptyCounts } from "./confusion.ts";
import type { Meter, MeteredSession } from "./meter.ts";
import type { Tallies } from "./tallies.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
/** A parent's event is out by then, ms after the parent's first print. */
const READ_WITHIN_MS = 15_000;
const MERGE_MS = 90_000;
/** An event names prints of the last minutes only, ms. */
const KEPT_MS = 5 * MINUTE_MS;
/** Background kinds that must stay nameless, and those that imitate informed flow. */
const SMALL_KINDS: ReadonlySet<string> = new Set([
  "single_print_mid",
  "two_sided_scalp",
  "stale_quote_noise",
]);

/** A message that no print of background flow explains is counted as of this. */
const UNKNOWN: Label = {
  slot: -1,
  family: "neutral_noise",
  subtype: "single_print_mid",
  direction: 0,
};

/** The last alert of one underlying, profile and direction. */
interface LastAlert {
  readonly ts: number;
  readonly id: string;
}

/** How the flow pipeline read a session, next to what the generator meant. */
export class AlignmentMeter implements Meter {
  readonly #of: MeteredSession;
  readonly #tallies: Tallies;
  readonly #fromTs: number;
  readonly #events: SmartMoneyEvent[] = [];
  readonly #slots: number[] = [];
  /** Background events and packets of each minute, for the last hour's table. */
  readonly #background = new Map<number, { packets: number; named: Map<string, number> }>();
  readonly #alerts = new Map<string, LastAlert>();
  readonly #severity = new Map<string, Alert["severity"]>();
  /** Option prints of this stretch of minutes and of the one before. */
  #meaning = new Map<string, Meaning>();
  #meaningBefore = new Map<string, Meaning>();
  #turnTs = 0;

  /** @param fromTs Epoch ms from which the session is read. */
  constructor(of: MeteredSession, tallies: Tallies, fromTs: number) {
    this.#of = of;
    this.#tallies = tallies;
    this.#fromTs = fromTs;
  }

  optionPrint({ trace_id, ts, price, size }: RawOptionPrint, label: Label | null): void {
    if (ts >= this.#turnTs) {
      this.#turnTs = ts + KEPT_MS;
      this.#meaningBefore = this.#meaning;
      this.#meaning = new Map();
    }
    if (label !== null) this.#meaning.set(trace_id, { label, premium: price * size });
  }

  /** What was meant by a print of the last minutes. */
  get(traceId: string): Meaning | undefined {
    return this.#meaning.get(traceId) ?? this.#meaningBefore.get(traceId);
  }

  derived<S extends StreamName>(stream: S, record: StreamRecords[S]): void {
    if (stream === "flow") this.#packet(record as FlowPacket);
    else if (stream === "smart-money") this.#event(record as SmartMoneyEvent);
    else if (stream === "alerts") this.#alert(record as Alert);
  }

  #minute(ts: number) {
    const minute = Math.floor(ts / MINUTE_MS);
    let found = this.#background.get(minute);
    if (found === undefined) {
      this.#background.set(minute, found = { packets: 0, named: new Map() });
      const oldest = minute - HOUR_MS / MINUTE_MS - 1;
      for (const key of this.#background.keys()) {
        if (key < oldest) this.#background.delete(key);
      }
    }
    return found;
  }

  #packet({ members, source_ts }: FlowPacket): void {
    const { slot, subtype } = majority(members, this) ?? UNKNOWN;
    if (slot >= 0) return;
    this.#tallies.count("K6.packets", SMALL_KINDS.has(subtype) ? "small" : subtype);
    this.#minute(source_ts).packets++;
  }

  #event(event: SmartMoneyEvent): void {
    const label = majority(event.member_print_ids, this) ?? UNKNOWN;
    const { primary_profile_id: read, probability } = event;
    this.#tallies.share("K4.background", read !== null && label.slot < 0 ? 1 : 0, 1);
    if (read !== null) {
      this.#tallies.add("K7.named", 1);
      this.#tallies.share(`K4.named.${read}`, read === label.family ? 1 : 0, 1);
    }
    if (read !== null && probability !== null) {
      const decile = Math.min(9, Math.floor(10 * probability));
      this.#tallies.share(`K9.right.${decile}`, read === label.family ? 1 : 0, 1);
      this.#tallies.add(`K9.claimed.${decile}`, probability);
    }
    if (label.slot < 0) {
      const kind = SMALL_KINDS.has(label.subtype) ? "small" : label.subtype;
      if (read !== null) this.#tallies.count("K6.named", kind);
      const { named } = this.#minute(event.source_ts);
      const as = read ?? "abstained";
      named.set(as, (named.get(as) ?? 0) + 1);
      if (read === null) return;
    }
    // Members and features are the bulk of an event, and are not looked at again.
    this.#events.push({ ...event, features: {}, member_print_ids: [], packet_ids: [] });
    this.#slots.push(label.slot);
  }

  #alert(alert: Alert): void {
    this.#severity.set(alert.trace_id, alert.severity);
    const key = `${alert.underlying_id} ${alert.primary_profile_id} ${alert.hits[0]?.direction}`;
    const last = this.#alerts.get(key);
    const isSame = last?.id === alert.trace_id;
    if (last !== undefined && (isSame || alert.source_ts - last.ts <= MERGE_MS)) {
      this.#tallies.share("K10.merged", isSame ? 1 : 0, 1);
    }
    if (!isSame) this.#alerts.set(key, { ts: alert.source_ts, id: alert.trace_id });
  }

  /** Parents whose event must be out by an instant. */
  #parents(fromTs: number, untilMs: number): readonly Parent[] {
    return this.#of.schedule.parents.filter(({ ts }) =>
      ts >= fromTs && ts < untilMs - READ_WITHIN_MS
    );
  }

  addTo(tallies: Tallies, untilMs: number): void {
    const table = new Map<string, SubtypeReading>();
    const parents = this.#parents(this.#fromTs, untilMs);
    addReading(table, { parents, events: this.#events, slots: this.#slots });
    for (const [subtype, row] of table) {
      tallies.share(`K4.${subtype}`, row.aligned, row.parents);
      tallies.share(`K4.wrong.${subtype}`, row.wrong, row.parents);
      tallies.share(`K5.${subtype}`, row.clear, row.aligned);
      tallies.share(`K8.${subtype}`, row.directed, row.aligned);
      tallies.share("K7.events", row.events, row.parents - row.unseen);
    }
    for (const severity of this.#severity.values()) tallies.count("K10", severity);
    const minutes = Math.floor((untilMs - this.#fromTs) / MINUTE_MS);
    tallies.share("minutes", minutes, 1);
    const { windows, covered, apart, apartCovered } = coverageWindows({
      session: { openTs: this.#fromTs, minutes },
      events: this.#events,
    });
    tallies.share("K1.sliding", covered, windows);
    tallies.share("K1.apart", apartCovered, apart);
  }

  /** What was meant against how it was read, over the hour before an instant. */
  confusion(untilMs: number): Confusion {
    const fromTs = Math.max(this.#fromTs, untilMs - HOUR_MS);
    const counts = emptyCounts();
    const families = new Map(this.#of.schedule.parents.map(({ slot, family }) => [slot, family]));
    const seen = new Set<number>();
    this.#events.forEach((event, i) => {
      const slot = this.#slots[i] ?? -1;
      const family = families.get(slot);
      if (slot < 0 || family === undefined || event.source_ts < fromTs) return;
      seen.add(slot);
      countCase(counts, family, event.primary_profile_id ?? "abstained");
    });
    for (const { slot, family } of this.#parents(fromTs, untilMs)) {
      if (!seen.has(slot)) countCase(counts, family, "none");
    }
    for (const [minute, { packets, named }] of this.#background) {
      if (minute * MINUTE_MS < fromTs) continue;
      let events = 0;
      for (const [as, times] of named) {
        events += times;
        countCase(counts, "neutral_noise", as as "abstained", times);
      }
      countCase(counts, "neutral_noise", "none", Math.max(0, packets - events));
    }
    return { fromTs, untilTs: untilMs, counts };
  }
}
