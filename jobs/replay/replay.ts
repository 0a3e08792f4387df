import { DbnError, type MboBlock } from "../../engine/dbn/mod.ts";
import type { PressureModel } from "../../engine/pressure/mod.ts";
import { type Clock, instrumentFor, type ProjectionModel } from "../market/mod.ts";
import { Playback } from "./playback.ts";
import { Run } from "./_run.ts";
import { checkFile, readSource, ReplayError, type SourceFacts, type SourceSink } from "./source.ts";
import { type ReplaySummary, summarise } from "./summary.ts";

/** Warnings that are passed on; later ones are only counted. */
const MAX_WARNINGS = 20;

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
 * @throws {ReplayError} When the file cannot be replayed at all, or the signal aborted.
 * @throws {DbnError} When its very beginning is damaged.
 * @throws {FeedError} When no instrument fits.
 */
export async function runReplay(options: ReplayOptions): Promise<ReplayResult> {
  const { file, clock } = options;
  const bytes = await checkFile(file);
  const startedMs = clock.nowMs();
  const reader = new ReplayReader(options);
  let failure: string | null = null;
  try {
    try {
      await readSource(file, bytes, reader);
    } catch (error) {
      if (!(error instanceof DbnError)) throw error;
      failure = damageText(error, reader.records, file);
      if (reader.run === null) throw new ReplayError("content", failure, { cause: error });
    }
    const run = reader.finish();
    if (failure === null) run.commit();
    else run.abort();
    const summary = summarise(run, {
      file,
      mode: options.mode,
      complete: failure === null,
      warnings: reader.warnings,
      wallMs: clock.nowMs() - startedMs,
      binsFile: failure === null ? options.bins : null,
    });
    return { summary, priceDecimals: run.instrument.price_decimals, failure };
  } catch (error) {
    reader.run?.abort();
    throw error;
  }
}

/** Takes a file in; sets the run up between two chunks, as soon as the metadata is known. */
class ReplayReader implements SourceSink {
  run: Run | null = null;
  warnings = 0;
  /** Market-by-order records read. */
  records = 0;
  readonly #options: ReplayOptions;
  readonly #startedMs: number;
  #source: SourceFacts | null = null;
  #playback: Playback | null = null;
  /** Blocks that wait for the run or for their time. */
  #held: MboBlock[] = [];

  constructor(options: ReplayOptions) {
    this.#options = options;
    this.#startedMs = options.clock.nowMs();
  }

  onStart(source: SourceFacts): void {
    this.#source = source;
  }

  onMbo(block: MboBlock): void {
    this.records += block.count;
    if (this.run !== null && this.#playback === null) this.run.pipeline.onBlock(block);
    else this.#held.push({ ...block, words: block.words.slice() });
  }

  async onChunk(share: number): Promise<void> {
    this.#stopWhenAsked();
    if (this.#source === null) return;
    const run = this.run ??= await this.#newRun(this.#source);
    const held = this.#held;
    this.#held = [];
    for (const block of held) {
      if (this.#playback === null) run.pipeline.onBlock(block);
      else await this.#playback.play(block);
      this.#stopWhenAsked();
      this.#report(run, share);
    }
    this.#report(run, share);
  }

  /**
   * Ends the input.
   *
   * @throws {ReplayError} When no record belongs to the instrument.
   */
  finish(): Run {
    const { run } = this;
    if (run === null) throw new ReplayError("content", "Cannot replay as nothing was read");
    run.pipeline.finish();
    if (run.pipeline.eventCount === 0 && this.records > 0) {
      throw new ReplayError(
        "instrument",
        `Cannot replay as none of ${this.records} records is of the instrument ` +
          `${run.instrument.symbol}: the file holds "${this.#source?.symbol ?? ""}"`,
      );
    }
    return run;
  }

  async #newRun(source: SourceFacts): Promise<Run> {
    const { instrument, model, speed, signal, clock } = this.#options;
    const found = await instrumentFor(instrument, source.symbol);
    const run = new Run(source, {
      ...this.#options,
      instrument: model === null ? found.config : { ...found.config, pressure_model: model },
      onWarning: (message) => this.#warn(message),
    });
    if (speed !== "max") {
      this.#playback = new Playback({
        clock,
        speed,
        baseNs: run.baseNs,
        unpacedUntilNs: run.emitAfterNs,
        signal: signal ?? new AbortController().signal,
        deliver: (block) => run.pipeline.onBlock(block),
      });
    }
    return run;
  }

  #warn(message: string): void {
    this.warnings++;
    if (this.warnings <= MAX_WARNINGS) this.#options.onWarning?.(message);
  }

  #report({ pipeline }: Run, share: number): void {
    const seconds = Math.max(1, this.#options.clock.nowMs() - this.#startedMs) / 1_000;
    const rate = Math.round(pipeline.eventCount / seconds).toLocaleString("en-US");
    const events = pipeline.eventCount.toLocaleString("en-US");
    const bins = pipeline.binCount.toLocaleString("en-US");
    this.#options.onProgress?.(share, `${events} events, ${bins} bins, ${rate} events/s`);
  }

  #stopWhenAsked(): void {
    if (this.#options.signal?.aborted) {
      throw new ReplayError("cancelled", "Cannot finish the replay as it was cancelled");
    }
  }
}

function damageText(error: DbnError, records: number, file: string): string {
  const stream = error.stream === "zstd" ? "the compressed file" : "the stream";
  return `${error.message} (${error.code} at byte ${error.byteOffset} of ${stream}, ` +
    `record ${records}): "${file}"`;
}
