import type { ProjectionModel } from "../../engine/pressure/mod.ts";
import type { PressureModel } from "../../modules/feed/contract.ts";
import type { PlanSpec } from "../feeds/mod.ts";

/** Everything a market worker needs to open a feed. */
export interface MarketSpec {
  /** "synthetic", or the absolute path of a file. */
  readonly source: string;
  readonly seed: number;
  readonly regime: string | null;
  /** The latent market that a synthetic feed follows; null lets the seed choose its regimes. */
  readonly plan: PlanSpec | null;
  /** Instrument name or path of a YAML file; empty chooses by the feed's symbol. */
  readonly instrument: string;
  /** Overrides the instrument file's `pressure_model`. */
  readonly model: PressureModel | null;
  readonly projection: ProjectionModel;
  /** New York date `YYYY-MM-DD` that a replay must hold; null takes the day of its first event. */
  readonly date: string | null;
  /** New York `HH:MM[:SS]`: first bin of a replay; null starts at the first event. */
  readonly start: string | null;
  readonly speed: number | "max";
  /** Data folder with books to begin from; without one every event is taken from the file's start. */
  readonly cacheDir?: string;
  /** Bins that may wait to be acknowledged before the market waits. */
  readonly maxInFlight: number;
}

/** Names of what may be streamed of a bin; the pressure grid goes by the bin itself. */
export const STREAM_PARTS = ["grid", "trade_cells", "trade_prints"] as const;
/** Name of something that may be streamed of a bin. */
export type StreamPart = (typeof STREAM_PARTS)[number];

/** What goes to clients beside the pressure grid of a bin, for those who ask for it. */
export interface EncodedPart {
  readonly name: Exclude<StreamPart, "grid">;
  /** JSON text that says what follows. */
  readonly header: string;
  /** Arrow IPC stream; null where there are no rows. */
  readonly arrow: Uint8Array<ArrayBuffer> | null;
}

/** A bin as it goes to every client: encoded once. */
export interface EncodedBin {
  readonly seq: number;
  /** False for a bin that was computed to fill the history. */
  readonly live: boolean;
  /** JSON text of the header. */
  readonly header: string;
  /** Arrow IPC stream. */
  readonly arrow: Uint8Array<ArrayBuffer>;
  /** What the bin has beside its grid. */
  readonly parts: readonly EncodedPart[];
}

/** Buffers of a bin, which move between threads without a copy. */
export function buffersOf({ arrow, parts }: EncodedBin): ArrayBuffer[] {
  return [arrow, ...parts.map((part) => part.arrow)].flatMap((bytes) => bytes?.buffer ?? []);
}

/** The control frame that opens a stream, without the feed state. */
export type RuntimeConfig = Readonly<Record<string, unknown>> & { readonly type: "runtime_config" };
