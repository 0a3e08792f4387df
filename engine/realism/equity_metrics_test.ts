import { ok, strictEqual } from "node:assert/strict";
import {
  DEFAULT_CONTROL,
  fixedTimeline,
  type PresetId,
  REGIME_IDS,
  type RegimeId,
  sessionById,
  SessionMarket,
} from "../regime/mod.ts";
import { measureEquities, quietInputs } from "./equity_metrics.ts";

const OFF_SHARE: Readonly<Record<RegimeId, number>> = {
  trend_up: 0.30,
  trend_down: 0.33,
  mean_revert: 0.26,
  retail_chase: 0.42,
  event_ramp: 0.38,
  dealer_gamma: 0.31,
  arb_calm: 0.24,
};

function within(name: string, value: number, low: number, high: number): void {
  ok(value >= low && value <= high, `${name} is ${value}, not ${low} … ${high}`);
}

/** The Friday after Thanksgiving, a session of three and a half hours. */
const HALF_DAY = 202511280;

function measure(preset_id: PresetId, seed: number, sessionId = 202601140) {
  const timeline = fixedTimeline({ ...DEFAULT_CONTROL, preset_id, shared_seed: seed });
  const market = new SessionMarket(sessionById(sessionId), timeline, "et");
  return measureEquities([market], "steady", quietInputs);
}

Deno.test("a session of the equity tape has the shape of a real one", () => {
  const found = measure("balanced_demo", 11);
  within("prints a second", found.printsPerSecond, 11, 17);
  within("quotes a second", found.quotesPerSecond, 52, 70);
  within("odd lots", found.oddLotShare, 0.35, 0.55);
  within("blocks per thousand", found.blockPerThousand, 0.8, 2.5);
  strictEqual(found.misflagged, 0);
  strictEqual(found.crossedQuotes, 0);
  within("prints through the quote", found.throughShare, 0, 0.01);
  within("prints with a young quote", found.joinedShare, 0.97, 1);
  within("quotes without a print", found.loneQuoteShare, 0.60, 1);
  within("first and last half hour over noon", found.uShapeRatio, 1.6, 3.4);
  for (const regime of REGIME_IDS) {
    const { offExchangeShare, prints } = found.regimes[regime];
    const wanted = OFF_SHARE[regime];
    if (prints > 2_000) within(regime, offExchangeShare, wanted - 0.04, wanted + 0.04);
  }
  const { mean_revert, event_ramp, arb_calm, dealer_gamma } = found.regimes;
  strictEqual(mean_revert.spyMedianTicks, 1);
  strictEqual(arb_calm.spyMedianTicks, 1);
  within("SPY's 95th percentile", Math.max(mean_revert.spyP95Ticks, arb_calm.spyP95Ticks), 1, 3);
  within("ramp over calm", event_ramp.spyMeanTicks / arb_calm.spyMeanTicks, 1.5, 3);
  within("clustering", dealer_gamma.clusteredShare / arb_calm.clusteredShare, 2, 5);
});

Deno.test("quiet sessions have tighter quotes than those of a retail chase", () => {
  const spread = (preset: PresetId) => {
    const { regimes } = measure(preset, 12, HALF_DAY);
    let sum = 0;
    let quotes = 0;
    for (const one of Object.values(regimes)) {
      if (one.quotes === 0) continue;
      sum += one.spreadBps * one.quotes;
      quotes += one.quotes;
    }
    return sum / quotes;
  };
  within("quiet over retail", spread("quiet_range") / spread("retail_chase"), 0.2, 0.8);
});
