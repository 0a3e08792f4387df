import { useRef } from "preact/hooks";
import type { PressureModel } from "../../../../modules/feed/contract.ts";
import { DEFAULT_PARAMETERS, type Panel } from "../../../../engine/signals/mod.ts";
import { WARMUP_MS } from "../signal_track.ts";
import { fixed, percent, signed } from "../../text/mod.ts";
import type { HeatmapDriver } from "../heatmap_driver.ts";
import { ForecastPanel } from "./ForecastPanel.tsx";
import { Gauge } from "./Gauge.tsx";
import { useLaidOut } from "./use_laid_out.ts";
import { VerdictPanel } from "./VerdictPanel.tsx";

const MODELS: readonly PressureModel[] = ["complete", "compat"];

function Signal(
  { name, title, value, coldMs, known }: {
    readonly name: string;
    readonly title: string;
    readonly value: number;
    /** Time until the signal is warm, 0 when it is. */
    readonly coldMs: number;
    /** False before the first bin. */
    readonly known: boolean;
  },
) {
  return (
    <div class="signal">
      <abbr title={title}>{name}</abbr>
      <Gauge value={value} faint={coldMs > 0} />
      <span class="value mono">{known ? signed(value, 2) : "–"}</span>
      <span class={coldMs > 0 ? "warmth cold" : "warmth"}>
        {!known ? "cold" : coldMs > 0 ? `in ${Math.ceil(coldMs / 1_000)} s` : "warm"}
      </span>
    </div>
  );
}

/** Verdict and forecast, then what they are made of: flow blend, forces around spot, the model. */
export function SignalPanel({ driver }: { readonly driver: HeatmapDriver }) {
  const { state } = driver;
  const box = useRef<HTMLDivElement>(null);
  const beat = useLaidOut(box) ? state.beat.value : 0;
  const track = driver.history?.signals ?? null;
  const values = track?.values ?? null;
  const panel = track?.panel() ?? null;
  const cold = track?.coldMs ?? WARMUP_MS;
  const composite = values?.composite ?? 0;
  const warmth = values?.warmup ?? 0;
  const isExperiment = state.parameters.value !== DEFAULT_PARAMETERS;
  return (
    <div class="signals" ref={box} tabIndex={0} role="group" aria-label="Signals">
      <VerdictPanel
        verdict={track?.verdict ?? null}
        conviction={panel?.conviction ?? 0}
        forecast={driver.history?.forecast() ?? null}
        isExperiment={isExperiment}
      />
      <ForecastPanel driver={driver} beat={beat} />
      <section class="composite">
        <h3>
          Flow blend, changes over 0.5 to 5 s
          {isExperiment && <span class="tag">experiment</span>}
        </h3>
        <p class="big mono">{values === null ? "–" : signed(composite, 3)}</p>
        <Gauge value={composite} faint={warmth < 1} />
        <p class="note">Warm-up {percent(warmth)} · + bullish, − bearish</p>
      </section>
      <section>
        <h3>Its parts</h3>
        <Signal
          name="ADS"
          title="Asymmetric derivative slope of adding and pulling, bid against ask"
          value={values?.ads ?? 0}
          coldMs={cold.ads}
          known={values !== null}
        />
        <Signal
          name="PFP"
          title="Pressure front propagation from the inner to the outer book"
          value={values?.pfp ?? 0}
          coldMs={cold.pfp}
          known={values !== null}
        />
        <Signal
          name="SVac"
          title="Spatial vacuum asymmetry above and below spot"
          value={values?.svac ?? 0}
          coldMs={cold.svac}
          known={values !== null}
        />
      </section>
      <Forces panel={panel} unit={state.config.value?.qtyUnit ?? "contracts"} />
      <Engine driver={driver} />
    </div>
  );
}

/** What stands above and below spot; how it reads is the verdict's. */
function Forces({ panel, unit }: { readonly panel: Panel | null; readonly unit: string }) {
  const sums = panel?.sums;
  const row = (label: string, above: number | undefined, below: number | undefined) => (
    <tr>
      <th scope="row">{label}</th>
      <td>{above === undefined ? "–" : fixed(above, 1)}</td>
      <td>{below === undefined ? "–" : fixed(below, 1)}</td>
    </tr>
  );
  return (
    <section>
      <h3>Book forces around spot, this bin</h3>
      <table class="forces mono">
        <thead>
          <tr>
            <th scope="col">
              <span class="sr">Quantity</span>
            </th>
            <th scope="col">above</th>
            <th scope="col">below</th>
          </tr>
        </thead>
        <tbody>
          {row(`Pressure, ${unit}/s`, sums?.pressureAbove, sums?.pressureBelow)}
          {row(`Vacuum, ${unit}/s`, sums?.vacuumAbove, sums?.vacuumBelow)}
          {row(`Depth, ${unit}`, sums?.depthAbove, sums?.depthBelow)}
        </tbody>
      </table>
      <dl class="pairs">
        <Pair label={`Net, ${unit}/s`} value={panel === null ? "–" : signed(panel.net, 1)} />
        <Pair label="Conviction" value={panel === null ? "–" : percent(panel.conviction)} />
      </dl>
    </section>
  );
}

function Pair({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd class="mono">{value}</dd>
    </div>
  );
}

/** Which arithmetic runs, and how much of the flow it sees. */
function Engine({ driver }: { readonly driver: HeatmapDriver }) {
  const feed = driver.state.feed.value;
  return (
    <section class="engine">
      <h3>Engine</h3>
      <div class="segments" role="radiogroup" aria-label="Pressure model">
        {MODELS.map((model) => (
          <button
            key={model}
            type="button"
            role="radio"
            aria-checked={feed?.model === model ? "true" : "false"}
            disabled={feed === null}
            title={model === "complete"
              ? "Corrected arithmetic"
              : "Number by number as the original, omissions included"}
            onClick={() => void driver.command({ op: "model", model })}
          >
            {model === "complete" ? "Complete" : "Compat"}
          </button>
        ))}
      </div>
      <dl class="coverage">
        {(["add", "pull", "fill"] as const).map((flow) => (
          <div key={flow}>
            <dt>{flow}</dt>
            <dd class="mono">
              {feed === null || feed.events === 0 ? "–" : percent(feed.coverage[flow])}
            </dd>
          </div>
        ))}
      </dl>
      <p class="note">Share of quantity that the velocities see</p>
    </section>
  );
}
