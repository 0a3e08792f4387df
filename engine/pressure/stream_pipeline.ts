import { FLAG, type MboBlock } from "../dbn/mod.ts";
import type { GridFrame } from "../frames/mod.ts";
import { engineOf, hashEngine } from "./_pipeline_engine.ts";
import { BinClock, type BinClockState } from "./bin_clock.ts";
import type { PressureEngine, PressureEngineState, PressureModel } from "./pressure_engine.ts";
import type { ProjectionModel } from "./projection.ts";
import { type EventSink, ReplayFilter, type ReplayFilterState } from "./replay_filter.ts";
import { newWindowFrame, type WindowFrame, writeWindow } from "./serve_window.ts";
import { Spectrum, type SpectrumState } from "./spectrum.ts";
import { StateHash } from "./state_hash.ts";

/** The settings of an instrument that a pipeline needs; names as in the instrument file. */
export interface PipelineInstrument {
  readonly product_type: "equity_mbo" | "future_mbo";
  readonly symbol: string;
  readonly tick_int: number;
  readonly n_absolute_ticks: number;
  readonly grid_radius_ticks: number;
  readonly cell_width_ms: number;
  readonly spectrum_windows: readonly number[];
  readonly spectrum_rollup_weights: readonly number[];
  readonly spectrum_derivative_weights: readonly number[];
  readonly spectrum_tanh_scale: number;
  readonly spectrum_threshold_neutral: number;
  readonly zscore_window_bins: number;
  readonly zscore_min_periods: number;
  readonly projection_horizons_ms: readonly number[];
  readonly pressure_model: PressureModel;
}

/** When a run starts and what it reports to. */
export interface StreamPipelineOptions {
  /** Epoch ns that offsets count from; every event lies after it, within 104 days. */
  readonly baseNs: bigint;
  /** Offset of the first bin, or 0 for the first event. */
  readonly emitAfterNs: number;
  /** Offset from which events move the ticks; before it they build the book only. 0 = always. */
  readonly warmupStartNs: number;
  readonly projection: ProjectionModel;
  /** Session `[fromNs, toNs)`, ns offsets; everything when omitted. */
  readonly session?: { readonly fromNs: number; readonly toNs: number };
  /** Text symbol of an instrument id, or null when unknown. */
  readonly symbolOf?: (instrumentId: number) => string | null;
  /** Throw on a price outside the grid. */
  readonly strict?: boolean;
  /** The frame's arrays are reused after the call. */
  readonly onBin: (frame: GridFrame) => void;
  readonly onWarning?: (message: string) => void;
}

/** Copy of a pipeline, fit for structured clone. */
export interface PipelineState {
  readonly engine: PressureEngineState;
  readonly spectrum: SpectrumState;
  readonly bins: BinClockState;
  readonly filter: ReplayFilterState;
  readonly warm: boolean;
}

/**
 * From records to served bins: filter, engine, spectrum, and the window around spot, on a fixed time
 * grid. Every bin is emitted once, empty ones too; no bin sees an event at or after its end.
 *
 * @see docs/methods/pressure.md, "Bins".
 */
export class StreamPipeline implements EventSink {
  readonly baseNs: bigint;
  readonly model: PressureModel;
  readonly emitAfterNs: number;
  readonly #warmupStartNs: number;
  readonly #clock: BinClock;
  readonly #filter: ReplayFilter;
  readonly #spectrum: Spectrum;
  readonly #frame: WindowFrame;
  readonly #onBin: (frame: GridFrame) => void;
  readonly #newEngine: () => PressureEngine;
  #engine: PressureEngine;
  /** Whether the book-only stretch before the warm-up is over. */
  #warm: boolean;

