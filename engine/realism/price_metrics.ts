import { type LatentMarket, REGIME_IDS, type RegimeId } from "../regime/mod.ts";
import {
  autocorrelation,
  blocks,
  correlation,
  deviation,
  excessKurtosis,
  mean,
  Moments,
  overlapping,
} from "./series.ts";

const MINUTE_MS = 60_000;
/** Minutes of a regime below which its drift ratio says nothing. */
const SHORTEST_STAY = 5;

/** Price of a symbol index at an epoch ms inside a session. */
export type PriceAt = (market: LatentMarket, symbol: number, tsMs: number) => number;

/** Figures of the prices of some sessions. Averages of one figure per symbol and session unless said. */
export interface PriceMetrics {
  readonly sessions: number;
  /** Lag-1 autocorrelation of one-minute returns, overall and over pairs of dealer_gamma minutes. */
  readonly lag1: number;
  readonly dealerLag1: number;
  /** Autocorrelation of absolute returns at lags of 1 and 10 minutes. */
  readonly absLag1: number;
  readonly absLag10: number;
  readonly kurtosis: number;
  /** Variance of 30-minute returns over 30 times that of one minute; pooled per symbol, then averaged. */
  readonly varianceRatio30: number;
  /** Mean absolute return of minutes at five-minute edges over that of others, less 1. */
  readonly edgeExcess: number;
  /** Mean pairwise correlation of five-minute returns. */
  readonly crossCorrelation: number;
  /** Mean standard deviation of one-minute returns, basis points. */
  readonly sigmaBps: number;
  /** Mean return over standard deviation inside each stay in a regime; see {@link PriceMeter}. */
  readonly driftRatio: Readonly<Record<RegimeId, number>>;
  /** Stays that each drift ratio is the mean of. */
  readonly stays: Readonly<Record<RegimeId, number>>;
  /**
   * Mean absolute five-minute return of focus symbols in retail_chase over that in all regimes. Each is taken
   * against the symbol's own mean of the session, as some symbols move four times as much as others.
   */
  readonly chaseMove: number;
}

/** One-minute log returns of a session, basis points. */
function minuteReturns(
  market: LatentMarket,
  symbol: number,
  priceAt: PriceAt,
  minutes: number,
): Float64Array {
  const { session } = market;
  const out = new Float64Array(minutes);
  let last = priceAt(market, symbol, session.openTs);
  for (let m = 0; m < out.length; m++) {
    // The close itself lies outside the session, so the last minute ends a second early.
    const end = Math.min(session.openTs + (m + 1) * MINUTE_MS, session.closeTs - 1_000);
    const price = priceAt(market, symbol, end);
    out[m] = 10_000 * Math.log(price / last);
    last = price;
  }
  return out;
}

class Average {
  #sum = 0;
  #count = 0;
  add(value: number): void {
    if (!Number.isFinite(value)) return;
    this.#sum += value;
    this.#count++;
  }
  get count(): number {
    return this.#count;
  }
  get value(): number {
    return this.#sum / this.#count;
  }
}

/** Sums of x·y, x² of neighbours inside one regime. */
class PairSum {
  #cross = 0;
  #square = 0;
  add(x: number, y: number): void {
    this.#cross += x * y;
    this.#square += (x * x + y * y) / 2;
  }
  get value(): number {
    return this.#cross / this.#square;
  }
}

/** Sign that a minute's return counts with in its regime's drift ratio, 0: not at all. */
function driftSign(market: LatentMarket, regime: RegimeId, symbol: number, tsMs: number): number {
  if (regime === "retail_chase") return market.isFocus(symbol, tsMs) ? 1 : 0;
  if (regime === "event_ramp") return market.eventDir(symbol);
  return 1;
}

/** Running figures of one measurement. */
class Collector {
  readonly lag1 = new Average();
  readonly absLag1 = new Average();
  readonly absLag10 = new Average();
  readonly kurtosis = new Average();
  readonly sigma = new Average();
  readonly edge = new Average();
  readonly noEdge = new Average();
  readonly cross = new Average();
  readonly chaseMove = new Average();
  readonly focusMove = new Average();
  readonly dealer = new PairSum();
  readonly drift = new Map<RegimeId, Average>(REGIME_IDS.map((regime) => [regime, new Average()]));

  addReturns(returns: Float64Array): void {
    const size = returns.map(Math.abs);
    const scale = mean(size);
    this.lag1.add(autocorrelation(returns, 1));
    this.absLag1.add(autocorrelation(size, 1));
    this.absLag10.add(autocorrelation(size, 10));
    this.kurtosis.add(excessKurtosis(returns));
    this.sigma.add(deviation(returns));
    size.forEach((value, m) => (m % 5 === 0 ? this.edge : this.noEdge).add(value / scale));
  }

  /** Cuts a session's returns into stays in one regime. */
  addStays(market: LatentMarket, symbol: number, returns: Float64Array): void {
    let stay: number[] = [];
    let before: RegimeId | null = null;
    returns.forEach((value, m) => {
      const ts = market.session.openTs + m * MINUTE_MS;
      const regime = market.regimeAt(ts);
      if (regime !== before) {
        this.#closeStay(before, stay);
        stay = [];
      } else if (regime === "dealer_gamma") {
        this.dealer.add(returns[m - 1] ?? 0, value);
      }
      const sign = driftSign(market, regime, symbol, ts);
      if (sign !== 0) stay.push(sign * value);
      before = regime;
    });
    this.#closeStay(before, stay);
  }

