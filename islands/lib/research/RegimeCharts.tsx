import { useMemo, useState } from "preact/hooks";
import { Figure } from "./Figure.tsx";
import { HeatMap } from "./HeatMap.tsx";
import { type Line, LineChart } from "./LineChart.tsx";
import { equityOf, heatGrid, rowName, type StoredResult, type StoredSignal } from "./result.ts";
import { Strata } from "./Strata.tsx";

type Regime = StoredResult & { readonly mode: "regime" };

const COLOURS = ["accent", "pressure", "vacuum", "forecast", "warn", "ok", "bid", "ask"] as const;
const percent = (share: number | null | undefined) =>
  typeof share === "number" ? 100 * share : null;

/** Charts of trades: equity, kinds of market, time, threshold, and the sweep. */
export function RegimeCharts({ result }: { readonly result: Regime }) {
  const [chosen, setChosen] = useState(0);
  const row = result.signals[chosen];
  if (row === undefined) return <p class="research-note">The result has no signals.</p>;
  return (
    <>
      <p class="research-choice">
        <label>
          Signal{" "}
          <select value={chosen} onChange={(event) => setChosen(Number(event.currentTarget.value))}>
            {result.signals.map((own, i) => <option key={i} value={i}>{rowName(own)}</option>)}
          </select>
        </label>
        <Verdict row={row} />
      </p>
      <div class="research-charts">
        <Equity result={result} row={row} />
        <Figure
          id={result.id}
          table="strata"
          title="Hit rate by regime"
          note="Bounds of quiet and busy are thirds of this very window: they describe, no more."
        >
          {row.n_signals === 0 ? <NoTrades /> : <Strata row={row} />}
        </Figure>
        <Horizons result={result} row={row} />
        <Thresholds result={result} row={row} />
        {result.sweep !== null && <Sweep id={result.id} rows={result.sweep.results} />}
      </div>
    </>
  );
}

function NoTrades() {
  return <p class="research-note">This signal made no trade at this threshold.</p>;
}

/** Whether the row shows anything, in one line. */
function Verdict({ row }: { readonly row: StoredSignal }) {
  const { n_signals: n, mean_pnl_ticks: pnl, pnl_interval: ends, p_entries: p } = row;
  if (n === 0 || pnl === null) return <span class="mono">no trades</span>;
  const fade = row.baselines.find((base) => base.name === "fade_move");
  return (
    <span class="mono">
      {n} trades · {pnl.toFixed(3)} ticks each
      {ends !== null && ` [${ends.low.toFixed(3)}, ${ends.high.toFixed(3)}]`} · TP{" "}
      {percent(row.tp_before_sl_rate)?.toFixed(1)} % against null{" "}
      {percent(row.null_tp_rate)?.toFixed(1) ?? "–"} % · p entry {p?.toFixed(3) ?? "–"}
      {fade !== undefined && ` · fading the last move ${fade.mean_pnl_ticks.toFixed(3)}`}
    </span>
  );
}

function Equity({ result, row }: { readonly result: Regime; readonly row: StoredSignal }) {
  const { times, lines } = useMemo(() => {
    const { times, equity } = equityOf(row, result.base_ms);
    const random = row.baselines.find((base) => base.name === "random_entries");
    const lines: Line[] = [{ name: "equity", token: "accent", values: equity }];
    if (random !== undefined) {
      const mean = random.mean_pnl_ticks;
      const values = equity.map((_, i) => mean * (i + 1));
      lines.push({ name: "random entries, mean", token: "text-3", values, isDashed: true });
    }
    return { times, lines };
  }, [result, row]);
  return (
    <Figure
      id={result.id}
      table="trades"
      title="Equity of the trades, ticks"
      note="At mid, no costs, by time of entry."
    >
      {times.length === 0
        ? <NoTrades />
        : <LineChart x={times} isTime xName="" unit="ticks" lines={lines} />}
    </Figure>
  );
}

