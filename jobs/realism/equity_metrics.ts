import {
  EquitiesTape,
  type EquityOutput,
  type Load,
  type ParentSchedule,
  type UnderlyingPath,
} from "../../engine/tape/equities/mod.ts";
import {
  type LatentMarket,
  REGIME_IDS,
  type RegimeId,
  symbolIndex,
  UNIVERSE,
} from "../../engine/regime/mod.ts";

const CLUSTER_MS = 50;
const JOIN_MAX_AGE_MS = 1_000;
const LIT = new Set(["NYSE", "NASDAQ", "ARCA", "BATS", "IEX", "MEMX"]);

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

class Tally {
  seconds = 0;
  prints = 0;
  quotes = 0;
  off = 0;
  midpoint = 0;
  clustered = 0;
  buys = 0;
  sided = 0;
  spreadBps = 0;
  readonly spy: number[] = [];

  get metrics(): EquityRegimeMetrics {
    const spy = this.spy.sort((a, b) => a - b);
    const at = (q: number) => spy[Math.min(spy.length - 1, Math.floor(q * spy.length))] ?? NaN;
    return {
      seconds: this.seconds,
      prints: this.prints,
      quotes: this.quotes,
      offExchangeShare: this.off / this.prints,
      midpointShareOfOff: this.midpoint / this.off,
      clusteredShare: this.clustered / this.prints,
      buyShare: this.buys / this.sided,
      spreadBps: this.spreadBps / this.quotes,
      spyMeanTicks: spy.reduce((sum, ticks) => sum + ticks, 0) / spy.length,
      spyMedianTicks: at(0.5),
      spyP95Ticks: at(0.95),
    };
  }
}

interface LastQuote {
  ts: number;
  bid: number;
  ask: number;
}

/** Reads one session's records in order and counts. */
class Counter {
  readonly regimes = new Map(REGIME_IDS.map((regime) => [regime, new Tally()]));
  odd = 0;
  blocks = 0;
  misflagged = 0;
  through = 0;
  joined = 0;
  crossed = 0;
  lone = 0;
  edgePrints = 0;
  noonPrints = 0;

  session(market: LatentMarket, tape: EquitiesTape): void {
    const { openTs, closeTs } = market.session;
    const out: EquityOutput = { quotes: [], prints: [] };
    const standing: (LastQuote | undefined)[] = UNIVERSE.map(() => undefined);
    const printTimes: number[][] = UNIVERSE.map(() => []);
    const quoteTimes: number[][] = UNIVERSE.map(() => []);
    const regimesOfPrints: RegimeId[][] = UNIVERSE.map(() => []);
    for (let ts = openTs; ts < closeTs; ts += 1_000) {
      tape.second(ts, out);
      const regime = market.regimeAt(ts);
      const tally = this.regimes.get(regime);
      if (tally === undefined) continue;
      tally.seconds++;
      const minute = (ts - openTs) / 60_000;
      if (minute < 30 || minute >= 360) this.edgePrints += out.prints.length;
      if (minute >= 150 && minute < 210) this.noonPrints += out.prints.length;
      let next = 0;
      for (const print of out.prints) {
        for (; next < out.quotes.length; next++) {
          const quote = out.quotes[next];
          if (quote === undefined || quote.ts > print.ts) break;
          standing[symbolIndex(quote.underlying_id)] = quote;
        }
        const symbol = symbolIndex(print.underlying_id);
        this.#print(tally, print, standing[symbol]);
        printTimes[symbol]?.push(print.ts);
        regimesOfPrints[symbol]?.push(regime);
      }
      for (; next < out.quotes.length; next++) {
        const quote = out.quotes[next];
        if (quote !== undefined) standing[symbolIndex(quote.underlying_id)] = quote;
      }
      for (const quote of out.quotes) {
        const symbol = symbolIndex(quote.underlying_id);
        quoteTimes[symbol]?.push(quote.ts);
        if (quote.bid >= quote.ask) this.crossed++;
        tally.quotes++;
        tally.spreadBps += 20_000 * (quote.ask - quote.bid) / (quote.ask + quote.bid);
        if (symbol === 0) tally.spy.push(Math.round((quote.ask - quote.bid) * 100));
      }
    }
    printTimes.forEach((times, symbol) => {
      times.forEach((ts, i) => {
        const near = ts - (times[i - 1] ?? -Infinity) <= CLUSTER_MS ||
          (times[i + 1] ?? Infinity) - ts <= CLUSTER_MS;
        const tally = this.regimes.get(regimesOfPrints[symbol]?.[i] ?? "mean_revert");
        if (near && tally !== undefined) tally.clustered++;
      });
      this.lone += loneQuotes(quoteTimes[symbol] ?? [], times);
    });
  }

  #print(
    tally: Tally,
    print: EquityOutput["prints"][number],
    quote: LastQuote | undefined,
  ): void {
    tally.prints++;
    if (print.size < 100) this.odd++;
    if (print.size > 5_000) this.blocks++;
    if (print.offExchangeFlag === LIT.has(print.exchange)) this.misflagged++;
    if (quote !== undefined && print.ts - quote.ts <= JOIN_MAX_AGE_MS) this.joined++;
    if (print.offExchangeFlag) tally.off++;
    if (quote === undefined) return;
    const mid = (quote.bid + quote.ask) / 2;
    if (print.offExchangeFlag && Math.abs(print.price - mid) < 1e-6) tally.midpoint++;
    if (print.price > quote.ask + 1e-9 || print.price < quote.bid - 1e-9) this.through++;
    if (print.price >= quote.ask - 1e-9) tally.buys++;
    if (print.price >= quote.ask - 1e-9 || print.price <= quote.bid + 1e-9) tally.sided++;
  }
}

function loneQuotes(quotes: readonly number[], prints: readonly number[]): number {
  let lone = 0;
  let i = 0;
  for (const ts of quotes) {
    while (i < prints.length && (prints[i] ?? 0) < ts - 5) i++;
    if ((prints[i] ?? Infinity) > ts + 5) lone++;
  }
  return lone;
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

/** Measures the equity tape of sessions of 390 minutes, made from `inputs` of each market. */
export function measureEquities(
  markets: readonly LatentMarket[],
  load: Load,
  inputs: (market: LatentMarket) => { path: UnderlyingPath; schedule: ParentSchedule },
): EquityMetrics {
  const count = new Counter();
  for (const market of markets) {
    const { path, schedule } = inputs(market);
    count.session(market, new EquitiesTape(path, schedule, load));
  }
  const regimes = [...count.regimes].map(([regime, tally]) => [regime, tally.metrics] as const);
  const total = (key: "seconds" | "prints" | "quotes") =>
    regimes.reduce((sum, [, metrics]) => sum + metrics[key], 0);
  const prints = total("prints");
  return {
    printsPerSecond: prints / total("seconds"),
    quotesPerSecond: total("quotes") / total("seconds"),
    oddLotShare: count.odd / prints,
    blockPerThousand: 1_000 * count.blocks / prints,
    misflagged: count.misflagged,
    throughShare: count.through / prints,
    joinedShare: count.joined / prints,
    crossedQuotes: count.crossed,
    loneQuoteShare: count.lone / total("quotes"),
    uShapeRatio: count.edgePrints / count.noonPrints,
    regimes: Object.fromEntries(regimes) as Record<RegimeId, EquityRegimeMetrics>,
  };
}
