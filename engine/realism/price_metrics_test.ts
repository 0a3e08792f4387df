import { ok } from "node:assert/strict";
import {
  DEFAULT_CONTROL,
  fixedTimeline,
  type LatentMarket,
  nextSession,
  type PresetId,
  sessionById,
  SessionMarket,
  UNIVERSE,
} from "../regime/mod.ts";
import { greatestSecondMove, measurePrices } from "./price_metrics.ts";
import { autocorrelation, excessKurtosis } from "./series.ts";

const ALL = UNIVERSE.map((_, symbol) => symbol);
const basePrice = (market: LatentMarket, symbol: number, tsMs: number) =>
  market.basePrice(symbol, tsMs);

/** Consecutive exchange sessions, each under a seed of its own. */
function markets(preset_id: PresetId, count: number): SessionMarket[] {
  const made: SessionMarket[] = [];
  let session = sessionById(202601050);
  for (let i = 0; i < count; i++, session = nextSession(session, "et")) {
    const timeline = fixedTimeline({ ...DEFAULT_CONTROL, preset_id, shared_seed: 11 + i });
    made.push(new SessionMarket(session, timeline, "et"));
  }
  return made;
}

function within(name: string, value: number, low: number, high: number): void {
  ok(value >= low && value <= high, `${name} is ${value}, not ${low} … ${high}`);
}

Deno.test("base prices of twenty sessions move as prices of real markets do", () => {
  const found = measurePrices(markets("balanced_demo", 20), ALL, basePrice);
  within("lag-1 autocorrelation", found.lag1, -0.12, 0.06);
  within("lag-1 autocorrelation in dealer_gamma", found.dealerLag1, -1, -0.20);
  within("lag-1 autocorrelation of sizes", found.absLag1, 0.15, 0.45);
  within("lag-10 autocorrelation of sizes", found.absLag10, 0.06, 0.30);
  within("excess kurtosis", found.kurtosis, 1.5, 9);
  within("30-minute variance ratio", found.varianceRatio30, 0.75, 1.30);
  within("excess at five-minute edges", found.edgeExcess, -0.10, 0.10);
  within("cross-correlation", found.crossCorrelation, 0.15, 0.55);
  const drift = found.driftRatio;
  within("trend_up", drift.trend_up, 0.15, 1);
  within("trend_down", drift.trend_down, -1, -0.15);
  within("retail_chase in focus", drift.retail_chase, 0.12, 1);
  within("event_ramp along the event", drift.event_ramp, 0.10, 1);
  within("mean_revert", drift.mean_revert, -0.08, 0.08);
  within("arb_calm", drift.arb_calm, -0.08, 0.08);
  within("dealer_gamma", drift.dealer_gamma, -0.08, 0.08);
});

Deno.test("the greatest second of a session has fat tails and moves by at most 25 of its deviations", () => {
  within("greatest move", greatestSecondMove(markets("event_day", 1), ALL, basePrice), 7, 25);
});

Deno.test("a quiet preset is much calmer than a retail one", () => {
  const symbols = ALL.slice(0, 10);
  const quiet = measurePrices(markets("quiet_range", 15), symbols, basePrice).sigmaBps;
  const retail = measurePrices(markets("retail_chase", 15), symbols, basePrice).sigmaBps;
  within("quiet over retail deviation", quiet / retail, 0.40, 0.62);
});

Deno.test("the statistics tell known series apart", () => {
  const alternating = Array.from({ length: 100 }, (_, i) => i % 2 === 0 ? 1 : -1);
  within("alternating", autocorrelation(alternating, 1), -1, -0.98);
  within("two-point kurtosis", excessKurtosis(alternating), -2.001, -1.999);
});