function Horizons({ result, row }: { readonly result: Regime; readonly row: StoredSignal }) {
  const { x, lines } = useMemo(() => {
    const same = result.signals.filter((own) => own.signal === row.signal && own.n_signals > 0);
    const bins = row.tp_by_horizon.map((point) => point.bins);
    const lines = same.slice(0, COLOURS.length).map((own, i): Line => ({
      name: String(Number(own.threshold.toPrecision(3))),
      token: COLOURS[i] ?? "text-3",
      values: own.tp_by_horizon.map((point) => percent(point.tp_rate)),
    }));
    return { x: bins.map((value) => value * result.config.cell_width_ms / 1_000), lines };
  }, [result, row]);
  return (
    <Figure
      id={result.id}
      table="horizons"
      title={`Take profit within a time, ${row.signal}, %`}
      note="One line per threshold; share of all trades."
    >
      {lines.length === 0 ? <NoTrades /> : <LineChart x={x} xName="s" unit="%" lines={lines} />}
    </Figure>
  );
}

function Thresholds({ result, row }: { readonly result: Regime; readonly row: StoredSignal }) {
  const { x, lines } = useMemo(() => {
    const same = result.signals.filter((own) => own.signal === row.signal && own.n_signals > 0)
      .sort((a, b) => a.threshold - b.threshold);
    const line = (name: string, token: string, of: (own: StoredSignal) => number | null): Line => ({
      name,
      token,
      values: same.map((own) => percent(of(own))),
    });
    return {
      x: same.map((own) => own.threshold),
      lines: [
        line("TP", "accent", (own) => own.tp_before_sl_rate),
        { ...line("low", "text-3", (own) => own.tp_interval?.low ?? null), isDashed: true },
        { ...line("high", "text-3", (own) => own.tp_interval?.high ?? null), isDashed: true },
        line("null", "warn", (own) => own.null_tp_rate),
      ],
    };
  }, [result, row]);
  return (
    <Figure
      id={result.id}
      table="signals"
      title={`Take profit by threshold, ${row.signal}, %`}
      note="Dashed: 95 % interval. Null: a coin with the same overshoot of exits."
    >
      {x.length === 0 ? <NoTrades /> : <LineChart x={x} xName="threshold" unit="%" lines={lines} />}
    </Figure>
  );
}

const MEASURES = [
  { name: "Mean PnL, ticks", unit: "ticks", decimals: 2 },
  { name: "TP above null, points", unit: "points", decimals: 1 },
] as const;

function Sweep(
  { id, rows }: {
    readonly id: string;
    readonly rows: NonNullable<Regime["sweep"]>["results"];
  },
) {
  const [measure, setMeasure] = useState<0 | 1>(0);
  const grid = useMemo(() =>
    heatGrid(rows, [
      { name: "threshold", of: (row) => String(Number(row.threshold.toPrecision(3))) },
      { name: "cooldown", of: (row) => String(row.cooldown_bins) },
      { name: "tp", of: (row) => String(row.tp_ticks) },
      { name: "sl", of: (row) => String(row.sl_ticks) },
      { name: "hold", of: (row) => String(row.max_hold_snapshots) },
    ], (row) => {
      if (measure === 0) return row.mean_pnl_ticks;
      const { tp_before_sl_rate: tp, null_tp_rate: none } = row;
      return tp === null || none === null ? null : 100 * (tp - none);
    }), [rows, measure]);
  const { unit, decimals } = MEASURES[measure];
  return (
    <Figure
      id={id}
      table="sweep"
      title={`Sweep of ${rows[0]?.signal ?? ""}, ${rows.length} combinations`}
      note={`The best of ${rows.length} looks better than it is.`}
    >
      <p class="research-choice">
        <label>
          Measure{" "}
          <select
            value={measure}
            onChange={(event) => setMeasure(event.currentTarget.value === "1" ? 1 : 0)}
          >
            {MEASURES.map(({ name }, i) => <option key={name} value={i}>{name}</option>)}
          </select>
        </label>
      </p>
      <HeatMap grid={grid} middle={0} unit={unit} decimals={decimals} />
    </Figure>
  );
}
