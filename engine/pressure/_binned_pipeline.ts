import { FLAG, type MboBlock } from "../dbn/mod.ts";
import type { Stage } from "../stage/mod.ts";
import { engineOf, neverWarned, type Warned } from "./_pipeline_engine.ts";
import { BinClock } from "../clock/mod.ts";
import type { Instrument } from "./instrument.ts";
import type { PipelineTap } from "./pipeline_tap.ts";
import type { PressureSettings } from "./pressure_settings.ts";
import type { PressureEngine, PressureModel } from "./pressure_engine.ts";
import { type EventSink, ReplayFilter } from "./replay_filter.ts";

/** What of an instrument every pipeline needs. */
export type BinnedInstrument =
  & Pick<Instrument, "product_type" | "symbol" | "tick_int">
  & Pick<PressureSettings, "n_absolute_ticks" | "cell_width_ms" | "pressure_model">;

/** When a run starts, what it reads, and where its bins go. */
export interface BinnedPipelineOptions<Frame> {
  /** Epoch ns that offsets count from; every event lies after it, within 104 days. */
  readonly baseNs: bigint;
  /** Offset of the first bin, or 0 for the first event. */
  readonly emitAfterNs: number;
  /** Offset from which events move the ticks, 0 = always. */
  readonly warmupStartNs: number;
  /** Session `[fromNs, toNs)`, ns offsets; everything when omitted. */
  readonly session?: { readonly fromNs: number; readonly toNs: number };
  /** Text symbol of an instrument id, or null when unknown. */
  readonly symbolOf?: (instrumentId: number) => string | null;
  /** Throw on a price outside the grid. */
  readonly strict?: boolean;
  readonly onWarning?: (message: string) => void;
  /** The frame's arrays are reused after the call. */
  readonly onBin: (frame: Frame) => void;
  /** Watches the market between the bins. Its state is its owner's to keep, beside the pipeline's. */
  readonly tap?: PipelineTap;
}

/**
 * What the two pipelines share: a filter in front of an engine, and bins of one width that close as
 * time passes. Which events move the ticks, and what a closed bin shows, is the pipeline's own.
 */
export abstract class BinnedPipeline<Frame, State> implements EventSink, Stage<MboBlock, State> {
  readonly baseNs: bigint;
  readonly model: PressureModel;
  readonly emitAfterNs: number;
  protected readonly warmupStartNs: number;
  protected readonly clock: BinClock;
  protected readonly filter: ReplayFilter;
  /** Part of the state, so that a run that goes on from a copy warns where the other one does. */
  protected readonly warned: Warned = neverWarned();
  protected readonly onBin: (frame: Frame) => void;
  readonly #newEngine: () => PressureEngine;
  readonly #tap: PipelineTap | null;
  #engine: PressureEngine;

  constructor(
    instrument: BinnedInstrument,
    options: BinnedPipelineOptions<Frame>,
    autoAnchor: boolean,
  ) {
    this.baseNs = options.baseNs;
    this.onBin = options.onBin;
    this.model = instrument.pressure_model;
    this.emitAfterNs = options.emitAfterNs;
    this.warmupStartNs = options.warmupStartNs;
    this.clock = new BinClock(instrument.cell_width_ms * 1_000_000);
    const warn = options.onWarning ?? (() => {});
    this.#newEngine = () =>
      engineOf(instrument, autoAnchor, options.strict ?? false, this.warned, warn);
    this.#engine = this.#newEngine();
    this.#tap = options.tap ?? null;
    this.filter = new ReplayFilter({
      baseNs: options.baseNs,
      symbolOf: options.symbolOf ?? (() => null),
      symbol: instrument.symbol,
      future: instrument.product_type === "future_mbo",
      fromNs: options.session?.fromNs ?? -Infinity,
      toNs: options.session?.toNs ?? Infinity,
      skipToNs: 0,
      resetSnapshotClock: instrument.pressure_model === "complete",
      onWarning: warn,
    });
  }

  /** The engine behind the bins, for inspection. */
  get engine(): PressureEngine {
    return this.#engine;
  }

  /** Width of a bin, ns. */
  get cellNs(): number {
    return this.clock.widthNs;
  }

  /** End of the open bin, ns offset; NaN before the first. */
  get nextBinEndNs(): number {
    return this.clock.endNs;
  }

  /** Events processed. */
  get eventCount(): number {
    return this.#engine.eventCount;
  }

  /** Bins closed. */
  get binCount(): number {
    return this.clock.seq;
  }

  /** Shares of the added, pulled and executed contracts that reached the velocities, 0..1. */
  coverage(): { add: number; pull: number; fill: number } {
    return this.#engine.coverage();
  }

  take(block: MboBlock): void {
    this.filter.run(block, this);
  }

  /**
   * Takes one event; closes every bin that ends at or before it.
   *
   * @throws {BookError} In strict mode, when a price lies outside the grid.
   */
  abstract onEvent(
    tsNs: number,
    action: number,
    side: number,
    priceNano: number,
    size: number,
    idLow: number,
    idHigh: number,
    flags: number,
  ): void;

  closeUntil(tsNs: number): void {
    if (this.#tap !== null) this.#closeTap(this.#tap, tsNs);
    while (this.clock.endNs <= tsNs) this.closeBin();
  }

  finish(): void {
    if (this.clock.events > 0) this.closeBin();
  }

  abstract save(): State;
  abstract restore(state: State): void;
  abstract hash(): string;

  /** Emits the open bin and goes on to the next. */
  protected abstract closeBin(): void;

  /** Opens and closes the bins up to an event that moves the ticks, and counts it. */
  protected bin(tsNs: number, flags: number): void {
    const { clock } = this;
    // A snapshot carries the times of old orders; the market's time begins after it.
    const isOld = this.model === "complete" && (flags & FLAG.SNAPSHOT) !== 0;
    if (!clock.admits(tsNs, this.emitAfterNs, !isOld)) return;
    const tap = this.#tap;
    if (tap !== null && !(tsNs < tap.endNs)) this.#closeTap(tap, tsNs);
    while (tsNs >= clock.endNs) this.closeBin();
    clock.events++;
  }

  /**
   * Shows the tap the book where an event ends: between the records of one it is half old and half new, and
   * while a snapshot is under way half empty.
   */
  protected show(flags: number): void {
    const tap = this.#tap;
    if (tap === null || (flags & FLAG.LAST) === 0) return;
    const engine = this.#engine;
    if (!engine.snapshotInProgress) tap.see(engine.book);
  }

  /** Closes what ends at or before a time, up to the last stretch of the tap that does. */
  #closeTap(tap: PipelineTap, tsNs: number): void {
    if (Number.isNaN(tap.endNs)) {
      if (Number.isNaN(this.clock.startNs)) return;
      tap.open(this.clock.startNs);
    }
    while (tap.endNs <= tsNs) {
      while (this.clock.endNs <= tap.endNs) this.closeBin();
      tap.close();
    }
  }

  /** Starts again with an engine that has seen nothing. */
  protected renewEngine(): PressureEngine {
    this.warned.at = neverWarned().at;
    this.#engine = this.#newEngine();
    return this.#engine;
  }
}
