import { ACTION, FLAG, type MboBlock } from "../dbn/mod.ts";
import { ENG } from "../frames/mod.ts";
import { type EngineInstrument, engineOf, hashEngine } from "./_pipeline_engine.ts";
import { BinClock, type BinClockState } from "./bin_clock.ts";
import type { PressureEngine, PressureEngineState, PressureModel } from "./pressure_engine.ts";
import { type EventSink, ReplayFilter, type ReplayFilterState } from "./replay_filter.ts";
import { StateHash } from "./state_hash.ts";

/** Events after which the grid is laid anew around the market, if no time did it before. */
const REANCHOR_EVENTS = 10_000;

/** What of an instrument a core pipeline needs; names as in the instrument file. */
export interface CoreInstrument extends EngineInstrument {
  readonly product_type: "equity_mbo" | "future_mbo";
  readonly symbol: string;
  readonly cell_width_ms: number;
}

/** One closed bin over the whole grid. The pipeline reuses the arrays for the next bin. */
export interface CoreFrame {
  /** Epoch ns that offsets count from. */
  readonly baseNs: bigint;
  /** ns offsets, exact. */
  binStartNs: number;
  binEndNs: number;
  binSeq: number;
  binEventCount: number;
  eventId: number;
  /** Absolute tick of slot ⌊n / 2⌋, −1 when unset. */
  anchorTick: number;
  /** 1e-9 currency units per tick. */
  readonly tickNano: number;
  /** Absolute tick of slot 0, 0 when unset. */
  firstTick: number;
  bookValid: boolean;
  /** The 18 engine columns in `ENG` order, each of shape [n]. */
  readonly columns: readonly Float64Array[];
  /** Shape [n]. */
  readonly lastEventId: Float64Array;
}

/** When a run starts, when its grid may move, and what it reports to. */
export interface CorePipelineOptions {
  /** Epoch ns that offsets count from; every event lies after it, within 104 days. */
  readonly baseNs: bigint;
  /** Offset of the first bin, or 0 for the first event. */
  readonly emitAfterNs: number;
  /** Offset from which events move the ticks, 0 = always. */
  readonly warmupStartNs: number;
  /** Offset of 09:30 New York: from then on the grid is laid anew, once. */
  readonly reanchorAfterNs: number;
  /** Events after which it is laid anew at the latest. Default 10,000. */
  readonly reanchorAfterEvents?: number;
  /** Session `[fromNs, toNs)`, ns offsets; everything when omitted. */
  readonly session?: { readonly fromNs: number; readonly toNs: number };
  /** Text symbol of an instrument id, or null when unknown. */
  readonly symbolOf?: (instrumentId: number) => string | null;
  /** Throw on a price outside the grid. */
  readonly strict?: boolean;
  /** The frame's arrays are reused after the call. */
  readonly onBin: (frame: CoreFrame) => void;
  readonly onWarning?: (message: string) => void;
}

/** Copy of a core pipeline, fit for structured clone. */
export interface CorePipelineState {
  readonly engine: PressureEngineState;
  readonly bins: BinClockState;
  readonly filter: ReplayFilterState;
  readonly updates: number;
  readonly reanchored: boolean;
}

/**
 * From records to bins over the whole grid, for storage: no spot, no window, no scores. The grid is
 * anchored at the first priced order and once more when the market has formed.
 *
 * @see docs/methods/pressure.md, "Core mode".
 */
export class CorePipeline implements EventSink {
  readonly baseNs: bigint;
  readonly model: PressureModel;
  readonly #options: CorePipelineOptions;
  readonly #clock: BinClock;
  readonly #filter: ReplayFilter;
  readonly #frame: CoreFrame;
  readonly #newEngine: () => PressureEngine;
  #engine: PressureEngine;
  /** Events that moved the ticks, the warm-up's included. */
  #updates = 0;
  #reanchored = false;

  /** @throws {RangeError} When a setting is out of range. */
  constructor(instrument: CoreInstrument, options: CorePipelineOptions) {
    this.baseNs = options.baseNs;
    this.model = instrument.pressure_model;
    this.#options = options;
    this.#clock = new BinClock(instrument.cell_width_ms * 1_000_000);
    const warn = options.onWarning ?? (() => {});
    this.#newEngine = () => engineOf(instrument, false, options.strict ?? false, warn);
    this.#engine = this.#newEngine();
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
    this.#frame = newCoreFrame(options.baseNs, instrument);
  }

