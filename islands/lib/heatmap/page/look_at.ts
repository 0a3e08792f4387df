import { columnX } from "../../canvas/mod.ts";
import { EXCHANGE_ZONE_LABEL, exchangeClock, nsToMs, spanText } from "../../text/mod.ts";
import { FIRST_BINS } from "../bin_source.ts";
import type { Heatmap } from "../heatmap.ts";
import type { HeatmapDriver } from "../heatmap_driver.ts";
import type { BinHistory } from "../history.ts";

/** Shows the bins of a time in the middle as soon as they are there, or says that they are gone. @param ms Epoch ms. */
export function lookAt(driver: HeatmapDriver, ms: number): void {
  const unwatch = driver.watch(() => {
    const { picture: heatmap, history } = driver;
    if (heatmap === null || history === null || history.store.last < 0) return;
    const position = positionOf(history, ms);
    if (position === null && !driver.hasPast) return;
    unwatch();
    if (position !== null) return show(heatmap, history, position);
    const kept = spanText(FIRST_BINS * history.config.cellMs);
    const time = `${exchangeClock(ms)} ${EXCHANGE_ZONE_LABEL}`;
    const text = `No bins of ${time} any more: the server keeps the last ${kept}`;
    driver.state.notice.value = { text, field: null };
  });
}

/** First column that ends at a time or later; null when the time lies outside of what is kept. */
function positionOf({ store, baseNs }: BinHistory, ms: number): number | null {
  const ns = (ms - nsToMs(baseNs)) * 1e6;
  const ends = (position: number) => store.endNs[store.slot(position)]!;
  if (!(ends(store.first) <= ns && ends(store.last) >= ns)) return null;
  let position = store.first;
  while (ends(position) < ns) position++;
  return position;
}

function show(heatmap: Heatmap, { store }: BinHistory, position: number): void {
  const { perColumn, columnPx } = heatmap.view;
  const { dataWidth, plotHeight } = heatmap.layout;
  const column = Math.floor(position / perColumn);
  const newest = Math.floor(store.last / perColumn);
  const across = Math.floor(dataWidth / columnPx);
  heatmap.pan(Math.max(1, newest - column - (across >> 1)), 0);
  heatmap.setPointer({ x: columnX(heatmap.view, dataWidth, column), y: plotHeight / 2 });
}
