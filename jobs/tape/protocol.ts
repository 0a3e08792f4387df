import type { FlowConfig } from "../../engine/flow/mod.ts";
import type { StreamName } from "../../engine/frames/mod.ts";
import type {
  ControlTimeline,
  Phase,
  PresetId,
  ProfileId,
  RegimeId,
} from "../../engine/regime/mod.ts";
import type { Load, TapeClock } from "../../engine/tape/mod.ts";
import type { Cursor, OptionListing, SessionOpen, SessionOutline } from "../../modules/tape/mod.ts";
import type { RealismReport } from "../../engine/realism/mod.ts";
import type { LogLine, Port } from "../kit/mod.ts";
import type { RowColumns } from "./row_columns.ts";

/** Where the stored tape ends, so that a new process goes on without a gap or a duplicate. */
export interface ResumePoint {
  /** Newest stored row of each raw stream. */
  readonly raw: Readonly<Partial<Record<StreamName, Cursor>>>;
  /** Highest number of each derived stream; rows go out in order of their numbers. */
  readonly derivedSeq: Readonly<Partial<Record<StreamName, number>>>;
}

/** What a flow pipeline is made for. */
export interface FlowSpec {
  readonly clock: TapeClock;
  readonly timeline: ControlTimeline;
  readonly flow: FlowConfig;
}

/** What a tape worker is to make. */
export interface TapeSpec extends FlowSpec {
  readonly load: Load;
  readonly options: boolean;
  readonly equities: boolean;
  readonly revision: number;
  /** Minutes made before the start. */
  readonly backfillMinutes: number;
  readonly resume: ResumePoint | null;
  /** Batches under way before the worker waits. */
  readonly maxInFlight: number;
}

/** What a tape's worker answers. */
export interface TapeVerbs {
  /** Makes the tape from now on; told once. */
  start(spec: TapeSpec): void;
  /** Takes the whole timeline after a change; entries already emitted by may differ from what was known. */
  control(change: { readonly timeline: ControlTimeline; readonly revision: number }): void;
  /** What was measured of the session; null when nothing can be measured. */
  realism(): RealismReport | null;
  /** The outline of the session for a symbol; null while the exchange is closed. */
  outline(symbol: string): SessionOutline | null;
  /** Opening prices of the session; null while the exchange is closed. */
  opening(): SessionOpen | null;
  /** The options listed on a symbol in the session; null while the exchange is closed. */
  listing(symbol: string): OptionListing | null;
}

/** Rows of the tape, in order of emission. */
export interface RowBatch {
  readonly rows: RowColumns;
  /** Event time up to which every row was sent with this batch, epoch ms. */
  readonly watermarkTs: number;
}

/** A stretch of event time that no row will be made for, epoch ms. */
export interface SkippedStretch {
  readonly fromTs: number;
  readonly toTs: number;
  readonly reason: string;
}

/** What it tells. */
export interface TapeNews {
  /** Takes a credit. */
  batch(batch: RowBatch): void;
  state(state: TapeWorkerState): void;
  skipped(stretch: SkippedStretch): void;
  log(line: LogLine): void;
}

/** The worker's end of the connection. */
export type TapeHostPort = Port<TapeVerbs, TapeNews>;

/** What the market is like at the worker's position; null fields while the exchange is closed. */
export interface TapeScene {
  readonly sessionId: number | null;
  readonly phase: Phase | null;
  readonly regime: RegimeId | null;
  readonly preset: PresetId;
  readonly focusSymbols: readonly string[];
  readonly eventSymbols: readonly string[];
  /** Labelled parents of the coverage window that the generator expects to be recognised. */
  readonly generatedHits: Readonly<Record<ProfileId, number>>;
}

export type TapePhase = "starting" | "warming" | "backfill" | "live" | "failed";

/** Where a worker stands. */
export interface TapeWorkerState {
  readonly phase: TapePhase;
  /** Share of warm-up and backfill done, 0…1. */
  readonly progress: number;
  /** Event time from which the pipeline's own rows went out. */
  readonly firstTs: number;
  /** Event time up to which everything was sent, epoch ms. */
  readonly positionTs: number;
  /** How far that is behind the clock, ms. */
  readonly lagMs: number;
  /** Newest control revision that the worker has, and when it comes or came into force. */
  readonly revision: number;
  readonly activateAt: number;
  /** Whether that revision is in force at the position. */
  readonly inForce: boolean;
  readonly scene: TapeScene | null;
  /** Why the tape stands, or stopped; null while it goes on. */
  readonly message: string | null;
}
