import { signed } from "../text/mod.ts";

/** A decile of scores and how far the share of named events that are right lies from their mean score. */
interface Decile {
  readonly from: number;
  readonly gap: number;
}

/**
 * What was measured of the score: 50 sessions, 54,259 named events of the synthetic market (docs/realism.md, K9).
 * It is a record of that run, not of the session in sight.
 */
const MEASURED: readonly Decile[] = [
  { from: 0.4, gap: -0.295 },
  { from: 0.5, gap: 0.424 },
  { from: 0.6, gap: 0.337 },
  { from: 0.7, gap: 0.241 },
  { from: 0.8, gap: 0.15 },
  { from: 0.9, gap: 0.031 },
];

/** Where the reliability of a score is said: what is known of it while no map makes a probability of it. */
export function Reliability() {
  return (
    <details class="reliability">
      <summary>Reliability: not calibrated yet</summary>
      <p class="note">
        No map turns this score into a probability. Over 50 synthetic sessions, 54,259 named events,
        the share that was right less the mean score, by tenths of the score; 0 would be calibrated,
        within 0.12 was wanted:
      </p>
      <table class="terms">
        <thead>
          <tr>
            <th scope="col">Score</th>
            <th scope="col" class="num">Right less score</th>
          </tr>
        </thead>
        <tbody>
          {MEASURED.map(({ from, gap }) => (
            <tr key={from}>
              <th scope="row" class="mono">{from.toFixed(1)} to {(from + 0.1).toFixed(1)}</th>
              <td class="num mono">{signed(gap, 3)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
