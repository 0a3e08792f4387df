import type { CalendarEntry } from "../regime/mod.ts";
import type { RawSink, StreamName, StreamRecords } from "../frames/mod.ts";

/** Takes the records of every stream as they are ready to store and send. */
export type FlowSink = <S extends StreamName>(stream: S, record: StreamRecords[S]) => void;

/** What is known of the instruments, the calendar and the tape besides its records. */
export interface ReferenceData {
  /** Whether our generator made the tape: only there is it known how often a named profile is right. */
  readonly isSynthetic: boolean;
  /** Events of a symbol as known at an instant, past and announced, the whole market's included, ascending. */
  events(underlyingId: string, atTs: number): readonly CalendarEntry[];
  /** Distance between listed strikes, USD. */
  strikeStep(underlyingId: string): number;
  isEtf(underlyingId: string): boolean;
}

/** Settings of the flow pipeline. */
export interface FlowConfig {
  readonly nbboMaxAgeMs: number;
  readonly equityQuoteMaxAgeMs: number;
  readonly clusterGapMs: number;
  readonly clusterSpanMs: number;
  /** Ascending, ms. */
  readonly candleIntervalsMs: readonly number[];
}

export const DEFAULT_FLOW_CONFIG: FlowConfig = {
  nbboMaxAgeMs: 30_000,
  equityQuoteMaxAgeMs: 2_000,
  clusterGapMs: 1_500,
  clusterSpanMs: 6_000,
  candleIntervalsMs: [60_000, 300_000, 900_000],
};

/**
 * The flow pipeline: raw streams in, all eleven streams out, driven by event time alone. Enriched option
 * prints, NBBO, equity quotes and equity prints pass through to the sink as well.
 */
export interface FlowPipeline extends RawSink {
  /** Event time has reached `tsMs` for all raw streams: close what is complete by then. */
  advance(tsMs: number): void;
}
