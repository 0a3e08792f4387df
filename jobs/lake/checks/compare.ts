import {
  type Column,
  type ColumnValue,
  type Frame,
  rowsOf,
  valueAt,
} from "../../../engine/frames/mod.ts";
import type { TableLayout } from "../../../engine/frames/surfaces/mod.ts";
import { PartitionReader } from "../partitions/mod.ts";
import type { FoundPartition } from "./found_partition.ts";

/** How far numbers may be apart and count as the same: the sum of both. */
export interface Tolerances {
  /** Of the larger one. */
  readonly relative: number;
  readonly absolute: number;
}

/** Cells of a column that differ. */
export interface ColumnDifference {
  readonly column: string;
  readonly cells: number;
  /** Of numbers; 0 for other values. */
  readonly most: number;
  /** Key of the first row. */
  readonly first: string;
}

/** How two partitions of one table differ. */
export interface Comparison {
  readonly rows: number;
  readonly onlyInFirst: number;
  readonly onlyInSecond: number;
  readonly columns: readonly ColumnDifference[];
}

/** Whether there is no difference. */
export function isSame({ onlyInFirst, onlyInSecond, columns }: Comparison): boolean {
  return onlyInFirst === 0 && onlyInSecond === 0 && columns.length === 0;
}

/**
 * Compares two partitions of one table, cell by cell. Rows are those of one key, or of one place where
 * keys may repeat.
 *
 * @throws {PartitionError} When one cannot be read.
 */
export async function comparePartitions(
  one: FoundPartition,
  other: FoundPartition,
  tolerances: Tolerances,
): Promise<Comparison> {
  const [a, b] = await Promise.all(
    [one, other].map(({ lake, dataset, of }) => PartitionReader.open(lake, dataset, of)),
  ) as [PartitionReader, PartitionReader];
  const { table } = one.dataset;
  if (a.manifest.content_sha256 === b.manifest.content_sha256) {
    return { rows: a.manifest.row_count, onlyInFirst: 0, onlyInSecond: 0, columns: [] };
  }
  const [left, right] = [new Cursor(table, a), new Cursor(table, b)];
  const found = new Differences(table, tolerances);
  let [rows, onlyInFirst, onlyInSecond] = [0, 0, 0];
  await Promise.all([left.next(), right.next()]);
  while (!left.isAtEnd || !right.isAtEnd) {
    const order = left.order(right);
    if (order === 0) {
      rows++;
      found.compare(left, right);
    } else if (order < 0) onlyInFirst++;
    else onlyInSecond++;
    if (order <= 0) await left.next();
    if (order >= 0) await right.next();
  }
  return { rows, onlyInFirst, onlyInSecond, columns: found.columns };
}

/** Walks over the rows of a partition. */
class Cursor {
  isAtEnd = false;
  readonly #table: TableLayout;
  readonly #frames: AsyncGenerator<Frame>;
  readonly #key: readonly number[];
  #frame: Frame | null = null;
  #row = -1;

  constructor(table: TableLayout, reader: PartitionReader) {
    this.#table = table;
    this.#frames = reader.frames();
    const key = table.repeats ? [] : table.key;
    this.#key = key.map((name) => table.columns.findIndex((column) => column.name === name));
  }

  next(): Promise<void> | void {
    if (this.#frame !== null && ++this.#row < rowsOf(this.#frame)) return;
    return this.#load();
  }

  value(place: number): ColumnValue | null {
    const { columns, valid } = this.#frame!;
    return valueAt(this.#table.columns[place]!, columns[place]!, valid[place]!, this.#row);
  }

  /** Whether its row comes before (< 0) or after (> 0) that of another, or is of the same key. */
  order(other: Cursor): number {
    if (this.isAtEnd || other.isAtEnd) return Number(this.isAtEnd) - Number(other.isAtEnd);
    for (const place of this.#key) {
      const [one, two] = [this.#raw(place), other.#raw(place)];
      if (one < two) return -1;
      if (one > two) return 1;
    }
    return 0;
  }

  get key(): string {
    return this.#table.key.map((name) => {
      const place = this.#table.columns.findIndex((column) => column.name === name);
      return `${name} ${this.value(place)}`;
    }).join(", ") || `row ${this.#row}`;
  }

  /** As rows are ordered by: codes by their places. */
  #raw(place: number): number | bigint | string {
    return this.#frame!.columns[place]![this.#row]!;
  }

  async #load(): Promise<void> {
    do {
      const { value, done } = await this.#frames.next();
      if (done) {
        this.isAtEnd = true;
        return;
      }
      this.#frame = value;
      this.#row = 0;
    } while (rowsOf(this.#frame) === 0);
  }
}

/** Gathers what differs, column by column. */
class Differences {
  readonly #columns: readonly Column[];
  readonly #tolerances: Tolerances;
  readonly #found = new Map<number, { cells: number; most: number; first: string }>();

  constructor({ columns }: TableLayout, tolerances: Tolerances) {
    this.#columns = columns;
    this.#tolerances = tolerances;
  }

  get columns(): readonly ColumnDifference[] {
    return [...this.#found].sort(([a], [b]) => a - b)
      .map(([place, found]) => ({ column: this.#columns[place]!.name, ...found }));
  }

  compare(left: Cursor, right: Cursor): void {
    for (let place = 0; place < this.#columns.length; place++) {
      const [one, two] = [left.value(place), right.value(place)];
      if (one === two) continue;
      const apart = typeof one === "number" && typeof two === "number" ? Math.abs(one - two) : 0;
      if (apart > 0 && apart <= this.#room(Number(one), Number(two))) continue;
      const known = this.#found.get(place) ?? { cells: 0, most: 0, first: left.key };
      known.cells++;
      known.most = Math.max(known.most, apart);
      this.#found.set(place, known);
    }
  }

  #room(one: number, two: number): number {
    const { relative, absolute } = this.#tolerances;
    return absolute + relative * Math.max(Math.abs(one), Math.abs(two));
  }
}
