/** Rows per block: growing never copies a row, and one tick too many costs 64 rows at most. */
const BLOCK_SHIFT = 6;
const BLOCK_ROWS = 1 << BLOCK_SHIFT;
const BLOCK_MASK = BLOCK_ROWS - 1;

/** Places of a row's scalars after `SpectrumRows.scalars`. */
export const SCALAR = {
  ROLLED: 0,
  D1: 1,
  D2: 2,
  D3: 3,
  SCORE: 4,
  S1: 5,
  S2: 6,
  S3: 7,
  LENGTH: 8,
} as const;

/**
 * The history of every tick that was ever active, one row of doubles each:
 *
 *     composite ring | d1 ring | d2 ring | d3 ring | rolling sums | scalars | three sorted windows
 *
 * Everything before the sorted windows must be saved; those follow from the rings. A fresh row is
 * all zeros, which is exactly the history of a tick that nothing has touched.
 */
export class SpectrumRows {
  /** Offset of the first derivative ring within a row; the other two follow. */
  readonly rings: number;
  readonly sums: number;
  readonly scalars: number;
  /** Offset of the first sorted window; also the doubles of a row that are saved. */
  readonly sorted: number;
  /** Doubles per row. */
  readonly stride: number;
  /** Slot of each tick, −1 when it was never active. Shape [nTicks]. */
  readonly slotOf: Int32Array;
  /** Tick of each slot; the first `slots` are in use. Shape [nTicks]. */
  readonly tickOf: Int32Array;
  slots = 0;
  readonly #blocks: Float64Array[] = [];

  constructor(nTicks: number, compositeRing: number, derivativeRing: number, windows: number) {
    this.rings = compositeRing;
    this.sums = compositeRing + 3 * derivativeRing;
    this.scalars = this.sums + windows;
    this.sorted = this.scalars + SCALAR.LENGTH;
    this.stride = this.sorted + 3 * derivativeRing;
    this.slotOf = new Int32Array(nTicks).fill(-1);
    this.tickOf = new Int32Array(nTicks);
  }

  /** Gives a tick a row of zeros; the caller has checked that it has none. */
  add(tick: number): void {
    const slot = this.slots++;
    this.slotOf[tick] = slot;
    this.tickOf[slot] = tick;
    if (slot >> BLOCK_SHIFT === this.#blocks.length) {
      this.#blocks.push(new Float64Array(BLOCK_ROWS * this.stride));
    }
  }

  /** The block that holds the row of a slot in use. */
  block(slot: number): Float64Array {
    return this.#blocks[slot >> BLOCK_SHIFT]!;
  }

  /** Where the row of a slot begins within its block. */
  base(slot: number): number {
    return (slot & BLOCK_MASK) * this.stride;
  }

  /** Takes all rows away; their memory is kept and zeroed. */
  clear(): void {
    this.slots = 0;
    this.slotOf.fill(-1);
    for (const block of this.#blocks) block.fill(0);
  }
}
