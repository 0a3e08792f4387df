import { fade, levelY, type Theme, type View } from "../canvas/mod.ts";
import { fixed } from "../text/mod.ts";
import { COLUMN, type ColumnStore, NO_TICK } from "./column_store.ts";
import { aheadLabel, coneHorizons, heldText, WARM_OUTCOMES } from "./forecast_text.ts";
import type { Forecast, HorizonForecast } from "./forecast_track.ts";
import type { PaneLayout } from "./pane_layout.ts";
import { drawZoneGround } from "./zone_ground.ts";

/** Time at the right end of the cone, ms. */
const REACH_MS = 10_000;
/** Share of the zone that it takes; the rest is for the marks. */
const REACH_SHARE = 0.92;
/** Steps in which the edge between two horizons is drawn. */
const STEPS = 24;
const LINE_CSS = 14;

/** Opacities of the outer and the inner interval. */
const CONE_ALPHA = { fill80: 0.16, fill50: 0.24, edge80: 0.85, edge50: 0.6 } as const;

/** A horizon with its interval, half-widths in ticks. */
interface Interval {
  readonly ms: number;
  readonly half50: number;
  readonly half80: number;
}

/** Where a time ahead of now lies, px. */
export function coneX(layout: PaneLayout, ms: number): number {
  const { dataWidth, plotWidth } = layout;
  return dataWidth + REACH_SHARE * (plotWidth - dataWidth) * ms / REACH_MS;
}

/** Height of the mid of a column, px; NaN where the book was not two-sided. */
export function midY(store: ColumnStore, slot: number, view: View): number {
  const [bid, ask] = [store.bidTick[slot]!, store.askTick[slot]!];
  if (store.kind[slot] !== COLUMN.BIN || bid === NO_TICK || ask === NO_TICK) return NaN;
  return levelY(view, (bid + ask) / 2) + view.rowPx / 2;
}

/**
 * Draws the calibrated cone ahead of now: intervals around the mid that are to hold 50 and 80 % of where
 * it will be, measured at each horizon and drawn along the root of time between them.
 *
 * @param middleY Height of the mid now, px; NaN when there is none.
 * @param forecast Null when the stream carries none.
 */
export function drawConeZone(
  pen: CanvasRenderingContext2D,
  forecast: Forecast | null,
  middleY: number,
  view: View,
  layout: PaneLayout,
  theme: Theme,
): void {
  drawZoneGround(pen, layout, theme);
  const horizons = forecast === null ? [] : coneHorizons(forecast);
  const intervals = horizons.flatMap(({ ms, half50, half80 }) =>
    half50 === null || half80 === null ? [] : [{ ms, half50, half80 }]
  );
  drawTimes(pen, horizons, layout, theme);
  if (intervals.length > 0 && !Number.isNaN(middleY)) {
    const { dataWidth, plotWidth, plotHeight } = layout;
    pen.save();
    pen.beginPath();
    pen.rect(dataWidth, 0, plotWidth - dataWidth, plotHeight);
    pen.clip();
    drawCone(pen, intervals, middleY, view, layout, theme);
    drawWidths(pen, intervals.at(-1)!, middleY, view, layout, theme);
    pen.restore();
  }
  const isDrawn = intervals.length > 0 && !Number.isNaN(middleY);
  drawCaption(pen, captionOf(forecast, horizons, isDrawn), layout, theme);
}

/** Half-width at a time ahead: the root of time, through the horizons' own. */
function halfAt(ms: number, intervals: readonly Interval[], share: "half50" | "half80"): number {
  let [fromMs, from] = [0, 0];
  for (const interval of intervals) {
    const half = interval[share];
    if (ms <= interval.ms) {
      const part = (ms - fromMs) / (interval.ms - fromMs);
      return Math.sqrt(from ** 2 + part * (half ** 2 - from ** 2));
    }
    [fromMs, from] = [interval.ms, half];
  }
  return from;
}

function drawCone(
  pen: CanvasRenderingContext2D,
  intervals: readonly Interval[],
  middleY: number,
  view: View,
  layout: PaneLayout,
  theme: Theme,
): void {
  const hair = Math.max(1, Math.round(layout.dpr));
  const lastMs = intervals.at(-1)!.ms;
  const edge = (share: "half50" | "half80", side: 1 | -1, i: number): [number, number] => {
    const ms = lastMs * i / STEPS;
    return [coneX(layout, ms), middleY + side * halfAt(ms, intervals, share) * view.rowPx];
  };
  for (
    const [share, fill, line] of [
      ["half80", CONE_ALPHA.fill80, CONE_ALPHA.edge80],
      ["half50", CONE_ALPHA.fill50, CONE_ALPHA.edge50],
    ] as const
  ) {
    pen.fillStyle = fade(theme.forecast, fill);
    pen.strokeStyle = fade(theme.forecast, line);
    pen.lineWidth = hair;
    pen.beginPath();
    for (let i = 0; i <= STEPS; i++) pen.lineTo(...edge(share, -1, i));
    for (let i = STEPS; i >= 0; i--) pen.lineTo(...edge(share, 1, i));
    pen.closePath();
    pen.fill();
    pen.stroke();
  }
  // Only at its horizons is the cone measured: there stand the marks.
  pen.fillStyle = theme.forecast;
  for (const { ms, half50, half80 } of intervals) {
    const x = Math.round(coneX(layout, ms));
    pen.fillRect(x, middleY - half80 * view.rowPx, hair, 2 * half80 * view.rowPx);
    pen.fillRect(x - hair, middleY - half50 * view.rowPx, 3 * hair, 2 * half50 * view.rowPx);
  }
  pen.strokeStyle = fade(theme.text2, 0.8);
  pen.setLineDash([3 * layout.dpr, 3 * layout.dpr]);
  pen.beginPath();
  pen.moveTo(layout.dataWidth, middleY);
  pen.lineTo(coneX(layout, lastMs), middleY);
  pen.stroke();
  pen.setLineDash([]);
}

