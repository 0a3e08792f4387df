import type { CurveData } from "./chain_math.ts";

const WIDTH = 280;
const HEIGHT = 84;
const LEFT = 36;
const RIGHT = 8;
const TOP = 18;
const BOTTOM = 16;
/** Annual volatility that the height stands for at least. */
const LEAST_SPAN = 0.02;

/** What a curve is drawn from. */
export interface CurveProps {
  readonly label: string;
  readonly data: CurveData;
  /** What it counts: strikes, expiries. */
  readonly unit: string;
  /** As of when, and how fresh its quotes are, in words. */
  readonly asOf: string;
  /** Where a line stands across: the spot, or the expiry in sight; null: nowhere. */
  readonly mark: number | null;
  /** A place on the axis in words. */
  readonly text: (x: number) => string;
}

/** A volatility curve of one instant: annual percent over strikes or over days to expiry, and what is in it. */
export function Curve({ label, data, unit, asOf, mark, text }: CurveProps) {
  const { points, of } = data;
  const first = points[0];
  const last = points.at(-1);
  const made = `${points.length} of ${of} ${unit}${asOf}`;
  if (first === undefined || last === undefined || points.length < 2) {
    return (
      <figure class="curve">
        <figcaption class="note">{label}: too few fresh quotes. {made}</figcaption>
      </figure>
    );
  }
  const values = points.map(({ iv }) => iv);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  // A tenth of a point is no shape: what is flat is drawn flat.
  const slack = Math.max(0, LEAST_SPAN - (most - least)) / 2;
  const [low, high] = [Math.max(0, least - slack), most + slack];
  const x = (value: number) =>
    LEFT + (value - first.x) / (last.x - first.x) * (WIDTH - LEFT - RIGHT);
  const y = (iv: number) => HEIGHT - BOTTOM - (iv - low) / (high - low) * (HEIGHT - TOP - BOTTOM);
  const percent = (iv: number) => (iv * 100).toFixed(1);
  const isMarked = mark !== null && mark >= first.x && mark <= last.x;
  return (
    <figure class="curve">
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={`${label}: ${percent(least)} to ${percent(most)} percent, ${made}`}
      >
        <text class="axis" x={LEFT} y={10}>{label}</text>
        {isMarked && <path class="mark" d={`M${x(mark)} ${TOP}V${HEIGHT - BOTTOM}`} />}
        <polyline points={points.map(({ x: at, iv }) => `${x(at)},${y(iv)}`).join(" ")} />
        {points.map(({ x: at, iv, note }) => (
          <circle key={at} cx={x(at)} cy={y(iv)} r={1.5}>
            <title>{`${text(at)}: ${percent(iv)} %${note === "" ? "" : `, ${note}`}`}</title>
          </circle>
        ))}
        <text class="axis" x={LEFT - 4} y={y(high) + 4} text-anchor="end">{percent(high)}</text>
        <text class="axis" x={LEFT - 4} y={y(low) + 4} text-anchor="end">{percent(low)}</text>
        <text class="axis" x={LEFT} y={HEIGHT - 3}>{text(first.x)}</text>
        <text class="axis" x={WIDTH - RIGHT} y={HEIGHT - 3} text-anchor="end">{text(last.x)}</text>
      </svg>
      <figcaption class="note">{made}</figcaption>
    </figure>
  );
}
