import { COLUMN_TYPES, type ColumnArray, type ColumnValue, putValue } from "./column_types.ts";
import { type Column, type Layout, LayoutError } from "./layout.ts";

/**
 * The values of one layout, columnar. Whoever fills the arrays owns them and may use them again: who
 * keeps a frame past the call that brought it copies or encodes it there.
 */
export interface Frame {
  /** Name of the layout. */
  readonly layout: string;
  /** The header's values in the layout's order, each in an array of length 1. */
  readonly header: readonly ColumnArray[];
  /** The columns in the layout's order, all of one length. */
  readonly columns: readonly ColumnArray[];
  /** Of each column: 1 in rows with a value, 0 in rows without; null when every row has one. */
  readonly valid: readonly (Uint8Array | null)[];
}

/** A frame of zeros. @param rows Its rows, where the layout leaves them open. */
export function newFrame(layout: Layout, rows = 0): Frame {
  const { name, header, columns } = layout;
  const length = layout.rows === "many" ? rows : layout.rows;
  return {
    layout: name,
    header: header.map(({ type }) => COLUMN_TYPES[type].array(1)),
    columns: columns.map(({ type }) => COLUMN_TYPES[type].array(length)),
    valid: columns.map(() => null),
  };
}

/** Rows of a frame. */
export function rowsOf({ columns }: Pick<Frame, "columns">): number {
  return columns[0]?.length ?? 0;
}

/** A value of a column; null where the row has none. */
export function valueAt(
  { type, codes }: Column,
  array: ColumnArray,
  valid: Uint8Array | null,
  row: number,
): ColumnValue | null {
  return valid !== null && valid[row] === 0 ? null : COLUMN_TYPES[type].value(array, row, codes);
}

/**
 * Puts a value, as {@link valueAt} tells it, into the array of a column.
 *
 * @throws {LayoutError} When the column has codes, and the value is none of their texts.
 */
export function setValue(
  column: Column,
  array: ColumnArray,
  row: number,
  value: ColumnValue,
): void {
  putValue(array, row, column.type === "code" ? codeOf(column, String(value)) : value);
}

/** Place of a text among a column's codes. @throws {LayoutError} When it is none of them. */
export function codeOf({ name, codes = [] }: Column, text: string): number {
  const code = codes.indexOf(text);
  if (code >= 0) return code;
  throw new LayoutError("column", name, `one of ${codes.join(", ")}`, { found: `"${text}"` });
}

/**
 * An array as the kind that its column's type gives it.
 *
 * @throws {LayoutError} When it is of another kind.
 */
export function arrayAs<A extends Exclude<ColumnArray, string[]>>(
  kind: { new (length: number): A; readonly name: string },
  array: ColumnArray | undefined,
  name: string,
): A {
  if (array instanceof kind) return array;
  throw new LayoutError("column", name, `in a ${kind.name}`);
}

/** An array as the list that texts are kept in. @throws {LayoutError} When it is no list. */
export function textsIn(array: ColumnArray, name: string): readonly string[] {
  if (Array.isArray(array)) return array;
  throw new LayoutError("column", name, "in a list of texts");
}
