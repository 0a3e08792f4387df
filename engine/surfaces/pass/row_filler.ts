import {
  type Column,
  EpochBase,
  type Layout,
  LayoutError,
  type RowBatch,
} from "../../frames/mod.ts";
import type { ColumnSource, RowSource, Values } from "./row_source.ts";

const WINDOW_NS = 1_000_000_000;

/** Columns that are the window's own, and how far from its end they lie, ns. */
const TIMES: Readonly<Record<string, number>> = {
  window_start_ts_ns: -WINDOW_NS,
  window_end_ts_ns: 0,
  event_ts_ns: 0,
};

type Put = (from: number, to: number, endNs: number) => void;

/** Copies rows of a window into a batch, column by column by their names. */
export class RowFiller {
  readonly batch: RowBatch;
  readonly #parts: readonly { readonly source: RowSource; readonly puts: readonly Put[] }[];

  /**
   * @param parts Rows that follow each other.
   * @throws {LayoutError} When a part lacks a column of the layout.
   */
  constructor(batch: RowBatch, parts: readonly RowSource[], baseNs: bigint) {
    this.batch = batch;
    const epoch = new EpochBase(baseNs);
    this.#parts = parts.map((source) => ({ source, puts: putsOf(batch, source, epoch) }));
  }

  /** Appends the rows of the window that ends at `endNs`, an offset. */
  take(endNs: number): void {
    for (const { source, puts } of this.#parts) {
      const from = this.batch.extend(source.count());
      for (const put of puts) put(from, this.batch.count, endNs);
    }
  }
}

function putsOf(batch: RowBatch, { columns }: RowSource, epoch: EpochBase): readonly Put[] {
  const layout: Layout = batch.layout;
  return layout.columns.map((column, place): Put => {
    const offsetNs = TIMES[column.name];
    if (offsetNs !== undefined) {
      return (from, to, endNs) => epoch.fill(batch.words(place), from, to, endNs + offsetNs);
    }
    const source = columns[column.name];
    if (source === undefined) {
      throw new LayoutError("column", column.name, `a column of the rows of ${layout.name}`);
    }
    return putOf(batch, column, place, source);
  });
}

function putOf(
  batch: RowBatch,
  { type, nullable }: Column,
  place: number,
  source: ColumnSource,
): Put {
  switch (type) {
    case "f64":
    case "i53":
      return nullable
        ? (from, to) => {
          const into = batch.doubles(place);
          copy(into, from, to, source);
          writeNulls(into, batch.valid(place), from, to);
        }
        : (from, to) => copy(batch.doubles(place), from, to, source);
    case "i32":
      return (from, to) => copy(batch.integers(place), from, to, source);
    case "code":
    case "bool":
      return (from, to) => copy(batch.bytes(place), from, to, source);
    default:
      return (from, to) => void batch.texts(place).fill(String(source.of()), from, to);
  }
}

function copy(
  into: Float64Array | Int32Array | Uint8Array,
  from: number,
  to: number,
  { of, over, isSwapped }: ColumnSource,
): void {
  const values: Values = of();
  if (typeof values === "number") into.fill(values, from, to);
  else if (typeof values !== "string") {
    const rows = to - from;
    into.set(values.length === rows ? values : values.subarray(0, rows), from);
  }
  if (over !== undefined) { for (let i = from; i < to; i++) into[i]! /= over; }
  if (isSwapped) { for (let i = from; i < to; i++) into[i] = 1 - into[i]!; }
}

/** NaN is no value. */
function writeNulls(into: Float64Array, valid: Uint8Array, from: number, to: number): void {
  for (let i = from; i < to; i++) {
    if (!Number.isNaN(into[i]!)) continue;
    into[i] = 0;
    valid[i] = 0;
  }
}
