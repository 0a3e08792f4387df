import {
  COLUMN_TYPES,
  type ColumnArray,
  type Frame,
  rowsOf,
} from "../../../engine/frames/contract.ts";
import type { TableLayout } from "../../../engine/frames/surfaces/mod.ts";
import { PartitionError } from "./partition_error.ts";

/** Holds rows to what their table promises: kinds, values in every row, finite numbers, order, folder. */
export class RowCheck {
  readonly #table: TableLayout;
  /** Places of the key's columns. */
  readonly #key: readonly number[];
  /** Place of a column that a folder is named after, and its one value. */
  readonly #fixed: readonly (readonly [place: number, value: string])[];
  /** The key of the row before. */
  #last: readonly (number | bigint | string)[] | null = null;

  /** @param folders Values of the folders above the rows. */
  constructor(table: TableLayout, folders: ReadonlyMap<string, string>) {
    const { columns, key } = table;
    this.#table = table;
    this.#key = key.map((name) => columns.findIndex((column) => column.name === name));
    this.#fixed = columns.flatMap(({ name }, place) => {
      const value = folders.get(name);
      return value === undefined ? [] : [[place, value] as const];
    });
  }

  /**
   * Checks rows that come after those of the calls before.
   *
   * @throws {PartitionError} `contract`, `not_finite`, `folder_value` or `order`.
   */
  take(frame: Pick<Frame, "layout" | "columns" | "valid">): void {
    this.#checkKinds(frame);
    this.#checkValues(frame);
    for (const [place, value] of this.#fixed) {
      const texts = frame.columns[place] as string[];
      const other = texts.find((text) => text !== value);
      if (other !== undefined) {
        throw this.#error(
          "folder_value",
          `"${this.#nameOf(place)}" must be "${value}": "${other}"`,
        );
      }
    }
    this.#checkOrder(frame.columns, rowsOf(frame));
  }

  #checkKinds({ layout, columns, valid }: Pick<Frame, "layout" | "columns" | "valid">): void {
    const { name, columns: expected } = this.#table;
    if (layout !== name || columns.length !== expected.length) {
      throw this.#error("contract", `it takes no rows of "${layout}"`);
    }
    expected.forEach(({ name, type, nullable }, place) => {
      const array = columns[place]!;
      const isKind = COLUMN_TYPES[type].array(0).constructor === array.constructor;
      if (!isKind || array.length !== columns[0]!.length) {
        throw this.#error("contract", `"${name}" is kept in another way`);
      }
      if (!nullable && valid[place]?.includes(0)) {
        throw this.#error("contract", `"${name}" must have a value in every row`);
      }
    });
  }

  #checkValues({ columns, valid }: Pick<Frame, "columns" | "valid">): void {
    columns.forEach((array, place) => {
      if (!(array instanceof Float64Array)) return;
      const flags = valid[place] ?? null;
      for (let row = 0; row < array.length; row++) {
        if (Number.isFinite(array[row]) || flags?.[row] === 0) continue;
        throw this.#error("not_finite", `"${this.#nameOf(place)}" is ${array[row]}`);
      }
    });
  }

  #checkOrder(columns: readonly ColumnArray[], rows: number): void {
    if (this.#key.length === 0 || rows === 0) return;
    const keys = this.#key.map((place) => columns[place]!);
    if (this.#last !== null) this.#checkPair(this.#last, keys.map((array) => array[0]!), 0);
    for (let row = 1; row < rows; row++) {
      const order = orderOf(keys, row);
      if (order > 0 || (order === 0 && this.#table.repeats)) continue;
      this.#checkPair(keys.map((array) => array[row - 1]!), keys.map((array) => array[row]!), row);
    }
    this.#last = keys.map((array) => array[rows - 1]!);
  }

  #checkPair(
    before: readonly (number | bigint | string)[],
    after: readonly (number | bigint | string)[],
    row: number,
  ): void {
    for (let i = 0; i < before.length; i++) {
      if (before[i]! < after[i]!) return;
      if (before[i]! > after[i]!) break;
      if (i === before.length - 1 && this.#table.repeats) return;
    }
    const by = this.#table.key.join(", ");
    throw this.#error(
      "order",
      `row ${row} (${after.join(", ")}) must come after the one before by ${by}`,
    );
  }

  #nameOf(place: number): string {
    return this.#table.columns[place]?.name ?? "";
  }

  #error(code: PartitionError["code"], why: string): PartitionError {
    return new PartitionError(code, `Cannot write rows of ${this.#table.name} as ${why}`);
  }
}

/** Whether a row comes after the one before (> 0), has the same key (0), or comes before it (< 0). */
function orderOf(keys: readonly ColumnArray[], row: number): number {
  for (const array of keys) {
    const before = array[row - 1]!;
    const after = array[row]!;
    if (before < after) return 1;
    if (before > after) return -1;
  }
  return 0;
}
