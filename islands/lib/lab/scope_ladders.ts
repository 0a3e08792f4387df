import { type ScopeAxis, signedTicks } from "./scope_axis.ts";
import { clamp, type Rect, type ScopeSnapshot } from "./scope_snapshot.ts";

/** An error of so many ticks and more is written. */
const WRITTEN_TICKS = 0.5;
/** Room that a written error needs at the right edge, CSS pixels. */
const ERROR_TEXT_PX = 36;
const ERROR_GAP_PX = 8;

/** A row of the forecast. Pixels. */
export interface LadderRow {
  readonly h: number;
  readonly y: number;
  readonly label: string;
  readonly x: number;
  /** Edge beyond which the forecast lies: −1 left, 1 right, 0 none. */
  readonly off: -1 | 0 | 1;
  /** Radius of the marker: far horizons are smaller. */
  readonly r: number;
  readonly alpha: number;
  readonly band: readonly [number, number];
}

/** A row of what a forecast came to. Pixels, but for `err`, ticks. */
export interface ErrorRow {
  readonly h: number;
  readonly y: number;
  readonly xp: number;
  readonly xa: number;
  /** Actual less predicted. */
  readonly err: number;
  /** The error in words; empty where it is small. */
  readonly label: string;
  readonly lx: number;
}

/** How near a horizon is: 0 the first, 1 the last. */
function depth(h: number, horizons: number): number {
  return (h - 1) / Math.max(1, horizons - 1);
}

/** Radius of the marker of a horizon, CSS pixels: 6 to 3.5. */
export function markerRadius(h: number, horizons: number): number {
  return 6 - 2.5 * depth(h, horizons);
}

/** Seconds ahead in words, "+0.5s"; as many decimals as it needs, at least one. */
export function aheadText(seconds: number): string {
  const exact = `${Number(seconds.toFixed(3))}`;
  return `+${exact.includes(".") ? exact : seconds.toFixed(1)}s`;
}

/** Lays the rows of the forecast in their band. */
export function scopeLadder(
  { forecast, dt }: ScopeSnapshot,
  axis: ScopeAxis,
  [, top, , tall]: Rect,
): readonly LadderRow[] {
  const horizons = forecast.length;
  const inPlot = (x: number) => clamp(axis.px(x), axis.left, axis.right);
  return forecast.map(({ x, lo, hi }, i) => {
    const h = i + 1;
    const { px, off } = axis.marker(x);
    return {
      h,
      y: top + (tall * (h - 0.5)) / horizons,
      label: aheadText(h * dt),
      x: px,
      off,
      r: markerRadius(h, horizons),
      alpha: 1 - 0.55 * depth(h, horizons),
      band: [inPlot(lo), inPlot(hi)],
    };
  });
}

/** Lays the rows of the errors in their band. */
export function scopeErrors(
  { resolved, forecast }: ScopeSnapshot,
  axis: ScopeAxis,
  [, top, , tall]: Rect,
): readonly ErrorRow[] {
  const horizons = Math.max(forecast.length, resolved.length);
  return resolved.map(({ h, pred, act }) => {
    const { px: xp } = axis.marker(pred);
    const { px: xa } = axis.marker(act);
    const err = act - pred;
    return {
      h,
      y: top + (tall * (h - 0.5)) / horizons,
      xp,
      xa,
      err,
      label: Math.abs(err) >= WRITTEN_TICKS ? signedTicks(err, 1) : "",
      lx: Math.min(Math.max(xp, xa) + ERROR_GAP_PX, axis.right - ERROR_TEXT_PX),
    };
  });
}
