import type { ColumnStore } from "./column_store.ts";
import type { View } from "./geometry.ts";
import { monoFont } from "./pane_axes.ts";
import type { PaneLayout } from "./pane_layout.ts";
import { spotY } from "./price_lines.ts";
import { fade, type Theme } from "./theme.ts";

/** Returns the label of a horizon: `300ms` below a second, else `2s` or `1.5s`. */
export function horizonLabel(ms: number): string {
  if (ms < 1_000) return `${ms}ms`;
  return ms % 1_000 === 0 ? `${ms / 1_000}s` : `${(ms / 1_000).toFixed(1)}s`;
}

/** Half-height, in ticks, of a band, and its distance from spot per unit of composite and spread. */
const BAND_HALF_TICKS = 4;
const BAND_SHIFT = 8;

function interpolate(x: number, points: readonly (readonly [number, number])[]): number {
  const first = points[0]!;
  if (x <= first[0]) return first[1];
  for (let i = 1; i < points.length; i++) {
    const [x1, y1] = points[i]!;
    const [x0, y0] = points[i - 1]!;
    if (x <= x1) return y0 + ((y1 - y0) * (x - x0)) / (x1 - x0);
  }
  return points.at(-1)![1];
}

/** Draws the projection zone: one column per horizon with its band, brightness by warm-up. */
export function drawForecastZone(
  pen: CanvasRenderingContext2D,
  store: ColumnStore,
  slot: number,
  horizonsMs: readonly number[],
  horizonsBins: readonly number[],
  view: View,
  layout: PaneLayout,
  theme: Theme,
): void {
  const { dataWidth, plotWidth, plotHeight, dpr, laneHeight, axisHeight } = layout;
  const width = plotWidth - dataWidth;
  pen.fillStyle = theme.bg0;
  pen.fillRect(dataWidth, 0, width, plotHeight);
  const each = width / horizonsMs.length;
  const hair = Math.max(1, Math.round(dpr));
  pen.fillStyle = theme.line;
  for (let i = 0; i < horizonsMs.length; i++) {
    pen.fillRect(Math.round(dataWidth + i * each), 0, hair, plotHeight + laneHeight);
  }
  pen.fillStyle = theme.text3;
  pen.fillRect(dataWidth, 0, hair, plotHeight + laneHeight + 6 * dpr);
  monoFont(pen, theme, dpr);
  pen.textBaseline = "middle";
  const labels = horizonsMs.map((ms) => `+${horizonLabel(ms)}`);
  const widest = Math.max(...labels.map((label) => pen.measureText(label).width));
  const y = plotHeight + laneHeight + axisHeight / 2;
  pen.textAlign = "center";
  if (widest + 2 * dpr <= each) {
    labels.forEach((label, i) => pen.fillText(label, dataWidth + (i + 0.5) * each, y));
  } else {
    const short = horizonsMs.map((ms) => (ms / 1_000).toString().replace(/^0/, ""));
    const fits = Math.max(...short.map((text) => pen.measureText(text).width)) + 2 * dpr <= each;
    if (fits) {
      short.forEach((text, i) => {
        const unit = i === short.length - 1 ? "s" : "";
        pen.fillText(text + unit, dataWidth + (i + 0.5) * each, y);
      });
    } else {
      pen.fillText(labels.at(-1)!, dataWidth + width / 2, y);
    }
  }
  const composite = store.composite[slot]!;
  const warmth = store.warmth[slot]!;
  if (Number.isNaN(composite) || !(warmth > 0)) return;
  const from = spotY(store, slot, view);
  if (Number.isNaN(from)) return;
  pen.save();
  pen.beginPath();
  pen.rect(dataWidth, 0, width, plotHeight);
  pen.clip();
  horizonsBins.forEach((bins, i) => {
    const spread = Math.max(2, Math.round(interpolate(bins, [[1, 6], [2, 10], [4, 16], [8, 24]])));
    const alpha = interpolate(bins, [[1, 0.5], [2, 0.4], [4, 0.3], [8, 0.2]]) * warmth;
    const centre = from - BAND_SHIFT * composite * spread * view.rowPx;
    const half = BAND_HALF_TICKS * view.rowPx;
    const x = dataWidth + i * each;
    pen.fillStyle = fade(theme.forecast, 0.55 * alpha);
    pen.fillRect(x, centre - half, each, 2 * half);
    pen.fillStyle = fade(theme.forecast, Math.min(1, 1.8 * alpha));
    pen.fillRect(x, centre - half, each, hair);
    pen.fillRect(x, centre + half, each, hair);
    pen.fillRect(x, centre - hair, each, 2 * hair);
  });
  pen.restore();
}
