import { newYorkDate } from "../../../engine/clock/mod.ts";
import { coreLayout, type Frame, gridLayout, GridView } from "../../../engine/frames/mod.ts";
import {
  CorePipeline,
  type InstrumentConfig,
  type ProjectionModel,
  StreamPipeline,
  tradingHours,
} from "../../../engine/pressure/mod.ts";
import type { BookCache } from "../../feeds/books/mod.ts";
import type { PlannedRun, ReplayFeed } from "../../feeds/mod.ts";
import { BinWriter, CoreView } from "../../lake/bins/mod.ts";

/** How a run is set up. */
export interface RunOptions {
  readonly mode: "serve" | "core";
  /** New York `HH:MM[:SS]` of the first bin, or null for the first event. */
  readonly start: string | null;
  /** New York date of the first bin, or null for the file's first. */
  readonly date: string | null;
  readonly projection: ProjectionModel;
  /** File for the bins, or null. */
  readonly bins: string | null;
  /** End with an error at a price outside the grid. */
  readonly strict?: boolean;
  readonly onWarning: (message: string) => void;
  /** Told of every bin, after its facts are noted. */
  readonly onBin?: () => void;
}

/** What of the emitted bins is kept. */
export interface BinFacts {
  /** End of the first and the last bin, epoch ns; null without bins. */
  firstEndNs: bigint | null;
  lastEndNs: bigint | null;
  validAtStart: boolean | null;
  validAtEnd: boolean | null;
}

/** One pipeline over one file, and the file of its bins. */
export class Run {
  readonly instrument: InstrumentConfig;
  readonly baseNs: bigint;
  /** Epoch ns of the first bin, or of the event that opens it. */
  readonly startNs: bigint;
  readonly pipeline: StreamPipeline | CorePipeline;
  readonly facts: BinFacts = {
    firstEndNs: null,
    lastEndNs: null,
    validAtStart: null,
    validAtEnd: null,
  };
  readonly #writer: BinWriter | null;
  readonly #onBin: (() => void) | undefined;

  /** @throws {RangeError} When the file does not hold the start, or bins cannot be written. */
  constructor(planned: PlannedRun, options: RunOptions) {
    const { instrument } = planned;
    const { mode, date, start } = options;
    this.instrument = instrument;
    this.#onBin = options.onBin;
    this.baseNs = planned.baseNs;
    // The original's core mode knows no book before its first bin, an opening snapshot least of all.
    const plain = mode === "core" && instrument.pressure_model === "compat";
    const chosen = start !== null || date !== null;
    const startNs = plain && !chosen ? null : planned.firstBin({ date, start });
    this.startNs = startNs ?? planned.firstEventNs;
    const { openNs } = tradingHours(instrument, newYorkDate(this.startNs));
    const common = {
      ...planned.timing(startNs),
      strict: options.strict ?? false,
      onWarning: options.onWarning,
    };
    const layout = mode === "core"
      ? coreLayout(instrument.n_absolute_ticks)
      : gridLayout(2 * instrument.grid_radius_ticks + 1, instrument.projection_horizons_ms);
    if (mode === "core") {
      const view = new CoreView(instrument.n_absolute_ticks);
      this.pipeline = new CorePipeline(instrument, {
        ...common,
        reanchorAfterNs: Number(openNs - this.baseNs),
        onBin: (frame) => this.#take(frame, () => view.of(frame)),
      });
    } else {
      const view = new GridView(layout);
      this.pipeline = new StreamPipeline(instrument, {
        ...common,
        projection: options.projection,
        onBin: (frame) => this.#take(frame, () => view.of(frame)),
      });
    }
    this.#writer = options.bins === null ? null : new BinWriter(options.bins, layout);
  }

  /** Begins after the warm-up when the cache has the book; the bins are the same either way. */
  async warmFrom(cache: BookCache, file: string, feed: ReplayFeed): Promise<void> {
    const { pipeline, instrument } = this;
    if (!(pipeline instanceof StreamPipeline)) return;
    await cache.prepare({ file, feed, pipeline, instrument });
  }

  /** Puts the file of the bins in place. */
  commit(): void {
    this.#writer?.commit();
  }

  /** Removes the file of the bins. */
  abort(): void {
    this.#writer?.abort();
  }

  #take(
    frame: { readonly binEndNs: number; readonly bookValid: boolean },
    shown: () => Frame,
  ): void {
    const { facts } = this;
    facts.lastEndNs = this.baseNs + BigInt(frame.binEndNs);
    facts.firstEndNs ??= facts.lastEndNs;
    facts.validAtStart ??= frame.bookValid;
    facts.validAtEnd = frame.bookValid;
    this.#writer?.write(shown());
    this.#onBin?.();
  }
}
