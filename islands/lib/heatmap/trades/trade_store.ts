import {
  ArrowDecoder,
  CELL,
  LayoutError,
  TRADE_CELLS,
} from "../../../../engine/frames/contract.ts";
import { WireError } from "../wire.ts";

/** Cells kept, a power of two: 32 a column of the history. Beyond it the oldest are no longer drawn. */
const CAPACITY = 131_072;
const MASK = CAPACITY - 1;

/**
 * What traded at each price of each kept column, beside the columns of a history. The cells of all columns
 * lie in one ring of typed arrays; a column knows where its own begin.
 */
export class TradeStore {
  /** Price in ticks of every cell, and what traded there in contracts. */
  readonly tick = new Int32Array(CAPACITY);
  readonly buy = new Float64Array(CAPACITY);
  readonly sell = new Float64Array(CAPACITY);
  /** Traded without an aggressor that the venue names. */
  readonly none = new Float64Array(CAPACITY);
  readonly trades = new Int32Array(CAPACITY);
  readonly largest = new Float64Array(CAPACITY);
  readonly #decoder = new ArrowDecoder(TRADE_CELLS);
  /** Bin whose cells a slot of the history has; NaN for none. */
  readonly #binSeq: Float64Array;
  /** Cells written before those of the slot. */
  readonly #from: Float64Array;
  readonly #count: Int32Array;
  readonly #slots: number;
  #written = 0;
  /** Oldest position put since it was last asked for. */
  #changed = Infinity;

  /** @param columns Columns that the history keeps, a power of two. */
  constructor(columns: number) {
    this.#slots = columns - 1;
    this.#binSeq = new Float64Array(columns).fill(NaN);
    this.#from = new Float64Array(columns);
    this.#count = new Int32Array(columns);
  }

  /** Oldest position whose trades changed since the last call; Infinity when none did. */
  takeChanged(): number {
    const changed = this.#changed;
    this.#changed = Infinity;
    return changed;
  }

  clear(): void {
    this.#binSeq.fill(NaN);
    this.#written = 0;
    this.#changed = 0;
  }

  /**
   * Keeps the cells of the column at a position.
   *
   * @throws {WireError} When the Arrow rows break the contract; nothing is kept then.
   */
  put(position: number, binSeq: number, rows: Uint8Array): void {
    const slot = position & this.#slots;
    const { columns } = decoded(this.#decoder, rows);
    const column = (place: number) => columns[place]!;
    const count = Math.min(CAPACITY, column(CELL.PRICE_TICK).length);
    for (let row = 0; row < count; row++) {
      const at = (this.#written + row) & MASK;
      this.tick[at] = Number(column(CELL.PRICE_TICK)[row]);
      this.buy[at] = Number(column(CELL.BUY_QTY)[row]);
      this.sell[at] = Number(column(CELL.SELL_QTY)[row]);
      this.none[at] = Number(column(CELL.NONE_QTY)[row]);
      this.trades[at] = Number(column(CELL.COUNT)[row]);
      this.largest[at] = Number(column(CELL.LARGEST_QTY)[row]);
    }
    this.#binSeq[slot] = binSeq;
    this.#from[slot] = this.#written;
    this.#count[slot] = count;
    this.#written += count;
    this.#changed = Math.min(this.#changed, position);
  }

  /** Cells of the column in a slot, if it holds that bin still. */
  countAt(slot: number, binSeq: number): number {
    const isOwn = this.#binSeq[slot] === binSeq && this.#from[slot]! >= this.#written - CAPACITY;
    return isOwn ? this.#count[slot]! : 0;
  }

  /** Index in the arrays of a column's cell, the lowest price first. */
  index(slot: number, cell: number): number {
    return (this.#from[slot]! + cell) & MASK;
  }
}

function decoded(decoder: ArrowDecoder, rows: Uint8Array) {
  try {
    return decoder.decode(rows);
  } catch (error) {
    if (!(error instanceof LayoutError)) throw error;
    throw new WireError(`trade_cells.${error.subject}`, error.expected, error.found ?? null);
  }
}
