import type { HeatmapDriver } from "../heatmap_driver.ts";
import { LINES, tradesUnder } from "../trades/mod.ts";

const COLUMNS = ["Time", "Price", "Bought", "Sold", "No side", "Trades"] as const;

/** The trades under the crosshair; their texts are set directly, once per drawn frame. */
export function TradedHere() {
  return (
    <div class="traded" data-traded hidden>
      <p>
        <b data-traded-where /> <span data-traded-sums />
      </p>
      <table class="mono">
        <thead>
          <tr>{COLUMNS.map((name) => <th scope="col" key={name}>{name}</th>)}</tr>
        </thead>
        <tbody>
          {Array.from(
            { length: LINES },
            (_, line) => (
              <tr key={line} data-traded-line>{COLUMNS.map((name) => <td key={name} />)}</tr>
            ),
          )}
        </tbody>
      </table>
      <p class="source" data-traded-more />
    </div>
  );
}

/** Writes what traded under the crosshair into a readout. */
export function showTraded(root: HTMLElement, { picture: heatmap, history }: HeatmapDriver): void {
  const box = root.querySelector<HTMLElement>("[data-traded]")!;
  const span = heatmap?.tradesUnder() ?? null;
  const traded = span === null || history === null ? null : tradesUnder(history, span);
  box.hidden = traded === null;
  if (traded === null) return;
  const { where, sums, lines, more } = traded;
  write(box.querySelector("[data-traded-where]")!, where);
  write(box.querySelector("[data-traded-sums]")!, sums);
  write(box.querySelector("[data-traded-more]")!, more === 0 ? "" : `and ${more} more prices`);
  box.querySelectorAll<HTMLElement>("[data-traded-line]").forEach((row, i) => {
    const texts = lines[i];
    row.hidden = texts === undefined;
    texts?.forEach((text, c) => write(row.children[c]!, text));
  });
}

function write(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
