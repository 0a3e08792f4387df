import { type Column, csvText, type Frame, FrameBuilder } from "../../../engine/frames/mod.ts";
import { parquetBytes, STAMP_KEY } from "../../lake/parquet/mod.ts";
import type { AnalysisResult } from "./result.ts";

/** A value of a table; null where there is none. */
export type Cell = number | string | boolean | null;

/** One part of a result as rows and columns. */
export interface ResultTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** Parts that results can be downloaded in; which there are hangs on the mode. */
export const TABLE_NAMES = [
  "projection",
  "signals",
  "baselines",
  "strata",
  "horizons",
  "trades",
  "sweep",
  "runs",
] as const;
export type TableName = typeof TABLE_NAMES[number];

type Row = Readonly<Record<string, unknown>>;

const KEY = ["signal", "threshold"];
const RATES = ["tp_rate", "tp_low", "tp_high", "mean_pnl_ticks", "pnl_low", "pnl_high"];
const SIGNAL = [
  ...KEY,
  "threshold_source",
  "cooldown_bins",
  "n_signals",
  "n_up",
  "n_down",
  "tp_before_sl_rate",
  "tp_low",
  "tp_high",
  "sl_before_tp_rate",
  "timeout_rate",
  "events_per_hour",
  "median_time_to_outcome_ms",
  "mean_pnl_ticks",
  "pnl_low",
  "pnl_high",
  "overshoot_ticks",
  "null_tp_of_decided",
  "null_tp_rate",
  "tp_of_decided",
  "p_direction",
  "p_entries",
  "p_shift",
];

/** The parts of a result that hold rows, in a fixed order. */
export function tableNames(result: AnalysisResult): readonly TableName[] {
  return TABLE_NAMES.filter((name) => resultTable(result, name) !== null);
}

/** One part of a result; null when results of its mode do not have it. */
export function resultTable(result: AnalysisResult, name: TableName): ResultTable | null {
  switch (result.mode) {
    case "default":
      if (name !== "projection") return null;
      return tableOf(
        ["horizon_ms", "hit_rate", "low", "high", "n_pairs", "towards_zero", "last_step"],
        Object.entries(result.summary.projection).map(([ms, hits]) => ({
          horizon_ms: Number(ms),
          ...hits,
          ...ends("", hits.interval),
        })),
      );
    case "projection_experiment":
      return name === "runs" ? runsOf(result.results) : null;
    case "regime":
      return regimeTable(result, name);
  }
}

function runsOf(runs: Extract<AnalysisResult, { mode: "projection_experiment" }>["results"]) {
  const metrics = Object.keys(runs[0]?.regime_metrics ?? {});
  const columns = ["use_cubic", "cubic_scale", "damping_lambda", "mean_hit_rate"];
  return tableOf(
    [...columns, "hit_rate_at_regime_horizon", ...metrics],
    runs.map((run) => ({ ...run, ...run.regime_metrics })),
  );
}

function regimeTable(
  { signals, sweep }: Extract<AnalysisResult, { mode: "regime" }>,
  name: TableName,
): ResultTable | null {
  const each = (of: (row: typeof signals[number]) => readonly Row[]) =>
    signals.flatMap((row) =>
      of(row).map((cells) => ({ signal: row.signal, threshold: row.threshold, ...cells }))
    );
  const rate = (
    row: typeof signals[number]["baselines"][number] | typeof signals[number]["strata"][number],
  ) => ({
    ...row,
    ...ends("tp_", row.tp_interval),
    ...ends("pnl_", row.pnl_interval),
  });
  const whole = (row: typeof signals[number] | NonNullable<typeof sweep>["results"][number]) => ({
    ...row,
    ...ends("tp_", row.tp_interval),
    ...ends("pnl_", row.pnl_interval),
  });
  switch (name) {
    case "signals":
      return tableOf(SIGNAL, signals.map(whole));
    case "baselines":
      return tableOf([...KEY, "name", "n", ...RATES], each((row) => row.baselines.map(rate)));
    case "strata":
      return tableOf([...KEY, "by", "name", "n", ...RATES], each((row) => row.strata.map(rate)));
    case "horizons":
      return tableOf([...KEY, "bins", "tp_rate"], each((row) => row.tp_by_horizon));
    case "trades":
      return tableOf(
        [...KEY, "bin", "ts_ms", "direction", "outcome", "pnl_ticks", "equity_ticks"],
        each((row) => {
          let equity = 0;
          return row.trades.bin.map((bin, i) => ({
            bin,
            ts_ms: row.trades.ts_ms[i],
            direction: row.trades.direction[i],
            outcome: row.trades.outcome[i],
            pnl_ticks: row.trades.pnl_ticks[i],
            equity_ticks: equity += row.trades.pnl_ticks[i] ?? 0,
          }));
        }),
      );
    case "sweep":
      if (sweep === null) return null;
      return tableOf(
        [...SIGNAL, "tp_ticks", "sl_ticks", "max_hold_snapshots"],
        sweep.results.map(whole),
      );
    default:
      return null;
  }
}

function ends(prefix: string, of: { readonly low: number; readonly high: number } | null): Row {
  return { [`${prefix}low`]: of?.low ?? null, [`${prefix}high`]: of?.high ?? null };
}

function tableOf(columns: readonly string[], rows: readonly Row[]): ResultTable {
  return { columns, rows: rows.map((row) => columns.map((name) => cellOf(row[name]))) };
}

function cellOf(value: unknown): Cell {
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  return typeof value === "string" || typeof value === "boolean" ? value : null;
}

/** A table's columns: the type goes by the first value, and every row may lack its own. */
function columnsOf({ columns, rows }: ResultTable): readonly Column[] {
  return columns.map((name, c) => {
    const kind = typeof (rows.find((row) => (row[c] ?? null) !== null)?.[c] ?? 0);
    const type = kind === "string" ? "utf8" : kind === "boolean" ? "bool" : "f64";
    return { name, type, unit: "", meaning: "", nullable: true };
  });
}

function frameOf({ columns: names, rows }: ResultTable, columns: readonly Column[]): Frame {
  const layout = {
    name: "research.result",
    version: 1,
    header: [],
    columns,
    rows: "many",
  } as const;
  const builder = new FrameBuilder(layout, rows.length);
  for (const row of rows) builder.add(Object.fromEntries(names.map((name, c) => [name, row[c]])));
  return builder.take();
}

/**
 * A table as CSV: a header, numbers in full precision, an empty field for none.
 *
 * @param stamp What the input was, in a last column `provenance` of every line.
 */
export function csvOf({ columns: names, rows }: ResultTable, stamp: string): string {
  const table = { columns: [...names, "provenance"], rows: rows.map((row) => [...row, stamp]) };
  const columns = columnsOf(table);
  return csvText(columns, frameOf(table, columns));
}

/**
 * A table as a Parquet file; the same table gives the same bytes.
 *
 * @param stamp What the input was, in the file's metadata.
 */
export function parquetOf(table: ResultTable, stamp: string): Uint8Array<ArrayBuffer> {
  const columns = columnsOf(table);
  return parquetBytes(columns, frameOf(table, columns), { [STAMP_KEY]: stamp });
}
