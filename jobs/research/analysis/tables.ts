import type { Interval, SignalRow } from "../../../engine/analysis/mod.ts";
import type { DefaultSummary, ExperimentRow, SweepRow } from "./evaluator.ts";
import { flatReason } from "./flat_reason.ts";
import { resultStamp } from "./result_stamp.ts";
import type { AnalysisResult, DefaultResult, ExperimentResult, RegimeResult } from "./result.ts";

/** Runs of an experiment that are printed. */
const SHOWN_RUNS = 12;
/** Trades below which a rate says next to nothing. */
const FEW_TRADES = 20;

/** A result for people. */
export function resultTables(result: AnalysisResult): string {
  const { input, config, dt, eval_start: from, eval_end: to, n_eval_bins: bins } = result;
  const cell = `${config["cell_width_ms"]} ms`;
  const head =
    `${result.mode} · ${input.name} · ${config["symbol"]} · ${dt} ${from} to ${to} New York` +
    ` · ${bins} bins of ${cell} · result ${result.id}`;
  return [
    head,
    resultStamp(result),
    "",
    ...bodyOf(result),
    "",
    "Square brackets: 95 % intervals, block bootstrap.",
  ]
    .join("\n");
}

function bodyOf(result: AnalysisResult): readonly string[] {
  switch (result.mode) {
    case "default":
      return defaultBody(result);
    case "regime":
      return regimeBody(result);
    case "projection_experiment":
      return experimentBody(result);
  }
}

function defaultBody({ summary }: DefaultResult): readonly string[] {
  return [
    ...stateLines(summary),
    `edge of scores       ${signed(summary.directional_edge, 5)} (below less above the spot)`,
    `centre sign hits     ${percent(summary.center_sign_hit_rate)} ` +
    `${interval(summary.center_sign_interval, 100)} of ${summary.center_sign_pairs} pairs`,
    "",
    ...table(["projection", "hits %", "95 %", "pairs", "towards 0 %", "last step %"], [
      ...Object.entries(summary.projection).map(([ms, hits]) => [
        `${ms} ms`,
        percent(hits.hit_rate),
        interval(hits.interval, 100),
        String(hits.n_pairs),
        percent(hits.towards_zero),
        percent(hits.last_step),
      ]),
    ]),
    "",
    "A projection is worth something where its hits exceed both naive columns.",
  ];
}

function stateLines(
  of: Pick<
    DefaultSummary,
    "state_share_pressure" | "state_share_neutral" | "state_share_vacuum"
  >,
): readonly string[] {
  const { state_share_pressure: p, state_share_neutral: n, state_share_vacuum: v } = of;
  return [
    `states               pressure ${percent(p)} %, neutral ${percent(n)} %, vacuum ${
      percent(v)
    } %`,
  ];
}

function regimeBody(result: RegimeResult): readonly string[] {
  const { spectrum, edge, trade_results: trades, params, signals, sweep } = result;
  const flat = flatReason(result);
  const lines = [
    ...stateLines(spectrum),
    `edge                 mean ${signed(edge.mean, 4)}, std ${edge.std.toFixed(4)}, ` +
    `up ${percent(edge.pct_up)} %, down ${percent(edge.pct_down)} %, flat ${
      percent(edge.pct_flat)
    } %`,
    `trades               ${trades.n_signals} (${trades.n_up} up, ${trades.n_down} down), ` +
    `${trades.events_per_hour.toFixed(1)} per hour, median ${
      milliseconds(trades.median_time_to_outcome_ms)
    }`,
    `rules                take profit ${params.tp_ticks}, stop ${params.sl_ticks} ticks, at most ` +
    `${params.max_hold_snapshots} bins, at mid, no costs`,
    ...flat === null ? [] : ["", `${flat}.`],
    "",
    ...signalTable(signals),
    "",
    "null: take-profit rate of a coin, given the overshoot of exits past their level (o, ticks).",
    "p dir: directions dealt anew; p entry: matched random entries; p shift: the pattern moved in time;",
    "all one-sided on the mean profit. Rows marked * took their threshold from this very window, rows",
    `marked + from the bins before it. Fewer than ${FEW_TRADES} trades say next to nothing.`,
    `${signals.length} rows were tried: the best of them looks better than it is.`,
  ];
  if (sweep === null) return lines;
  const { results } = sweep;
  return [
    ...lines,
    "",
    `sweep of ${sweep.params.signal}, ${results.length} combinations in their own order:`,
    ...sweepTable(results),
    `Picking the best of ${results.length} multiplies its p by up to ${results.length}.`,
  ];
}

const MARKS = { fixed: " ", before: "+", in_sample: "*" } as const;
const SIGNAL_HEAD = [
  "signal",
  "threshold",
  "n",
  "TP %",
  "95 %",
  "null %",
  "o",
  "timeout %",
  "PnL",
  "95 %",
  "p dir",
  "p entry",
  "p shift",
];

