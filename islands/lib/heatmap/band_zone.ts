import {
  bandAlphas,
  bandBottom,
  bandCentre,
  type BandHorizon,
  bandHorizons,
  bandIsDrawable,
  bandTop,
} from "../../../engine/signals/mod.ts";
import { fade, monoFont, type Theme, type View } from "../canvas/mod.ts";
import type { ColumnStore } from "./column_store.ts";
import type { PaneLayout } from "./pane_layout.ts";
import { spotY } from "./price_lines.ts";
import type { StreamConfig } from "./wire.ts";
import { drawZoneGround } from "./zone_ground.ts";

/**
 * The original's view of the right part of the plot: one column per horizon, each with the band that the
 * signals project. The bands are not prices and not calibrated.
 */
export class BandZone {
  readonly #horizons: readonly BandHorizon[];

  /** @param spread Factor on the spread of the bands. */
  constructor(config: StreamConfig, spread: number) {
    this.#horizons = bandHorizons(config.horizonsBins, config.cellMs, spread);
  }

  /** Horizons in the order of their columns. */
  get horizons(): readonly BandHorizon[] {
    return this.#horizons;
  }

  /** Draws ground, separators and horizon labels. */
  drawFrame(pen: CanvasRenderingContext2D, layout: PaneLayout, theme: Theme): void {
    const { dataWidth, plotWidth, plotHeight, dpr } = layout;
    const each = (plotWidth - dataWidth) / this.#horizons.length;
    const hair = Math.max(1, Math.round(dpr));
    drawZoneGround(pen, layout, theme);
    pen.fillStyle = theme.line;
    for (let i = 1; i < this.#horizons.length; i++) {
      pen.fillRect(Math.round(dataWidth + i * each), 0, hair, plotHeight);
    }
    this.#labels(pen, each, layout, theme);
  }

  /** Draws the bands as they follow from one column of the store. */
  drawBands(
    pen: CanvasRenderingContext2D,
    store: ColumnStore,
    slot: number,
    view: View,
    layout: PaneLayout,
    theme: Theme,
  ): void {
    const { dataWidth, plotWidth, plotHeight, dpr } = layout;
    const each = (plotWidth - dataWidth) / this.#horizons.length;
    const hair = Math.max(1, Math.round(dpr));
    const spotRow = spotY(store, slot, view) / view.rowPx;
    const composite = store.composite[slot]!;
    const warmth = store.warmth[slot]!;
    if (!bandIsDrawable(spotRow, composite, warmth)) return;
    pen.save();
    pen.beginPath();
    pen.rect(dataWidth, 0, plotWidth - dataWidth, plotHeight);
    pen.clip();
    this.#horizons.forEach((horizon, i) => {
      const left = Math.round(dataWidth + i * each) + hair;
      const width = Math.round(dataWidth + (i + 1) * each) - left;
      const centre = bandCentre(horizon, spotRow, composite);
      this.#band(pen, horizon, centre, warmth, left, width, view, layout, theme);
    });
    this.#link(pen, spotRow, composite, each, view, layout, theme);
    pen.restore();
  }

  #band(
    pen: CanvasRenderingContext2D,
    horizon: BandHorizon,
    centre: number,
    warmth: number,
    left: number,
    width: number,
    view: View,
    layout: PaneLayout,
    theme: Theme,
  ): void {
    const { dpr, plotHeight } = layout;
    const alphas = bandAlphas(horizon, warmth);
    const top = bandTop(centre) * view.rowPx;
    const bottom = bandBottom(centre) * view.rowPx;
    if (bottom < 0 || top > plotHeight) {
      arrow(pen, left + width / 2, bottom < 0 ? 0 : plotHeight, layout, theme);
      return;
    }
    const hair = Math.max(1, Math.round(dpr));
    pen.fillStyle = fade(theme.forecast, alphas.forwardFill);
    pen.fillRect(left, top, width, bottom - top);
    pen.fillStyle = fade(theme.forecast, alphas.forwardEdge);
    pen.fillRect(left, top, width, hair);
    pen.fillRect(left, bottom - hair, width, hair);
    pen.fillStyle = fade(theme.forecast, Math.min(1, 2 * alphas.forwardCentre));
    pen.fillRect(left, Math.round(centre * view.rowPx) - hair, width, 2 * hair);
  }

  /** Dashed line from spot to the first band. */
  #link(
    pen: CanvasRenderingContext2D,
    spotRow: number,
    composite: number,
    each: number,
    view: View,
    layout: PaneLayout,
    theme: Theme,
  ): void {
    const centre = bandCentre(this.#horizons[0]!, spotRow, composite);
    const y = centre * view.rowPx;
    if (y < 0 || y > layout.plotHeight) return; // an arrow at the edge stands for it
    pen.strokeStyle = theme.forecast;
    pen.lineWidth = layout.dpr;
    pen.setLineDash([3 * layout.dpr, 3 * layout.dpr]);
    pen.beginPath();
    pen.moveTo(layout.dataWidth, spotRow * view.rowPx);
    pen.lineTo(layout.dataWidth + each / 2, y);
    pen.stroke();
    pen.setLineDash([]);
  }

  #labels(pen: CanvasRenderingContext2D, each: number, layout: PaneLayout, theme: Theme): void {
    const { dataWidth, plotWidth, plotHeight, dpr, laneHeight, axisHeight } = layout;
    monoFont(pen, theme, dpr);
    pen.textBaseline = "middle";
    pen.textAlign = "center";
    pen.fillStyle = theme.text3;
    const y = plotHeight + laneHeight + axisHeight / 2;
    const long = this.#horizons.map((horizon) => `+${horizon.label}`);
    const short = this.#horizons.map(({ ms }) => `${ms / 1_000}s`);
    for (const labels of [long, short]) {
      const widest = Math.max(...labels.map((label) => pen.measureText(label).width));
      if (widest + 4 * dpr > each) continue;
      labels.forEach((label, i) => pen.fillText(label, dataWidth + (i + 0.5) * each, y));
      return;
    }
    pen.fillText(`…${short.at(-1)}`, (dataWidth + plotWidth) / 2, y);
  }
}

/** Says that a band lies beyond the edge of the picture. */
function arrow(
  pen: CanvasRenderingContext2D,
  x: number,
  edge: number,
  layout: PaneLayout,
  theme: Theme,
): void {
  const size = 5 * layout.dpr;
  const inward = edge === 0 ? 1 : -1;
  pen.fillStyle = theme.forecast;
  pen.beginPath();
  pen.moveTo(x, edge + inward * 2 * layout.dpr);
  pen.lineTo(x - size, edge + inward * (2 * layout.dpr + 1.4 * size));
  pen.lineTo(x + size, edge + inward * (2 * layout.dpr + 1.4 * size));
  pen.fill();
}
