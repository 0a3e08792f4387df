import {
  drawLabel,
  fade,
  monoFont,
  niceCeiling,
  PLATE_CSS,
  type Theme,
  type View,
} from "../canvas/mod.ts";
import { compact, fixed } from "../text/mod.ts";
import { HALF_STRIKES, STRIKE_TICKS, STRIKES } from "./cell_planes.ts";
import { middleY } from "./price_lines.ts";
import type { SurfaceLayout } from "./surface_layout.ts";
import { type Assumption, exposureAt, type SurfaceStore } from "./surface_store.ts";
import type { ProfileRows } from "./surface_window.ts";

/** What the profile stands on. */
export interface ProfileScene {
  readonly store: SurfaceStore;
  /** Second whose strikes are drawn. */
  readonly second: number;
  readonly assumption: Assumption;
  /** Total by price; null where it is not known of the second. */
  readonly curve: ProfileRows | null;
  readonly tickOf: (points: number) => number;
  readonly marks: readonly ProfileMark[];
}

/** A price that has a name. */
export interface ProfileMark {
  readonly points: number;
  readonly text: string;
  readonly ink: string;
  readonly isDashed: boolean;
}

/**
 * The gamma of a second by price: bars by strike, right where dealers are long, left where they are short,
 * and the total as it would be with the spot at each price; where it crosses the middle is zero gamma.
 */
export class GammaProfilePainter {
  #barMost = 1;
  #curveMost = 1;

  draw(
    pen: CanvasRenderingContext2D,
    scene: ProfileScene,
    view: View,
    layout: SurfaceLayout,
    theme: Theme,
  ): void {
    const { profileX, profileWidth, plotHeight, dpr } = layout;
    const hair = Math.max(1, Math.round(dpr));
    pen.fillStyle = theme.bg1;
    pen.fillRect(profileX, 0, profileWidth, plotHeight);
    pen.fillStyle = theme.line;
    pen.fillRect(profileX, 0, hair, plotHeight);
    const middle = profileX + Math.round(profileWidth / 2);
    pen.fillRect(middle, 0, hair, plotHeight);
    pen.save();
    pen.beginPath();
    pen.rect(profileX, 0, profileWidth, plotHeight);
    pen.clip();
    const reach = profileWidth / 2 - 6 * dpr;
    this.#bars(pen, scene, view, theme, middle, reach, dpr);
    this.#curve(pen, scene, view, theme, middle, reach, dpr);
    pen.restore();
    drawMarks(pen, scene, view, layout, theme);
    this.#scale(pen, scene, layout, theme, middle);
  }

