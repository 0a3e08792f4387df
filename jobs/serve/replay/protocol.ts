import type { StreamName } from "../../../engine/frames/mod.ts";
import type { AnyRecord, Cursor, ReplayClock, ReplayPatch } from "../../../modules/tape/mod.ts";
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
export interface ReplayFigures {
  readonly rows: number;
  readonly matched: number;
  readonly mismatched: number;
  /** The first differences, for people who look for their cause. */
  readonly differences: readonly string[];
}

/** Main thread to worker. */
export type ToReplayWorker =
  | { readonly type: "start"; readonly spec: ReplaySpec; readonly originTs: number }
  | { readonly type: "patch"; readonly patch: ReplayPatch; readonly originTs: number | null }
  | {
    readonly type: "page";
    readonly id: number;
    readonly rows: readonly AnyRecord[];
    readonly next: Cursor | null;
    readonly error: string | null;
  }
  | { readonly type: "ack"; readonly batches: number }
  | { readonly type: "stop" };

/** Worker to main thread. */
export type FromReplayWorker =
  | { readonly type: "batch"; readonly rows: RowColumns; readonly watermarkTs: number }
  | { readonly type: "clock"; readonly clock: ReplayClock; readonly figures: ReplayFigures }
  /** The clock jumped: what was sent before is of another time. */
  | { readonly type: "sought" }
  | {
    readonly type: "read";
    readonly id: number;
    readonly stream: StreamName;
    readonly after: Cursor;
    readonly untilTs: number;
    readonly limit: number;
  }
  | { readonly type: "failed"; readonly message: string };
