import { LEAN_POINTS_FROM } from "../../../../engine/signals/mod.ts";
import { DASH, fixed, percent, signed } from "../../text/mod.ts";
import { aheadLabel, baseRate, coneHorizons, heldText, WARM_OUTCOMES } from "../forecast_text.ts";
import type { Forecast, HorizonForecast } from "../forecast_track.ts";
import type { AheadView } from "../heatmap.ts";
import type { HeatmapDriver } from "../heatmap_driver.ts";
import { Gauge } from "./Gauge.tsx";

const VIEWS: readonly (readonly [AheadView, string])[] = [
  ["cone", "Calibrated cone"],
  ["bands", "Original bands (not prices, uncalibrated)"],
];

/** What is forecast at the newest bin: where the mid will be, whether it moves, where the lean points. */
export function ForecastPanel(
  { driver }: {
    readonly driver: HeatmapDriver;
    /** What is told is that of this beat. */
    readonly beat: number;
  },
) {
  const { state, history } = driver;
  const hasBins = history !== null && history.store.last >= 0;
  const forecast = history?.forecast() ?? null;
  return (
    <>
      <section class="ahead-of-now">
        <h3>Where the mid may be</h3>
        {forecast === null
          ? <p class="note">{hasBins ? "No forecast in this stream" : "No bin yet"}</p>
          : <ConeTable forecast={forecast} />}
        <div class="choices" role="radiogroup" aria-label="Drawn ahead of now">
          {VIEWS.map(([view, label]) => (
            <button
              key={view}
              type="button"
              role="radio"
              aria-checked={state.ahead.value === view ? "true" : "false"}
              title="V changes it"
              onClick={() => driver.setAhead(view)}
            >
              {label}
            </button>
          ))}
        </div>
      </section>
      {forecast !== null && <MoveTable forecast={forecast} />}
    </>
  );
}

/** The calibrated cone: half-widths, and what the intervals came to hold. */
function ConeTable({ forecast }: { readonly forecast: Forecast }) {
  const rows = coneHorizons(forecast);
  if (rows.length === 0) {
    return <p class="note">No cone: it counts seconds, and the bins do not divide one</p>;
  }
  const half = (value: number | null) => value === null ? DASH : `±${fixed(value, 2)}`;
  return (
    <table class="forces mono cone">
      <thead>
        <tr>
          <th scope="col">Cone, ticks from mid</th>
          <th scope="col">50 %</th>
          <th scope="col">80 %</th>
        </tr>
      </thead>
      {rows.map(({ ms, half50, half80, scored, held50, held80 }) => (
        <tbody key={ms}>
          <tr>
            <th scope="row">{aheadLabel(ms)}</th>
            <td>{half(half50)}</td>
            <td>{half(half80)}</td>
          </tr>
          <tr>
            {scored < WARM_OUTCOMES
              ? <th scope="row" class="cold" colSpan={3}>{heldText(held80, scored)} outcomes</th>
              : (
                <>
                  <th scope="row">held, of {fixed(scored, 0)}</th>
                  <td>{percent(held50 / scored)}</td>
                  <td>{percent(held80 / scored)}</td>
                </>
              )}
          </tr>
        </tbody>
      ))}
    </table>
  );
}

/** Whether the mid moves, and whether it goes where the lean points, per horizon. */
function MoveTable({ forecast }: { readonly forecast: Forecast }) {
  const { lean, horizons } = forecast;
  return (
    <section class="moves">
      <h3>Whether it moves, and where</h3>
      <div class="signal">
        <abbr title="Blend of ADS, PFP and SVac by their definition, held to −1 to +1">Lean</abbr>
        <Gauge value={lean ?? 0} faint={lean === null} />
        <span class="value mono">{lean === null ? DASH : signed(lean, 2)}</span>
        <span class={lean === null ? "warmth cold" : "warmth"}>{leanText(lean)}</span>
      </div>
      <table class="forces mono">
        <thead>
          <tr>
            <th scope="col">Ahead</th>
            <th scope="col">no change</th>
            <th scope="col">lean hit</th>
            <th scope="col">moves</th>
            <th scope="col">base</th>
          </tr>
        </thead>
        <tbody>{horizons.map((horizon) => <MoveRow key={horizon.ms} {...horizon} />)}</tbody>
      </table>
      <p class="note">
        The lean runs from −1 down to +1 up. Hits are of the moves it pointed at; base is what
        naming always the commoner side would have hit. Moves overlap, so they count for fewer.
      </p>
    </section>
  );
}

function MoveRow(horizon: HorizonForecast) {
  const { ms, same, sameOf, leanOf, leanHits } = horizon;
  return (
    <tr>
      <th scope="row">{aheadLabel(ms)}</th>
      <td title={`Of ${fixed(sameOf, 0)} outcomes`}>{sameOf === 0 ? DASH : percent(same)}</td>
      <td>{leanOf === 0 ? DASH : percent(leanHits / leanOf)}</td>
      <td>{fixed(leanOf, 0)}</td>
      <td>{leanOf === 0 ? DASH : percent(baseRate(horizon))}</td>
    </tr>
  );
}

function leanText(lean: number | null): string {
  if (lean === null) return "cold";
  if (Math.abs(lean) < LEAN_POINTS_FROM) return "■ none";
  return lean > 0 ? "▲ up" : "▼ down";
}