  /** Five-minute moves of a symbol while it is in focus. */
  addFives(market: LatentMarket, symbol: number, fives: Float64Array): void {
    const usual = mean(fives.map(Math.abs));
    fives.forEach((value, k) => {
      const ts = market.session.openTs + 5 * k * MINUTE_MS;
      if (!market.isFocus(symbol, ts)) return;
      const move = Math.abs(value) / usual;
      this.focusMove.add(move);
      if (market.regimeAt(ts) === "retail_chase") this.chaseMove.add(move);
    });
  }

  #closeStay(regime: RegimeId | null, stay: readonly number[]): void {
    if (regime === null || stay.length < SHORTEST_STAY) return;
    this.drift.get(regime)?.add(mean(stay) / deviation(stay));
  }
}

/**
 * Measures the one-minute prices of sessions, one after the other. The drift ratio is that of each stay of
 * five minutes or more, averaged over stays and symbols: all symbols in most regimes, focus symbols in
 * retail_chase, and in event_ramp the symbols with an announced event, signed by its direction.
 */
export class PriceMeter {
  readonly #symbols: readonly number[];
  readonly #found = new Collector();
  readonly #ones: readonly Moments[];
  readonly #thirties: readonly Moments[];
  #sessions = 0;
  #minutes = 0;

  /** @param symbols Indices in the universe. */
  constructor(symbols: readonly number[]) {
    this.#symbols = symbols;
    this.#ones = symbols.map(() => new Moments());
    this.#thirties = symbols.map(() => new Moments());
  }

  /** Minutes read so far. */
  get minutes(): number {
    return this.#minutes;
  }

  /** Reads the first `minutes` of a session. */
  add(market: LatentMarket, priceAt: PriceAt, minutes = market.session.minutes): void {
    const symbols = this.#symbols;
    const all = symbols.map((symbol) => minuteReturns(market, symbol, priceAt, minutes));
    const fives = all.map((returns) => blocks(returns, 5));
    this.#sessions++;
    this.#minutes += minutes;
    all.forEach((returns, i) => {
      this.#found.addReturns(returns);
      this.#found.addStays(market, symbols[i] ?? 0, returns);
      this.#found.addFives(market, symbols[i] ?? 0, fives[i] ?? new Float64Array());
      this.#ones[i]?.addAll(returns);
      this.#thirties[i]?.addAll(overlapping(returns, 30));
      for (let j = 0; j < i; j++) {
        this.#found.cross.add(correlation(fives[i] ?? [], fives[j] ?? []));
      }
    });
  }

  get metrics(): PriceMetrics {
    const found = this.#found;
    const ratio = new Average();
    this.#ones.forEach((one, i) =>
      ratio.add((this.#thirties[i]?.variance ?? NaN) / (30 * one.variance))
    );
    const drift = REGIME_IDS.map((regime) =>
      [regime, found.drift.get(regime)?.value ?? NaN] as const
    );
    return {
      sessions: this.#sessions,
      lag1: found.lag1.value,
      dealerLag1: found.dealer.value,
      absLag1: found.absLag1.value,
      absLag10: found.absLag10.value,
      kurtosis: found.kurtosis.value,
      varianceRatio30: ratio.value,
      edgeExcess: found.edge.value / found.noEdge.value - 1,
      crossCorrelation: found.cross.value,
      sigmaBps: found.sigma.value,
      driftRatio: Object.fromEntries(drift) as Record<RegimeId, number>,
      stays: Object.fromEntries(
        REGIME_IDS.map((regime) => [regime, found.drift.get(regime)?.count ?? 0]),
      ) as Record<RegimeId, number>,
      chaseMove: found.chaseMove.value / found.focusMove.value,
    };
  }
}

/** Measures the one-minute prices of whole sessions; see {@link PriceMeter}. */
export function measurePrices(
  markets: readonly LatentMarket[],
  symbols: readonly number[],
  priceAt: PriceAt,
): PriceMetrics {
  const meter = new PriceMeter(symbols);
  for (const market of markets) meter.add(market, priceAt);
  return meter.metrics;
}

/** Greatest one-second return in units of the model's one-second deviation, by symbol and session. */
export function greatestSecondMove(
  markets: readonly LatentMarket[],
  symbols: readonly number[],
  priceAt: PriceAt,
): number {
  let greatest = 0;
  for (const market of markets) {
    const { openTs, closeTs } = market.session;
    for (const symbol of symbols) {
      let last = priceAt(market, symbol, openTs);
      for (let ts = openTs + 1_000; ts < closeTs; ts += 1_000) {
        const price = priceAt(market, symbol, ts);
        const sigma = market.sigma1mBps(symbol, ts) / Math.sqrt(60);
        greatest = Math.max(greatest, Math.abs(10_000 * Math.log(price / last)) / sigma);
        last = price;
      }
    }
  }
  return greatest;
}
