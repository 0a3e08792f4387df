import { drawPlate, monoFont, PLATE_CSS } from "./plate.ts";
import type { PlotArea } from "./plot_area.ts";
import { multiples, rowStep } from "./steps.ts";
import type { Theme } from "./theme.ts";
import { levelY, type View, visibleRows } from "./view.ts";

/** Least distance between two labels, CSS pixels. */
const LABEL_GAP_CSS = 36;

/** A level that has its own plate in the gutter. */
export interface LevelMark {
  readonly level: number;
  readonly y: number;
  readonly letter: string;
  readonly ink: string;
  /** The others give way to it, and only it stays under the crosshair. */
  readonly strong: boolean;
}

/**
 * Draws the level axis of a grid: labels at round steps, and marks on plates that never overlap.
 *
 * @param marks In the order of their levels, the highest first.
 * @param textOf Text of a level; fractions come from marks.
 * @param crosshairY Middle of the crosshair's plate, under which nothing else is drawn, or null.
 */
export function drawLevelAxis(
  pen: CanvasRenderingContext2D,
  marks: readonly LevelMark[],
  view: View,
  area: PlotArea,
  theme: Theme,
  textOf: (level: number) => string,
  crosshairY: number | null,
): void {
  const { dpr, gutterX, gutterWidth, plotHeight } = area;
  const plateHeight = PLATE_CSS * dpr;
  const plates = placePlates(marks, plateHeight, plotHeight);
  monoFont(pen, theme, dpr);
  pen.textBaseline = "middle";
  pen.textAlign = "right";
  pen.fillStyle = theme.text3;
  const isUnder = (y: number, plate: number) => Math.abs(plate - y) < plateHeight;
  const step = rowStep(view.rowPx, LABEL_GAP_CSS * dpr);
  for (const level of multiples(step, view.top - visibleRows(view, plotHeight), view.top)) {
    const y = levelY(view, level) + view.rowPx / 2;
    if (y < 8 * dpr || y > plotHeight - 4 * dpr) continue;
    if (plates.some((plate) => isUnder(y, plate))) continue;
    if (crosshairY !== null && isUnder(y, crosshairY)) continue;
    pen.fillText(textOf(level), gutterX + gutterWidth - 6 * dpr, y);
    pen.fillRect(gutterX, Math.round(y), 4 * dpr, Math.max(1, Math.round(dpr)));
  }
  marks.forEach(({ level, letter, ink, strong }, i) => {
    const y = plates[i]!;
    if (crosshairY !== null && isUnder(y, crosshairY) && !strong) return;
    const [ground, own] = strong ? [ink, theme.bg0] : [theme.bg2, ink];
    drawPlate(
      pen,
      { y, text: textOf(level), ground, ink: own, align: "right", inset: 1 },
      area,
      theme,
    );
    pen.textAlign = "left";
    pen.fillText(letter, gutterX + 4 * dpr, y);
  });
}

/** Returns the middles of the plates, top to bottom, pushed apart around the strong one. */
export function placePlates(
  marks: readonly { readonly y: number; readonly strong: boolean }[],
  height: number,
  plotHeight: number,
): number[] {
  const clamp = (y: number) => Math.min(plotHeight - height / 2, Math.max(height / 2, y));
  const at = marks.map((mark) => clamp(mark.y));
  const strong = Math.max(0, marks.findIndex((mark) => mark.strong));
  for (let i = strong - 1; i >= 0; i--) at[i] = Math.min(at[i]!, at[i + 1]! - height);
  for (let i = strong + 1; i < at.length; i++) at[i] = Math.max(at[i]!, at[i - 1]! + height);
  return at;
}
