import {
  type Column,
  type ColumnValue,
  EpochBase,
  type Frame,
  FrameBuilder,
  RowBatch,
} from "../../../engine/frames/mod.ts";
import { type TableLayout, TABLES } from "../../../engine/frames/surfaces/mod.ts";

/** 2026-01-06 09:30 in New York. */
export const OPEN_NS = 1_767_709_800_000_000_000n;

/** Values of the key's columns in row `i` of `rows`, the last column the fastest. */
function keyOf(table: TableLayout, i: number, rows: number): ReadonlyMap<string, ColumnValue> {
  const columns = table.key.map((name) => table.columns.find((column) => column.name === name)!)
    .filter(({ name }) => name !== "window_end_ts_ns");
  const codes = columns.reduce((all, { codes }) => all * (codes?.length ?? 1), 1);
  const values = new Map<string, ColumnValue>();
  let rest = i;
  for (const { name, codes: texts } of columns.toReversed()) {
    const radix = texts?.length ?? Math.ceil(rows / codes);
    values.set(name, texts === undefined ? rest % radix : texts[rest % radix]!);
    rest = Math.floor(rest / radix);
  }
  return values;
}

function valueOf({ name, type, codes, nullable }: Column, i: number): ColumnValue | null {
  if (nullable && i % 3 === 0) return null;
  if (name === "symbol" || name === "underlying") return "ESH6";
  if (name === "source") return "synthetic";
  switch (type) {
    case "i8":
    case "i32":
      return i % 100 - 50;
    case "i53":
      return i * 1_000_003 - 2 ** 40;
    case "i64":
      return OPEN_NS + BigInt(i);
    case "f64":
      return i / 7;
    case "bool":
      return i % 2 === 0;
    case "code":
      return codes?.[i % codes.length] ?? "";
    case "utf8":
    case "json":
      return `text ${i}`;
  }
}

/** Rows of any table in the order of its key: so many windows of so many rows, the first at the open. */
export function anyRows(table: TableLayout, windows: number, rows: number): Frame {
  const builder = new FrameBuilder(table, windows * rows);
  for (let window = 0; window < windows; window++) {
    const startNs = OPEN_NS + BigInt(window) * 1_000_000_000n;
    for (let i = 0; i < rows; i++) {
      const at = window * rows + i;
      const row: Record<string, ColumnValue | null> = {};
      for (const column of table.columns) row[column.name] = valueOf(column, at);
      for (const [name, value] of keyOf(table, i, rows)) row[name] = value;
      if ("window_start_ts_ns" in row) row["window_start_ts_ns"] = startNs;
      if ("window_end_ts_ns" in row) row["window_end_ts_ns"] = startNs + 1_000_000_000n;
      builder.add(row);
    }
  }
  return builder.take();
}

/** The net velocity of a window's strikes, filled column by column as a stage does. */
export function netVelocity(rows: RowBatch, base: EpochBase, endNs: number): Frame {
  const strikes = 21;
  rows.clear();
  const from = rows.extend(strikes);
  base.fill(rows.words(rows.place("window_end_ts_ns")), from, from + strikes, endNs);
  for (let i = 0; i < strikes; i++) {
    rows.doubles(rows.place("spot_ref_price_int"))[i] = 6_950e9;
    rows.doubles(rows.place("strike_price_int"))[i] = 6_950e9 + (i - 10) * 5e9;
    rows.integers(rows.place("rel_ticks"))[i] = (i - 10) * 20;
    rows.doubles(rows.place("liquidity_velocity"))[i] = Math.sin(endNs / 1e9 + i);
  }
  return rows.frame();
}

/** Rows for {@link netVelocity}. */
export function netVelocityRows(): RowBatch {
  return new RowBatch(TABLES.NET_VELOCITY);
}
