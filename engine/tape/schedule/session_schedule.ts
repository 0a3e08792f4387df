import {
  type ControlEntry,
  type ControlState,
  type ControlTimeline,
  DEFAULT_CONTROL,
  getSyntheticEventCalendar,
  prefix,
  type Session,
  SessionMarket,
  symbolIndex,
  tag,
} from "../../regime/mod.ts";
import type { ParentSchedule } from "../market_tape_types.ts";
import type { Parent } from "../parent.ts";
import { Chain } from "./_contracts.ts";
import { type Built, drawParent } from "./_parent_builder.ts";
import { SlotView } from "./_slot_view.ts";
import { CoverageLedger } from "./coverage_ledger.ts";
import { PathTerms } from "./path_terms.ts";
import { followOnSlot, rootSlot, type Slot, slotActivity, slotRate } from "./slot_times.ts";

/** The schedule looks at control states as they were this long before a slot, ms. */
export const SCHEDULE_LOOK_AHEAD_MS = 45_000;
/** No parent starts so late that the close would cut it, ms. */
const LAST_START_BEFORE_CLOSE_MS = 8_000;

const PATH = tag("par.path");

/** The control state of a stretch of slots and the market that it makes. */
interface Epoch {
  readonly fromTs: number;
  readonly control: ControlState;
  readonly market: SessionMarket;
}

function byTime(a: Slot, b: Slot): number {
  return a.ts - b.ts || a.key - b.key;
}

/** Symbols that reported before the session opened, by index. */
function recentReporters(session: Session, timeline: ControlTimeline): ReadonlySet<number> {
  const found = new Set<number>();
  for (const entry of getSyntheticEventCalendar(session.id, timeline)) {
    if (entry.event_kind === "earnings" && entry.event_ts <= session.openTs) {
      found.add(symbolIndex(entry.underlying_id));
    }
  }
  return found;
}

/**
 * The labelled parents of one session, folded second by second from its open. Slots follow the control
 * state that was in force 45 s before them, so a live process can build them ahead of time and never has
 * to take one back. Method: docs/methods/options-tape.md.
 */
export class SessionSchedule implements ParentSchedule {
  readonly session: Session;
  /** What the parents do to the price of their underlyings. */
  readonly terms: PathTerms;
  readonly #parents: Parent[] = [];
  readonly #chain: Chain;
  readonly #ledger: CoverageLedger;
  readonly #reporters: ReadonlySet<number>;
  #market: SessionMarket;
  #epochs: Epoch[];
  #pending: Slot[] = [];
  #second = 0;

  /** @param market The session's market under the whole control timeline. */
  constructor(market: SessionMarket) {
    this.#market = market;
    this.session = market.session;
    this.terms = new PathTerms(market.session.minutes * 60);
    this.#chain = new Chain(market.session);
    this.#ledger = new CoverageLedger(market.session.openTs);
    this.#reporters = recentReporters(market.session, market.timeline);
    this.#epochs = this.#epochsOf(market);
  }

  get market(): SessionMarket {
    return this.#market;
  }

  get parents(): readonly Parent[] {
    return this.#parents;
  }

  /** Epoch ms up to which the parents are complete. */
  get builtUntil(): number {
    return this.session.openTs + this.#second * 1_000;
  }

  /** Which profiles the parents built so far cover. */
  get coverage(): CoverageLedger {
    return this.#ledger;
  }

  extendTo(untilMs: number): void {
    const { openTs, closeTs } = this.session;
    const last = Math.min(untilMs, closeTs - LAST_START_BEFORE_CLOSE_MS);
    const seconds = Math.ceil((last - openTs) / 1_000);
    while (this.#second < seconds) {
      this.#buildSecond(this.#second);
      this.#second++;
    }
  }

  /**
   * Adds a control entry, which slots follow from 45 s after its activation.
   *
   * @throws {RangeError} When slots that it would change are built already.
   */
  addControl(entry: ControlEntry): void {
    const fromTs = entry.activate_at + SCHEDULE_LOOK_AHEAD_MS;
    if (fromTs < this.builtUntil) {
      throw new RangeError(
        `Cannot add a control entry as slots from ${fromTs} are built until: ${this.builtUntil}`,
      );
    }
    this.#market = this.#market.withTimeline([...this.#market.timeline, entry]);
    this.#epochs = [...this.#epochs, { fromTs, control: entry.snapshot, market: this.#market }];
  }

  #epochsOf(market: SessionMarket): Epoch[] {
    const { timeline } = market;
    if (timeline.length === 0) {
      return [{ fromTs: -Infinity, control: DEFAULT_CONTROL, market }];
    }
    return timeline.map(({ activate_at, snapshot }, k) => ({
      fromTs: k === 0 ? -Infinity : activate_at + SCHEDULE_LOOK_AHEAD_MS,
      control: snapshot,
      market: k === timeline.length - 1 ? market : market.withTimeline(timeline.slice(0, k + 1)),
    }));
  }

  #epochAt(tsMs: number): Epoch {
    for (let k = this.#epochs.length - 1; k > 0; k--) {
      const epoch = this.#epochs[k];
      if (epoch !== undefined && epoch.fromTs <= tsMs) return epoch;
    }
    const [first] = this.#epochs;
    return first ?? { fromTs: -Infinity, control: DEFAULT_CONTROL, market: this.#market };
  }

  #buildSecond(second: number): void {
    const { openTs, id } = this.session;
    const startTs = openTs + second * 1_000;
    const { control, market } = this.#epochAt(startTs);
    const busy = slotActivity(control.shared_seed, id, startTs);
    const perMinute = slotRate(control.preset_id, market.uShape(startTs), busy);
    const root = rootSlot(control.shared_seed, id, openTs, second, perMinute);
    const due = this.#pending.filter(({ ts }) => ts < startTs + 1_000);
    if (due.length > 0) this.#pending = this.#pending.filter(({ ts }) => ts >= startTs + 1_000);
    if (root !== null) due.push(root);
    for (const slot of due.sort(byTime)) this.#fill(slot);
  }

  #fill(slot: Slot): void {
    const { control, market } = this.#epochAt(slot.ts);
    const next = followOnSlot(control.shared_seed, this.session.id, slot);
    if (next !== null) this.#pending.push(next);
    const view = new SlotView(slot, control, market, this.terms, this.#reporters);
    const coverage = this.#ledger.stateAt(slot.ts, control.coverage_window_minutes);
    const built = drawParent(view, this.#chain, coverage, this.#parents.length);
    const draws = prefix(control.shared_seed, PATH, this.session.id, slot.key);
    if (built !== null) this.#take(built, view.second, draws);
  }

  #take(
    { parent, family, impulseBps, sigmaBps }: Built,
    second: number,
    draws: number,
  ): void {
    this.#parents.push(parent);
    this.#ledger.add(family, parent.ts);
    const { symbol, direction, premiumUsd } = parent;
    if (impulseBps !== 0) {
      this.terms.addImpulse(symbol, second, impulseBps, sigmaBps, draws);
    }
    const pushes = family === "institutional_directional" || family === "retail_whale" ||
      family === "event_driven";
    if (pushes && direction !== 0) {
      this.terms.addImpact(symbol, second, direction, sigmaBps, premiumUsd, draws);
    }
  }
}
