import type {
  EquityPrint,
  EquityQuote,
  OptionNbbo,
  RawOptionPrint,
  RawSink,
  SmartMoneyEvent,
} from "../../engine/frames/mod.ts";
import type { FlowSink } from "../../engine/flow/mod.ts";
import { type ControlTimeline, sessionMinute } from "../../engine/regime/mod.ts";
import { MarketTape, type TapeSource } from "../../engine/tape/mod.ts";
import type { TapeFlow } from "./flow.ts";
import {
  OutsideAudit,
  type RealismReport,
  SessionMeter,
  sessionRows,
} from "../../engine/realism/worker.ts";

const SECOND_MS = 1_000;
/** A longer jump is a part of the session that nobody saw: measuring starts anew after it. */
const LONGEST_JUMP_MS = 5_000;
/** Of the records of each stream, every so many are searched for forbidden words. */
const SEARCH_EVERY = 50;
/** Newest prints that the leak tree is grown on. */
const TREE_PRINTS = 800;
/** Prints that an outsider's trees are grown on: they are while the tape waits. */
const OUTSIDE_PRINTS = 4_096;

/** Watches a tape under way: the generator on one side, the flow pipeline on the other. */
export class LiveProbe {
  #source: MarketTape | null = null;
  #meter: SessionMeter | null = null;
  /** What an outsider can tell of the same records. */
  #outside = new OutsideAudit(OUTSIDE_PRINTS);
  #meters: readonly RawSink[] = [];

  /** Takes the generator whose sessions are measured. Others than the market tape are not. */
  watchSource<S extends TapeSource>(source: S): S {
    this.#source = source instanceof MarketTape ? source : null;
    return source;
  }

  /** Puts the probe between a pipeline's two ends. @param create Makes the pipeline for a sink. */
  watchFlow(create: (sink: FlowSink) => TapeFlow, sink: FlowSink): TapeFlow {
    const flow = create((stream, record) => {
      this.#meter?.derived(stream, record);
      if (stream === "smart-money" && this.#meter !== null) {
        this.#outside.event(record as SmartMoneyEvent);
      }
      sink(stream, record);
    });
    return new WatchedFlow(flow, this);
  }

  /** What measures the session that an instant lies in; none when it cannot be measured. */
  metersAt(tsMs: number): readonly RawSink[] {
    const meter = this.#meter;
    const isKnown = meter !== null && tsMs >= meter.fromTs && tsMs < meter.of.session.closeTs &&
      tsMs - meter.untilTs <= LONGEST_JUMP_MS;
    if (!isKnown) this.#meters = this.#start(tsMs);
    return this.#meters;
  }

  /** Everything before an instant was given. */
  advance(tsMs: number): void {
    const wholeMs = Math.floor(tsMs / SECOND_MS) * SECOND_MS;
    const meter = this.#meter;
    if (meter === null || wholeMs <= meter.untilTs) return;
    if (wholeMs - meter.untilTs > LONGEST_JUMP_MS) return;
    const isSame = this.#source?.schedule()?.session.id !== meter.of.session.id ||
      this.#source.schedule() === meter.of.schedule;
    if (!isSame) this.#meter = null;
    else meter.advance(Math.min(wholeMs, meter.of.session.closeTs));
  }

  /** What was measured so far; null before the first record and while nothing can be measured. */
  report(): RealismReport | null {
    const meter = this.#meter;
    if (meter === null || meter.untilTs === meter.fromTs) return null;
    const { session, schedule: { market } } = meter.of;
    const lastTs = Math.min(meter.untilTs, session.closeTs) - SECOND_MS;
    return {
      session_id: session.id,
      session_minute: sessionMinute(session, lastTs),
      session_minutes: session.minutes,
      regime: market.regimeAt(lastTs),
      preset: market.presetAt(lastTs),
      from_ts: meter.fromTs,
      until_ts: meter.untilTs,
      rows: [...sessionRows(meter), ...this.#outside.rows()],
      confusion: meter.confusion(),
    };
  }

  #start(tsMs: number): readonly RawSink[] {
    const source = this.#source;
    const [schedule, path] = [source?.schedule() ?? null, source?.path() ?? null];
    this.#meter = null;
    if (source === null || schedule === null || path === null) return [];
    const { session } = schedule;
    if (tsMs < session.openTs || tsMs >= session.closeTs) return [];
    const of = { session, schedule, path, label: (id: string) => source.label(id) };
    const fromTs = Math.floor(tsMs / SECOND_MS) * SECOND_MS;
    this.#outside = new OutsideAudit(OUTSIDE_PRINTS);
    this.#outside.begin({
      fromTs,
      labelOf(id) {
        const label = source.label(id);
        return label === null || label.slot < 0 ? null : label;
      },
    });
    this.#meter = new SessionMeter(of, fromTs, {
      isWhole: true,
      leaks: { every: SEARCH_EVERY, prints: TREE_PRINTS },
    });
    return [this.#meter, this.#outside];
  }
}

/** A pipeline whose raw records the probe sees first. */
class WatchedFlow implements TapeFlow {
  readonly #flow: TapeFlow;
  readonly #probe: LiveProbe;

  constructor(flow: TapeFlow, probe: LiveProbe) {
    this.#flow = flow;
    this.#probe = probe;
  }

  optionNbbo(record: OptionNbbo): void {
    for (const meter of this.#probe.metersAt(record.ts)) meter.optionNbbo(record);
    this.#flow.optionNbbo(record);
  }

  optionPrint(record: RawOptionPrint): void {
    for (const meter of this.#probe.metersAt(record.ts)) meter.optionPrint(record);
    this.#flow.optionPrint(record);
  }

  equityQuote(record: EquityQuote): void {
    for (const meter of this.#probe.metersAt(record.ts)) meter.equityQuote(record);
    this.#flow.equityQuote(record);
  }

  equityPrint(record: EquityPrint): void {
    for (const meter of this.#probe.metersAt(record.ts)) meter.equityPrint(record);
    this.#flow.equityPrint(record);
  }

  advance(tsMs: number): void {
    this.#flow.advance(tsMs);
    this.#probe.advance(tsMs);
  }

  follow(timeline: ControlTimeline): void {
    this.#flow.follow(timeline);
  }
}
