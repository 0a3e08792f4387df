import type { StreamName } from "../../../engine/frames/mod.ts";
import type { AnyRecord, Cursor, ReplayClock, ReplayPatch } from "../../../modules/tape/mod.ts";
import type { Port } from "../../kit/mod.ts";
import type { FlowSpec, RowColumns } from "../../tape/mod.ts";

/** What a replay worker is to play. Times in epoch ms. */
export interface ReplaySpec {
  readonly startTs: number;
  readonly endTs: number;
  readonly speed: number;
  readonly paused: boolean;
  /** Streams that go out. */
  readonly streams: readonly StreamName[];
  /** Underlyings that go out; null: all. */
  readonly symbols: readonly string[] | null;
  readonly flow: FlowSpec;
  /** Batches under way before the worker waits. */
  readonly maxInFlight: number;
}

/** Figures of a replay. */
export interface ReplayCounts {
  readonly rows: number;
  readonly matched: number;
  readonly mismatched: number;
  /** The first differences, for people who look for their cause. */
  readonly differences: readonly string[];
}

/** A page of stored rows, and where the next one begins. */
export interface StoredPage {
  readonly rows: readonly AnyRecord[];
  readonly next: Cursor | null;
}

/** What a replay's worker answers. */
export interface ReplayVerbs {
  /** Plays from now on; told once. `originTs` is where its pipeline has to read from. */
  start(replay: { readonly spec: ReplaySpec; readonly originTs: number }): void;
  /** Changes the clock; a jump needs the time from which its pipeline reads. */
  patch(change: { readonly patch: ReplayPatch; readonly originTs: number | null }): void;
}

/** What it tells and asks. */
export interface ReplayNews {
  /** Takes a credit. */
  batch(batch: { readonly rows: RowColumns; readonly watermarkTs: number }): void;
  clock(told: { readonly clock: ReplayClock; readonly figures: ReplayCounts }): void;
  /** The clock jumped: what was sent before is of another time. */
  sought(): void;
  /** Rows of the store after a place. */
  read(page: {
    readonly stream: StreamName;
    readonly after: Cursor;
    readonly untilTs: number;
    readonly limit: number;
  }): StoredPage;
}

/** The worker's end of the connection. */
export type ReplayHostPort = Port<ReplayVerbs, ReplayNews>;
