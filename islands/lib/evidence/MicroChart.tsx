import type { OptionNbbo, OptionPrint } from "../../../engine/frames/mod.ts";
import { exchangeClock } from "../text/mod.ts";
import { counted } from "./words.ts";

const WIDTH = 420;
const HEIGHT = 132;
const LEFT = 44;
const RIGHT = 44;
const TOP = 8;
const BOTTOM = 18;
/** Time shown before the first and after the last print, ms. */
const MARGIN_MS = 1_500;

/** What one small chart shows. */
export interface MicroChartProps {
  readonly contract: string;
  readonly prints: readonly OptionPrint[];
  readonly quotes: readonly OptionNbbo[];
}

interface Scale {
  readonly x: (ts: number) => number;
  readonly y: (price: number) => number;
  readonly spotY: (spot: number) => number;
  readonly low: number;
  readonly high: number;
  readonly fromTs: number;
  readonly toTs: number;
  readonly spots: readonly [number, number] | null;
}

function extent(values: readonly number[], least: number): readonly [number, number] {
  const low = Math.min(...values);
  const high = Math.max(...values);
  const pad = Math.max(least, (high - low) * 0.12);
  return [low - pad, high + pad];
}

function scaleOf({ prints, quotes }: MicroChartProps): Scale {
  const fromTs = (prints[0]?.ts ?? 0) - MARGIN_MS;
  const toTs = (prints.at(-1)?.ts ?? 0) + MARGIN_MS;
  const standing = quotes.findLast(({ ts, bid }) => ts < fromTs && bid > 0);
  const inside = quotes.filter(({ ts }) => ts >= fromTs && ts <= toTs);
  const seen = standing === undefined ? inside : [standing, ...inside];
  const [low, high] = extent([
    ...prints.map(({ price }) => price),
    // A side that nobody quotes is 0, which is no price.
    ...seen.flatMap(({ bid, ask }) => [bid, ask]).filter((price) => price > 0),
  ], 0.01);
  const mids = prints.map((print) => print.execution_underlying_mid).filter((mid) => mid !== null);
  const spots = mids.length > 1 ? extent(mids, 0.01) : null;
  const span = (value: number, [a, b]: readonly [number, number]) =>
    HEIGHT - BOTTOM - (value - a) / (b - a) * (HEIGHT - TOP - BOTTOM);
  return {
    x: (ts) => LEFT + (ts - fromTs) / (toTs - fromTs) * (WIDTH - LEFT - RIGHT),
    y: (price) => span(price, [low, high]),
    spotY: (spot) => spots === null ? HEIGHT / 2 : span(spot, spots),
    low,
    high,
    fromTs,
    toTs,
    spots,
  };
}

/** The stretch between bid and ask as one shape of steps; a one-sided or missing quote leaves a hole. */
function bandPath(quotes: readonly OptionNbbo[], scale: Scale): string {
  const parts: string[] = [];
  for (let i = 0; i < quotes.length; i++) {
    const quote = quotes[i];
    if (quote === undefined || quote.bid <= 0 || quote.ask <= 0) continue;
    const from = Math.max(quote.ts, scale.fromTs);
    const to = Math.min(quotes[i + 1]?.ts ?? scale.toTs, scale.toTs);
    if (to <= from) continue;
    const [a, b] = [scale.x(from).toFixed(1), scale.x(to).toFixed(1)];
    const [top, bottom] = [scale.y(quote.ask).toFixed(1), scale.y(quote.bid).toFixed(1)];
    parts.push(`M${a} ${top}H${b}V${bottom}H${a}Z`);
  }
  return parts.join("");
}

function marker(print: OptionPrint, scale: Scale): { readonly d: string; readonly tone: string } {
  const x = scale.x(print.ts);
  const y = scale.y(print.price);
  const r = 2.5 + Math.min(4, Math.sqrt(print.size) / 6);
  switch (print.nbbo_side) {
    case "AA":
    case "A":
      return { d: `M${x} ${y - r}l${r} ${2 * r}h${-2 * r}z`, tone: "buy" };
    case "B":
    case "BB":
      return { d: `M${x} ${y + r}l${r} ${-2 * r}h${-2 * r}z`, tone: "sell" };
    default:
      return { d: `M${x - r} ${y}l${r} ${-r}l${r} ${r}l${-r} ${r}z`, tone: "mid" };
  }
}

/** Prints that no quote tells the side of, in words; null when every print met a quote. */
function unquoted(prints: readonly OptionPrint[]): string | null {
  const times = (wanted: string) => prints.filter(({ nbbo_side }) => nbbo_side === wanted).length;
  const parts = [
    [times("MISSING"), "came while no quote stood"] as const,
    [times("STALE"), "met a quote too old to trust"] as const,
  ].filter(([count]) => count > 0);
  if (parts.length === 0) return null;
  return `${parts.map(([count, what]) => `${counted(count, "print")} ${what}`).join(", ")}.`;
}

/** Bid, ask and prints of one contract around an event, with the underlying's mid behind. */
export function MicroChart(props: MicroChartProps) {
  const { contract, prints, quotes } = props;
  if (prints.length === 0) return null;
  const scale = scaleOf(props);
  const spotLine = prints.filter((print) => print.execution_underlying_mid !== null)
    .map((print) =>
      `${scale.x(print.ts).toFixed(1)},${
        scale.spotY(print.execution_underlying_mid ?? 0).toFixed(1)
      }`
    ).join(" ");
  const size = prints.reduce((sum, print) => sum + print.size, 0);
  const gap = unquoted(prints);
  return (
    <figure class="micro">
      <figcaption>
        <span class="mono">{contract}</span>
        <span class="note">{counted(prints.length, "print")}, {counted(size, "contract")}</span>
      </figcaption>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={`${counted(prints.length, "print")} of ${contract} from ${
          scale.low.toFixed(2)
        } to ${scale.high.toFixed(2)} USD against its quotes`}
      >
        <path class="band" d={bandPath(quotes, scale)} />
        {scale.spots !== null && <polyline class="spot" points={spotLine} />}
        {prints.map((print) => {
          const { d, tone } = marker(print, scale);
          return (
            <path key={print.trace_id} class={`print ${tone}`} d={d}>
              <title>
                {`${exchangeClock(print.ts, true)} ET  ${print.size} @ ${
                  print.price.toFixed(2)
                } ${print.nbbo_side} ${print.exchange}`}
              </title>
            </path>
          );
        })}
        <text class="axis" x={LEFT - 4} y={TOP + 8} text-anchor="end">{scale.high.toFixed(2)}</text>
        <text class="axis" x={LEFT - 4} y={HEIGHT - BOTTOM} text-anchor="end">
          {scale.low.toFixed(2)}
        </text>
        {scale.spots !== null && (
          <>
            <text class="axis spot-text" x={WIDTH - RIGHT + 4} y={TOP + 8}>
              {scale.spots[1].toFixed(2)}
            </text>
            <text class="axis spot-text" x={WIDTH - RIGHT + 4} y={HEIGHT - BOTTOM}>
              {scale.spots[0].toFixed(2)}
            </text>
          </>
        )}
        <text class="axis" x={LEFT} y={HEIGHT - 4}>{exchangeClock(scale.fromTs, true)}</text>
        <text class="axis" x={WIDTH - RIGHT} y={HEIGHT - 4} text-anchor="end">
          {exchangeClock(scale.toTs, true)} ET
        </text>
      </svg>
      {gap !== null && <p class="note unquoted">{gap}</p>}
      {quotes.length === 0 && (
        <p class="note">
          No quote of this contract is stored for this span.
        </p>
      )}
    </figure>
  );
}
