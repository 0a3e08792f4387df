import { ArrowEncoder } from "./arrow_encoder.ts";
import type { GridFrame } from "./grid_frame.ts";
import { GridView } from "./grid_view.ts";
import type { Column } from "./layout.ts";
import { gridLayout } from "./pressure_grid.ts";

/** Turns the frames of a pressure pipeline into Arrow IPC streams by the grid's layout. */
export class GridEncoder {
  readonly columns: readonly Column[];
  readonly #view: GridView;
  readonly #arrow: ArrowEncoder;

  /**
   * @param rows Rows per frame, 2R + 1.
   * @param horizonsMs Projection horizons in ms, in config order.
   */
  constructor(rows: number, horizonsMs: readonly number[]) {
    const layout = gridLayout(rows, horizonsMs);
    this.columns = layout.columns;
    this.#view = new GridView(layout);
    this.#arrow = new ArrowEncoder(layout);
  }

  /** Bytes of one frame. The frame's arrays are read during the call and not kept. */
  encode(frame: GridFrame): Uint8Array<ArrayBuffer> {
    return this.#arrow.encode(this.#view.rows(frame));
  }
}
