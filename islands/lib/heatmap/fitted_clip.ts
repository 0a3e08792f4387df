import { niceCeiling } from "../canvas/mod.ts";
import { COLUMN, type ColumnStore } from "./column_store.ts";
import { QuantityGrid } from "./quantity_grid.ts";
import type { Quantity } from "./quantity_info.ts";

const SAMPLED_COLUMNS = 200;
const SAMPLE_EVERY = 4;
/** Share of the cells that are not zero whose values the scale reaches. */
const REACHED = 0.98;
const WITHOUT_VALUES = 100;

/** Returns an end of the scale that fits a quantity now: 1 for scores, else a round value. */
export function fittedClip(store: ColumnStore | null, quantity: Quantity): number {
  if (quantity === "score") return 1;
  if (store === null || store.last < 0) return WITHOUT_VALUES;
  const grid = new QuantityGrid(store, quantity);
  const sample: number[] = [];
  const first = Math.max(store.first, store.last - SAMPLED_COLUMNS);
  for (let position = first; position <= store.last; position += SAMPLE_EVERY) {
    if (store.kind[store.slot(position)] !== COLUMN.BIN) continue;
    for (let row = 0; row < store.rows; row++) {
      const value = Math.abs(grid.value(position, row));
      if (value > 0) sample.push(value);
    }
  }
  if (sample.length === 0) return WITHOUT_VALUES;
  return niceCeiling(sample.sort((a, b) => a - b)[Math.floor(sample.length * REACHED)]!);
}
