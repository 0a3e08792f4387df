/**
 * What a column holds. `i53` are integers that a double holds exactly, |x| ≤ 2^53; `i64` are those that
 * need all 64 bits; `code` is one of few texts, kept as its place in their list and stored and sent as
 * text; `json` is text that holds a JSON value.
 */
export type ColumnType = "i8" | "i32" | "i53" | "i64" | "f64" | "bool" | "code" | "utf8" | "json";

/** Values of a column, one per row: numbers and flags (0 or 1) in a typed array, texts in a list. */
export type ColumnArray =
  | Int8Array
  | Int32Array
  | Float64Array
  | BigInt64Array
  | Uint8Array
  | string[];

/** One value of a column, as JSON and CSV tell it: 64-bit integers are bigint, flags boolean. */
export type ColumnValue = number | bigint | boolean | string;

/** All that depends on the type of a column, wherever it is kept, stored or sent. */
interface ColumnRules {
  /** Zero values for so many rows, as a frame keeps them. */
  readonly array: (rows: number) => ColumnArray;
  /** A value of such an array. @param codes Texts of a column of codes. */
  readonly value: (array: ColumnArray, row: number, codes?: readonly string[]) => ColumnValue;
  /** Name of what is stored and sent, as files and manifests tell it. */
  readonly stored: Exclude<ColumnType, "i53" | "code">;
  /** The same in the words of the column reference. */
  readonly title: string;
  /** Arrow's type. */
  readonly arrow: "Int8" | "Int32" | "Int64" | "Float64" | "Bool" | "Utf8";
  /** Parquet's physical type, and its annotation. */
  readonly parquet: "INT32" | "INT64" | "DOUBLE" | "BOOLEAN" | "BYTE_ARRAY";
  readonly annotation: "INT_8" | "UTF8" | "JSON" | null;
}

const plain = (array: ColumnArray, row: number): ColumnValue => array[row] ?? 0;
const texts = (rows: number): ColumnArray => new Array<string>(rows).fill("");

/** The one table of column types. */
export const COLUMN_TYPES: Readonly<Record<ColumnType, ColumnRules>> = {
  i8: {
    array: (rows) => new Int8Array(rows),
    value: plain,
    stored: "i8",
    title: "int8",
    arrow: "Int8",
    parquet: "INT32",
    annotation: "INT_8",
  },
  i32: {
    array: (rows) => new Int32Array(rows),
    value: plain,
    stored: "i32",
    title: "int32",
    arrow: "Int32",
    parquet: "INT32",
    annotation: null,
  },
  i53: {
    array: (rows) => new Float64Array(rows),
    value: plain,
    stored: "i64",
    title: "int64",
    arrow: "Int64",
    parquet: "INT64",
    annotation: null,
  },
  i64: {
    array: (rows) => new BigInt64Array(rows),
    value: plain,
    stored: "i64",
    title: "int64",
    arrow: "Int64",
    parquet: "INT64",
    annotation: null,
  },
  f64: {
    array: (rows) => new Float64Array(rows),
    value: plain,
    stored: "f64",
    title: "float64",
    arrow: "Float64",
    parquet: "DOUBLE",
    annotation: null,
  },
  bool: {
    array: (rows) => new Uint8Array(rows),
    value: (array, row) => array[row] === 1,
    stored: "bool",
    title: "boolean",
    arrow: "Bool",
    parquet: "BOOLEAN",
    annotation: null,
  },
  code: {
    array: (rows) => new Uint8Array(rows),
    value: (array, row, codes) => codes?.[Number(array[row])] ?? "",
    stored: "utf8",
    title: "text",
    arrow: "Utf8",
    parquet: "BYTE_ARRAY",
    annotation: "UTF8",
  },
  utf8: {
    array: texts,
    value: plain,
    stored: "utf8",
    title: "text",
    arrow: "Utf8",
    parquet: "BYTE_ARRAY",
    annotation: "UTF8",
  },
  json: {
    array: texts,
    value: plain,
    stored: "json",
    title: "JSON text",
    arrow: "Utf8",
    parquet: "BYTE_ARRAY",
    annotation: "JSON",
  },
};

/** Puts a value into an array of whatever kind; flags are kept as 0 and 1. */
export function putValue(array: ColumnArray, row: number, value: ColumnValue): void {
  if (array instanceof BigInt64Array) array[row] = BigInt(value);
  else if (Array.isArray(array)) array[row] = String(value);
  else array[row] = Number(value);
}
