import { planeNames } from "./planes.ts";
import type { StreamConfig } from "./wire.ts";

/** The values of one bin. */
export interface GridValues {
  /** Shape [planes, rows]. */
  readonly cells: Float64Array<ArrayBuffer>;
  /** Event that touched each row last, shape [rows]. */
  readonly eventIds: Float64Array<ArrayBuffer>;
}

/** One bin's values with the names of their planes: those of the newest bin that was added. */
export class GridRows implements GridValues {
  readonly rows: number;
  readonly names: readonly string[];
  /** Rows in ticks from spot, −R to +R. */
  readonly k: Int32Array;
  readonly cells: Float64Array<ArrayBuffer>;
  readonly eventIds: Float64Array<ArrayBuffer>;

  constructor({ radius, horizonsMs }: Pick<StreamConfig, "radius" | "horizonsMs">) {
    this.rows = 2 * radius + 1;
    this.names = planeNames(horizonsMs);
    this.k = Int32Array.from({ length: this.rows }, (_, row) => row - radius);
    this.cells = new Float64Array(this.names.length * this.rows);
    this.eventIds = new Float64Array(this.rows);
  }

  /** Takes the values of another bin. */
  set({ cells, eventIds }: GridValues): void {
    this.cells.set(cells);
    this.eventIds.set(eventIds);
  }

  /** One plane of {@link cells}: a view that {@link set} rewrites. */
  plane(plane: number): Float64Array {
    return this.cells.subarray(plane * this.rows, (plane + 1) * this.rows);
  }
}
