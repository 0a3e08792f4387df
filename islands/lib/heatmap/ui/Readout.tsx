import { Fragment } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { horizonLabel } from "../../../../engine/signals/mod.ts";
import { writeReadout } from "../../picture/mod.ts";
import { cellTexts, FLOWS } from "../cell_texts.ts";
import type { HeatmapDriver } from "../heatmap_driver.ts";
import { showTraded, TradedHere } from "./TradedHere.tsx";

const NO_TEXTS: ReadonlyMap<string, string> = new Map();
const FLOW_LABELS = ["Add", "Pull", "Fill", "Depth"] as const;

/** All values of the cell under the crosshair. Its texts are set directly, once per drawn frame. */
export function Readout({ driver }: { readonly driver: HeatmapDriver }) {
  const box = useRef<HTMLDivElement>(null);
  const config = driver.state.config.value;
  useEffect(() => {
    const root = box.current!;
    return driver.watch(() => showCell(root, driver));
  }, []);
  const unit = config?.qtyUnit ?? "contracts";
  return (
    <div class="readout" ref={box} hidden aria-hidden="true">
      <div class="where mono">
        <b data-cell="price" />
        <span data-cell="k" />
        <span data-cell="time" />
      </div>
      <dl class="mono">
        <dt>Score</dt>
        <dd>
          <span data-cell="spectrum_score" /> <span data-cell="state" />
        </dd>
        <dt>Pressure</dt>
        <dd>
          <span data-cell="pressure_variant" /> <i>{unit}/s</i>
        </dd>
        <dt>Vacuum</dt>
        <dd>
          <span data-cell="vacuum_variant" /> <i>{unit}/s</i>
        </dd>
      </dl>
      <table class="mono">
        <thead>
          <tr>
            <th scope="col">
              <span class="sr">Flow</span>
            </th>
            <th scope="col">{unit}</th>
            <th scope="col">/s</th>
            <th scope="col">/s²</th>
            <th scope="col">/s³</th>
          </tr>
        </thead>
        <tbody>
          {FLOWS.map((flow, i) => (
            <tr key={flow}>
              <th scope="row">{FLOW_LABELS[i]}</th>
              <td data-cell={flow === "rest_depth" ? flow : `${flow}_mass`} />
              <td data-cell={`v_${flow}`} />
              <td data-cell={`a_${flow}`} />
              <td data-cell={`j_${flow}`} />
            </tr>
          ))}
        </tbody>
      </table>
      <dl class="mono ahead">
        {config?.horizonsMs.map((ms) => (
          <Fragment key={ms}>
            <dt>+{horizonLabel(ms)}</dt>
            <dd data-cell={`proj_score_h${ms}`} />
          </Fragment>
        ))}
      </dl>
      <TradedHere />
      <p class="source" data-cell="source" />
    </div>
  );
}

function showCell(root: HTMLElement, driver: HeatmapDriver): void {
  const { picture, history } = driver;
  writeReadout(root, history === null ? null : picture, ({ position, level }) => {
    showTraded(root, driver);
    return history === null ? NO_TEXTS : cellTexts(history, position, level);
  });
}
