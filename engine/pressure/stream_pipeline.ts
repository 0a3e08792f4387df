import type { GridFrame } from "../frames/mod.ts";
import {
  type BinnedInstrument,
  BinnedPipeline,
  type BinnedPipelineOptions,
} from "./_binned_pipeline.ts";
import { hashEngine } from "./_pipeline_engine.ts";
import { spectrumOf } from "./_spectrum_of.ts";
import type { BinClockState } from "../clock/mod.ts";
import type { PressureEngineState } from "./pressure_engine.ts";
import type { PressureSettings } from "./pressure_settings.ts";
import type { ProjectionModel } from "./projection.ts";
import type { ReplayFilterState } from "./replay_filter.ts";
import { newWindowFrame, type WindowFrame, writeWindow } from "./serve_window.ts";
import type { Spectrum, SpectrumState } from "./spectrum.ts";
import { StateHash } from "./state_hash.ts";

/** An instrument and how it is looked at: all that the pipeline needs. */
export type PipelineInstrument = BinnedInstrument & PressureSettings;

/** When a run starts, how scores are projected, and where the bins go. */
export interface StreamPipelineOptions extends BinnedPipelineOptions<GridFrame> {
  readonly projection: ProjectionModel;
}

/** Copy of a pipeline, fit for structured clone. */
export interface PipelineState {
  readonly engine: PressureEngineState;
  readonly spectrum: SpectrumState;
  readonly bins: BinClockState;
  readonly filter: ReplayFilterState;
  readonly warm: boolean;
  /** Events counted at the last warning. */
  readonly warnedAt: number;
}

/**
 * From records to served bins: filter, engine, spectrum, and the window around spot, on a fixed time
 * grid. Every bin is emitted once, empty ones too; no bin sees an event at or after its end.
 *
 * @see docs/methods/pressure.md, "Bins".
 */
export class StreamPipeline extends BinnedPipeline<GridFrame, PipelineState> {
  readonly #spectrum: Spectrum;
  readonly #frame: WindowFrame;
  /** Whether the book-only stretch before the warm-up is over. */
  #warm: boolean;

  /** @throws {RangeError} When a setting is out of range. */
  constructor(instrument: PipelineInstrument, options: StreamPipelineOptions) {
    super(instrument, options, true);
    this.#warm = options.warmupStartNs <= 0;
    this.#spectrum = spectrumOf(instrument, options.projection);
    this.#frame = newWindowFrame(
      options.baseNs,
      instrument.grid_radius_ticks,
      instrument.projection_horizons_ms.length,
    );
  }

  /** The scores of the last bin, for inspection. */
  get spectrum(): Spectrum {
    return this.#spectrum;
  }

  /**
   * What the projections of a row of the last bin's window start from, as `Spectrum.writeSteps` gives
   * it; zeros where the row lies outside the grid or the bin has no spot.
   */
  writeSteps(row: number, out: Float64Array): void {
    const { spotRefPriceInt: spot, k } = this.#frame;
    const centre = spot > 0 ? this.engine.book.grid.indexOf(spot) : -1;
    const index = centre + (k[row] ?? 0);
    if (centre >= 0 && index >= 0 && index < this.#spectrum.score.length) {
      this.#spectrum.writeSteps(index, out, 0);
    } else out.fill(0, 0, 4);
  }

  override onEvent(
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
      if (tsNs < this.warmupStartNs) {
        this.engine.updateBook(action, side, priceNano, size, idLow, idHigh, flags);
        this.show(flags);
        return;
      }
      this.#beginWarm();
    } else if (tsNs < this.warmupStartNs && this.model === "compat") {
      // The original has booked such a straggler in its first pass over the file.
      return;
    }
    this.bin(tsNs, flags);
    this.engine.update(tsNs, action, side, priceNano, size, idLow, idHigh, flags);
    this.show(flags);
  }

  /**
   * Opens the first bin of a run with `emitAfterNs` before an event does: the caller knows that every
   * event before it was taken. Bins of a quiet market can then close as time passes.
   */
  openFirstBin(): void {
    if (this.emitAfterNs <= 0 || !Number.isNaN(this.clock.endNs)) return;
    if (!this.#warm) this.#beginWarm();
    this.clock.open(this.emitAfterNs);
  }

  override save(): PipelineState {
    return {
      engine: this.engine.save(),
      spectrum: this.#spectrum.save(),
      bins: this.clock.save(),
      filter: this.filter.save(),
      warm: this.#warm,
      warnedAt: this.warned.at,
    };
  }

  override restore(state: PipelineState): void {
    const engine = this.renewEngine();
    // Laying the book out again is nothing new to warn of.
    this.warned.at = Infinity;
    engine.restore(state.engine);
    this.#spectrum.restore(state.spectrum);
    this.clock.restore(state.bins);
    this.filter.restore(state.filter);
    this.#warm = state.warm;
    this.warned.at = state.warnedAt;
  }

  /** 16 hex digits over counters, book, ticks and scores; equal for equal runs however chunked. */
  override hash(): string {
    const hash = new StateHash();
    hash.integer(this.clock.seq);
    hash.integer(this.clock.events);
    hashEngine(hash, this.engine, this.#spectrum.score);
    return hash.digest();
  }

  #beginWarm(): void {
    this.#warm = true;
    this.engine.reanchorToBest();
    this.engine.synchronise();
  }

  protected override closeBin(): void {
    const { clock, engine } = this;
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
    this.onBin(frame);
  }
}
