import type { RawSink } from "../frames/mod.ts";
import type { ControlEntry, LatentMarket, Session } from "../regime/mod.ts";
import type { Parent } from "./parent.ts";

/** Scales background prints and quotes; parents stay the same. */
export type Load = "steady" | "active" | "firehose";

/** Which clock sessions follow: true New York hours, or loops that fill the closed hours. */
export type TapeClock = "loop" | "et";

/** Price of every underlying after option flow has moved it. USD, unrounded, at any epoch ms. */
export interface UnderlyingPath {
  readonly market: LatentMarket;
  mid(symbol: number, tsMs: number): number;
}

/**
 * The labelled parents of one session, in order of time, built as far as asked. Folds from the session's
 * first second, so that any process that asks gets the same parents.
 */
export interface ParentSchedule {
  readonly market: LatentMarket;
  /** All parents built so far, ascending in ts. */
  readonly parents: readonly Parent[];
  /** Builds every parent with ts < `untilMs`. */
  extendTo(untilMs: number): void;
}

/** A source of raw records in (ts, rank, seq) order, one second at a time. */
export interface TapeSource {
  /** Session that `tsMs` lies in, or null while the exchange is closed. */
  sessionAt(tsMs: number): Session | null;
  /** Puts the position at a whole second, epoch ms. The records after it do not depend on how it got there. */
  seek(tsMs: number): void;
  /** Emits every record with position ≤ ts < `untilMs` (a whole second) and moves the position. */
  advance(untilMs: number, sink: RawSink): void;
  /** Adds a control entry whose `activate_at` is not before the position. */
  control(entry: ControlEntry): void;
}
