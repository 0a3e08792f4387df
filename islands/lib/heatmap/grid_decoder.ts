import {
  ArrowDecoder,
  type ColumnArray,
  gridLayout,
  LayoutError,
  placeOf,
} from "../../../engine/frames/contract.ts";
import type { GridValues } from "./grid_rows.ts";
import { planeNames } from "./planes.ts";
import { type StreamConfig, WireError } from "./wire.ts";

/** Reads the Arrow rows of bins. */
export class GridDecoder {
  readonly #rows: number;
  readonly #radius: number;
  readonly #names: readonly string[];
  readonly #arrow: ArrowDecoder;
  /** Where the layout has k, the planes and the event ids. */
  readonly #kPlace: number;
  readonly #planePlaces: readonly number[];
  readonly #idPlace: number;

  constructor({ radius, horizonsMs }: Pick<StreamConfig, "radius" | "horizonsMs">) {
    this.#radius = radius;
    this.#rows = 2 * radius + 1;
    this.#names = planeNames(horizonsMs);
    const layout = gridLayout(this.#rows, horizonsMs);
    this.#arrow = new ArrowDecoder(layout);
    this.#kPlace = placeOf(layout.columns, "k");
    this.#planePlaces = this.#names.map((name) => placeOf(layout.columns, name));
    this.#idPlace = placeOf(layout.columns, "last_event_id");
  }

  /**
   * Returns the values of one Arrow IPC stream, in arrays of their own.
   *
   * @throws {WireError} When a column is missing, of a wrong length, or holds what is no finite
   * number, or when k does not run from −R to +R.
   */
  decode(bytes: Uint8Array): GridValues {
    const rows = this.#rows;
    const columns = this.#columnsOf(bytes);
    this.#checkK(columns[this.#kPlace]!);
    const cells = new Float64Array(this.#names.length * rows);
    for (let plane = 0; plane < this.#names.length; plane++) {
      const values = columns[this.#planePlaces[plane]!]!;
      const base = plane * rows;
      for (let row = 0; row < rows; row++) {
        const value = Number(values[row]);
        if (!Number.isFinite(value)) {
          throw new WireError(this.#names[plane]!, "finite in every row", value);
        }
        cells[base + row] = value;
      }
    }
    const ids = columns[this.#idPlace]!;
    return { cells, eventIds: Float64Array.from({ length: rows }, (_, row) => Number(ids[row])) };
  }

  #columnsOf(bytes: Uint8Array): readonly ColumnArray[] {
    try {
      return this.#arrow.decode(bytes).columns;
    } catch (error) {
      if (!(error instanceof LayoutError)) throw error;
      const field = { message: "grid", rows: "grid_rows", column: error.subject }[error.code];
      throw new WireError(field, error.expected, error.found ?? null);
    }
  }

  #checkK(values: ColumnArray): void {
    for (let row = 0; row < this.#rows; row++) {
      const k = row - this.#radius;
      if (Number(values[row]) !== k) {
        throw new WireError("k", `${k} in row ${row}`, Number(values[row]));
      }
    }
  }
}
