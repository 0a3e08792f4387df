import { useMemo } from "preact/hooks";
import { Figure } from "./Figure.tsx";
import { HeatMap } from "./HeatMap.tsx";
import { type Line, LineChart } from "./LineChart.tsx";
import { heatGrid, type StoredHits, type StoredResult } from "./result.ts";

const percent = (share: number | null | undefined) =>
  typeof share === "number" ? 100 * share : null;

/** Hit rates of the projection against two that need no model. */
export function HitCharts(
  { id, projection }: {
    readonly id: string;
    readonly projection: Readonly<Record<string, StoredHits>>;
  },
) {
  const { x, lines } = useMemo(() => {
    const hits = Object.values(projection);
    const line = (name: string, token: string, of: (own: StoredHits) => number | null): Line => ({
      name,
      token,
      values: hits.map((own) => percent(of(own))),
    });
    return {
      x: Object.keys(projection).map(Number),
      lines: [
        line("projection", "accent", (own) => own.hit_rate),
        { ...line("low", "text-3", (own) => own.interval?.low ?? null), isDashed: true },
        { ...line("high", "text-3", (own) => own.interval?.high ?? null), isDashed: true },
        line("towards 0", "vacuum", (own) => own.towards_zero),
        line("last step", "pressure", (own) => own.last_step),
      ],
    };
  }, [projection]);
  return (
    <div class="research-charts">
      <Figure
        id={id}
        table="projection"
        title="Hit rate of projections, %"
        note="A projection is worth something where it lies above both naive lines."
      >
        <LineChart x={x} xName="ms ahead" unit="%" lines={lines} />
      </Figure>
    </div>
  );
}

/** Hit rates of the runs of an experiment as a heatmap. */
export function ExperimentCharts(
  { result }: { readonly result: StoredResult & { readonly mode: "projection_experiment" } },
) {
  const { grid, middle } = useMemo(() => {
    const runs = [...result.results].sort((a, b) =>
      Number(a.use_cubic) - Number(b.use_cubic) || a.cubic_scale - b.cubic_scale ||
      a.damping_lambda - b.damping_lambda
    );
    const grid = heatGrid(runs, [
      { name: "damping", of: (run) => String(run.damping_lambda) },
      { name: "cubic", of: (run) => run.use_cubic ? "yes" : "no" },
      { name: "scale", of: (run) => run.cubic_scale.toPrecision(3) },
    ], (run) => percent(run.hit_rate_at_regime_horizon));
    const known = grid.values.filter((value) => value !== null);
    return { grid, middle: known.reduce((sum, value) => sum + value, 0) / (known.length || 1) };
  }, [result]);
  return (
    <div class="research-charts">
      <Figure
        id={result.id}
        table="runs"
        title={`Hit rate at ${result.regime_horizon_ms} ms by projection, %`}
        note="Colour: difference from the mean of all runs. The best of many looks better than it is."
      >
        <HeatMap grid={grid} middle={middle} unit="%" decimals={1} />
      </Figure>
    </div>
  );
}
