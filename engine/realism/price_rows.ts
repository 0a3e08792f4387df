import { REGIME_IDS } from "../regime/mod.ts";
import type { PriceMetrics } from "./price_metrics.ts";
import { type Bound, bound, type RealismRow, rowOf } from "./row.ts";

/** Range of each regime's drift ratio. */
const DRIFT: Readonly<Record<(typeof REGIME_IDS)[number], readonly [low: number, high: number]>> = {
  trend_up: [0.15, 2],
  trend_down: [-2, -0.15],
  mean_revert: [-0.08, 0.08],
  retail_chase: [0.12, 2],
  event_ramp: [0.1, 2],
  dealer_gamma: [-0.08, 0.08],
  arb_calm: [-0.08, 0.08],
};
/** Stays of a regime, over symbols, below which its drift ratio is not judged. */
const LEAST_STAYS = 100;
const LEAST_MINUTES = 240;

/** Rows of one-minute prices. */
export function priceRows(found: PriceMetrics, minutes: number): RealismRow[] {
  const sample = { unit: "minutes × 40 symbols", n: minutes, least: LEAST_MINUTES };
  const drift = REGIME_IDS.map((regime): Bound => {
    const [low, high] = DRIFT[regime];
    return {
      of: regime,
      value: found.driftRatio[regime],
      low,
      high,
      n: found.stays[regime],
      least: LEAST_STAYS,
    };
  });
  return [
    rowOf({
      ...sample,
      id: "P1",
      name: "Lag-1 autocorrelation of one-minute returns: all, dealer_gamma",
      target: "−0.12 … 0.06; ≤ −0.20",
    }, [
      bound("all", found.lag1, -0.12, 0.06),
      bound("dealer_gamma", found.dealerLag1, -1, -0.2),
    ]),
    rowOf({
      ...sample,
      id: "P2",
      name: "Autocorrelation of absolute returns at 1 and 10 minutes",
      target: "0.15 … 0.45; 0.06 … 0.30",
    }, [bound("1", found.absLag1, 0.15, 0.45), bound("10", found.absLag10, 0.06, 0.3)]),
    rowOf({
      ...sample,
      id: "P3",
      name: "Excess kurtosis of one-minute returns",
      target: "1.5 … 9",
    }, [bound("", found.kurtosis, 1.5, 9)]),
    rowOf({
      ...sample,
      id: "P4",
      name: "Variance of 30-minute returns over 30 times that of one minute",
      target: "0.75 … 1.30",
      least: 5 * 390,
    }, [bound("", found.varianceRatio30, 0.75, 1.3)]),
    rowOf({
      ...sample,
      id: "P5",
      name: "Mean absolute return at five-minute edges over elsewhere, less 1",
      target: "± 0.10",
    }, [bound("", found.edgeExcess, -0.1, 0.1)]),
    rowOf({
      ...sample,
      id: "P8",
      name: "Mean pairwise correlation of five-minute returns",
      target: "0.15 … 0.55",
    }, [bound("", found.crossCorrelation, 0.15, 0.55)]),
    rowOf({
      ...sample,
      id: "P9",
      name: "Drift over deviation inside stays of each regime",
      target: "trend_up ≥ 0.15, trend_down ≤ −0.15, retail_chase focus ≥ 0.12, " +
        "event_ramp along the event ≥ 0.10, others ± 0.08",
      // Stays of one session share the market's own move, so that one session says little.
      least: 20 * 390,
    }, drift),
  ];
}
