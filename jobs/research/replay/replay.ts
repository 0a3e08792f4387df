import { DbnError } from "../../../engine/dbn/mod.ts";
import type { PressureModel, ProjectionModel } from "../../../engine/pressure/mod.ts";
import type { BookCache } from "../../feeds/books/mod.ts";
import { type Clock } from "../../kit/mod.ts";
import { openRun, type PlannedRun, type ReplayFeed } from "../../feeds/mod.ts";
import { play } from "./playback.ts";
import { Run } from "./_run.ts";
import { type ReplaySummary, summarise } from "./summary.ts";

/** Warnings that are passed on; later ones are only counted. */
const MAX_WARNINGS = 20;

/** A replay that cannot go on, with one line for people. */
export class PlaybackError extends RangeError {
  override readonly name = "PlaybackError";
  readonly code: "content" | "cancelled" | "instrument";

  constructor(code: PlaybackError["code"], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** What to replay and how. */
export interface ReplayOptions {
  readonly file: string;
  /** Instrument name, path of a YAML file, or empty to go by the file's symbol. */
  readonly instrument: string;
  /** New York `HH:MM[:SS]` of the first bin, or null for the first event. */
  readonly start: string | null;
  /** New York date of the first bin, or null for the file's first. */
  readonly date: string | null;
  /** Recorded seconds per second, or "max" for no pacing. */
  readonly speed: number | "max";
  /** Window around spot, or the full grid. */
  readonly mode: "serve" | "core";
  /** Takes the place of the instrument's `pressure_model`. */
  readonly model: PressureModel | null;
  /** File for the bins, `.arrow` or `.jsonl`, or null. */
  readonly bins: string | null;
  readonly projection: ProjectionModel;
  readonly clock: Clock;
  /** Books after their warm-up; a run of the served bins with a start begins from one that is there. */
  readonly cache?: BookCache;
  /** Ends the replay early; nothing is left behind. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (share: number, note: string) => void;
  readonly onWarning?: (message: string) => void;
}

/** What a replay came to. */
export interface ReplayResult {
  readonly summary: ReplaySummary;
  /** Decimals in which prices of the instrument are shown. */
  readonly priceDecimals: number;
  /** Why the file could not be read to its end, one line; null when it was. */
  readonly failure: string | null;
}

/**
 * Runs a market file through the pressure engine. A damaged file is summed up as far as it goes;
 * the file of the bins appears only when all went well.
 *
 * @throws {PlaybackError} When the file's beginning is damaged, no record fits, or the signal aborted.
 * @throws {FeedError} When it is no market file, or no instrument fits.
 */
export async function runReplay(options: ReplayOptions): Promise<ReplayResult> {
  const { file, clock, signal = new AbortController().signal } = options;
  const startedMs = clock.nowMs();
  const planned = await openFile(options);
  const { feed } = planned;
  let run: Run | null = null;
  let warnings = 0;
  try {
    run = new Run(planned, {
      ...options,
      onWarning: (message) => {
        warnings++;
        if (warnings <= MAX_WARNINGS) options.onWarning?.(message);
      },
    });
    if (options.cache !== undefined) await run.warmFrom(options.cache, file, feed);
    const failure = await playRun(run, feed, options, signal);
    if (signal.aborted) {
      throw new PlaybackError("cancelled", "Cannot finish the replay as it was cancelled");
    }
    finish(run, feed);
    if (failure === null) run.commit();
    const summary = summarise(run, {
      file,
      mode: options.mode,
      complete: failure === null,
      warnings,
      wallMs: clock.nowMs() - startedMs,
      binsFile: failure === null ? options.bins : null,
    });
    return { summary, priceDecimals: run.instrument.price_decimals, failure };
  } finally {
    run?.abort();
    feed.close();
  }
}

async function openFile(
  { file, instrument, model }: ReplayOptions,
): Promise<PlannedRun<ReplayFeed>> {
  try {
    return await openRun({ source: { kind: "file", path: file }, instrument, model });
  } catch (error) {
    if (!(error instanceof DbnError)) throw error;
    throw new PlaybackError("content", damageText(error, 0, file), { cause: error });
  }
}

/** Plays the file to its end or the abort; returns why it could not be read further, or null. */
async function playRun(
  { pipeline, startNs }: Run,
  feed: ReplayFeed,
  { file, clock, speed, onProgress }: ReplayOptions,
  signal: AbortSignal,
): Promise<string | null> {
  const startedMs = clock.nowMs();
  const count = (value: number) => value.toLocaleString("en-US");
  try {
    await play(feed, {
      clock,
      speed,
      unpacedUntilNs: startNs,
      signal,
      sink: { mbo: (block) => pipeline.take(block) },
      onStep: () => {
        const seconds = Math.max(1, clock.nowMs() - startedMs) / 1_000;
        const rate = count(Math.round(pipeline.eventCount / seconds));
        const done = `${count(pipeline.eventCount)} events, ${count(pipeline.binCount)} bins`;
        onProgress?.(feed.share, `${done}, ${rate} events/s`);
      },
    });
    return null;
  } catch (error) {
    if (!(error instanceof DbnError)) throw error;
    return damageText(error, feed.position, file);
  }
}

function finish({ pipeline, instrument }: Run, feed: ReplayFeed): void {
  pipeline.finish();
  if (pipeline.eventCount > 0 || feed.position === 0) return;
  throw new PlaybackError(
    "instrument",
    `Cannot replay as none of ${feed.position} records is of the instrument ` +
      `${instrument.symbol}: the file holds "${feed.symbol}"`,
  );
}

function damageText(error: DbnError, records: number, file: string): string {
  const stream = error.stream === "zstd" ? "the compressed file" : "the stream";
  return `${error.message} (${error.code} at byte ${error.byteOffset} of ${stream}, ` +
    `record ${records}): "${file}"`;
}
