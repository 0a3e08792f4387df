import type { SignalRow } from "../../../engine/analysis/mod.ts";

/** Numbers that are always there. */
type Sure = "threshold" | "cooldown_bins" | "n_signals" | "n_up" | "n_down" | "events_per_hour";

/** A rate that does not exist is null in JSON. */
type Nullable<T> = {
  readonly [K in keyof T]: T[K] extends number ? (K extends Sure ? number : number | null) : T[K];
};

/** One signal at one threshold, as stored. */
export type StoredSignal = Nullable<SignalRow>;

/** One combination of a sweep. */
export type StoredSweepRow =
  & Omit<StoredSignal, "trades" | "strata" | "tp_by_horizon" | "baselines">
  & {
    readonly tp_ticks: number;
    readonly sl_ticks: number;
    readonly max_hold_snapshots: number;
  };

/** Hit rates of one horizon. */
export interface StoredHits {
  readonly hit_rate: number | null;
  readonly interval: { readonly low: number; readonly high: number } | null;
  readonly towards_zero: number | null;
  readonly last_step: number | null;
}

/** One run of a projection experiment. */
export interface StoredRun {
  readonly use_cubic: boolean;
  readonly cubic_scale: number;
  readonly damping_lambda: number;
  readonly mean_hit_rate: number | null;
  readonly hit_rate_at_regime_horizon: number | null;
}

/** A stored result, as far as the charts read it. */
export type StoredResult =
  & {
    readonly id: string;
    readonly base_ms: number;
    readonly config: { readonly cell_width_ms: number };
  }
  & (
    | {
      readonly mode: "default";
      readonly summary: { readonly projection: Readonly<Record<string, StoredHits>> };
    }
    | {
      readonly mode: "regime";
      readonly signals: readonly StoredSignal[];
      readonly sweep: { readonly results: readonly StoredSweepRow[] } | null;
    }
    | {
      readonly mode: "projection_experiment";
      readonly regime_horizon_ms: number;
      readonly results: readonly StoredRun[];
    }
  );

/**
 * Loads a result.
 *
 * @throws {Error} With a sentence for people when the server does not give it.
 */
export async function loadResult(id: string, signal: AbortSignal): Promise<StoredResult> {
  const answer = await fetch(`/v1/research/results/${id}`, { signal });
  if (!answer.ok) throw new Error(`The server answered ${answer.status}`);
  return await answer.json() as StoredResult;
}

/** Name of a signal row among its kind. */
export function rowName({ signal, threshold, threshold_source: source }: StoredSignal): string {
  const from = { fixed: "", before: ", from before", in_sample: ", in sample" }[source];
  return `${signal} at ${Number(threshold.toPrecision(3))}${from}`;
}

/** Sums of profit after each trade, from 0, and the time of each, s since 1970. */
export function equityOf(
  row: StoredSignal,
  baseMs: number,
): { readonly times: number[]; readonly equity: number[] } {
  let sum = 0;
  const equity = row.trades.pnl_ticks.map((pnl) => sum += pnl);
  return { times: row.trades.ts_ms.map((ms) => (baseMs + ms) / 1_000), equity };
}

/** Axes along which the combinations of a sweep or the runs of an experiment differ. */
export interface HeatGrid {
  readonly xName: string;
  readonly yName: string;
  readonly xs: readonly string[];
  readonly ys: readonly string[];
  /** Row by row from the top; null where no combination is. */
  readonly values: readonly (number | null)[];
}

/**
 * Lays rows on a grid by two of their fields; further fields that vary are joined to the rows' names.
 *
 * @param fields Fields that can vary, the first two that do become the axes.
 */
export function heatGrid<T>(
  rows: readonly T[],
  fields: readonly { readonly name: string; readonly of: (row: T) => string }[],
  value: (row: T) => number | null,
): HeatGrid {
  const varies = fields.filter(({ of }) => new Set(rows.map(of)).size > 1);
  const [x = fields[0], ...rest] = varies;
  const xOf = x?.of ?? (() => "");
  const yOf = (row: T) => rest.map(({ name, of }) => `${name} ${of(row)}`).join(", ");
  const xs = [...new Set(rows.map(xOf))];
  const ys = [...new Set(rows.map(yOf))];
  const at = new Map(rows.map((row) => [`${xOf(row)}\n${yOf(row)}`, value(row)]));
  const values = ys.flatMap((yName) => xs.map((xName) => at.get(`${xName}\n${yName}`) ?? null));
  return { xName: x?.name ?? "", yName: rest.map(({ name }) => name).join(", "), xs, ys, values };
}
