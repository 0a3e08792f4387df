import { readTheme } from "../../canvas/theme.ts";
import type { View } from "../../canvas/view.ts";
import { Heatmap } from "../heatmap.ts";
import { BinHistory } from "../history.ts";
import type { PaneLayout } from "../pane_layout.ts";
import type { Look } from "../quantity_info.ts";
import { readMessage } from "../wire.ts";

// Runs in the page of a drawing test, which brings the script and looks at the pixels.

/** Path of this file from the root of the project, for the page that imports it. */
export const DRAWN_HEATMAP = "islands/lib/heatmap/testing/drawn_heatmap.ts";

/** Prices of one column, ticks. */
export interface Quotes {
  readonly spotTick: number;
  readonly bidTick: number;
  readonly askTick: number;
}

/** Where a heatmap drew its columns. */
export interface Geometry {
  readonly view: View;
  readonly layout: PaneLayout;
  /** Position of the first column. */
  readonly first: number;
}

/**
 * An empty history of a stream.
 *
 * @param config Text of the stream's first message.
 * @throws {TypeError} When it is another message.
 */
export function historyOf(config: string): BinHistory {
  const message = readMessage(config);
  if (message.type !== "runtime_config") throw new TypeError(`Cannot begin with ${message.type}`);
  return new BinHistory(message.config);
}

/** Adds a live, valid bin of 100 ms with a number of its own, and returns its slot in the store. */
export function pushColumn(
  { store }: BinHistory,
  bin: number,
  quotes: Quotes,
  halfTick = false,
): number {
  return store.pushBin({
    ...quotes,
    startNs: bin * 1e8,
    endNs: (bin + 1) * 1e8,
    binSeq: bin,
    eventCount: 1,
    eventId: bin,
    halfTick,
    bookValid: true,
    live: true,
  });
}

/** Draws a history on `#canvas` and a new `#overlay`, 1,000 by 620 pixels, after `prepare`. */
export function drawHeatmap(
  history: BinHistory,
  look: Look,
  dpr: number,
  prepare: (heatmap: Heatmap) => void = () => {},
): Heatmap {
  document.querySelector("#overlay")?.remove();
  const overlay = document.body.appendChild(document.createElement("canvas"));
  overlay.id = "overlay";
  const base = document.querySelector<HTMLCanvasElement>("#canvas")!;
  return heatmapOn(base, overlay, history, look, [1_000, 620, dpr], prepare);
}

/** Draws a history on canvases of the caller's. */
export function heatmapOn(
  base: HTMLCanvasElement,
  overlay: HTMLCanvasElement,
  history: BinHistory,
  look: Look,
  [width, height, dpr]: readonly [number, number, number],
  prepare: (heatmap: Heatmap) => void = () => {},
): Heatmap {
  const heatmap = new Heatmap({ base, overlay, theme: readTheme() }, look);
  heatmap.resize(width, height, dpr);
  prepare(heatmap);
  heatmap.setHistory(history);
  heatmap.draw();
  return heatmap;
}

/** Where a heatmap of a history drew. */
export function geometryOf({ view, layout }: Heatmap, { store }: BinHistory): Geometry {
  return { view, layout, first: store.first };
}
