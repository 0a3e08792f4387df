import { ACTION, FLAG, type MboBlock, SIDE } from "../dbn/mod.ts";
import {
  type ColumnArray,
  type Frame,
  type Layout,
  TRADE_CELLS,
  TRADE_PRINTS,
} from "../frames/mod.ts";
import { BinClock, type BinClockState } from "../clock/mod.ts";
import {
  type EventSink,
  type PipelineInstrument,
  ReplayFilter,
  type ReplayFilterState,
  StateHash,
  type StreamPipelineOptions,
} from "../pressure/mod.ts";
import type { Stage } from "../stage/mod.ts";
import { CellTally, type CellTallyState } from "./_cell_tally.ts";
import { PrintList, type PrintListState } from "./_print_list.ts";
import type { TradeFrame } from "./trade_frame.ts";

/** What of an instrument the trades need. */
export type TradedInstrument = Pick<
  PipelineInstrument,
  "product_type" | "symbol" | "tick_int" | "cell_width_ms" | "pressure_model"
>;

/** When a run starts, what it reads, and where the trades go. */
export interface TradeStageOptions
  extends Pick<StreamPipelineOptions, "baseNs" | "emitAfterNs" | "session" | "symbolOf"> {
  /** Told of every bin in which something traded. */
  readonly onBin: (frame: TradeFrame) => void;
}

/** Copy of a stage, fit for structured clone. */
export interface TradeState {
  readonly bins: BinClockState;
  readonly filter: ReplayFilterState;
  readonly cells: CellTallyState;
  readonly prints: PrintListState;
  /** Contracts since the start: bought, sold, neither. */
  readonly totals: readonly [number, number, number];
}

/**
 * Trades by price and one by one, in the bins of a pressure pipeline with the same options. A trade is
 * its T record alone: the F records of the orders that it filled tell the same contracts again.
 *
 * @see docs/methods/trades.md
 */
export class TradeStage implements Stage<MboBlock, TradeState>, EventSink {
  readonly #options: TradeStageOptions;
  readonly #tickNano: number;
  readonly #opensAfterSnapshot: boolean;
  readonly #clock: BinClock;
  readonly #filter: ReplayFilter;
  readonly #cells = new CellTally();
  readonly #prints: PrintList;
  #totals: [number, number, number] = [0, 0, 0];

  constructor(instrument: TradedInstrument, options: TradeStageOptions) {
    this.#options = options;
    this.#tickNano = instrument.tick_int;
    this.#opensAfterSnapshot = instrument.pressure_model === "complete";
    this.#clock = new BinClock(instrument.cell_width_ms * 1_000_000);
    this.#prints = new PrintList(options.baseNs);
    this.#filter = new ReplayFilter({
      baseNs: options.baseNs,
      symbolOf: options.symbolOf ?? (() => null),
      symbol: instrument.symbol,
      future: instrument.product_type === "future_mbo",
      fromNs: options.session?.fromNs ?? -Infinity,
      toNs: options.session?.toNs ?? Infinity,
      skipToNs: 0,
      resetSnapshotClock: this.#opensAfterSnapshot,
      onWarning: () => {}, // the pipeline beside it warns
    });
  }

  /** Contracts in the bins so far: bought, sold, without an aggressor. */
  get totals(): readonly [number, number, number] {
    return this.#totals;
  }

  take(block: MboBlock): void {
    this.#filter.run(block, this);
  }

  /** Takes one event; closes every bin that ends at or before it. */
  onEvent(
    tsNs: number,
    action: number,
    side: number,
    priceNano: number,
    size: number,
    _idLow: number,
    _idHigh: number,
    flags: number,
  ): void {
    const isSnapshot = (flags & FLAG.SNAPSHOT) !== 0;
    const mayOpen = !(isSnapshot && this.#opensAfterSnapshot);
    if (!this.#clock.admits(tsNs, this.#options.emitAfterNs, mayOpen)) return;
    this.closeUntil(tsNs);
    if (action !== ACTION.TRADE || isSnapshot) return;
    const aggressor = side === SIDE.BID ? 1 : side === SIDE.ASK ? -1 : 0;
    this.#totals[aggressor > 0 ? 0 : aggressor < 0 ? 1 : 2] += size;
    this.#cells.add(Math.floor(priceNano / this.#tickNano + 0.5), size, aggressor);
    this.#prints.add(tsNs, priceNano, size, aggressor);
  }

  closeUntil(tsNs: number): void {
    while (this.#clock.endNs <= tsNs) this.#closeBin();
  }

  finish(): void {
    if (this.#cells.size > 0) this.#closeBin();
  }

  save(): TradeState {
    return {
      bins: this.#clock.save(),
      filter: this.#filter.save(),
      cells: this.#cells.save(),
      prints: this.#prints.save(),
      totals: [...this.#totals],
    };
  }

  restore(state: TradeState): void {
    this.#clock.restore(state.bins);
    this.#filter.restore(state.filter);
    this.#cells.restore(state.cells);
    this.#prints.restore(state.prints);
    this.#totals = [...state.totals];
  }

  /** 16 hex digits over the totals and the open bin; equal for equal runs however chunked. */
  hash(): string {
    const hash = new StateHash();
    const { ticks, qtys, counts } = this.#cells.save();
    const { tsNs, priceNano, sizes, aggressors, leftOut } = this.#prints.save();
    hash.integer(this.#clock.seq);
    for (const list of [this.#totals, ticks, qtys, counts, tsNs, priceNano, sizes, aggressors]) {
      for (const value of list) hash.integer(value);
    }
    hash.integer(leftOut);
    return hash.digest();
  }

  #closeBin(): void {
    const clock = this.#clock;
    if (this.#cells.size > 0) {
      const bin = { seq: clock.seq, endNs: this.#options.baseNs + BigInt(clock.endNs) };
      this.#options.onBin({
        binSeq: clock.seq,
        binEndNs: clock.endNs,
        cells: frameOf(TRADE_CELLS, bin, this.#cells.columns()),
        prints: frameOf(TRADE_PRINTS, bin, this.#prints.columns()),
        printsLeftOut: this.#prints.leftOut,
      });
      this.#cells.clear();
      this.#prints.clear();
    }
    clock.next();
  }
}

/** A frame whose rows all belong to one bin. */
function frameOf(
  { name, columns }: Layout,
  bin: { readonly seq: number; readonly endNs: bigint },
  own: readonly ColumnArray[],
): Frame {
  const rows = own[0]?.length ?? 0;
  return {
    layout: name,
    header: [],
    columns: [
      new Float64Array(rows).fill(bin.seq),
      new BigInt64Array(rows).fill(bin.endNs),
      ...own,
    ],
    valid: columns.map(() => null),
  };
}
