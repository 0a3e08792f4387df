import { EquitiesTape, type EquityOutput } from "../tape/equities/mod.ts";
import type { Load, ParentSchedule, UnderlyingPath } from "../tape/mod.ts";
import { type LatentMarket, REGIME_IDS, type RegimeId } from "../regime/mod.ts";
import { EquityMeter } from "./equity_meter.ts";
import { Tallies } from "./tallies.ts";

/** Wider spreads are not looked for, ticks. */
const MOST_TICKS = 200;

/** Figures of one regime's minutes. Shares 0 … 1. */
export interface EquityRegimeMetrics {
  readonly seconds: number;
  readonly prints: number;
  readonly quotes: number;
  readonly offExchangeShare: number;
  readonly midpointShareOfOff: number;
  /** Share of prints within 50 ms of another of the same symbol. */
  readonly clusteredShare: number;
  /** Share of prints at or above the ask among those at or beyond a side of the quote. */
  readonly buyShare: number;
  /** Mean relative spread, basis points, over all quotes. */
  readonly spreadBps: number;
  /** Mean, median and 95th percentile of SPY's spread, ticks. */
  readonly spyMeanTicks: number;
  readonly spyMedianTicks: number;
  readonly spyP95Ticks: number;
}

/** Figures of the equity tape of some sessions. */
export interface EquityMetrics {
  readonly printsPerSecond: number;
  readonly quotesPerSecond: number;
  readonly oddLotShare: number;
  readonly blockPerThousand: number;
  /** Prints flagged off exchange on a lit venue, or unflagged on another. */
  readonly misflagged: number;
  /** Prints beyond the standing quote. */
  readonly throughShare: number;
  /** Prints whose last quote is at most a second old. */
  readonly joinedShare: number;
  readonly crossedQuotes: number;
  /** Quotes with no print of their symbol within 5 ms. */
  readonly loneQuoteShare: number;
  /** Prints of the first and last 30 minutes over those of the hour from 12:00. */
  readonly uShapeRatio: number;
  readonly regimes: Readonly<Record<RegimeId, EquityRegimeMetrics>>;
}

/** A path that no parent moves, and a schedule without parents: the background tape alone. */
export function quietInputs(market: LatentMarket): {
  readonly path: UnderlyingPath;
  readonly schedule: ParentSchedule;
} {
  return {
    path: { market, mid: (symbol, tsMs) => market.basePrice(symbol, tsMs) },
    schedule: { market, parents: [], extendTo: () => {} },
  };
}

/** Measures the equity tape of sessions, made from `inputs` of each market. */
export function measureEquities(
  markets: readonly LatentMarket[],
  load: Load,
  inputs: (market: LatentMarket) => { path: UnderlyingPath; schedule: ParentSchedule },
): EquityMetrics {
  const tallies = new Tallies();
  for (const market of markets) {
    const { path, schedule } = inputs(market);
    readEquities(new EquitiesTape(path, schedule, load), market, tallies);
  }
  return equityMetrics(tallies);
}

function readEquities(tape: EquitiesTape, market: LatentMarket, tallies: Tallies): void {
  const meter = new EquityMeter(() => market, tallies);
  const out: EquityOutput = { quotes: [], prints: [] };
  for (let ts = market.session.openTs; ts < market.session.closeTs; ts += 1_000) {
    tape.second(ts, out);
    let next = 0;
    for (const print of out.prints) {
      for (; next < out.quotes.length; next++) {
        const quote = out.quotes[next];
        if (quote === undefined || quote.ts > print.ts) break;
        meter.equityQuote(quote);
      }
      meter.equityPrint(print);
    }
    for (const quote of out.quotes.slice(next)) meter.equityQuote(quote);
    meter.second(ts + 1_000);
  }
}

function regimeMetrics(tallies: Tallies, regime: RegimeId): EquityRegimeMetrics {
  const key = `eq.${regime}`;
  const prints = tallies.n(`${key}.off`);
  return {
    seconds: tallies.n(`${key}.seconds`),
    prints,
    quotes: tallies.n(`${key}.spread`),
    offExchangeShare: tallies.mean(`${key}.off`),
    midpointShareOfOff: tallies.mean(`${key}.midpoint`),
    clusteredShare: tallies.n(`${key}.clustered`) / prints,
    buyShare: tallies.mean(`${key}.buys`),
    spreadBps: tallies.mean(`${key}.spread`),
    spyMeanTicks: meanTicks(tallies, `spy.${regime}`),
    spyMedianTicks: tallies.quantile(`spy.${regime}`, 0.5),
    spyP95Ticks: tallies.quantile(`spy.${regime}`, 0.95),
  };
}

/** Mean of counted whole numbers. */
export function meanTicks(tallies: Tallies, key: string): number {
  let sum = 0;
  for (let ticks = 1; ticks <= MOST_TICKS; ticks++) sum += ticks * tallies.times(key, ticks);
  return sum / tallies.total(key);
}

/** The figures that an {@link EquityMeter} kept. */
function equityMetrics(tallies: Tallies): EquityMetrics {
  const regimes = REGIME_IDS.map((regime) => [regime, regimeMetrics(tallies, regime)] as const);
  const total = (key: "seconds" | "prints" | "quotes") =>
    regimes.reduce((sum, [, metrics]) => sum + metrics[key], 0);
  return {
    printsPerSecond: total("prints") / total("seconds"),
    quotesPerSecond: total("quotes") / total("seconds"),
    oddLotShare: tallies.mean("T7.odd"),
    blockPerThousand: 1_000 * tallies.mean("eq.blocks"),
    misflagged: tallies.sum("T7.flag"),
    throughShare: tallies.mean("eq.through"),
    joinedShare: tallies.mean("eq.joined"),
    crossedQuotes: tallies.sum("Q4.equity"),
    loneQuoteShare: tallies.mean("Q2.equity"),
    uShapeRatio: tallies.n("P7.edge") / tallies.n("P7.noon"),
    regimes: Object.fromEntries(regimes) as Record<RegimeId, EquityRegimeMetrics>,
  };
}
