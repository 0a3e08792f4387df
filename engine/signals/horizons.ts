/** One projection horizon as it is drawn. */
export interface BandHorizon {
  /** Bins ahead, an integer ≥ 1. */
  readonly bins: number;
  readonly ms: number;
  /** Short text such as `400ms`, `2s` or `1.2s`. */
  readonly label: string;
  /** Rows that a full signal moves the centre by, before the gain; grows with the horizon. */
  readonly spreadTicks: number;
  /** Opacity in [0.1, 0.6]; falls with the horizon. */
  readonly alpha: number;
}

const KNOT_BINS = [1, 2, 4, 8] as const;
const KNOT_SPREAD = [6, 10, 16, 24] as const;
const KNOT_ALPHA = [0.50, 0.40, 0.30, 0.20] as const;

/**
 * Horizons in ascending order, each once.
 *
 * @param bins Bins ahead; rounded, and dropped unless then ≥ 1.
 * @param cellWidthMs Width of a bin, ms.
 * @param spread Factor on the spread, > 0.
 * @see docs/methods/signals.md, "Projection bands".
 */
export function bandHorizons(
  bins: readonly number[],
  cellWidthMs: number,
  spread = 1,
): BandHorizon[] {
  const unique = new Set(bins.map((b) => Math.round(b)).filter((b) => b > 0 && b < Infinity));
  return [...unique].sort((a, b) => a - b).map((b) => ({
    bins: b,
    ms: b * cellWidthMs,
    label: horizonLabel(b * cellWidthMs),
    spreadTicks: spread * Math.max(2, Math.round(interpolate(b, KNOT_SPREAD))),
    alpha: Math.min(0.60, Math.max(0.10, interpolate(b, KNOT_ALPHA))),
  }));
}

/** A duration as `<ms>ms` below a second, else in seconds with at most one decimal. */
export function horizonLabel(ms: number): string {
  if (ms < 1000) return `${ms}ms`;
  return ms % 1000 === 0 ? `${ms / 1000}s` : `${(ms / 1000).toFixed(1)}s`;
}

/** Value at `bins` on the line through the knots, flat beyond them. */
function interpolate(bins: number, values: readonly number[]): number {
  if (bins <= KNOT_BINS[0]) return values[0]!;
  for (let i = 1; i < KNOT_BINS.length; i++) {
    const right = KNOT_BINS[i]!;
    if (bins > right) continue;
    const left = KNOT_BINS[i - 1]!;
    const share = (bins - left) / (right - left);
    return values[i - 1]! + share * (values[i]! - values[i - 1]!);
  }
  return values[values.length - 1]!;
}
