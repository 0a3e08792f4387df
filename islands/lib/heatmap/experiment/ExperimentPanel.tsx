import { useEffect, useState } from "preact/hooks";
import { DEFAULT_PARAMETERS, type SignalParameters } from "../../../../engine/signals/mod.ts";
import { compareWithServer, comparisonText, type ServerComparison } from "./compare.ts";
import { rememberParameters } from "./memory.ts";
import {
  changedNames,
  fitValue,
  PARAMETER_GROUPS,
  type ParameterInfo,
  stepDecimals,
  withValue,
} from "./parameter_info.ts";
import { signed } from "../../text/mod.ts";
import type { HeatmapDriver } from "../heatmap_driver.ts";

/** What the panel is made with. */
export interface ExperimentPanelProps {
  readonly driver: HeatmapDriver;
  /** Whether the experiment is kept in the page's link. */
  readonly inLink: boolean;
}

/** How often page and server are compared while the panel is open, ms. */
const COMPARE_EVERY_MS = 5_000;
/** The same while there is nothing to tell yet. */
const RETRY_MS = 1_000;

/** Signals and bands with other numbers than those of their definition, computed in the page. */
export function ExperimentPanel({ driver, inLink }: ExperimentPanelProps) {
  const { state } = driver;
  const parameters = state.parameters.value;
  const changed = changedNames(parameters);
  const choose = (next: SignalParameters) => {
    driver.setParameters(next);
    rememberParameters(next, inLink);
  };
  return (
    <div class="experiment">
      <section class="experiment-head">
        <p role="status">
          {changed.length === 0
            ? "By definition: nothing is changed"
            : `Experiment: ${changed.length} changed`}
        </p>
        <button
          type="button"
          disabled={changed.length === 0}
          onClick={() => choose(DEFAULT_PARAMETERS)}
        >
          Reset all
        </button>
      </section>
      <Now driver={driver} />
      <Agreement driver={driver} />
      {PARAMETER_GROUPS.map(({ title, parameters: infos }) => (
        <fieldset key={title}>
          <legend>{title}</legend>
          {infos.map((info) => (
            <Row
              key={info.name}
              info={info}
              value={parameters[info.name]}
              onChange={(value) => choose(withValue(parameters, info.name, value))}
            />
          ))}
        </fieldset>
      ))}
      <p class="note">
        Computed in this page from the grid, over all bins it keeps, as you change a number. Kept
        for the next visit{inLink ? " and in the link" : ""}.
      </p>
    </div>
  );
}

/** The newest values with the parameters in force. */
function Now({ driver }: { readonly driver: HeatmapDriver }) {
  driver.state.beat.value;
  const values = driver.history?.signals.values ?? null;
  const shown = [
    ["Blend", values?.composite],
    ["ADS", values?.ads],
    ["PFP", values?.pfp],
    ["SVac", values?.svac],
  ] as const;
  return (
    <dl class="experiment-now">
      {shown.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd class="mono" data-signal={name}>{value === undefined ? "–" : signed(value, 3)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Whether the page and the server come to the same signals, by their definition, on the same bins. */
function Agreement({ driver }: { readonly driver: HeatmapDriver }) {
  const [comparison, setComparison] = useState<ServerComparison>({ kind: "waiting" });
  useEffect(() => {
    const end = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const compare = async () => {
      const { history } = driver;
      const found: ServerComparison = history === null || document.hidden || catchesUp(driver)
        ? { kind: "waiting" }
        : await compareWithServer(history, end.signal);
      if (end.signal.aborted) return;
      if (!document.hidden) setComparison(found);
      const told = found.kind === "agree" || found.kind === "differ";
      timer = setTimeout(compare, told ? COMPARE_EVERY_MS : RETRY_MS);
    };
    void compare();
    return () => {
      end.abort();
      clearTimeout(timer);
    };
  }, []);
  const isCompared = comparison.kind === "agree" || comparison.kind === "differ";
  return (
    <p
      class="agreement"
      data-verdict={comparison.kind}
      data-bins={isCompared ? comparison.to - comparison.from + 1 : undefined}
      data-largest={isCompared ? comparison.largest : undefined}
    >
      <span aria-hidden="true">{MARKS[comparison.kind]}</span> {comparisonText(comparison)}
    </p>
  );
}

/** Whether the page still takes in the past: the server may have forgotten those bins by then. */
function catchesUp({ history, state }: HeatmapDriver): boolean {
  const store = history?.store;
  if (store === undefined || store.last < 0) return true;
  return state.feed.value?.phase === "live" && store.live[store.slot(store.last)] === 0;
}

const MARKS = { agree: "✓", differ: "✕", waiting: "…", unknown: "?" } as const;

/** One parameter: a slider, its number, and the way back. */
function Row(
  { info, value, onChange }: {
    readonly info: ParameterInfo;
    readonly value: number;
    readonly onChange: (value: number) => void;
  },
) {
  const { name, label, unit, min, max, step } = info;
  const fallback = DEFAULT_PARAMETERS[name];
  const isChanged = value !== fallback;
  const text = value.toFixed(stepDecimals(info));
  const take = (input: HTMLInputElement) => {
    const fitted = input.value === "" ? null : fitValue(info, Number(input.value));
    if (fitted !== null) onChange(fitted);
    else input.value = text;
  };
  return (
    <div class="parameter" data-changed={isChanged}>
      <label for={`x-${name}`}>{label}</label>
      <input
        id={`x-${name}`}
        type="range"
        min={min}
        max={max}
        step={step}
        value={value}
        onInput={(event) => take(event.currentTarget)}
      />
      <input
        type="number"
        class="mono"
        aria-label={`${label}${unit === "" ? "" : `, ${unit}`}`}
        min={min}
        max={max}
        step={step}
        value={text}
        onChange={(event) => take(event.currentTarget)}
      />
      <span class="unit">{unit}</span>
      <button
        type="button"
        title={`Back to ${fallback}`}
        aria-label={`${label}: back to ${fallback}`}
        disabled={!isChanged}
        onClick={() => onChange(fallback)}
      >
        ↺
      </button>
    </div>
  );
}
