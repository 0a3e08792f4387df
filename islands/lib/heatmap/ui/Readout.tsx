import { Fragment } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { horizonLabel } from "../../../../engine/signals/mod.ts";
import { cellTexts, FLOWS } from "../cell_texts.ts";
import type { Heatmap } from "../heatmap.ts";
import type { HeatmapDriver } from "../heatmap_driver.ts";
import { showTraded, TradedHere } from "./TradedHere.tsx";

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
  const { picture: heatmap, history } = driver;
  const cell = heatmap?.hover() ?? null;
  if (cell === null || history === null || !heatmap) {
    if (!root.hidden) root.hidden = true;
    return;
  }
  root.hidden = false;
  showTraded(root, driver);
  place(root, heatmap);
  const values = cellTexts(history, cell.position, cell.level);
  for (const element of root.querySelectorAll<HTMLElement>("[data-cell]")) {
    const text = values.get(element.dataset["cell"]!) ?? "–";
    if (element.textContent !== text) element.textContent = text;
  }
}

/** Puts the readout where the pointer is not: in the other half of the past, or of the height. */
function place(root: HTMLElement, heatmap: Heatmap): void {
  const { dataWidth, plotHeight, dpr } = heatmap.layout;
  const pointer = heatmap.pointer!;
  const room = dataWidth / dpr;
  const own = root.offsetWidth;
  const fits = room >= 2 * own + 32;
  root.style.left = fits && pointer.x < dataWidth / 2 ? `${room - own - 8}px` : "8px";
  const low = !fits && pointer.y < plotHeight / 2;
  root.style.top = low ? `${plotHeight / dpr - root.offsetHeight - 8}px` : fits ? "40px" : "8px";
}
