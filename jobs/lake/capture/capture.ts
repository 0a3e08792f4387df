import { basename } from "node:path";
import { DbnError } from "../../../engine/dbn/mod.ts";
import { gridLayout } from "../../../engine/frames/contract.ts";
import { type Origin, stampText } from "../../../modules/kit/mod.ts";
import {
  type PressureModel,
  type ProjectionModel,
  StreamPipeline,
} from "../../../engine/pressure/mod.ts";
import type { BookCache } from "../../feeds/books/mod.ts";
import { CompactWriter, DatasetFolder, DatasetWriter, jsonText } from "../datasets/mod.ts";
import { type Clock } from "../../kit/mod.ts";
import { openRun, type PlannedRun, type ReplayFeed, StageDrive } from "../../feeds/mod.ts";
import { CaptureError } from "./capture_error.ts";
import { compactManifestOf, type Manifest, manifestOf } from "./manifest.ts";
import { type CaptureWindow, findWindow, type WindowRequest } from "./window.ts";

/** What to capture and where to. */
export interface CaptureOptions extends WindowRequest {
  readonly file: string;
  readonly outputDir: string;
  /** Instrument name, path of a YAML file, or empty to go by the file's symbol. */
  readonly instrument: string;
  /** Takes the place of the instrument's `pressure_model`. */
  readonly model: PressureModel | null;
  readonly projection: ProjectionModel;
  /** Bins of a row group, 1 to 1,000. */
  readonly flushBins: number;
  /** Whether to keep only the rows from which all others follow. */
  readonly compact: boolean;
  /** Removes what a capture that died has left in the folder. */
  readonly replace: boolean;
  readonly clock: Clock;
  /** Books after their warm-up; the capture begins from one that is there. */
  readonly cache?: BookCache;
  /** Ends the capture early; nothing is left behind. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (share: number, note: string) => void;
}

/** What a capture came to. */
export interface CaptureResult {
  readonly manifest: Manifest;
  readonly seconds: number;
  /** Captured seconds per second, the warm-up not counted as captured. */
  readonly speed: number;
  /** The first warning and how many there were; null when there was none. */
  readonly warnings: { readonly count: number; readonly first: string } | null;
  /** Whether the records reach the window's end. */
  readonly reachedEnd: boolean;
}

/** Warnings counted, of which the first is kept. */
class Warnings {
  count = 0;
  first = "";

  readonly add = (message: string): void => {
    if (this.count++ === 0) this.first = message;
  };
}

/**
 * Runs a stretch of a market file through the served pipeline and stores every bin of it. The folder
 * is whole when this resolves; on any failure it is as it was before.
 *
 * @throws {CaptureError} When the window breaks a rule or lies outside the file, the file is damaged, no
 * record fits the instrument, or the signal aborted.
 * @throws {DatasetError} When the folder is not empty or the disk does not take it.
 * @throws {FeedError} When it is no market file, or no instrument fits.
 */
export async function runCapture(options: CaptureOptions): Promise<CaptureResult> {
  const { clock, file, projection } = options;
  const startedMs = clock.nowMs();
  const planned = await openFile(options);
  const { feed, instrument } = planned;
  try {
    const window = findWindow(options, feed, instrument.cell_width_ms * 1_000_000);
    const folder = DatasetFolder.claim(options.outputDir, {
      what: "lotus capture",
      source: basename(file),
      symbol: instrument.symbol,
      dt: window.date,
    }, options.replace);
    try {
      const run = new CaptureRun(planned, window, options);
      const facts = await run.toEnd();
      const parts = {
        source: { kind: "file", name: basename(file), bytes: Deno.statSync(file).size },
        origin: originOf(planned, file),
        instrument,
        projection,
        ...window,
        flushBins: options.flushBins,
        warnings: run.warnings.count,
      } as const;
      const manifest = "touched" in facts
        ? compactManifestOf({ ...parts, facts })
        : manifestOf({ ...parts, facts });
      const seconds = (clock.nowMs() - startedMs) / 1_000;
      const form = options.compact ? "compact" : "full";
      folder.commit(jsonText(manifest), logText(options, seconds), form);
      const { count, first } = run.warnings;
      return {
        manifest,
        seconds,
        speed: Number(window.endNs - window.startNs) / 1e9 / Math.max(seconds, 1e-3),
        warnings: count === 0 ? null : { count, first },
        reachedEnd: run.reachedEnd,
      };
    } finally {
      folder.abort();
    }
  } finally {
    feed.close();
  }
}

async function openFile(
  { file, instrument, model }: CaptureOptions,
): Promise<PlannedRun<ReplayFeed>> {
  try {
    return await openRun({ source: { kind: "file", path: file }, instrument, model });
  } catch (error) {
    if (error instanceof DbnError) throw damage(error, file);
    throw error;
  }
}

/** Where the bins of a file come from. */
function originOf({ feed: { isSynthetic } }: PlannedRun<ReplayFeed>, file: string): Origin {
  return { isSynthetic, isReplay: true, source: basename(file) };
}

function damage(error: DbnError, file: string): CaptureError {
  return new CaptureError("content", `Cannot capture a damaged file: ${error.message}: "${file}"`, {
    cause: error,
  });
}

/** What depends on when, where and how fast a capture was made; no reader of the data needs it. */
function logText({ clock, file, outputDir }: CaptureOptions, seconds: number): string {
  return jsonText({
    created_at_utc: new Date(Number(clock.wallNs() / 1_000_000n)).toISOString(),
    elapsed_seconds: Math.round(seconds * 1_000) / 1_000,
    input: file,
    output_dir: outputDir,
    deno: Deno.version.deno,
  });
}

/** One pipeline over one file, and the writer of its bins. */
class CaptureRun {
  readonly warnings = new Warnings();
  reachedEnd = false;
  readonly #run: PlannedRun<ReplayFeed>;
  readonly #options: CaptureOptions;
  readonly #cellNs: number;
  readonly #untilNs: number;
  readonly #pipeline: StreamPipeline;
  readonly #writer: DatasetWriter | CompactWriter;
  readonly #startedMs: number;

