import { horizonLabel } from "../../../engine/signals/mod.ts";
import { fixed, percent } from "../text/mod.ts";
import type { Forecast, HorizonForecast } from "./forecast_track.ts";

/** Outcomes before which a share of them says little, and the cone is mostly what it began with. */
export const WARM_OUTCOMES = 300;

/** The horizons for which there is, or will be, a cone. */
export function coneHorizons(forecast: Forecast): readonly HorizonForecast[] {
  return forecast.horizons.filter(({ half80, scored, ms }) =>
    half80 !== null || scored > 0 || ms >= 1_000
  );
}

/** Label of a time ahead: `+5 s`, `+100 ms`. */
export function aheadLabel(ms: number): string {
  return `+${horizonLabel(ms).replace(/(?=m?s$)/, "\u2009")}`;
}

/** What intervals came to hold: `79 % of 12 400`, or how far they are from telling. */
export function heldText(held: number, scored: number): string {
  return scored < WARM_OUTCOMES
    ? `warming up, ${fixed(scored, 0)} of ${WARM_OUTCOMES}`
    : `${percent(held / scored)} of ${fixed(scored, 0)}`;
}

/** One line on the 80 % interval of a horizon: its width, and what such intervals came to hold. */
export function coverageText({ ms, half80, held80, scored }: HorizonForecast): string {
  const width = half80 === null ? "cone" : `in ±${fixed(half80, 1)} ticks`;
  const held = heldText(held80, scored);
  const head = `80\u2009% ${width}, ${aheadLabel(ms)}`;
  return scored < WARM_OUTCOMES ? `${head}: ${held}` : `${head}: held ${held}`;
}

/**
 * What the lean came to below a second, at the longest such horizon: `right in 46 % of 1 887 moves within
 * 400 ms, base 60 %`; null before it was called at all.
 */
export function leanRecordText({ horizons }: Forecast): string | null {
  const horizon = horizons.findLast(({ ms }) => ms < 1_000);
  if (horizon === undefined || horizon.leanOf === 0) return null;
  const { ms, leanOf, leanHits } = horizon;
  const within = aheadLabel(ms).slice(1);
  return `right in ${percent(leanHits / leanOf)} of ${
    fixed(leanOf, 0)
  } moves within ${within}, base ${percent(baseRate(horizon))}`;
}

/** Hit rate of always naming the side that the mid took more often; NaN without a move. */
export function baseRate({ leanOf, leanUps }: HorizonForecast): number {
  return Math.max(leanUps, leanOf - leanUps) / leanOf;
}
