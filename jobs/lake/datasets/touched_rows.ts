import { type ColumnArray, TOUCHED, TOUCHED_LAYOUT } from "../../../engine/frames/mod.ts";
import type { GroupReader } from "../parquet/mod.ts";

const { columns: COLUMNS } = TOUCHED_LAYOUT;

/** The rows of `touched.parquet` one after the other; one row group is held. */
export class TouchedRows {
  /** The row's 16 values. */
  readonly values = new Float64Array(COLUMNS.length - TOUCHED.VALUES);
  readonly #file: GroupReader;
  #group = -1;
  #columns: readonly ColumnArray[] = [];
  #row = 0;
  #rows = 0;

  constructor(file: GroupReader) {
    this.#file = file;
  }

  get binSeq(): number {
    return this.#number(TOUCHED.BIN_SEQ);
  }

  get tick(): number {
    return this.#number(TOUCHED.TICK);
  }

  get lastEventId(): number {
    return this.#number(TOUCHED.LAST_EVENT_ID);
  }

  /** Whether there is a row, and it is of this bin. */
  async isOf(binSeq: number): Promise<boolean> {
    if (await this.isOver() || this.binSeq !== binSeq) return false;
    for (let c = 0; c < this.values.length; c++) this.values[c] = this.#number(TOUCHED.VALUES + c);
    return true;
  }

  /** Goes on to the next row. */
  next(): void {
    this.#row++;
  }

  /** Whether no row is left. @throws {LayoutError} When the file lacks a column. */
  async isOver(): Promise<boolean> {
    while (this.#row === this.#rows) {
      const range = this.#file.groups[this.#group + 1];
      if (range === undefined) return true;
      this.#columns = (await this.#file.read(COLUMNS, range)).columns;
      this.#group++;
      this.#row = 0;
      this.#rows = range.to - range.from;
    }
    return false;
  }

  #number(place: number): number {
    return Number(this.#columns[place]?.[this.#row] ?? NaN);
  }
}
