import type { ColumnArray } from "../frames/mod.ts";

/** Prices that there is room for at first. */
const FIRST_CELLS = 64;

/** Quantities of one price, in the order in which they are kept. */
const QTY = { BUY: 0, SELL: 1, NONE: 2, LARGEST: 3 } as const;
const QTYS = 4;

/** Copy of a tally: a row per price, lowest first. */
export interface CellTallyState {
  readonly ticks: Float64Array;
  /** Shape [rows, 4]: bought, sold, neither, largest. */
  readonly qtys: Float64Array;
  readonly counts: Int32Array;
}

/**
 * What traded at each price since the last {@link CellTally.clear}. Adding allocates nothing but for twice
 * the room when a bin trades at more prices than any before.
 */
export class CellTally {
  #size = 0;
  #ticks = new Float64Array(FIRST_CELLS);
  #qtys = new Float64Array(FIRST_CELLS * QTYS);
  #counts = new Int32Array(FIRST_CELLS);
  /** Rows in ascending order of price. */
  #order = new Int32Array(FIRST_CELLS);

  /** Prices that something traded at. */
  get size(): number {
    return this.#size;
  }

  /** Adds a trade. @param aggressor 1 bought, −1 sold, 0 neither. */
  add(tick: number, qty: number, aggressor: number): void {
    const row = this.#rowOf(tick);
    const at = row * QTYS;
    const side = aggressor > 0 ? QTY.BUY : aggressor < 0 ? QTY.SELL : QTY.NONE;
    this.#qtys[at + side]! += qty;
    if (qty > this.#qtys[at + QTY.LARGEST]!) this.#qtys[at + QTY.LARGEST] = qty;
    this.#counts[row]!++;
  }

  clear(): void {
    this.#size = 0;
  }

  /** Columns of `TRADE_CELLS` after those of the bin, lowest price first. */
  columns(): readonly ColumnArray[] {
    const { ticks, qtys, counts } = this.save();
    const qty = (place: number) => ticks.map((_, row) => qtys[row * QTYS + place]!);
    const ones = () => new Int32Array(ticks.length).fill(1);
    return [
      ones(),
      ticks,
      ones(),
      qty(QTY.BUY),
      qty(QTY.SELL),
      qty(QTY.NONE),
      counts,
      qty(QTY.LARGEST),
    ];
  }

  save(): CellTallyState {
    const size = this.#size;
    const ticks = new Float64Array(size);
    const qtys = new Float64Array(size * QTYS);
    const counts = new Int32Array(size);
    for (let i = 0; i < size; i++) {
      const row = this.#order[i]!;
      ticks[i] = this.#ticks[row]!;
      counts[i] = this.#counts[row]!;
      qtys.set(this.#qtys.subarray(row * QTYS, (row + 1) * QTYS), i * QTYS);
    }
    return { ticks, qtys, counts };
  }

  restore({ ticks, qtys, counts }: CellTallyState): void {
    while (this.#ticks.length < ticks.length) this.#grow();
    this.#size = ticks.length;
    this.#ticks.set(ticks);
    this.#qtys.set(qtys);
    this.#counts.set(counts);
    for (let i = 0; i < ticks.length; i++) this.#order[i] = i;
  }

  #rowOf(tick: number): number {
    let [low, high] = [0, this.#size];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#ticks[this.#order[middle]!]! < tick) low = middle + 1;
      else high = middle;
    }
    const found = low < this.#size ? this.#order[low]! : -1;
    return found >= 0 && this.#ticks[found] === tick ? found : this.#insert(low, tick);
  }

  #insert(place: number, tick: number): number {
    if (this.#size === this.#ticks.length) this.#grow();
    const row = this.#size++;
    this.#order.copyWithin(place + 1, place, row);
    this.#order[place] = row;
    this.#ticks[row] = tick;
    this.#counts[row] = 0;
    this.#qtys.fill(0, row * QTYS, (row + 1) * QTYS);
    return row;
  }

  #grow(): void {
    this.#ticks = grown(this.#ticks);
    this.#qtys = grown(this.#qtys);
    this.#counts = grown(this.#counts);
    this.#order = grown(this.#order);
  }
}

function grown<T extends Float64Array | Int32Array>(array: T): T {
  const Kind = array.constructor as new (length: number) => T;
  const larger = new Kind(2 * array.length);
  larger.set(array);
  return larger;
}