  /** @throws {RangeError} When a setting is out of range. */
  constructor(instrument: PipelineInstrument, options: StreamPipelineOptions) {
    this.baseNs = options.baseNs;
    this.model = instrument.pressure_model;
    this.emitAfterNs = options.emitAfterNs;
    this.#warmupStartNs = options.warmupStartNs;
    this.#warm = options.warmupStartNs <= 0;
    this.#clock = new BinClock(instrument.cell_width_ms * 1_000_000);
    this.#onBin = options.onBin;
    const warn = options.onWarning ?? (() => {});
    this.#newEngine = () => engineOf(instrument, true, options.strict ?? false, warn);
    this.#engine = this.#newEngine();
    this.#spectrum = spectrumOf(instrument, options.projection);
    this.#filter = new ReplayFilter({
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
    this.#frame = newWindowFrame(
      options.baseNs,
      instrument.grid_radius_ticks,
      instrument.projection_horizons_ms.length,
    );
  }

  /** The engine behind the bins, for inspection. */
  get engine(): PressureEngine {
    return this.#engine;
  }

  /** The scores of the last bin, for inspection. */
  get spectrum(): Spectrum {
    return this.#spectrum;
  }

  /** End of the open bin, ns offset; NaN before the first. */
  get nextBinEndNs(): number {
    return this.#clock.endNs;
  }

  /** Events processed. */
  get eventCount(): number {
    return this.#engine.eventCount;
  }

  /** Bins closed. */
  get binCount(): number {
    return this.#clock.seq;
  }

  /** Shares of the added, pulled and executed contracts that reached the velocities, 0..1. */
  coverage(): { add: number; pull: number; fill: number } {
    return this.#engine.coverage();
  }

  /** Takes the records of a block, in order. */
  onBlock(block: MboBlock): void {
    this.#filter.run(block, this);
  }

  /** Takes one event; closes every bin that ends at or before it. */
  onEvent(
    tsNs: number,
    action: number,
    side: number,
    priceNano: number,
    size: number,
    idLow: number,
    idHigh: number,
    flags: number,
  ): void {
    if (!this.#warm) {
      if (tsNs < this.#warmupStartNs) {
        this.#engine.updateBook(action, side, priceNano, size, idLow, idHigh, flags);
        return;
      }
      this.#beginWarm();
    } else if (tsNs < this.#warmupStartNs && this.model === "compat") {
      // The original has booked such a straggler in its first pass over the file.
      return;
    }
    if (tsNs >= this.emitAfterNs) {
      const clock = this.#clock;
      if (Number.isNaN(clock.endNs)) {
        // A snapshot carries the times of old orders; the market's time begins after it.
        const old = this.model === "complete" && (flags & FLAG.SNAPSHOT) !== 0;
        if (!old) clock.open(this.emitAfterNs > 0 ? this.emitAfterNs : tsNs);
      }
      while (tsNs >= clock.endNs) this.#closeBin();
      if (!Number.isNaN(clock.endNs)) clock.events++;
    }
    this.#engine.update(tsNs, action, side, priceNano, size, idLow, idHigh, flags);
  }

  /** Closes every bin that ends at or before `tsNs`: the caller knows that no earlier event comes. */
  closeBinsUntil(tsNs: number): void {
    while (this.#clock.endNs <= tsNs) this.#closeBin();
  }

  /**
   * Opens the first bin of a run with `emitAfterNs` before an event does: the caller knows that every
   * event before it was taken. Bins of a quiet market can then close as time passes.
   */
  openFirstBin(): void {
    if (this.emitAfterNs <= 0 || !Number.isNaN(this.#clock.endNs)) return;
    if (!this.#warm) this.#beginWarm();
    this.#clock.open(this.emitAfterNs);
  }

  /** Ends the input: the open bin is emitted when it holds an event. */
  finish(): void {
    if (this.#clock.events > 0) this.#closeBin();
  }

  /** Back to the beginning. */
  reset(): void {
    this.#engine = this.#newEngine();
    this.#spectrum.reset();
    this.#clock.reset();
    this.#filter.reset();
    this.#warm = this.#warmupStartNs <= 0;
  }

  /** Copies everything that the next event can depend on. */
  save(): PipelineState {
    return {
      engine: this.#engine.save(),
      spectrum: this.#spectrum.save(),
      bins: this.#clock.save(),
      filter: this.#filter.save(),
      warm: this.#warm,
    };
  }

  /** Puts a copy back; what follows equals an uninterrupted run bit by bit. */
  restore(state: PipelineState): void {
    this.#engine = this.#newEngine();
    this.#engine.restore(state.engine);
    this.#spectrum.restore(state.spectrum);
    this.#clock.restore(state.bins);
    this.#filter.restore(state.filter);
    this.#warm = state.warm;
  }

  /** 16 hex digits over counters, book, ticks and scores; equal for equal runs however chunked. */
  stateHash(): string {
    const hash = new StateHash();
    hash.integer(this.#clock.seq);
    hash.integer(this.#clock.events);
    hashEngine(hash, this.#engine, this.#spectrum.score);
    return hash.digest();
  }

  #beginWarm(): void {
    this.#warm = true;
    this.#engine.reanchorToBest();
    this.#engine.synchronise();
  }

  #closeBin(): void {
    const engine = this.#engine;
    const clock = this.#clock;
    const frame = this.#frame;
    engine.advance(clock.endNs);
    const { state } = engine;
    this.#spectrum.update(
      clock.endNs,
      state.pressure,
      state.vacuum,
      state.active,
      state.activeCount,
    );
    writeWindow(engine, this.#spectrum, frame);
    frame.binStartNs = clock.startNs;
    frame.binEndNs = clock.endNs;
    frame.binSeq = clock.seq;
    frame.binEventCount = clock.events;
    clock.next();
    this.#onBin(frame);
  }
}

function spectrumOf(instrument: PipelineInstrument, projection: ProjectionModel): Spectrum {
  return new Spectrum({
    nTicks: instrument.n_absolute_ticks,
    windows: instrument.spectrum_windows,
    rollupWeights: instrument.spectrum_rollup_weights,
    derivativeWeights: instrument.spectrum_derivative_weights,
    tanhScale: instrument.spectrum_tanh_scale,
    thresholdNeutral: instrument.spectrum_threshold_neutral,
    zscoreWindowBins: instrument.zscore_window_bins,
    zscoreMinPeriods: instrument.zscore_min_periods,
    horizonsMs: instrument.projection_horizons_ms,
    defaultDtS: instrument.cell_width_ms / 1_000,
    projection,
  });
}
