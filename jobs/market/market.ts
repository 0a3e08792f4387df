import type { MboBlock } from "../../engine/dbn/mod.ts";
import type { ControlTimeline } from "../../engine/regime/mod.ts";
import type { Stage } from "../../engine/stage/mod.ts";
import type { StreamPipeline } from "../../engine/pressure/mod.ts";
import type { PressureModel, Regime } from "../../modules/feed/contract.ts";
import {
  Checkpoints,
  FeedError,
  isSeekable,
  isSteerable,
  type MarketFeed,
  StageDrive,
} from "../feeds/mod.ts";
import type { GridOutput } from "./grid_output.ts";
import type { Release } from "./release.ts";
import type { SignalStretch } from "./signal_ledger.ts";

/** Copy of all that the next bins depend on. */
interface MarketState {
  readonly stages: unknown;
  readonly output: ReturnType<GridOutput["save"]>;
}

/** How a market is put together. */
export interface MarketOptions {
  readonly feed: MarketFeed;
  /** The pressure pipeline, whose bins pace the market. */
  readonly pipeline: StreamPipeline;
  /**
   * What takes the same records ahead of it, so that its frames are there when the bin closes. It must
   * begin well at the first bin: a kept book knows nothing of the records before.
   */
  readonly ahead: readonly Stage<MboBlock>[];
  /** Where the bins of the pressure pipeline go. */
  readonly output: GridOutput;
  /** What every output goes by. */
  readonly release: Release;
  /** Brings feed and pipeline to the first bin ahead of the first step, where that can be done fast. */
  readonly warmUp: (() => Promise<unknown>) | null;
  /** Does a little of what has waited for the bins, and tells whether there was any; null without such. */
  readonly late: { work(): boolean } | null;
}

/** One feed run through its stages, bin by bin. Knows exchange time only; who calls decides when. */
export class Market {
  readonly feed: MarketFeed;
  /** Width of a bin, ns. */
  readonly cellNs: number;
  readonly #pipeline: StreamPipeline;
  readonly #drive: StageDrive;
  readonly #output: GridOutput;
  readonly #release: Release;
  readonly #checkpoints = new Checkpoints<MarketState>();
  /** The market before the first record, to go back to; null where nothing can go back. */
  readonly #fresh: MarketState | null;
  readonly #late: MarketOptions["late"];
  #warmUp: MarketOptions["warmUp"];
  #ended = false;

  constructor({ feed, pipeline, ahead, output, release, warmUp, late }: MarketOptions) {
    this.feed = feed;
    this.#pipeline = pipeline;
    this.cellNs = this.#pipeline.cellNs;
    this.#drive = new StageDrive(feed, pipeline, ahead);
    this.#output = output;
    this.#release = release;
    this.#fresh = isSeekable(feed) ? this.#save() : null;
    this.#warmUp = warmUp;
    this.#late = late;
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

  /** Whether {@link Market.aim} can go back. */
  get seekable(): boolean {
    return isSeekable(this.feed);
  }

  /** The regime in force, and whether it was chosen by hand; a recorded market has none. */
  get regime(): { readonly name: Regime | null; readonly held: boolean } {
    const { feed } = this;
    return isSteerable(feed)
      ? { name: feed.regime, held: feed.regimeHeld }
      : { name: null, held: false };
  }

  coverage(): { add: number; pull: number; fill: number } {
    return this.#pipeline.coverage();
  }

  /** Hash of the state of all stages, for comparing two runs. */
  hash(): string {
    return this.#drive.stages.hash();
  }

  /**
   * Holds a regime, or lets the plan go on (null).
   *
   * @throws {FeedError} `no_regime` when the market is a recorded one.
   */
  setRegime(regime: Regime | null): void {
    if (!isSteerable(this.feed)) {
      throw new FeedError("no_regime", "Cannot change the regime of a recorded market");
    }
    this.feed.setRegime(regime);
  }

  /** Takes the control timeline after a change; a recorded market does not follow it. */
  follow(timeline: ControlTimeline): void {
    if (isSteerable(this.feed)) this.feed.follow(timeline);
  }

  /** The directional signals over some of the newest bins sent; null when one of them is not kept. */
  signals(from: number, to: number): SignalStretch | null {
    return this.#output.signals(from, to);
  }

  /** Marks bins up to `atNs` as history. */
  setHistoryUntil(atNs: number): void {
    this.#release.historyUntilNs = atNs;
  }

  /**
   * Takes one bounded step towards `goalNs`: at most 64 bins or 20,000 records.
   *
   * @returns Whether the goal or the end of the feed was reached.
   */
  async step(goalNs: number): Promise<boolean> {
    if (this.#ended) return true;
    await this.#begin();
    const got = await this.#drive.step(goalNs);
    if (got === "ended") this.#ended = true;
    else this.#keepCheckpoint();
    return got !== "more";
  }

  /** Does a little of what can wait until no bin is due. @returns Whether there was any. */
  workLate(): boolean {
    return this.#late?.work() ?? false;
  }

  /**
   * Prepares to reach `targetNs` with `historyBins` bins before it sent as history: goes back to the
   * nearest checkpoint when the first of them lies behind.
   *
   * @returns Whether readers must forget what they have.
   */
  async aim(targetNs: number, historyBins: number): Promise<boolean> {
    await this.#begin();
    const fromNs = targetNs - historyBins * this.cellNs;
    this.#release.historyUntilNs = targetNs;
    const here = this.closedUntilNs;
    if (!this.#ended && here >= fromNs && here <= targetNs) return false;
    this.#release.mutedUntilNs = fromNs;
    // The first one is where the first bin opened: nothing was sent before it.
    const checkpoint = this.#checkpoints.before(fromNs) ?? this.#checkpoints.first(targetNs);
    if (!this.#ended && here < fromNs && (checkpoint === null || checkpoint.atNs <= here)) {
      return true;
    }
    if (!isSeekable(this.feed)) {
      throw new FeedError("not_seekable", "Cannot seek as the market only moves forward");
    }
    await this.feed.rewind(checkpoint?.position ?? 0);
    const state = checkpoint?.state ?? this.#fresh;
    if (state !== null) {
      this.#drive.stages.restore(state.stages);
      this.#output.restore(state.output);
    }
    this.#ended = false;
    return true;
  }

  /** Warms up, once. */
  async #begin(): Promise<void> {
    const warmUp = this.#warmUp;
    if (warmUp === null) return;
    this.#warmUp = null;
    await warmUp();
  }

  #keepCheckpoint(): void {
    const atNs = this.closedUntilNs;
    const { feed } = this;
    // Before the first bin opens there is no time, and nothing later would be further from it.
    if (!isSeekable(feed) || Number.isNaN(atNs) || !this.#checkpoints.wants(atNs)) return;
    this.#checkpoints.add({ atNs, position: feed.position, state: this.#save() });
  }

  #save(): MarketState {
    return { stages: this.#drive.stages.save(), output: this.#output.save() };
  }
}