  constructor(run: PlannedRun<ReplayFeed>, window: CaptureWindow, options: CaptureOptions) {
    const { instrument, baseNs } = run;
    this.#run = run;
    this.#options = options;
    this.#startedMs = options.clock.nowMs();
    this.#cellNs = instrument.cell_width_ms * 1_000_000;
    const untilNs = Number(window.endNs - baseNs);
    this.#untilNs = untilNs;
    const target = {
      folder: options.outputDir,
      layout: gridLayout(2 * instrument.grid_radius_ticks + 1, instrument.projection_horizons_ms),
      stamp: stampText({
        ...originOf(run, options.file),
        instrument: instrument.symbol,
        date: window.date,
      }),
      input: options.file,
    };
    const writer = options.compact
      ? new CompactWriter({ ...target, instrument, engine: () => this.#pipeline.engine })
      : new DatasetWriter({ ...target, flushBins: options.flushBins });
    this.#writer = writer;
    this.#pipeline = new StreamPipeline(instrument, {
      ...run.timing(window.startNs),
      projection: options.projection,
      onBin: (frame) => {
        // A bin that ends with the window is not in it.
        if (frame.binEndNs < untilNs) writer.add(frame);
      },
      onWarning: (message) => {
        // The warm-up's are not the window's, and a book that was built ahead has told them already.
        if (!Number.isNaN(this.#pipeline.nextBinEndNs)) this.warnings.add(message);
      },
    });
  }

  /** Runs to the window's end. The files keep their partial names. */
  async toEnd() {
    try {
      const { cache, file } = this.#options;
      const { feed, instrument } = this.#run;
      await cache?.prepare({ file, feed, pipeline: this.#pipeline, instrument });
      await this.#play();
      this.#check();
      this.#options.onProgress?.(1, "finishing the files");
      return await this.#writer.finish();
    } catch (error) {
      await this.#writer.abort();
      if (error instanceof DbnError) throw damage(error, this.#options.file);
      throw error;
    }
  }

  /** Takes records up to the window's end; looks at the signal and waits for the writer after every step. */
  async #play(): Promise<void> {
    const { signal } = this.#options;
    const drive = new StageDrive(this.#run.feed, this.#pipeline);
    while (true) {
      if (signal?.aborted) {
        throw new CaptureError("cancelled", "Cannot finish the capture as it was cancelled");
      }
      const got = await drive.step(this.#untilNs);
      if (got !== "more") {
        // The last bin of the window is the one that ends a cell before it does.
        this.reachedEnd = this.#pipeline.nextBinEndNs >= this.#untilNs;
        return;
      }
      await this.#writer.ready();
      this.#report();
    }
  }

  #check(): void {
    const { eventCount } = this.#pipeline;
    const { feed } = this.#run;
    if (eventCount === 0 && feed.position > 0) {
      throw new CaptureError(
        "instrument",
        `Cannot capture as none of ${feed.position} records is of the instrument: the file ` +
          `holds "${feed.symbol}"`,
      );
    }
    if (this.#writer.bins === 0) {
      throw new CaptureError("no_bins", "Cannot capture as no bin ends inside the window");
    }
    if (!this.reachedEnd && feed.endNs === null) {
      throw new CaptureError(
        "outside",
        "Cannot capture as the records end before the window, and the file does not say how far " +
          "it was recorded",
      );
    }
  }

  #report(): void {
    const { onProgress, clock } = this.#options;
    if (onProgress === undefined) return;
    const closedNs = this.#pipeline.nextBinEndNs - this.#cellNs;
    if (Number.isNaN(closedNs)) return onProgress(0, "warm-up");
    const emitAfterNs = this.#pipeline.emitAfterNs;
    const share = (closedNs - emitAfterNs) / (this.#untilNs - emitAfterNs);
    const seconds = Math.max(clock.nowMs() - this.#startedMs, 1) / 1_000;
    const rate = Math.round(this.#writer.bins / seconds).toLocaleString("en-US");
    if (!(share > 0)) return onProgress(0, "starting");
    const left = Math.ceil(seconds / share - seconds);
    onProgress(
      share,
      `${this.#writer.bins.toLocaleString("en-US")} bins, ${rate} bins/s, ${left} s left`,
    );
  }
}