  #bars(
    pen: CanvasRenderingContext2D,
    { store, second, assumption }: ProfileScene,
    view: View,
    theme: Theme,
    middle: number,
    reach: number,
    dpr: number,
  ): void {
    const strike = store.middleStrike(second);
    if (Number.isNaN(strike)) return;
    const at = store.ladderAt(second);
    let most = 0;
    for (let i = 0; i < STRIKES; i++) {
      const size = Math.abs(exposureAt(store.ladder, at, i, assumption));
      if (size > most) most = size;
    }
    this.#barMost = keptTop(this.#barMost, most);
    const height = Math.max(2 * dpr, Math.min(view.rowPx * 8, 12 * dpr));
    for (let i = 0; i < STRIKES; i++) {
      const value = exposureAt(store.ladder, at, i, assumption);
      if (!(Math.abs(value) > 0)) continue;
      const length = Math.max(dpr, (Math.abs(value) / this.#barMost) * reach);
      const y = middleY(view, strike + (i - HALF_STRIKES) * STRIKE_TICKS);
      pen.fillStyle = fade(theme.token(value > 0 ? "surface-calls" : "surface-puts"), 0.55);
      pen.fillRect(value > 0 ? middle : middle - length, y - height / 2, length, height);
    }
  }

  #curve(
    pen: CanvasRenderingContext2D,
    { curve, tickOf }: ProfileScene,
    view: View,
    theme: Theme,
    middle: number,
    reach: number,
    dpr: number,
  ): void {
    if (curve === null || curve.gex.length === 0) return;
    this.#curveMost = keptTop(
      this.#curveMost,
      curve.gex.reduce((most, value) => Math.max(most, Math.abs(value)), 0),
    );
    pen.beginPath();
    curve.gex.forEach((value, i) => {
      const x = middle + (value / this.#curveMost) * reach;
      const y = middleY(view, tickOf(curve.pricePoints[i]!));
      if (i === 0) pen.moveTo(x, y);
      else pen.lineTo(x, y);
    });
    pen.lineJoin = "round";
    pen.strokeStyle = theme.bg1;
    pen.lineWidth = 3.5 * dpr;
    pen.stroke();
    pen.strokeStyle = theme.text1;
    pen.lineWidth = 1.5 * dpr;
    pen.stroke();
  }

  #scale(
    pen: CanvasRenderingContext2D,
    { curve }: ProfileScene,
    { profileX, profileWidth, plotHeight, laneHeight, axisHeight, dpr }: SurfaceLayout,
    theme: Theme,
    middle: number,
  ): void {
    const y = plotHeight + laneHeight + axisHeight / 2;
    monoFont(pen, theme, dpr);
    const isNarrow = profileWidth < 120 * dpr;
    const most = curve === null ? this.#barMost : this.#curveMost;
    const label = { y, ink: theme.text3 };
    if (isNarrow) {
      return drawLabel(
        pen,
        { ...label, text: `±${compact(most)}`, x: middle, align: "center" },
        theme,
        dpr,
      );
    }
    const left = {
      ...label,
      text: `−${compact(most)}`,
      x: profileX + 4 * dpr,
      align: "left",
    } as const;
    const right = {
      ...label,
      text: `+${compact(most)}`,
      x: profileX + profileWidth - 4 * dpr,
      align: "right",
    } as const;
    drawLabel(pen, left, theme, dpr);
    drawLabel(pen, { ...label, text: "0", x: middle, align: "center" }, theme, dpr);
    drawLabel(pen, right, theme, dpr);
  }

  /** Values at the ends of the profile, USD/point²: of the bars, and of the curve. */
  get ends(): { readonly bars: number; readonly curve: number } {
    return { bars: this.#barMost, curve: this.#curveMost };
  }
}

/** Draws the prices that have names, pushed apart where they would cover each other. */
function drawMarks(
  pen: CanvasRenderingContext2D,
  { marks, tickOf }: ProfileScene,
  view: View,
  { profileX, profileWidth, plotHeight, dpr }: SurfaceLayout,
  theme: Theme,
): void {
  const height = PLATE_CSS * dpr;
  let free = -Infinity;
  const shown = marks.filter(({ points }) => !Number.isNaN(points))
    .map((mark) => ({ ...mark, y: middleY(view, tickOf(mark.points)) }))
    .filter(({ y }) => y > 0 && y < plotHeight)
    .toSorted((a, b) => a.y - b.y);
  pen.save();
  for (const { y, text, ink, isDashed } of shown) {
    pen.strokeStyle = ink;
    pen.lineWidth = Math.max(1, Math.round(dpr));
    pen.setLineDash(isDashed ? [4 * dpr, 3 * dpr] : []);
    pen.beginPath();
    pen.moveTo(profileX, Math.round(y) + 0.5);
    pen.lineTo(profileX + profileWidth, Math.round(y) + 0.5);
    pen.stroke();
    const at = Math.min(plotHeight - height / 2, Math.max(free + height, y - height / 2 - 1));
    free = at;
    monoFont(pen, theme, dpr);
    const width = pen.measureText(text).width + 8 * dpr;
    pen.fillStyle = fade(theme.bg1, 0.85);
    pen.fillRect(profileX + 2 * dpr, at - height / 2, width, height);
    drawLabel(pen, { text, x: profileX + 6 * dpr, y: at, ink, align: "left" }, theme, dpr);
  }
  pen.restore();
}

/** A price of the profile in short. */
export function markText(name: string, points: number, isNarrow: boolean): string {
  const isWhole = Math.abs(points - Math.round(points)) < 1e-9;
  const price = fixed(points, isWhole ? 0 : 1);
  return isNarrow ? name : `${name} ${price}`;
}

/** Top of a scale that only steps at 1, 2, 5 and shrinks late, so that nothing breathes. */
function keptTop(before: number, most: number): number {
  return most > before || most < before / 6 ? niceCeiling(most) : before;
}