/** Times below the horizons: all that fit, else the last. */
function drawTimes(
  pen: CanvasRenderingContext2D,
  horizons: readonly HorizonForecast[],
  layout: PaneLayout,
  theme: Theme,
): void {
  const { plotHeight, laneHeight, axisHeight, dataWidth, dpr } = layout;
  pen.font = `${11 * dpr}px ${theme.mono}`;
  pen.textBaseline = "middle";
  pen.textAlign = "center";
  pen.fillStyle = theme.text3;
  let free = Infinity;
  for (const { ms } of horizons.toReversed()) {
    const text = aheadLabel(ms);
    const width = pen.measureText(text).width;
    const x = Math.min(coneX(layout, ms), layout.plotWidth - width / 2 - 8 * dpr);
    if (x + width / 2 + 4 * dpr > free || x - width / 2 < dataWidth) continue;
    pen.fillText(text, x, plotHeight + laneHeight + axisHeight / 2);
    free = x - width / 2;
  }
}

/** Writes the widths of the last horizon above and below it. */
function drawWidths(
  pen: CanvasRenderingContext2D,
  { half50, half80 }: Interval,
  middleY: number,
  view: View,
  layout: PaneLayout,
  theme: Theme,
): void {
  const { dataWidth, plotWidth, plotHeight, dpr } = layout;
  const room = plotWidth - dataWidth - 8 * dpr;
  pen.font = `${11 * dpr}px ${theme.sans}`;
  pen.textAlign = "right";
  pen.textBaseline = "middle";
  pen.fillStyle = theme.text1;
  const write = (share: string, half: number, y: number) => {
    const ticks = `±${fixed(half, 1)}`;
    const text = [`${share} in ${ticks} ticks`, `${share} ${ticks}`, ticks]
      .find((text) => pen.measureText(text).width <= room);
    if (text === undefined) return;
    const inside = Math.min(plotHeight - LINE_CSS * dpr, Math.max(LINE_CSS * dpr, y));
    pen.fillText(text, plotWidth - 4 * dpr, inside);
  };
  const reach = half80 * view.rowPx + LINE_CSS * dpr / 2 + 2 * dpr;
  write("80\u2009%", half80, middleY - reach);
  write("50\u2009%", half50, middleY + reach);
}

/** What stands over the cone: what it came to hold, or why there is none. */
function captionOf(
  forecast: Forecast | null,
  horizons: readonly HorizonForecast[],
  isDrawn: boolean,
): readonly string[] {
  if (forecast === null) return ["No forecast", "in this stream"];
  if (horizons.length === 0) return ["No cone: bins do", "not divide 1 s"];
  const head = horizons.every(({ scored }) => scored < WARM_OUTCOMES)
    ? "80\u2009% cone, warming up"
    : "80\u2009% cone held";
  const lines = horizons.map(({ ms, held80, scored }) => {
    const held = heldText(held80, scored).replace("warming up, ", "");
    return `${aheadLabel(ms)}: ${held}`;
  });
  return [isDrawn ? head : "No cone: book unsound", ...lines];
}

/** Whether the caption fits into the zone; where it does not, the page shows it beside the picture. */
export function captionFits(layout: PaneLayout): boolean {
  return layout.plotWidth - layout.dataWidth >= 112 * layout.dpr;
}

function drawCaption(
  pen: CanvasRenderingContext2D,
  lines: readonly string[],
  layout: PaneLayout,
  theme: Theme,
): void {
  if (!captionFits(layout)) return;
  const { dataWidth, dpr } = layout;
  pen.font = `${11 * dpr}px ${theme.sans}`;
  pen.textAlign = "left";
  pen.textBaseline = "middle";
  const left = dataWidth + 6 * dpr;
  const width = Math.max(...lines.map((line) => pen.measureText(line).width));
  pen.fillStyle = fade(theme.bg0, 0.85);
  pen.fillRect(left - 2 * dpr, 4 * dpr, width + 4 * dpr, lines.length * LINE_CSS * dpr + 4 * dpr);
  lines.forEach((line, i) => {
    pen.fillStyle = i === 0 ? theme.text1 : theme.text2;
    pen.fillText(line, left, (6 + LINE_CSS * (i + 0.5)) * dpr);
  });
}
