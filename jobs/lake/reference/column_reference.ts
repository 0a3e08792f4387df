import {
  type Column,
  COLUMN_TYPES,
  type Layout,
  TOUCHED_LAYOUT,
  TRADE_CELLS,
  TRADE_PRINTS,
  withFamilies,
} from "../../../engine/frames/mod.ts";
import { SURFACE_STREAMS, SURFACE_TABLES } from "../../../engine/frames/surfaces/mod.ts";
import { BINS_LAYOUT, rowColumns } from "../datasets/mod.ts";
import { contractName } from "../parquet/mod.ts";
import { PRESSURE_GRID, STORED_LAYOUTS, TAPE_LAYOUTS } from "./stored_layouts.ts";

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

/** Columns and what they hold; units only where one has any. */
function columnTable(columns: readonly Column[]): string {
  const hasUnits = columns.some(({ unit }) => unit !== "");
  return table(
    ["column", "type", ...(hasUnits ? ["unit"] : []), "meaning"],
    columns.map(({ name, type, unit, meaning, nullable }) => [
      `\`${name}\``,
      COLUMN_TYPES[type].title + (nullable ? ", may lack" : ""),
      ...(hasUnits ? [unit] : []),
      meaning.replaceAll("|", "\\|"),
    ]),
  );
}

function contractTable(layouts: readonly Layout[]): string {
  return table(
    ["layout", "version", "hash"],
    layouts.map((layout) => {
      const [name = "", hash = ""] = contractName(layout).split(":");
      return [`\`${name.split("@")[0]}\``, String(layout.version), `\`${hash}\``];
    }),
  );
}

function tapeTables(): string {
  return TAPE_LAYOUTS.map(({ name, columns }) => {
    const stream = name.replace("tape.", "");
    return `### \`${stream}.parquet\`\n\n${columnTable(columns)}`;
  }).join("\n\n");
}

function surfaceTables(): string {
  return SURFACE_TABLES.map(({ name, columns, key, repeats }) => {
    const by = key.map((column) => `\`${column}\``).join(", ");
    const order = key.length === 0
      ? "Rows from the oldest to the newest."
      : `Rows by ${by}${repeats ? ", then in the order of their file." : "."}`;
    return `### \`${name}\`\n\n${order}\n\n${columnTable(columns)}`;
  }).join("\n\n");
}

function surfaceStreams(): string {
  return SURFACE_STREAMS.map(({ name, description, rowsPerWindow, layout, extended }) => {
    const more = extended.columns.slice(layout.columns.length);
    const behind = more.length === 0 ? "" : `\n\nExtended, behind these:\n\n${columnTable(more)}`;
    const head = `${description}.\n\nRows of a window: ${rowsPerWindow}.`;
    return `### \`${name}\`\n\n${head}\n\n${columnTable(layout.columns)}${behind}`;
  }).join("\n\n");
}

/** The reference of all columns of datasets and of the lake, as Markdown. */
export function columnReference(): string {
  const rows = withFamilies(rowColumns(PRESSURE_GRID));
  return `${INTRO}
## Of a bin

${columnTable(BINS_LAYOUT.columns)}

## Of a tick around spot

${columnTable(rows.filter(({ family }) => family === undefined))}

## Projections

One column per horizon of the instrument, in its order; the manifest lists the horizons.

${columnTable(rows.filter(({ family }) => family !== undefined))}

## Of a touched tick

A data set in compact form has \`keys.parquet\`, some bins of \`buckets.parquet\`, and
\`touched.parquet\`, a row per bin and tick that time alone does not explain (\`docs/formats.md\`). Its
price is \`tick * tick_int\`.

${columnTable(TOUCHED_LAYOUT.columns)}

## Of a trade

Streamed beside a bin (\`docs/formats.md\`), not stored. A row of \`trade.cells\` is what traded at a
price in a bin:

${columnTable(TRADE_CELLS.columns)}

A row of \`trade.prints\` is one trade:

${columnTable(TRADE_PRINTS.columns)}

## Of the tape

The lake holds a file per session and stream, its rows in the stream's order; "may lack" marks
columns with nulls.

${tapeTables()}

## Of the surfaces

A row belongs to a window of one second, \`[window_start_ts_ns, window_end_ts_ns)\` of exchange time.
In every table the price of a row is \`spot_ref_price_int\` and \`rel_ticks\` ticks. Sides are ordered
bids before asks, rights calls before puts.

${surfaceTables()}

## Of a stream of surfaces

A window is sent surface by surface, in this order.

${surfaceStreams()}

## Contracts

The hash is over name and version of a layout and over name, type, unit and order of its columns:
files of one hash can be read alike. A dataset's manifest tells those of its files under
\`contracts\`, a file of the tape its own under the key \`lotus.contract\`.

${contractTable(STORED_LAYOUTS)}
`;
}