function signalTable(rows: readonly SignalRow[]): readonly string[] {
  const cells: string[][] = [];
  for (const row of rows) {
    cells.push([
      row.signal,
      row.threshold.toPrecision(4) + MARKS[row.threshold_source],
      ...rateCells(row),
    ]);
    for (const base of row.baselines) {
      cells.push([
        `  ${base.name}`,
        "",
        String(base.n),
        percent(base.tp_rate),
        interval(base.tp_interval, 100),
        ...["", "", ""],
        signed(base.mean_pnl_ticks, 3),
        interval(base.pnl_interval, 1),
        ...["", "", ""],
      ]);
    }
  }
  return table(SIGNAL_HEAD, cells);
}

function rateCells(row: SignalRow | SweepRow): string[] {
  return [
    String(row.n_signals),
    percent(row.tp_before_sl_rate),
    interval(row.tp_interval, 100),
    percent(row.null_tp_rate),
    Number.isFinite(row.overshoot_ticks) ? row.overshoot_ticks.toFixed(2) : "–",
    percent(row.timeout_rate),
    signed(row.mean_pnl_ticks, 3),
    interval(row.pnl_interval, 1),
    pValue(row.p_direction),
    pValue(row.p_entries),
    pValue(row.p_shift),
  ];
}

function sweepTable(rows: readonly SweepRow[]): readonly string[] {
  return table(
    ["threshold", "cooldown", "tp", "sl", "hold", ...SIGNAL_HEAD.slice(2)],
    rows.map((row) => [
      row.threshold.toPrecision(4),
      String(row.cooldown_bins),
      String(row.tp_ticks),
      String(row.sl_ticks),
      String(row.max_hold_snapshots),
      ...rateCells(row),
    ]),
  );
}

function experimentBody(result: ExperimentResult): readonly string[] {
  const { results, regime_horizon_ms: ms } = result;
  const first = results[0];
  if (first === undefined) return ["no runs"];
  const shown = results.slice(0, SHOWN_RUNS);
  const naive = first.summary.projection[String(ms)];
  return [
    ...stateLines(first.summary),
    `centre sign hits     ${percent(first.summary.center_sign_hit_rate)} ` +
    interval(first.summary.center_sign_interval, 100),
    `naive at ${ms} ms      towards 0 ${percent(naive?.towards_zero ?? NaN)} %, ` +
    `last step ${percent(naive?.last_step ?? NaN)} %`,
    "",
    `${results.length} runs, best ${shown.length} by hits at ${ms} ms:`,
    ...table(
      ["cubic", "scale", "damping", "hits %", "95 %", "mean hits %", "flips %", "shifts", "z p95"],
      shown.map((row) => experimentCells(row, ms)),
    ),
    "",
    `${results.length} runs were tried: the best of them looks better than it is.`,
  ];
}

function experimentCells(row: ExperimentRow, ms: number): string[] {
  const { regime_metrics: metrics } = row;
  return [
    row.use_cubic ? "yes" : "no",
    row.cubic_scale.toPrecision(4),
    String(row.damping_lambda),
    percent(row.hit_rate_at_regime_horizon),
    interval(row.summary.projection[String(ms)]?.interval ?? null, 100),
    percent(row.mean_hit_rate),
    percent(metrics.d1_slope_flip_rate),
    String(metrics.regime_shift_events),
    Number.isFinite(metrics.regime_shift_z_p95) ? metrics.regime_shift_z_p95.toFixed(2) : "–",
  ];
}

function percent(share: number): string {
  return Number.isFinite(share) ? (100 * share).toFixed(2) : "–";
}

function signed(value: number, decimals: number): string {
  if (!Number.isFinite(value)) return "–";
  return (value < 0 ? "−" : "+") + Math.abs(value).toFixed(decimals);
}

/** A time that may not exist; read back from a file it is null. */
function milliseconds(value: number): string {
  return Number.isFinite(value) ? `${value} ms` : "–";
}

function pValue(p: number): string {
  return Number.isFinite(p) ? p.toFixed(3) : "–";
}

function interval(of: Interval | null, times: number): string {
  if (of === null) return "[–]";
  const text = (value: number) => (times * value).toFixed(times === 1 ? 3 : 1).replace("-", "−");
  return `[${text(of.low)}, ${text(of.high)}]`;
}

/** Columns aligned to the right but for the first. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const all = [head, ...rows];
  const widths = head.map((_, c) => Math.max(...all.map((row) => row[c]?.length ?? 0)));
  return all.map((row) =>
    row.map((cell, c) => c === 0 ? cell.padEnd(widths[c]!) : cell.padStart(widths[c]!)).join("  ")
      .trimEnd()
  );
}
