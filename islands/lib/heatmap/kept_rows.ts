import type { SignalRows } from "../../../engine/signals/mod.ts";
import type { GridValues } from "./grid_rows.ts";
import { PLANE } from "./planes.ts";

/** Planes that the directional signals read, in the order in which they are kept. */
const PLANES = [PLANE.V_ADD, PLANE.V_FILL, PLANE.V_PULL, PLANE.VACUUM] as const;

/**
 * What the directional signals read of every kept column, in full precision: the picture's own store is
 * rounded, and an experiment is compared with the server digit by digit.
 */
export class KeptRows {
  readonly #rows: number;
  readonly #k: Int32Array;
  /** Shape [capacity, 4, rows]. */
  readonly #cells: Float64Array;

  /** @param k Rows in ticks from spot. */
  constructor(capacity: number, k: Int32Array) {
    this.#rows = k.length;
    this.#k = k;
    this.#cells = new Float64Array(capacity * PLANES.length * k.length);
  }

  /** Keeps the values of a bin. */
  write(slot: number, { cells }: GridValues): void {
    PLANES.forEach((plane, i) => {
      const from = plane * this.#rows;
      this.#cells.set(cells.subarray(from, from + this.#rows), this.#offset(slot, i));
    });
  }

  /** The rows of a column, as views of what is kept. */
  at(slot: number, spotHalfTick: boolean): SignalRows {
    const column = (i: number) =>
      this.#cells.subarray(this.#offset(slot, i), this.#offset(slot, i) + this.#rows);
    return {
      k: this.#k,
      vAdd: column(0),
      vFill: column(1),
      vPull: column(2),
      vacuum: column(3),
      spotHalfTick,
    };
  }

  #offset(slot: number, plane: number): number {
    return (slot * PLANES.length + plane) * this.#rows;
  }
}
