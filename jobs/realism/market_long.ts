/**
 * The realism figures on full samples, which take minutes: `deno test --allow-all --no-check` on this file.
 * The short tests beside it assert the same ranges on a few sessions.
 */
import { ok } from "node:assert/strict";
import {
  DEFAULT_CONTROL,
  fixedTimeline,
  type LatentMarket,
  nextSession,
  PRESET_IDS,
  type PresetId,
  sessionById,
  SessionMarket,
  UNIVERSE,
} from "../../engine/regime/mod.ts";
import { CoupledPath, SessionSchedule } from "../../engine/tape/schedule/mod.ts";
import { measureEquities } from "./equity_metrics.ts";
import { greatestSecondMove, measurePrices } from "./price_metrics.ts";

const ALL = UNIVERSE.map((_, symbol) => symbol);
const SESSIONS = 40;

function coupled(preset_id: PresetId) {
  const paths = new Map<LatentMarket, { path: CoupledPath; schedule: SessionSchedule }>();
  let session = sessionById(202601050);
  for (let i = 0; i < SESSIONS; i++, session = nextSession(session, "et")) {
    const timeline = fixedTimeline({ ...DEFAULT_CONTROL, preset_id, shared_seed: 11 + i });
    const schedule = new SessionSchedule(new SessionMarket(session, timeline, "et"));
    paths.set(schedule.market, { path: new CoupledPath(schedule), schedule });
  }
  const inputs = (market: LatentMarket) => {
    const found = paths.get(market);
    if (found === undefined) throw new RangeError("Cannot find the path of a market");
    return found;
  };
  return { markets: [...paths.keys()], inputs };
}

Deno.test("final prices and the equity tape keep to their ranges over forty sessions", () => {
  const { markets, inputs } = coupled("balanced_demo");
  const priceAt = (market: LatentMarket, symbol: number, tsMs: number) =>
    inputs(market).path.mid(symbol, tsMs);
  const prices = measurePrices(markets, ALL, priceAt);
  console.log(prices);
  ok(prices.lag1 >= -0.12 && prices.lag1 <= 0.06);
  ok(prices.dealerLag1 <= -0.20);
  ok(prices.absLag1 >= 0.15 && prices.absLag1 <= 0.45);
  ok(prices.absLag10 >= 0.06 && prices.absLag10 <= 0.30);
  ok(prices.kurtosis >= 1.5 && prices.kurtosis <= 9);
  ok(prices.varianceRatio30 >= 0.75 && prices.varianceRatio30 <= 1.30);
  ok(Math.abs(prices.edgeExcess) <= 0.10);
  ok(prices.crossCorrelation >= 0.15 && prices.crossCorrelation <= 0.55);
  ok(greatestSecondMove(markets.slice(0, 10), ALL, priceAt) <= 8);
  const equities = measureEquities(markets.slice(0, 10), "steady", inputs);
  console.log(equities);
  ok(equities.oddLotShare >= 0.35 && equities.oddLotShare <= 0.55);
  ok(equities.uShapeRatio >= 1.6 && equities.uShapeRatio <= 3.4);
  ok(equities.misflagged === 0 && equities.crossedQuotes === 0);
});

Deno.test("quiet and retail presets differ as much as they should over forty sessions", () => {
  const figures = Object.fromEntries(
    PRESET_IDS.map((preset) => {
      const { markets, inputs } = coupled(preset);
      let volatility = 0;
      for (const market of markets) {
        for (let m = 0; m < market.session.minutes; m++) {
          volatility += market.levelsAt(market.session.openTs + m * 60_000).volatility;
        }
      }
      const { sigmaBps } = measurePrices(
        markets,
        ALL,
        (market, symbol, tsMs) => inputs(market).path.mid(symbol, tsMs),
      );
      return [preset, { volatility, sigmaBps }];
    }),
  ) as Record<PresetId, { volatility: number; sigmaBps: number }>;
  console.log(figures);
  const { quiet_range: quiet, retail_chase: retail } = figures;
  ok(quiet.volatility / retail.volatility <= 0.62);
  ok(quiet.sigmaBps / retail.sigmaBps <= 0.62);
});
