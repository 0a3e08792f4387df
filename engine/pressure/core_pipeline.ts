import { ACTION } from "../dbn/mod.ts";
import {
  type BinnedInstrument,
  BinnedPipeline,
  type BinnedPipelineOptions,
} from "./_binned_pipeline.ts";
import { hashEngine } from "./_pipeline_engine.ts";
import type { BinClockState } from "../clock/mod.ts";
import { KeptGrid } from "./kept_grid.ts";
import type { PressureEngineState } from "./pressure_engine.ts";
import type { ReplayFilterState } from "./replay_filter.ts";
import { StateHash } from "./state_hash.ts";

/** Events after which the grid is laid anew around the market, if no time did it before. */
const REANCHOR_EVENTS = 10_000;

/**
 * One closed bin over the whole grid. The pipeline keeps the arrays for the next bin and writes anew
 * only what changed: whoever reads them must not write to them.
 */
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

/** When a run starts, when its grid may move, and where its bins go. */
export interface CorePipelineOptions extends BinnedPipelineOptions<CoreFrame> {
  /** Offset of 09:30 New York: from then on the grid is laid anew, once. */
  readonly reanchorAfterNs: number;
  /** Events after which it is laid anew at the latest. Default 10,000. */
  readonly reanchorAfterEvents?: number;
}

/** Copy of a core pipeline, fit for structured clone. */
export interface CorePipelineState {
  readonly engine: PressureEngineState;
  readonly bins: BinClockState;
  readonly filter: ReplayFilterState;
  readonly updates: number;
  readonly reanchored: boolean;
  /** Events counted at the last warning. */
  readonly warnedAt: number;
}

/**
 * From records to bins over the whole grid, for storage: no spot, no window, no scores. The grid is
 * anchored at the first priced order and once more when the market has formed.
 *
 * @see docs/methods/pressure.md, "Core mode".
 */
export class CorePipeline extends BinnedPipeline<CoreFrame, CorePipelineState> {
  readonly #options: CorePipelineOptions;
  readonly #frame: CoreFrame;
  readonly #grid: KeptGrid;
  /** Events that moved the ticks, the warm-up's included. */
  #updates = 0;
  #reanchored = false;

  /** @throws {RangeError} When a setting is out of range. */
  constructor(instrument: BinnedInstrument, options: CorePipelineOptions) {
    super(instrument, options, false);
    this.#options = options;
    this.#grid = new KeptGrid(instrument.n_absolute_ticks);
    this.#frame = newCoreFrame(options.baseNs, instrument.tick_int, this.#grid);
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
    const corrected = this.model === "complete";
    const started = this.#updates > 0;
    if (tsNs < this.warmupStartNs && !(started && corrected)) {
      // The original starts from an empty book; the market did not.
      if (corrected) this.engine.updateBook(action, side, priceNano, size, idLow, idHigh, flags);
      this.show(flags);
      return;
    }
    // The original moves the grid first, so that bins before the move show it moved.
    if (!corrected) this.#tryReanchor(tsNs);
    this.bin(tsNs, flags);
    if (corrected) this.#tryReanchor(tsNs);
    this.#tryAnchor(action, priceNano);
    this.engine.update(tsNs, action, side, priceNano, size, idLow, idHigh, flags);
    this.#updates++;
    this.show(flags);
  }

  override save(): CorePipelineState {
    return {
      engine: this.engine.save(),
      bins: this.clock.save(),
      filter: this.filter.save(),
      updates: this.#updates,
      reanchored: this.#reanchored,
      warnedAt: this.warned.at,
    };
  }

  override restore(state: CorePipelineState): void {
    const engine = this.renewEngine();
    // Laying the book out again is nothing new to warn of.
    this.warned.at = Infinity;
    engine.restore(state.engine);
    this.clock.restore(state.bins);
    this.filter.restore(state.filter);
    this.#updates = state.updates;
    this.#reanchored = state.reanchored;
    this.warned.at = state.warnedAt;
  }

  /** 16 hex digits over counters, book and ticks; equal for equal runs however chunked. */
  override hash(): string {
    const hash = new StateHash();
    hash.integer(this.clock.seq);
    hash.integer(this.clock.events);
    hash.integer(this.#reanchored ? 1 : 0);
    hashEngine(hash, this.engine, null);
    return hash.digest();
  }

  /** Lays the grid around the first order with a price. */
  #tryAnchor(action: number, priceNano: number): void {
    const { engine } = this;
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
    if (this.#reanchored || this.engine.book.grid.anchor < 0) return;
    const { reanchorAfterNs, reanchorAfterEvents = REANCHOR_EVENTS } = this.#options;
    if (!(tsNs >= reanchorAfterNs || this.#updates >= reanchorAfterEvents)) return;
    this.#reanchored = this.engine.softReanchor();
  }

  protected override closeBin(): void {
    const { clock, engine } = this;
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
    this.#grid.update(engine.state);
    clock.next();
    this.onBin(frame);
  }
}

function newCoreFrame(
  baseNs: bigint,
  tickNano: number,
  { columns, lastEventId }: KeptGrid,
): CoreFrame {
  return {
    baseNs,
    binStartNs: 0,
    binEndNs: 0,
    binSeq: 0,
    binEventCount: 0,
    eventId: 0,
    anchorTick: -1,
    tickNano,
    firstTick: 0,
    bookValid: false,
    columns,
    lastEventId,
  };
}
