import { GridEncoder, type GridFrame, gridUpdate } from "../../engine/frames/mod.ts";
import {
  type InstrumentConfig,
  type PipelineState,
  type ProjectionModel,
  StreamPipeline,
  type StreamPipelineOptions,
} from "../../engine/pressure/mod.ts";
import type { PressureModel } from "../../modules/feed/contract.ts";
import type { BookCache } from "../feeds/books/mod.ts";
import type { LatencyMeter } from "./latency/mod.ts";
import { Checkpoints, type Feed } from "../feeds/mod.ts";
import type { EncodedBin } from "./protocol.ts";
import { SignalLedger, type SignalStretch } from "./signal_ledger.ts";
import { TimedPipeline } from "./timed_pipeline.ts";

/** Bins that one step may close, so that commands never wait long. */
const BINS_PER_STEP = 64;

/** Records that one step may take. */
const RECORDS_PER_STEP = 20_000;

/** Bins whose signals can be asked for: two minutes at 100 ms. */
const SIGNAL_BINS = 1_200;

/** Stretch before a given start in which events move the ticks and no bin is made, ns. */
const WARMUP_NS = 1_800e9;

/**
 * Offset from which events move the ticks: half an hour before the first bin, but not before the
 * feed's own first event, so that an opening snapshot is booked and is no flow.
 *
 * @param emitAfterNs Offset of the first bin, 0 when the first event opens it.
 * @param firstEventNs Offset of the feed's first event after a snapshot.
 */
export function warmupStart(emitAfterNs: number, firstEventNs: number): number {
  return emitAfterNs === 0 ? 0 : Math.max(emitAfterNs - WARMUP_NS, firstEventNs);
}

/** How a market is built. */
export interface MarketOptions {
  readonly feed: Feed;
  readonly instrument: InstrumentConfig;
  readonly projection: ProjectionModel;
  /** Epoch ns that offsets count from. */
  readonly baseNs: bigint;
  /** Epoch ns of the first bin, or null for the first event. */
  readonly startNs: bigint | null;
  /** Measures what each bin takes; nothing is measured without. */
  readonly latency?: LatencyMeter;
  readonly onBin: (bin: EncodedBin) => void;
  readonly onWarning: (message: string) => void;
}

/**
 * One feed run through one pressure pipeline, bin by bin. Knows exchange time only; who calls
 * decides when.
 */
export class Market {
  readonly feed: Feed;
  readonly cellNs: number;
  readonly #pipeline: StreamPipeline;
  readonly #encoder: GridEncoder;
  readonly #onBin: (bin: EncodedBin) => void;
  readonly #instrument: InstrumentConfig;
  readonly #checkpoints = new Checkpoints<PipelineState>();
  readonly #latency: LatencyMeter | null;
  readonly #signals: SignalLedger;
  readonly #seekable: boolean;
  /** Bins that end at or before this are computed and not sent, ns offset. */
  #muteUntilNs = -Infinity;
  /** Bins that end at or before this are history, not live, ns offset. */
  #historyUntilNs = -Infinity;
  #ended = false;

