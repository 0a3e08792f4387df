/** How a column is stored and sent. `i64` travels as Arrow Int64; inside it is an exact double. */
export type ColumnType = "i8" | "i32" | "i64" | "f64" | "bool";

/** One column that is stored or sent: the single source of its name, type, unit and meaning. */
export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  /** Unit of the values, or "" for a bare count, code or flag. */
  readonly unit: string;
  readonly meaning: string;
}
