import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { columnCsv, columnCsvName } from "../column_csv.ts";
import { saveFile } from "../../pane/mod.ts";
import { COLUMN } from "../column_store.ts";
import { EXCHANGE_ZONE_LABEL, exchangeClock, fixed, nsToMs, signed } from "../../text/mod.ts";
import { PLANE } from "../planes.ts";
import { priceScaleOf, priceText } from "../price_text.ts";
import type { HeatmapDriver } from "../heatmap_driver.ts";
import { useLaidOut } from "./use_laid_out.ts";

const COLUMNS = 6;
const LETTERS = ["V", "·", "P"] as const;

/** The current column as a table, for those who cannot or would rather not read colours. */
export function CellTable({ driver }: { readonly driver: HeatmapDriver }) {
  const { state } = driver;
  const shown = state.tab.value === "table";
  const box = useRef<HTMLDivElement>(null);
  const beat = useLaidOut(box) ? state.beat.value : 0;
  const body = useRef<HTMLTableSectionElement>(null);
  const caption = useRef<HTMLTableCaptionElement>(null);
  useLayoutEffect(() => {
    // Out of sight it only has to be fresh when somebody reads it: once a second is enough.
    if (shown || beat % 4 === 0) fill(body.current!, caption.current!, driver);
  }, [beat, shown]);
  useEffect(() => {
    if (shown) body.current!.querySelector(".spot")?.scrollIntoView({ block: "center" });
  }, [shown]);
  const save = () => saveCsv(driver);
  const unit = state.config.value?.qtyUnit ?? "contracts";
  return (
    <div class="cells" ref={box} tabIndex={shown ? 0 : -1}>
      {shown && (
        <button type="button" class="save" title="All values of this column" onClick={save}>
          Save CSV
        </button>
      )}
      <table>
        <caption ref={caption}>No column yet</caption>
        <thead>
          <tr>
            <th scope="col">Price</th>
            <th scope="col">
              <abbr title="Ticks from spot">k</abbr>
            </th>
            <th scope="col">Score</th>
            <th scope="col">
              <abbr title={`Pressure, ${unit}/s`}>Pres.</abbr>
            </th>
            <th scope="col">
              <abbr title={`Vacuum, ${unit}/s`}>Vac.</abbr>
            </th>
            <th scope="col">
              <abbr title={`Resting depth, ${unit}`}>Depth</abbr>
            </th>
          </tr>
        </thead>
        <tbody class="mono" ref={body} />
      </table>
    </div>
  );
}

function saveCsv({ history, picture: heatmap, provenance }: HeatmapDriver): void {
  const position = heatmap?.focus() ?? -1;
  const of = provenance.value;
  if (history === null || position < 0 || of === null) return;
  const csv = new Blob([columnCsv(history, position, of)], { type: "text/csv" });
  saveFile(columnCsvName(history, position, of), csv);
}

function fill(body: HTMLElement, caption: HTMLElement, driver: HeatmapDriver): void {
  const { history, picture: heatmap } = driver;
  const position = heatmap?.focus() ?? -1;
  if (history === null || position < 0) return;
  const { store } = history;
  const slot = store.slot(position);
  const ms = nsToMs(history.baseNs) + store.startNs[slot]! / 1e6;
  const known = store.kind[slot] === COLUMN.BIN && store.rowOf(slot, store.spotTick[slot]!) >= 0;
  const what = known ? `Bin ${fixed(store.binSeq[slot]!, 0)}` : "No two-sided book";
  setText(caption, `${what} at ${exchangeClock(ms, true)} ${EXCHANGE_ZONE_LABEL}`);
  const rows = known ? store.rows : 0;
  while (body.children.length > rows) body.lastElementChild!.remove();
  while (body.children.length < rows) body.append(emptyRow());
  const scale = priceScaleOf(history.config);
  for (let i = 0; i < rows; i++) {
    const row = rows - 1 - i; // the highest price comes first
    const at = (plane: number) => store.cells[store.offset(slot, plane) + row]!;
    const k = row - store.radius;
    const line = body.children[i]!;
    const texts = [
      priceText(store.spotTick[slot]! + k, scale),
      signed(k, 0),
      `${signed(at(PLANE.SCORE), 2)} ${LETTERS[at(PLANE.STATE) + 1] ?? ""}`,
      fixed(at(PLANE.PRESSURE), 1),
      fixed(at(PLANE.VACUUM), 1),
      fixed(at(PLANE.REST_DEPTH), 0),
    ];
    texts.forEach((text, c) => setText(line.children[c]!, text));
    line.classList.toggle("spot", k === 0);
  }
}

function emptyRow(): HTMLTableRowElement {
  const row = document.createElement("tr");
  const head = document.createElement("th");
  head.scope = "row";
  row.append(head);
  for (let i = 1; i < COLUMNS; i++) row.append(document.createElement("td"));
  return row;
}

/** Changes the one text of an element where it is: an element that loses its child is laid out at more cost. */
function setText(element: Element, text: string): void {
  const { firstChild } = element;
  if (!(firstChild instanceof Text)) element.textContent = text;
  else if (firstChild.data !== text) firstChild.data = text;
}
