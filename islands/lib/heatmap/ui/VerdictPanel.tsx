import { ADVICE, type Verdict } from "../../../../engine/signals/mod.ts";
import { percent } from "../../text/mod.ts";
import { leanRecordText } from "../forecast_text.ts";
import type { Forecast } from "../forecast_track.ts";

const ARROWS = { up: "▲", down: "▼", none: "■" } as const;

/** The one reading of the newest bin, and words for trading while it has any. */
export function VerdictPanel(
  { verdict, conviction, forecast, isExperiment }: {
    readonly verdict: Verdict | null;
    readonly conviction: number;
    /** Tells what the flow's lean came to so far. */
    readonly forecast: Forecast | null;
    /** The signals are computed with changed parameters. */
    readonly isExperiment: boolean;
  },
) {
  const advice = verdict?.advice ?? null;
  const record = forecast === null ? null : leanRecordText(forecast);
  return (
    <section class="verdict" data-side={verdict?.side ?? "none"}>
      <h3>
        Verdict, this bin
        {isExperiment && <span class="tag">experiment</span>}
      </h3>
      <p class="lean">
        <span aria-hidden="true">{ARROWS[verdict?.side ?? "none"]}</span>{" "}
        {verdict?.text ?? "No bin yet"}
      </p>
      {record !== null && <p class="note">The flow's lean so far: {record}</p>}
      {advice === null
        ? (
          <p class="note">
            No word for trading: that takes flow and book on one side and a conviction of{" "}
            {percent(ADVICE.on)}; it is {percent(conviction)}
          </p>
        )
        : (
          <dl class="pairs">
            <div>
              <dt>A long position</dt>
              <dd class="mono">{advice.long}</dd>
            </div>
            <div>
              <dt>A short position</dt>
              <dd class="mono">{advice.short}</dd>
            </div>
            <div>
              <dt>Risk</dt>
              <dd class="mono">{advice.risk}</dd>
            </div>
          </dl>
        )}
    </section>
  );
}
