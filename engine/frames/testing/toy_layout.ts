import fc from "fast-check";
import type { ColumnValue } from "../column_types.ts";
import { FrameBuilder } from "../frame_builder.ts";
import { type Frame, rowsOf, valueAt } from "../frame.ts";
import type { Layout } from "../layout.ts";

const TYPES = ["i8", "i32", "i53", "i64", "f64", "bool", "code", "utf8", "json"] as const;
const CODES = ["B", "A", "größer", "", "\u{1F4C8}", "\uFB01"];

/** A layout with a column of every type, each once required and once nullable. */
export const TOY_LAYOUT: Layout = {
  name: "toy.rows",
  version: 1,
  header: [],
  columns: TYPES.flatMap((type) => {
    const column = {
      name: type,
      type,
      unit: "",
      meaning: `A column of type ${type}`,
      ...(type === "code" && { codes: CODES }),
    };
    return [column, { ...column, name: `${type}_or_null`, nullable: true as const }];
  }),
  rows: "many",
};

/** A row of the toy: values by the names of its columns. */
export type ToyRow = Readonly<Record<string, ColumnValue | null>>;

const VALUES: Readonly<Record<string, fc.Arbitrary<ColumnValue>>> = {
  i8: fc.integer({ min: -128, max: 127 }),
  i32: fc.integer(),
  i53: fc.maxSafeInteger(),
  i64: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  f64: fc.double({ noNaN: true }),
  bool: fc.boolean(),
  code: fc.constantFrom(...CODES),
  // Few and many different texts, of one to four bytes a character.
  utf8: fc.oneof(fc.constantFrom("", "BUY", "SELL"), fc.string({ unit: "grapheme" })),
  json: fc.json(),
};

/** Any row. */
export const ToyRow: fc.Arbitrary<ToyRow> = fc.record(
  Object.fromEntries(
    TOY_LAYOUT.columns.map(({ name, type, nullable }) => {
      const value = VALUES[type] ?? fc.constant(0);
      return [name, nullable ? fc.option(value) : value];
    }),
  ),
  { noNullPrototype: true },
);

/** Rows as one frame. */
export function toyFrame(rows: readonly ToyRow[]): Frame {
  const builder = new FrameBuilder(TOY_LAYOUT, Math.max(1, rows.length));
  for (const row of rows) builder.add(row);
  return builder.take();
}

/** A frame as rows again. */
export function toyRows(frame: Pick<Frame, "columns" | "valid">): ToyRow[] {
  return Array.from({ length: rowsOf(frame) }, (_, row) =>
    Object.fromEntries(
      TOY_LAYOUT.columns.map((column, i) => [
        column.name,
        valueAt(column, frame.columns[i]!, frame.valid[i]!, row),
      ]),
    ));
}
