import type { CurvePoint } from "./chain_math.ts";

const WIDTH = 280;
const HEIGHT = 84;
const LEFT = 36;
const RIGHT = 8;
const TOP = 18;
const BOTTOM = 16;

/** What a curve is drawn from. */
export interface CurveProps {
  readonly label: string;
  readonly points: readonly CurvePoint[];
  /** Where a line stands across: the spot, or the expiry in sight; null: nowhere. */
  readonly mark: number | null;
  /** A place on the axis in words. */
  readonly text: (x: number) => string;
}

/** A volatility curve: annual percent over strikes or over days to expiry. */
export function Curve({ label, points, mark, text }: CurveProps) {
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined || points.length < 2) {
    return (
      <figure class="curve">
        <figcaption class="note">{label}: too few quotes</figcaption>
      </figure>
    );
  }
  const low = Math.min(...points.map(({ iv }) => iv));
  const high = Math.max(...points.map(({ iv }) => iv));
  const x = (value: number) =>
    LEFT + (value - first.x) / (last.x - first.x) * (WIDTH - LEFT - RIGHT);
  const y = (iv: number) =>
    HEIGHT - BOTTOM - (iv - low) / Math.max(high - low, 1e-6) * (HEIGHT - TOP - BOTTOM);
  const percent = (iv: number) => (iv * 100).toFixed(1);
  const isMarked = mark !== null && mark >= first.x && mark <= last.x;
  return (
    <figure class="curve">
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={`${label}: ${percent(low)} to ${
          percent(high)
        } percent, ${points.length} points`}
      >
        <text class="axis" x={LEFT} y={10}>{label}</text>
        {isMarked && <path class="mark" d={`M${x(mark)} ${TOP}V${HEIGHT - BOTTOM}`} />}
        <polyline points={points.map(({ x: at, iv }) => `${x(at)},${y(iv)}`).join(" ")} />
        {points.map(({ x: at, iv }) => (
          <circle key={at} cx={x(at)} cy={y(iv)} r={1.5}>
            <title>{`${text(at)}: ${percent(iv)} %`}</title>
          </circle>
        ))}
        <text class="axis" x={LEFT - 4} y={y(high) + 4} text-anchor="end">{percent(high)}</text>
        {high - low > 1e-4 && (
          <text class="axis" x={LEFT - 4} y={y(low) + 4} text-anchor="end">{percent(low)}</text>
        )}
        <text class="axis" x={LEFT} y={HEIGHT - 3}>{text(first.x)}</text>
        <text class="axis" x={WIDTH - RIGHT} y={HEIGHT - 3} text-anchor="end">{text(last.x)}</text>
      </svg>
    </figure>
  );
}
