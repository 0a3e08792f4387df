import type { EquityPrint, EquityQuote } from "../frames/mod.ts";
import {
  type LatentMarket,
  type RegimeId,
  symbolIndex,
  TICKS_PER_USD,
  UNIVERSE,
} from "../regime/mod.ts";
import type { Meter } from "./meter.ts";
import type { Tallies } from "./tallies.ts";

const CLUSTER_MS = 50;
const NEAR_MS = 5;
const JOIN_MAX_AGE_MS = 2_000;
const SPY = 0;
/** Price from which quotes of single names are wider, USD. */
const COSTLY_USD = 400;
/** Symbols that quote alike: of one tier, and all costly or all not. */
const WIDTH_CLASS = UNIVERSE.map(({ tier, etf, price }) =>
  `${tier}${!etf && price > COSTLY_USD ? "+" : ""}`
);
const LIT = new Set(["NYSE", "NASDAQ", "ARCA", "BATS", "IEX", "MEMX"]);

/** What is remembered of one symbol. */
class Standing {
  quoteTs = -Infinity;
  bid = 0;
  ask = 0;
  printTs = -Infinity;
  /** Whether the last print was found near another, and in which regime it was. */
  isClustered = false;
  regime: RegimeId = "mean_revert";
  /** Quotes of the last milliseconds that no print was near so far. */
  waiting: number[] = [];
}

/**
 * Counts the equity tape by regime. Keys: `eq.<regime>.<figure>` for prints, off, midpoint, clustered,
 * buys, spread; `spy.<regime>` counts SPY's spread in ticks; the others are named by their row.
 */
export class EquityMeter implements Meter {
  readonly #market: () => LatentMarket;
  readonly #tallies: Tallies;
  readonly #standing = UNIVERSE.map(() => new Standing());
  #second = -1;
  #regime: RegimeId = "mean_revert";
  /** Name of the regime's spread, which every quote is counted under. */
  #spreadKey = "";
  #minute = 0;
  #eventSymbols: ReadonlySet<number> = new Set();

  constructor(market: () => LatentMarket, tallies: Tallies) {
    this.#market = market;
    this.#tallies = tallies;
  }

  equityQuote(quote: EquityQuote): void {
    this.#moveTo(quote.ts);
    const symbol = symbolIndex(quote.underlying_id);
    const standing = this.#standing[symbol];
    if (standing === undefined) return;
    const { ts, bid, ask } = quote;
    const tallies = this.#tallies;
    standing.quoteTs = ts;
    standing.bid = bid;
    standing.ask = ask;
    tallies.share("Q4.equity", bid >= ask ? 1 : 0, 1);
    const spreadBps = 20_000 * (ask - bid) / (ask + bid);
    tallies.add(this.#spreadKey, spreadBps);
    if (symbol === SPY) tallies.count(`spy.${this.#regime}`, Math.round((ask - bid) * 100));
    if (this.#regime === "event_ramp") {
      const kind = this.#eventSymbols.has(symbol) ? "event" : "other";
      tallies.add(`C4.${kind}.${WIDTH_CLASS[symbol]}`, (ask - bid) * TICKS_PER_USD);
    }
    if (standing.waiting.length > 0) this.#settle(standing, ts);
    if (ts - standing.printTs <= NEAR_MS) tallies.share("Q2.equity", 0, 1);
    else standing.waiting.push(ts);
  }

  equityPrint(print: EquityPrint): void {
    this.#moveTo(print.ts);
    const symbol = symbolIndex(print.underlying_id);
    const standing = this.#standing[symbol];
    if (standing === undefined) return;
    const tallies = this.#tallies;
    this.#settle(standing, print.ts);
    tallies.share("Q2.equity", 0, standing.waiting.length);
    standing.waiting.length = 0;
    this.#cluster(standing, print.ts);
    if (this.#minute < 30 || this.#minute >= 360) tallies.add("P7.edge", 1);
    if (this.#minute >= 150 && this.#minute < 210) tallies.add("P7.noon", 1);
    tallies.share("T7.odd", print.size < 100 ? 1 : 0, 1);
    tallies.share("eq.blocks", print.size > 5_000 ? 1 : 0, 1);
    tallies.share("T7.flag", print.offExchangeFlag === LIT.has(print.exchange) ? 1 : 0, 1);
    tallies.share("eq.joined", print.ts - standing.quoteTs <= JOIN_MAX_AGE_MS ? 1 : 0, 1);
    this.#place(print, standing);
  }

  /** Share of off-exchange prints, where on the quote they traded, and on which side. */
  #place({ price, offExchangeFlag }: EquityPrint, { quoteTs, bid, ask }: Standing): void {
    const tallies = this.#tallies;
    const key = `eq.${this.#regime}`;
    tallies.share(`${key}.off`, offExchangeFlag ? 1 : 0, 1);
    if (quoteTs === -Infinity) return;
    if (offExchangeFlag) {
      tallies.share(`${key}.midpoint`, Math.abs(price - (bid + ask) / 2) < 1e-6 ? 1 : 0, 1);
    }
    const atAsk = price >= ask - 1e-9;
    tallies.share("eq.through", price > ask + 1e-9 || price < bid - 1e-9 ? 1 : 0, 1);
    if (atAsk || price <= bid + 1e-9) tallies.share(`${key}.buys`, atAsk ? 1 : 0, 1);
  }

  #cluster(standing: Standing, ts: number): void {
    const tallies = this.#tallies;
    const isNear = ts - standing.printTs <= CLUSTER_MS;
    // The earlier of two was counted as alone when it came; now it is not.
    if (isNear && !standing.isClustered) {
      tallies.add(`eq.${standing.regime}.clustered`, 1);
    }
    if (isNear) tallies.add(`eq.${this.#regime}.clustered`, 1);
    standing.isClustered = isNear;
    standing.regime = this.#regime;
    standing.printTs = ts;
  }

  /** Quotes that no later print can be near any more. */
  #settle(standing: Standing, ts: number): void {
    const { waiting } = standing;
    let gone = 0;
    while (gone < waiting.length && (waiting[gone] ?? ts) < ts - NEAR_MS) gone++;
    if (gone === 0) return;
    this.#tallies.share("Q2.equity", gone, gone);
    waiting.splice(0, gone);
  }

  #moveTo(tsMs: number): void {
    const second = Math.floor(tsMs / 1_000);
    if (second === this.#second) return;
    this.#second = second;
    const market = this.#market();
    this.#regime = market.regimeAt(second * 1_000);
    this.#spreadKey = `eq.${this.#regime}.spread`;
    this.#minute = (second * 1_000 - market.session.openTs) / 60_000;
    if (this.#eventSymbols.size === 0) this.#eventSymbols = new Set(market.eventSymbols);
  }

  second(tsMs: number): void {
    this.#tallies.add(`eq.${this.#market().regimeAt(tsMs - 1_000)}.seconds`, 1);
  }
}
