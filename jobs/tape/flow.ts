import type {
  EquityPrint,
  EquityQuote,
  OptionNbbo,
  RawOptionPrint,
} from "../../engine/frames/mod.ts";
import {
  FlowEngine,
  type FlowPipeline,
  type FlowSink,
  type ReferenceData,
} from "../../engine/flow/mod.ts";
import { strikeStep } from "../../engine/options/mod.ts";
import {
  type CalendarEntry,
  type ControlTimeline,
  getSyntheticEventCalendar,
  sessionAt,
  symbolIndex,
  UNIVERSE,
} from "../../engine/regime/mod.ts";
import type { TapeClock } from "../../engine/tape/mod.ts";
import type { FlowSpec } from "./protocol.ts";

/** A pipeline that hears of the control timeline, as the calendar of later sessions follows it. */
export interface TapeFlow extends FlowPipeline {
  /** Takes the timeline after a change. */
  follow(timeline: ControlTimeline): void;
}

/** Reference data as it stood at the pipeline's time. */
class TapeReference implements ReferenceData {
  readonly isSynthetic = true;
  readonly #clock: TapeClock;
  #timeline: ControlTimeline;
  #sessionId = -1;
  #entries: readonly CalendarEntry[] = [];

  constructor(clock: TapeClock, timeline: ControlTimeline) {
    this.#clock = clock;
    this.#timeline = timeline;
  }

  /** Puts the reference data at a time, epoch ms. While the exchange is closed the last session's hold. */
  moveTo(tsMs: number): void {
    const session = sessionAt(tsMs, this.#clock);
    if (session === null || session.id === this.#sessionId) return;
    this.#sessionId = session.id;
    this.#entries = getSyntheticEventCalendar(session.id, this.#timeline);
  }

  follow(timeline: ControlTimeline): void {
    this.#timeline = timeline;
    // What was known of this session may have been another timeline's.
    this.#sessionId = -1;
  }

  events(underlyingId: string, atTs: number): readonly CalendarEntry[] {
    // By the packet's own time: a packet that closes at a session's end must not see the next calendar.
    this.moveTo(atTs);
    return this.#entries.filter(({ underlying_id: id }) => id === underlyingId || id === "*");
  }

  strikeStep(underlyingId: string): number {
    return strikeStep(underlyingId);
  }

  isEtf(underlyingId: string): boolean {
    return UNIVERSE[symbolIndex(underlyingId)]?.etf ?? false;
  }
}

/** The flow engine on the synthetic market's reference data, which moves with `advance`. */
class ReferencedFlow implements TapeFlow {
  readonly #engine: FlowEngine;
  readonly #reference: TapeReference;

  constructor(spec: FlowSpec, fromTs: number, sink: FlowSink) {
    this.#reference = new TapeReference(spec.clock, spec.timeline);
    this.#engine = new FlowEngine(spec.flow, this.#reference, sink, { fromTs });
  }

  optionNbbo(record: OptionNbbo): void {
    this.#engine.optionNbbo(record);
  }

  optionPrint(record: RawOptionPrint): void {
    this.#engine.optionPrint(record);
  }

  equityQuote(record: EquityQuote): void {
    this.#engine.equityQuote(record);
  }

  equityPrint(record: EquityPrint): void {
    this.#engine.equityPrint(record);
  }

  advance(tsMs: number): void {
    this.#engine.advance(tsMs);
    this.#reference.moveTo(tsMs);
  }

  follow(timeline: ControlTimeline): void {
    this.#reference.follow(timeline);
  }
}

/** A flow pipeline that reads the tape from `fromTs` on, epoch ms, and hands every record to `sink`. */
export function createFlow(spec: FlowSpec, fromTs: number, sink: FlowSink): TapeFlow {
  return new ReferencedFlow(spec, fromTs, sink);
}