  constructor(options: MarketOptions) {
    this.feed = options.feed;
    this.#onBin = options.onBin;
    this.#instrument = options.instrument;
    this.#seekable = options.feed.kind === "replay";
    const { baseNs, startNs } = options;
    const emitAfterNs = startNs === null ? 0 : Number(startNs - baseNs);
    const pipeline: StreamPipelineOptions = {
      baseNs,
      emitAfterNs,
      warmupStartNs: warmupStart(emitAfterNs, Number((options.feed.startNs ?? baseNs) - baseNs)),
      projection: options.projection,
      symbolOf: options.feed.symbolOf,
      onBin: (frame) => this.#emit(frame),
      onWarning: options.onWarning,
    };
    this.#latency = options.latency ?? null;
    this.#pipeline = options.latency === undefined
      ? new StreamPipeline(options.instrument, pipeline)
      : new TimedPipeline(options.instrument, pipeline, options.latency.times);
    this.cellNs = options.instrument.cell_width_ms * 1_000_000;
    const { grid_radius_ticks: radius, cell_width_ms: cellMs } = options.instrument;
    this.#signals = new SignalLedger(SIGNAL_BINS, radius, cellMs, baseNs);
    this.#encoder = new GridEncoder(
      2 * options.instrument.grid_radius_ticks + 1,
      options.instrument.projection_horizons_ms,
    );
  }

  /** Epoch ns that all offsets count from. */
  get baseNs(): bigint {
    return this.#pipeline.baseNs;
  }

  /** Offset of the first bin of a replay that starts late, 0 otherwise. */
  get emitAfterNs(): number {
    return this.#pipeline.emitAfterNs;
  }

  /** End of the last closed bin, ns offset; NaN before the first bin opened. */
  get closedUntilNs(): number {
    return this.#pipeline.nextBinEndNs - this.cellNs;
  }

  /** The pressure arithmetic that runs. */
  get model(): PressureModel {
    return this.#pipeline.model;
  }

  get eventCount(): number {
    return this.#pipeline.eventCount;
  }

  /** Epoch ns of the first bin that can be shown; null when the feed does not say. */
  get startNs(): bigint | null {
    const { emitAfterNs, baseNs } = this.#pipeline;
    return emitAfterNs > 0 ? baseNs + BigInt(emitAfterNs) : this.feed.startNs;
  }

  get binCount(): number {
    return this.#pipeline.binCount;
  }

  get ended(): boolean {
    return this.#ended;
  }

  coverage(): { add: number; pull: number; fill: number } {
    return this.#pipeline.coverage();
  }

  /** Hash of the whole state, for comparing two runs. */
  stateHash(): string {
    return this.#pipeline.stateHash();
  }

  /** Begins after the warm-up when the cache has the book of `file`; the bins are the same either way. */
  async warmFrom(cache: BookCache, file: string): Promise<void> {
    const { feed } = this;
    await cache.prepare({ file, feed, pipeline: this.#pipeline, instrument: this.#instrument });
  }

  /** The directional signals over some of the newest bins sent; null when one of them is not kept. */
  signals(from: number, to: number): SignalStretch | null {
    return this.#signals.over(from, to);
  }

  /** Marks bins up to `atNs` as history. */
  setHistoryUntil(atNs: number): void {
    this.#historyUntilNs = atNs;
  }

  /**
   * Takes one bounded step towards `goalNs`: at most 64 bins or 20,000 records.
   *
   * @returns Whether the goal or the end of the feed was reached.
   */
  async step(goalNs: number): Promise<boolean> {
    if (this.#ended) return true;
    const next = this.#pipeline.nextBinEndNs;
    if (Number.isNaN(next)) return await this.#takeFirst(goalNs);
    const untilNs = Math.min(goalNs, next + BINS_PER_STEP * this.cellNs);
    const got = await this.feed.pull(
      this.baseNs + BigInt(untilNs),
      RECORDS_PER_STEP,
      (block) => this.#pipeline.onBlock(block),
    );
    if (got === "ended") {
      this.#finish();
      return true;
    }
    if (got === "due") this.#pipeline.closeBinsUntil(untilNs);
    this.#keepCheckpoint();
    return got === "due" && untilNs >= goalNs;
  }

  /**
   * Prepares to reach `targetNs` with `historyBins` bins before it sent as history: goes back to the
   * nearest checkpoint when the first of them lies behind.
   *
   * @returns Whether readers must forget what they have.
   */
  async aim(targetNs: number, historyBins: number): Promise<boolean> {
    const fromNs = targetNs - historyBins * this.cellNs;
    this.#historyUntilNs = targetNs;
    const here = this.closedUntilNs;
    if (!this.#ended && here >= fromNs && here <= targetNs) return false;
    this.#muteUntilNs = fromNs;
    const checkpoint = this.#checkpoints.before(fromNs);
    if (!this.#ended && here < fromNs && (checkpoint === null || checkpoint.atNs <= here)) {
      return true;
    }
    await this.feed.rewind(checkpoint?.position ?? 0);
    if (checkpoint === null) this.#pipeline.reset();
    else this.#pipeline.restore(checkpoint.state);
    this.#ended = false;
    return true;
  }

  /**
   * Before the first bin nobody knows when one ends. A run with a given start takes its warm-up at
   * full width and opens the bin itself; else records come one at a time until one opens it.
   */
  async #takeFirst(goalNs: number): Promise<boolean> {
    const { emitAfterNs } = this.#pipeline;
    if (emitAfterNs > 0) return await this.#warmUp(Math.min(goalNs, emitAfterNs), goalNs);
    const untilNs = this.baseNs + BigInt(goalNs);
    for (let taken = 0; taken < RECORDS_PER_STEP; taken++) {
      const got = await this.feed.pull(untilNs, 1, (block) => this.#pipeline.onBlock(block));
      if (got === "ended") this.#finish();
      if (got !== "more") return true;
      if (!Number.isNaN(this.#pipeline.nextBinEndNs)) return false;
    }
    return false;
  }

  async #warmUp(untilNs: number, goalNs: number): Promise<boolean> {
    const got = await this.feed.pull(
      this.baseNs + BigInt(untilNs),
      RECORDS_PER_STEP,
      (block) => this.#pipeline.onBlock(block),
    );
    if (got === "ended") this.#finish();
    if (got === "due" && untilNs === this.#pipeline.emitAfterNs) this.#pipeline.openFirstBin();
    return got === "ended" || (got === "due" && untilNs >= goalNs);
  }

  #finish(): void {
    this.#pipeline.finish();
    this.#ended = true;
  }

  #keepCheckpoint(): void {
    const atNs = this.closedUntilNs;
    if (!this.#seekable || !this.#checkpoints.wants(atNs)) return;
    this.#checkpoints.add({
      atNs,
      position: this.feed.position,
      state: this.#pipeline.save(),
    });
  }

  #emit(frame: GridFrame): void {
    const latency = this.#latency;
    if (frame.binEndNs <= this.#muteUntilNs) {
      latency?.times.clear();
      return;
    }
    this.#signals.add(frame);
    const live = frame.binEndNs > this.#historyUntilNs;
    const bin: EncodedBin = {
      seq: frame.binSeq,
      live,
      header: JSON.stringify(gridUpdate(frame, live)),
      arrow: this.#encoder.encode(frame),
    };
    latency?.times.queuePutStart();
    this.#onBin(bin);
    if (latency !== null) this.#measured(latency, frame);
  }

  #measured(latency: LatencyMeter, frame: GridFrame): void {
    latency.times.queuePutDone();
    latency.take({
      productType: this.#instrument.product_type,
      symbol: this.#instrument.symbol,
      seq: frame.binSeq,
      startNs: this.baseNs + BigInt(frame.binStartNs),
      endNs: this.baseNs + BigInt(frame.binEndNs),
      eventCount: frame.binEventCount,
      eventId: frame.eventId,
    });
  }
}
