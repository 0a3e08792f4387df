import { RecordBatchReader } from "apache-arrow";
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

  constructor(config: StreamConfig) {
    this.rows = 2 * config.radius + 1;
    this.names = planeNames(config.horizonsMs);
    this.k = Int32Array.from({ length: this.rows }, (_, row) => row - config.radius);
    this.cells = new Float64Array(this.names.length * this.rows);
    this.eventIds = new Float64Array(this.rows);
  }

  /**
   * Fills the scratch arrays from one Arrow IPC stream.
   *
   * @throws {WireError} When a column is missing, of a wrong length, or holds what is no finite
   * number, or when k does not run from −R to +R.
   */
  decode(bytes: Uint8Array): void {
    let batch;
    try {
      batch = RecordBatchReader.from(bytes).next().value;
    } catch (cause) {
      throw new WireError("grid", "one Arrow record batch", String(cause));
    }
    if (!batch) throw new WireError("grid", "one Arrow record batch", null);
    if (batch.numRows !== this.rows) {
      throw new WireError("grid_rows", `${this.rows}`, batch.numRows);
    }
    const column = (name: string): ArrayLike<number | bigint> => {
      const values = batch.getChild(name)?.data[0]?.values;
      if (!values || values.length < this.rows) throw new WireError(name, "a full column", null);
      return values;
    };
    this.#checkK(column("k"));
    for (let plane = 0; plane < this.names.length; plane++) {
      const name = this.names[plane]!;
      const values = column(name);
      const base = plane * this.rows;
      for (let row = 0; row < this.rows; row++) {
        const value = Number(values[row]);
        if (!Number.isFinite(value)) throw new WireError(name, "finite in every row", value);
        this.cells[base + row] = value;
      }
    }
    const ids = column("last_event_id");
    for (let row = 0; row < this.rows; row++) this.eventIds[row] = Number(ids[row]);
  }

  /** One plane of {@link cells}: a view that the next decode rewrites. */
  plane(plane: number): Float64Array {
    return this.cells.subarray(plane * this.rows, (plane + 1) * this.rows);
  }

  #checkK(values: ArrayLike<number | bigint>): void {
    for (let row = 0; row < this.rows; row++) {
      if (Number(values[row]) !== this.k[row]) {
        throw new WireError("k", `${this.k[row]} in row ${row}`, Number(values[row]));
      }
    }
  }
}
