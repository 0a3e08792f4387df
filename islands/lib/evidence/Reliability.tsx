import { type MeasuredBin, type ScoreMap, stepOf } from "../../../engine/flow/mod.ts";
import { scoreLine } from "../tape/columns/mod.ts";
import { ReliabilityCurve } from "./ReliabilityCurve.tsx";

/** A whole number with thousands apart. */
function counted(value: number): string {
  return value.toLocaleString("en-US");
}

function seedsText({ firstSeed, seeds }: ScoreMap["learned"]): string {
  return seeds === 1 ? `seed ${firstSeed}` : `seeds ${firstSeed} to ${firstSeed + seeds - 1}`;
}

function isOwn({ from }: MeasuredBin, score: number): boolean {
  return Math.min(0.9, Math.floor(score * 10 + 1e-9) / 10) === from;
}

/**
 * How far a probability may be trusted: the map that it came from, on events that the map was not learned from.
 *
 * @param score Of the event in sight.
 */
export function Reliability({ map, score }: { readonly map: ScoreMap; readonly score: number }) {
  const { learned, measured, steps, date } = map;
  return (
    <details class="reliability">
      <summary>
        Reliability: P is off by {(100 * measured.error).toFixed(1)} % on unseen seeds
      </summary>
      <p class="note">
        P is the share of named synthetic events of such a score that were right by their labels.
        The map has {steps.length === 1 ? "one step" : `${steps.length} steps`}, learned on {date}
        {" "}
        from {counted(learned.events)} events of {seedsText(learned)}{" "}
        under five presets; it is measured here on {counted(measured.events)} events of{" "}
        {seedsText(measured)}. It says nothing of a real market.
      </p>
      <ReliabilityCurve map={map} score={score} />
      <table class="terms">
        <thead>
          <tr>
            <th scope="col">Score</th>
            <th scope="col" class="num">Events</th>
            <th scope="col" class="num">P</th>
            <th scope="col" class="num">Right</th>
          </tr>
        </thead>
        <tbody>
          {measured.bins.map((bin) => (
            <tr key={bin.from} class={isOwn(bin, score) ? "strong" : ""}>
              <th scope="row" class="mono">
                {bin.from.toFixed(1)} to {(bin.from + 0.1).toFixed(1)}
              </th>
              <td class="num mono">{counted(bin.events)}</td>
              <td class="num mono">{bin.said.toFixed(3)}</td>
              <td class="num mono">{bin.right.toFixed(3)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

/**
 * What an event says of itself in one line: its score, and where that is known how often such events are right.
 *
 * @param probability Of the record; null: the score is all there is.
 */
export function scoreSentence(map: ScoreMap, score: number, probability: number | null): string {
  const line = scoreLine(score, probability);
  if (probability === null) return line;
  const step = stepOf(map, score);
  // A record of another release was made with another map, whose counts are not at hand.
  const events = step.probability === probability ? `, ${counted(step.events)} of them` : "";
  return `${line} of such events (synthetic labels${events})`;
}
