import {
  type Column,
  type ColumnArray,
  type GridFrame,
  GridView,
  type Layout,
  LayoutError,
  placeOf,
} from "../../../engine/frames/contract.ts";
import type { GroupReader } from "../parquet/mod.ts";
import { rowColumns } from "./columns.ts";

/** The bins that a compact data set keeps as they were, one after the other; one row group is held. */
export class KeyBins {
  readonly #file: GroupReader;
  readonly #view: GridView;
  readonly #columns: readonly Column[];
  readonly #places: readonly number[];
  #group = -1;
  #held: readonly ColumnArray[] = [];
  #from = 0;
  #rows = 0;

  /** @param layout Layout of the bins, one that `gridLayout` makes. */
  constructor(file: GroupReader, layout: Layout) {
    this.#file = file;
    this.#view = new GridView(layout);
    this.#columns = rowColumns(layout);
    this.#places = this.#columns.map(({ name }) => placeOf(layout.columns, name));
  }

  /**
   * Name of the first column in which a frame is not the next kept bin, bit by bit; null when it is.
   *
   * @throws {LayoutError} When no kept bin is left.
   */
  async differing(frame: GridFrame): Promise<string | null> {
    const length = frame.k.length;
    if (this.#from === this.#rows) await this.#read();
    const from = this.#from;
    if (from + length > this.#rows) throw new LayoutError("rows", "keys.parquet", "of whole bins");
    this.#from += length;
    const { columns } = this.#view.rows(frame);
    const wrong = this.#columns.find((_, i) =>
      !sameBytes(columns[this.#places[i]!]!, this.#held[i]!, from, length)
    );
    return wrong?.name ?? null;
  }

  async #read(): Promise<void> {
    const range = this.#file.groups[++this.#group];
    if (range === undefined) throw new LayoutError("rows", "keys.parquet", "there for every key");
    this.#held = (await this.#file.read(this.#columns, range)).columns;
    this.#from = 0;
    this.#rows = range.to - range.from;
  }
}

/** Whether an array is a stretch of another, bit by bit. */
function sameBytes(whole: ColumnArray, of: ColumnArray, from: number, length: number): boolean {
  if (Array.isArray(whole) || Array.isArray(of)) return false;
  const one = bytesOf(whole);
  const other = bytesOf(of.subarray(from, from + length));
  return one.length === other.length && one.every((byte, i) => byte === other[i]);
}

function bytesOf(array: Exclude<ColumnArray, string[]>): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}
