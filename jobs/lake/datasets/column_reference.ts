import type { Column, ColumnType } from "../../../engine/frames/contract.ts";
import { BINS_COLUMNS, isProjection, rowColumns } from "./columns.ts";

const TYPES: Readonly<Record<ColumnType, string>> = {
  i8: "int8",
  i32: "int32",
  i64: "int64",
  f64: "float64",
  bool: "boolean",
};

/** A horizon to describe projections by; its number is put back to a placeholder. */
const EXAMPLE_MS = 100;

const INTRO = `# Columns

Made from the registry of columns by \`deno task lotus columns\`; a test holds the two together.

One row of \`bins.parquet\` is one bin, \`[bin_start_ns, bin_end_ns)\` of exchange time.
\`buckets.parquet\` has a row per bin and tick around spot: the bin's columns repeated, then the
tick's. \`k = 0\` is the price \`spot_ref_price_int\`; the row of \`k\` lies \`k\` ticks above it, and its
price is \`spot_ref_price_int + k * tick_int\` with \`tick_int\` from the manifest. Every column is
required: there are no nulls and no NaN.

A published dataset splits the rows: \`grid_clean.parquet\` has all columns but the projections,
\`projection_seed.parquet\` and its copies have \`ts_ns\`, \`bin_seq\`, \`k\` and the projections, by which
the two are joined.
`;

/** A Markdown table with columns as wide as their widest cell. */
function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [header, ...rows];
  const widths = header.map((_, c) => Math.max(3, ...all.map((row) => [...row[c] ?? ""].length)));
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const padded = (row: readonly string[]) =>
    line(row.map((cell, c) => cell + " ".repeat((widths[c] ?? 0) - [...cell].length)));
  return [
    padded(header),
    line(widths.map((width) => "-".repeat(width))),
    ...rows.map(padded),
  ].join("\n");
}

function columnTable(columns: readonly Column[]): string {
  return table(
    ["column", "type", "unit", "meaning"],
    columns.map(({ name, type, unit, meaning }) => [`\`${name}\``, TYPES[type], unit, meaning]),
  );
}

/** The reference of all columns of datasets, as Markdown. */
export function columnReference(): string {
  const rows = rowColumns([EXAMPLE_MS]);
  const projections = rows.filter(({ name }) => isProjection(name)).map((column) => ({
    ...column,
    name: column.name.replace(String(EXAMPLE_MS), "<ms>"),
    meaning: column.meaning.replace(`${EXAMPLE_MS} ms`, "that many ms"),
  }));
  return `${INTRO}
## Of a bin

${columnTable(BINS_COLUMNS)}

## Of a tick around spot

${columnTable(rows.filter(({ name }) => !isProjection(name)))}

## Projections

One column per horizon of the instrument, in its order; the manifest lists the horizons.

${columnTable(projections)}
`;
}