  /** The engine behind the bins, for inspection. */
  get engine(): PressureEngine {
    return this.#engine;
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

  /**
   * Takes one event; closes every bin that ends at or before it.
   *
   * @throws {BookError} In strict mode, when a price lies outside the grid.
   */
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
    const corrected = this.model === "complete";
    const started = this.#updates > 0;
    if (tsNs < this.#options.warmupStartNs && !(started && corrected)) {
      // The original starts from an empty book; the market did not.
      if (corrected) this.#engine.updateBook(action, side, priceNano, size, idLow, idHigh, flags);
      return;
    }
    // The original moves the grid first, so that bins before the move show it moved.
    if (!corrected) this.#tryReanchor(tsNs);
    if (tsNs >= this.#options.emitAfterNs) {
      const clock = this.#clock;
      if (Number.isNaN(clock.endNs)) {
        // A snapshot carries the times of old orders; the market's time begins after it.
        const old = corrected && (flags & FLAG.SNAPSHOT) !== 0;
        if (!old) clock.open(this.#options.emitAfterNs > 0 ? this.#options.emitAfterNs : tsNs);
      }
      while (tsNs >= clock.endNs) this.#closeBin();
      if (!Number.isNaN(clock.endNs)) clock.events++;
    }
    if (corrected) this.#tryReanchor(tsNs);
    this.#tryAnchor(action, priceNano);
    this.#engine.update(tsNs, action, side, priceNano, size, idLow, idHigh, flags);
    this.#updates++;
  }

  /** Closes every bin that ends at or before `tsNs`: the caller knows that no earlier event comes. */
  closeBinsUntil(tsNs: number): void {
    while (this.#clock.endNs <= tsNs) this.#closeBin();
  }

  /** Ends the input: the open bin is emitted when it holds an event. */
  finish(): void {
    if (this.#clock.events > 0) this.#closeBin();
  }

  /** Copies everything that the next event can depend on. */
  save(): CorePipelineState {
    return {
      engine: this.#engine.save(),
      bins: this.#clock.save(),
      filter: this.#filter.save(),
      updates: this.#updates,
      reanchored: this.#reanchored,
    };
  }

  /** Puts a copy back; what follows equals an uninterrupted run bit by bit. */
  restore(state: CorePipelineState): void {
    this.#engine = this.#newEngine();
    this.#engine.restore(state.engine);
    this.#clock.restore(state.bins);
    this.#filter.restore(state.filter);
    this.#updates = state.updates;
    this.#reanchored = state.reanchored;
  }

  /** 16 hex digits over counters, book and ticks; equal for equal runs however chunked. */
  stateHash(): string {
    const hash = new StateHash();
    hash.integer(this.#clock.seq);
    hash.integer(this.#clock.events);
    hash.integer(this.#reanchored ? 1 : 0);
    hashEngine(hash, this.#engine, null);
    return hash.digest();
  }

  /** Lays the grid around the first order with a price. */
  #tryAnchor(action: number, priceNano: number): void {
    const engine = this.#engine;
    const { grid } = engine.book;
    if (grid.anchor >= 0 || !(priceNano > 0)) return;
    const books = action === ACTION.ADD || action === ACTION.MODIFY || action === ACTION.FILL ||
      action === ACTION.CANCEL;
    if (!books) return;
    engine.setAnchor(Math.floor(priceNano / grid.tickNano + 0.5));
    engine.synchronise();
  }

  /** Lays the grid anew, at most once, when the market has formed. */
  #tryReanchor(tsNs: number): void {
    if (this.#reanchored || this.#engine.book.grid.anchor < 0) return;
    const { reanchorAfterNs, reanchorAfterEvents = REANCHOR_EVENTS } = this.#options;
    if (!(tsNs >= reanchorAfterNs || this.#updates >= reanchorAfterEvents)) return;
    this.#reanchored = this.#engine.softReanchor();
  }

  #closeBin(): void {
    const engine = this.#engine;
    const clock = this.#clock;
    const frame = this.#frame;
    engine.advance(clock.endNs);
    const { grid } = engine.book;
    frame.binStartNs = clock.startNs;
    frame.binEndNs = clock.endNs;
    frame.binSeq = clock.seq;
    frame.binEventCount = clock.events;
    frame.eventId = engine.eventCount;
    frame.anchorTick = grid.anchor;
    frame.firstTick = grid.anchor < 0 ? 0 : grid.anchor - grid.half;
    frame.bookValid = engine.bookValid;
    engine.state.copyColumns(frame.columns);
    frame.lastEventId.set(engine.state.lastEventId);
    clock.next();
    this.#options.onBin(frame);
  }
}

function newCoreFrame(baseNs: bigint, instrument: CoreInstrument): CoreFrame {
  const n = instrument.n_absolute_ticks;
  return {
    baseNs,
    binStartNs: 0,
    binEndNs: 0,
    binSeq: 0,
    binEventCount: 0,
    eventId: 0,
    anchorTick: -1,
    tickNano: instrument.tick_int,
    firstTick: 0,
    bookValid: false,
    columns: Array.from({ length: ENG.VACUUM + 1 }, () => new Float64Array(n)),
    lastEventId: new Float64Array(n),
  };
}
