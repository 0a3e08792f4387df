import {
  ArrowDecoder,
  type ColumnArray,
  gridLayout,
  LayoutError,
  placeOf,
} from "../../../engine/frames/contract.ts";
import { planeNames } from "./planes.ts";
import { type StreamConfig, WireError } from "./wire.ts";

/**
 * Reads the Arrow rows of one bin after another into the same scratch arrays.
 *
 * `cells` has shape [planes, rows], `eventIds` shape [rows]; both are overwritten by the next call.
 */
export class GridDecoder {
  readonly rows: number;
  readonly names: readonly string[];
  /** Rows in ticks from spot, −R to +R. */
  readonly k: Int32Array;
  readonly cells: Float64Array;
  readonly eventIds: Float64Array;
  readonly #arrow: ArrowDecoder;
  /** Where the layout has k, the planes and the event ids. */
  readonly #kPlace: number;
  readonly #planePlaces: readonly number[];
  readonly #idPlace: number;

  constructor(config: StreamConfig) {
    this.rows = 2 * config.radius + 1;
    this.names = planeNames(config.horizonsMs);
    this.k = Int32Array.from({ length: this.rows }, (_, row) => row - config.radius);
    this.cells = new Float64Array(this.names.length * this.rows);
    this.eventIds = new Float64Array(this.rows);
    const layout = gridLayout(this.rows, config.horizonsMs);
    this.#arrow = new ArrowDecoder(layout);
    this.#kPlace = placeOf(layout.columns, "k");
    this.#planePlaces = this.names.map((name) => placeOf(layout.columns, name));
    this.#idPlace = placeOf(layout.columns, "last_event_id");
  }

  /**
   * Fills the scratch arrays from one Arrow IPC stream.
   *
   * @throws {WireError} When a column is missing, of a wrong length, or holds what is no finite
   * number, or when k does not run from −R to +R.
   */
  decode(bytes: Uint8Array): void {
    const columns = this.#columnsOf(bytes);
    this.#checkK(columns[this.#kPlace]!);
    for (let plane = 0; plane < this.names.length; plane++) {
      const values = columns[this.#planePlaces[plane]!]!;
      const base = plane * this.rows;
      for (let row = 0; row < this.rows; row++) {
        const value = Number(values[row]);
        if (!Number.isFinite(value)) {
          throw new WireError(this.names[plane]!, "finite in every row", value);
        }
        this.cells[base + row] = value;
      }
    }
    const ids = columns[this.#idPlace]!;
    for (let row = 0; row < this.rows; row++) this.eventIds[row] = Number(ids[row]);
  }

  /** One plane of {@link cells}: a view that the next decode rewrites. */
  plane(plane: number): Float64Array {
    return this.cells.subarray(plane * this.rows, (plane + 1) * this.rows);
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
    for (let row = 0; row < this.rows; row++) {
      if (Number(values[row]) !== this.k[row]) {
        throw new WireError("k", `${this.k[row]} in row ${row}`, Number(values[row]));
      }
    }
  }
}
