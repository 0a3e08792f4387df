import { GRID, type Grid, type GridKind } from "../canvas/mod.ts";
import { COLUMN, type ColumnStore, NO_TICK } from "./column_store.ts";
import { PLANE } from "./planes.ts";
import type { Quantity } from "./quantity_info.ts";

/** One quantity of a column store as a grid: a plane, or the difference of two. */
export class QuantityGrid implements Grid {
  readonly rows: number;
  readonly #store: ColumnStore;
  readonly #plane: number;
  /** Plane that is taken away, -1 for none. */
  readonly #minus: number;

  constructor(store: ColumnStore, quantity: Quantity) {
    this.rows = store.rows;
    this.#store = store;
    this.#plane = planeOf(quantity);
    this.#minus = quantity === "net" ? PLANE.VACUUM : -1;
  }

  get first(): number {
    return this.#store.first;
  }

  get last(): number {
    return this.#store.last;
  }

  kind(position: number): GridKind {
    const store = this.#store;
    const slot = store.slot(position);
    if (store.kind[slot] === COLUMN.GAP) return GRID.GAP;
    const isSound = store.bookValid[slot] === 1 && store.spotTick[slot] !== NO_TICK;
    return isSound ? GRID.SOUND : GRID.SUSPECT;
  }

  anchor(position: number): number {
    const store = this.#store;
    const slot = store.slot(position);
    const spot = store.spotTick[slot]!;
    return store.kind[slot] === COLUMN.BIN && spot !== NO_TICK ? spot - store.radius : NaN;
  }

  value(position: number, row: number): number {
    const store = this.#store;
    const slot = store.slot(position);
    const value = store.cells[store.offset(slot, this.#plane) + row]!;
    return this.#minus < 0 ? value : value - store.cells[store.offset(slot, this.#minus) + row]!;
  }
}

function planeOf(quantity: Quantity): number {
  switch (quantity) {
    case "score":
      return PLANE.SCORE;
    case "vacuum":
      return PLANE.VACUUM;
    case "depth":
      return PLANE.REST_DEPTH;
    case "net":
    case "pressure":
      return PLANE.PRESSURE;
  }
}
