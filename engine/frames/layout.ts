import { COLUMN_TYPES, type ColumnType } from "./column_types.ts";

/** One column that is stored or sent: the single source of its name, type, unit and meaning. */
export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  /** Unit of the values, or "" for a bare count, code or flag. */
  readonly unit: string;
  readonly meaning: string;
  /** A row may have no value. */
  readonly nullable?: true;
  /** Texts of a column of type `code`, each kept as its place in the list. */
  readonly codes?: readonly string[];
  /** For one of several like columns, as there is one per horizon: name and meaning of all of them. */
  readonly family?: { readonly name: string; readonly meaning: string };
}

/**
 * What a frame looks like: fields that it has once, and columns with a value per row. The Arrow messages,
 * the Parquet files, the buffers between threads, CSV, the column reference and the contract hash all
 * follow from it.
 */
export interface Layout {
  /** Lower case, with a dot after whom it belongs to: `pressure.grid`. */
  readonly name: string;
  /** Counts up when name, type or order of anything changes. */
  readonly version: number;
  /** Never nullable. */
  readonly header: readonly Column[];
  readonly columns: readonly Column[];
  /** Rows of every frame, or "many" when each has its own number. */
  readonly rows: number | "many";
}

/** A frame, message or file that is not as its layout says. */
export class LayoutError extends RangeError {
  override readonly name = "LayoutError";
  /** What is wrong: the message as a whole, its number of rows, or one column. */
  readonly code: "message" | "rows" | "column";
  /** Name of the column, or of the layout. */
  readonly subject: string;
  readonly expected: string;
  /** What is there instead, where that can be told. */
  readonly found: unknown;

  constructor(
    code: LayoutError["code"],
    subject: string,
    expected: string,
    options?: ErrorOptions & { readonly found?: unknown },
  ) {
    const found = options?.found === undefined ? "" : `: it is ${options.found}`;
    super(`Cannot use "${subject}" as it must be ${expected}${found}`, options);
    this.code = code;
    this.subject = subject;
    this.expected = expected;
    this.found = options?.found;
  }
}

/** Place of a column in a list. @throws {LayoutError} When the list lacks it. */
export function placeOf(columns: readonly Column[], name: string): number {
  const place = columns.findIndex((column) => column.name === name);
  if (place < 0) throw new LayoutError("column", name, "a column of the layout");
  return place;
}

/** A column as files, manifests and contracts tell it. */
export interface DescribedColumn {
  readonly name: string;
  readonly type: string;
  readonly unit: string;
  readonly meaning: string;
  readonly nullable?: true;
}

/** Describes a column for readers of other programs. */
export function describedColumn({ name, type, unit, meaning, nullable }: Column): DescribedColumn {
  const { stored } = COLUMN_TYPES[type];
  return { name, type: stored, unit, meaning, ...(nullable && { nullable }) };
}

/** Columns with one in the place of a family, under the family's name. */
export function withFamilies(columns: readonly Column[]): readonly Column[] {
  const seen = new Set<string>();
  return columns.flatMap((column) => {
    if (column.family === undefined) return [column];
    if (seen.has(column.family.name)) return [];
    seen.add(column.family.name);
    return [{ ...column, ...column.family }];
  });
}

/**
 * What readers of a layout rely on, as text that is the same for equal contracts: name, version, and
 * name, type, unit and nullability of header and columns in order. Meanings are free to be told better.
 */
export function layoutText({ name, version, header, columns }: Layout): string {
  const terms = (of: readonly Column[]) =>
    withFamilies(of).map((column) => {
      const { name, type, unit, nullable = false } = describedColumn(column);
      return [name, type, unit, nullable];
    });
  return JSON.stringify([name, version, terms(header), terms(columns)]);
}
