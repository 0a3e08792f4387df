import type { TickBook } from "../../book/mod.ts";
import type { GridFrame } from "../../frames/mod.ts";
import type { PipelineTap } from "../../pressure/mod.ts";
import type { DirectionalValues } from "../../signals/mod.ts";
import type { SurfacePass } from "../../surfaces/pass/mod.ts";
import { freshness } from "../freshness.ts";
import { BookChannels, type BookChannelsState } from "./book_channels.ts";
import { FrameRules, type FrameRulesState } from "./frame_rules.ts";
import { copyFrame, emptyFrame, type MarketFrame } from "./market_frame.ts";
import {
  PressureChannels,
  type PressureChannelsState,
  type PressureSource,
} from "./pressure_channels.ts";
import { QuoteFlow, type QuoteFlowState } from "./quote_flow.ts";
import { SurfaceChannels, type SurfaceChannelsState } from "./surface_channels.ts";
import { GAMMA_STRIKES, VELOCITY_STRIKES, VELOCITY_TICKS } from "./surface_copy.ts";
import { TickClock } from "./tick_clock.ts";

/** What frames are made of, and where they go. */
export interface LabFramesOptions {
  /** Epoch ns that offsets count from: the pipeline's. */
  readonly baseNs: bigint;
  /** Width of a tick, s: whole nanoseconds. */
  readonly dt: number;
  readonly instrument: PressureSource;
  /** Unit of all lengths, 1e-9 currency units: the instrument's tick, or that times a power of two. */
  readonly labTickNano: number;
  /** Called at the end of every tick, also of one that is not valid; the frame is rewritten for the next. */
  readonly onFrame: (frame: MarketFrame) => void;
}

/** Copy of all that the next frame depends on, fit for structured clone. */
export interface LabFramesState {
  readonly tick: number;
  readonly frame: MarketFrame;
  readonly quotes: QuoteFlowState;
  readonly book: BookChannelsState;
  readonly pressure: PressureChannelsState;
  readonly surfaces: SurfaceChannelsState;
  readonly rules: FrameRulesState;
}

/**
 * The market at the end of every tick of the lab. It is a tap of a pressure pipeline, whose bins it takes, and it takes
 * the windows of the surfaces where there are any. Best prices and order flow come from the book itself, at the end
 * of the tick; everything else is the newest that ended by then. The first tick holds what came since the first bin
 * opened. Nothing is allocated per event.
 */
export class LabFrames implements PipelineTap {
  readonly #frame: MarketFrame;
  readonly #clock: TickClock;
  readonly #cellNs: number;
  readonly #quotes = new QuoteFlow();
  readonly #book: BookChannels;
  readonly #pressure: PressureChannels;
  readonly #surfaces: SurfaceChannels;
  readonly #rules = new FrameRules();
  readonly #channels: readonly { readonly ageS: number }[];
  readonly #onFrame: (frame: MarketFrame) => void;

  /** @throws {LabError} `setting` when the width of a tick is not a whole number of ns. */
  constructor({ baseNs, dt, instrument, labTickNano, onFrame }: LabFramesOptions) {
    const frame = emptyFrame({
      pressure: 2 * instrument.grid_radius_ticks + 1,
      velocity: VELOCITY_TICKS,
      options: VELOCITY_STRIKES,
      gamma: GAMMA_STRIKES,
    });
    this.#frame = frame;
    this.#clock = new TickClock(baseNs, dt);
    this.#cellNs = instrument.cell_width_ms * 1e6;
    this.#book = new BookChannels(frame, labTickNano);
    this.#pressure = new PressureChannels(frame, instrument, labTickNano);
    this.#surfaces = new SurfaceChannels(frame, instrument.tick_int / labTickNano);
    this.#channels = [
      ...Object.values(frame.scalars),
      ...Object.values(frame.profiles),
      frame.gex,
    ];
    this.#onFrame = onFrame;
  }

  get endNs(): number {
    return this.#clock.endNs;
  }

  open(startNs: number): void {
    this.#clock.open(startNs);
    this.#quotes.next();
  }

  see(book: TickBook): void {
    this.#quotes.see(book);
  }

  /**
   * Takes a bin of the pipeline as it closes.
   *
   * @param signals What the directional signals make of it.
   */
  takeBin(bin: GridFrame, signals: DirectionalValues): void {
    const isLastOfTick = bin.binEndNs + this.#cellNs > this.endNs;
    if (isLastOfTick) this.#pressure.show(bin, signals);
  }

  /** Takes a window of the surfaces as it closes, be it ahead of the bins or behind. */
  takeWindow(pass: SurfacePass): void {
    this.#surfaces.take(pass, Number.isNaN(this.endNs));
  }

  close(): void {
    const frame = this.#frame;
    const { tick, endNs } = this.#clock;
    frame.tick = tick;
    this.#book.writePrices(this.#quotes);
    frame.fault = this.#rules.check(frame);
    frame.valid = frame.fault === null;
    if (frame.valid) this.#book.writeScalars(this.#quotes, endNs);
    this.#surfaces.advance(endNs);
    this.#book.stamp(endNs);
    this.#pressure.stamp(endNs);
    this.#surfaces.stamp(endNs);
    frame.quality = frame.valid ? this.#freshness() : 0;
    this.#quotes.next();
    this.#clock.goTo(tick + 1);
    this.#onFrame(frame);
  }

  save(): LabFramesState {
    return structuredClone({
      tick: this.#clock.tick,
      frame: this.#frame,
      quotes: this.#quotes.save(),
      book: this.#book.save(),
      pressure: this.#pressure.save(),
      surfaces: this.#surfaces.save(),
      rules: this.#rules.save(),
    });
  }

  /** Puts a copy back, together with the pipeline's of the same time. */
  restore(state: LabFramesState): void {
    this.#clock.goTo(state.tick);
    copyFrame(state.frame, this.#frame);
    this.#quotes.restore(state.quotes);
    this.#book.restore(state.book);
    this.#pressure.restore(state.pressure);
    this.#surfaces.restore(state.surfaces);
    this.#rules.restore(state.rules);
  }

  /** Mean over all channels, 0 to 1. */
  #freshness(): number {
    let sum = 0;
    for (let i = 0; i < this.#channels.length; i++) sum += freshness(this.#channels[i]!.ageS);
    return sum / this.#channels.length;
  }
}
