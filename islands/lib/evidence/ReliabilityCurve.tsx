import type { ScoreMap } from "../../../engine/flow/mod.ts";

const WIDTH = 320;
const HEIGHT = 132;
const LEFT = 34;
const RIGHT = 8;
const TOP = 8;
const BOTTOM = 26;
/** Score at the left end: no event below it is named. */
const FROM = 0.4;
const SHARES = [0, 0.5, 1];
const SCORES = [0.4, 0.6, 0.8, 1];

function xOf(score: number): number {
  const at = (Math.min(1, Math.max(FROM, score)) - FROM) / (1 - FROM);
  return LEFT + at * (WIDTH - LEFT - RIGHT);
}

function yOf(share: number): number {
  return TOP + (1 - share) * (HEIGHT - TOP - BOTTOM);
}

/** The steps of a map, from the left end to the right one. */
function stepPath({ steps }: ScoreMap): string {
  return steps.map(({ from, probability }, i) => {
    const y = yOf(probability).toFixed(1);
    return `${i === 0 ? `M${xOf(FROM)} ${y}` : `H${xOf(from).toFixed(1)}V${y}`}`;
  }).join("") + `H${xOf(1)}`;
}

/** What the map says of a score as a line, and what was measured on unseen seeds as dots, larger for more events. */
export function ReliabilityCurve(
  { map, score }: { readonly map: ScoreMap; readonly score: number },
) {
  const { bins, events } = map.measured;
  return (
    <figure class="reliability-curve">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label="Share right by score">
        {SHARES.map((share) => (
          <g key={share}>
            <path class="grid" d={`M${LEFT} ${yOf(share)}H${WIDTH - RIGHT}`} />
            <text x={LEFT - 5} y={yOf(share) + 3.5} text-anchor="end">{100 * share} %</text>
          </g>
        ))}
        {SCORES.map((at) => (
          <text key={at} x={xOf(at)} y={HEIGHT - BOTTOM + 13} text-anchor="middle">
            {at.toFixed(1)}
          </text>
        ))}
        <text x={WIDTH - RIGHT} y={HEIGHT - 2} text-anchor="end">score</text>
        <path class="own" d={`M${xOf(score).toFixed(1)} ${TOP}V${HEIGHT - BOTTOM}`} />
        <path class="said" d={stepPath(map)} />
        {bins.map((bin) => (
          <circle
            key={bin.from}
            cx={xOf(bin.from + 0.05)}
            cy={yOf(bin.right)}
            r={2 + 4 * Math.sqrt(bin.events / events)}
          >
            <title>
              {`score ${bin.from.toFixed(1)}: right ${
                bin.right.toFixed(3)
              } of ${bin.events} events`}
            </title>
          </circle>
        ))}
      </svg>
      <figcaption class="note">
        line: P · dots: share right on unseen seeds, larger for more events · upright: this event
      </figcaption>
    </figure>
  );
}
