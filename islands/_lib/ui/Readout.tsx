import { Fragment } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { horizonLabel } from "../../../engine/signals/mod.ts";
import { EXCHANGE_ZONE_LABEL, exchangeClock, nsToMs } from "../exchange_time.ts";
import { fixed, signed, significant } from "../format.ts";
import { type Heatmap, scaleOf } from "../heatmap.ts";
import type { History } from "../history.ts";
import { priceText } from "../pane_axes.ts";
import { PLANE } from "../planes.ts";
import type { Terminal } from "../terminal.ts";

const FLOWS = ["add", "pull", "fill", "rest_depth"] as const;
const FLOW_LABELS = ["Add", "Pull", "Fill", "Depth"] as const;
const STATES = ["vacuum", "neutral", "pressure"] as const;

/** All values of the cell under the crosshair. Its texts are set directly, once per drawn frame. */
export function Readout({ terminal }: { readonly terminal: Terminal }) {
  const box = useRef<HTMLDivElement>(null);
  const config = terminal.state.config.value;
  useEffect(() => {
    const root = box.current!;
    return terminal.watch(() => showCell(root, terminal));
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
      <p class="source" data-cell="source" />
    </div>
  );
}

function showCell(root: HTMLElement, terminal: Terminal): void {
  const { heatmap, history } = terminal;
  const cell = heatmap?.hover() ?? null;
  if (cell === null || history === null || !heatmap) {
    if (!root.hidden) root.hidden = true;
    return;
  }
  root.hidden = false;
  place(root, heatmap);
  const values = cellTexts(history, cell.position, cell.tick);
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

/** Returns the text of everything known about a cell, by Arrow column name. */
export function cellTexts(history: History, position: number, tick: number): Map<string, string> {
  const { store, config } = history;
  const slot = store.slot(position);
  const texts = new Map<string, string>();
  const ms = nsToMs(history.baseNs) + store.startNs[slot]! / 1e6;
  texts.set("price", priceText(tick, scaleOf(history)));
  texts.set("time", `${exchangeClock(ms, true)} ${EXCHANGE_ZONE_LABEL}`);
  const row = store.rowOf(slot, tick);
  if (row < 0) {
    texts.set("k", store.binSeq[slot] === -1 ? "no bin here" : "outside the window");
    texts.set("source", store.binSeq[slot] === -1 ? "Gap" : `Bin ${fixed(store.binSeq[slot]!, 0)}`);
    return texts;
  }
  const at = (plane: number) => store.cells[store.offset(slot, plane) + row]!;
  texts.set("k", `k ${signed(row - store.radius, 0)}`);
  texts.set("spectrum_score", signed(at(PLANE.SCORE), 4));
  texts.set("state", STATES[at(PLANE.STATE) + 1] ?? "");
  texts.set("pressure_variant", significant(at(PLANE.PRESSURE)));
  texts.set("vacuum_variant", significant(at(PLANE.VACUUM)));
  FLOWS.forEach((flow, i) => {
    texts.set(flow === "rest_depth" ? flow : `${flow}_mass`, significant(at(i)));
    texts.set(`v_${flow}`, significant(at(PLANE.V_ADD + i)));
    texts.set(`a_${flow}`, significant(at(PLANE.A_ADD + i)));
    texts.set(`j_${flow}`, significant(at(PLANE.J_ADD + i)));
  });
  config.horizonsMs.forEach((horizon, i) => {
    texts.set(`proj_score_h${horizon}`, signed(at(PLANE.PROJECTION + i), 4));
  });
  const event = store.eventIds[slot * store.rows + row]!;
  texts.set(
    "source",
    `Bin ${fixed(store.binSeq[slot]!, 0)} · ${
      event > 0 ? `last touched by event ${fixed(event, 0)}` : "never touched"
    } · ${store.live[slot] === 1 ? "live" : "backfill"}`,
  );
  return texts;
}
