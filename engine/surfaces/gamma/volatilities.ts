import { exp, log } from "../../dmath/mod.ts";
import { IV_SOURCES } from "../../frames/surfaces/mod.ts";
import { OUTCOME, writeImpliedVolatility } from "../../options/mod.ts";
import { FUTURE_RATE, PRICE_UNITS } from "../profile/mod.ts";
import type { OptionQuotes } from "../windows/mod.ts";
import type { ChainIndex } from "./chain_index.ts";
import { isTight, midOf } from "./quotes.ts";
import { Smile } from "./smile.ts";

const SOLVED = IV_SOURCES.indexOf("solved");
const SMILE = IV_SOURCES.indexOf("smile");
const CARRIED = IV_SOURCES.indexOf("carried");
const NONE = IV_SOURCES.indexOf("none");

const CARRY = { rate: FUTURE_RATE, dividendYield: FUTURE_RATE };
/** A volatility out of here is none. */
const LOWEST = 0.005;
const HIGHEST = 5;
const CARRIED_UP_TO_S = 5;
/** What a mid has to differ from what the option is worth without volatility, points. */
const LEAST_TIME_VALUE = 1e-9;

/** Copy of what is carried from window to window, fit for structured clone. */
export interface VolatilitiesState {
  readonly strikeInt: Float64Array;
  readonly lastIv: Float64Array;
  readonly staleS: Int32Array;
}

/**
 * Volatility of every strike of a chain at the end of each window: solved from the option out of the money, else
 * carried up to 5 s, else read from the smile of those solved.
 *
 * @see docs/methods/surfaces-gamma.md, "Volatility".
 */
export class Volatilities {
  /** Shape [strikes]: annual, NaN where there is none. */
  readonly iv: Float64Array;
  /** Place in {@link IV_SOURCES}. */
  readonly source: Uint8Array;
  /** Windows since the strike was solved last; -1 never. */
  readonly staleS: Int32Array;
  /** As {@link iv}, of the bids of the quotes that were solved and their smile. */
  readonly bidIv: Float64Array;
  readonly askIv: Float64Array;
  readonly #index: ChainIndex;
  readonly #lastIv: Float64Array;
  readonly #smile: Smile;
  readonly #sideSmile: Smile;
  /** A row for each strike and one for the second option at the money, thrice: mid, bid, ask. */
  readonly #contracts;
  readonly #price: Float64Array;
  readonly #found;
  #nearest = -1;

  constructor(index: ChainIndex) {
    const strikes = index.strikeInt.length;
    const column = () => new Float64Array(strikes).fill(NaN);
    this.#index = index;
    this.iv = column();
    this.bidIv = column();
    this.askIv = column();
    this.#lastIv = column();
    this.source = new Uint8Array(strikes).fill(NONE);
    this.staleS = new Int32Array(strikes).fill(-1);
    this.#smile = new Smile(strikes);
    this.#sideSmile = new Smile(strikes);
    const rows = 3 * (strikes + 1);
    this.#contracts = {
      right: new Int8Array(rows),
      spot: new Float64Array(rows),
      strike: new Float64Array(rows),
      years: new Float64Array(rows),
    };
    this.#price = new Float64Array(rows);
    this.#found = { iv: new Float64Array(rows), outcome: new Uint8Array(rows) };
    for (let part = 0; part < 3; part++) {
      this.#contracts.strike.set(index.strikePoints, part * (strikes + 1));
    }
  }

  /** The smile at a price; NaN when no strike was solved. @param points > 0. */
  smileAt(points: number): number {
    return this.#smile.at(log(points));
  }

  /** Takes the quotes at the end of a window. @param futureInt 1e-9 points, > 0. @param years > 0. */
  close(quotes: OptionQuotes, futureInt: number, years: number): void {
    this.#age();
    this.#pack(quotes, futureInt, years);
    writeImpliedVolatility(this.#contracts, this.#price, CARRY, this.#found);
    this.#takeSolved();
    this.#fillRest();
    this.#takeSide(1, this.bidIv);
    this.#takeSide(2, this.askIv);
  }

  /** Takes a window in which nothing has a volatility: without a spot, or after the expiry. */
  skip(): void {
    this.#age();
    this.iv.fill(NaN);
    this.source.fill(NONE);
  }

  save(): VolatilitiesState {
    return {
      strikeInt: this.#index.strikeInt.slice(),
      lastIv: this.#lastIv.slice(),
      staleS: this.staleS.slice(),
    };
  }

  /** Puts what was carried back, strike by strike: the chain may be another. */
  restore({ strikeInt, lastIv, staleS }: VolatilitiesState): void {
    this.#index.strikeInt.forEach((strike, row) => {
      const then = strikeInt.indexOf(strike);
      this.#lastIv[row] = lastIv[then] ?? NaN;
      this.staleS[row] = staleS[then] ?? -1;
    });
  }

  #age(): void {
    const { staleS } = this;
    for (let strike = 0; strike < staleS.length; strike++) {
      if (staleS[strike]! >= 0) staleS[strike]!++;
    }
  }

  /** Prices of the options that may be solved; the others NaN. */
  #pack(quotes: OptionQuotes, futureInt: number, years: number): void {
    const { strikeInt, callRow, putRow } = this.#index;
    const future = futureInt / PRICE_UNITS;
    const strikes = strikeInt.length;
    const discount = exp(-FUTURE_RATE * years);
    this.#contracts.spot.fill(future);
    this.#contracts.years.fill(years);
    for (let strike = 0; strike < strikes; strike++) {
      const isCall = strikeInt[strike]! >= futureInt;
      const option = isCall ? callRow[strike]! : putRow[strike]!;
      this.#packOption(quotes, option, isCall, strike, strike, discount);
    }
    const nearest = this.#nearest = this.#index.nearest(futureInt);
    const isCall = nearest >= 0 && strikeInt[nearest]! < futureInt;
    const other = nearest < 0 ? -1 : isCall ? callRow[nearest]! : putRow[nearest]!;
    this.#packOption(quotes, other, isCall, Math.max(0, nearest), strikes, discount);
  }

  #packOption(
    quotes: OptionQuotes,
    option: number,
    isCall: boolean,
    strike: number,
    row: number,
    discount: number,
  ): void {
    const { right, spot, strike: strikes } = this.#contracts;
    const part = this.#index.strikeInt.length + 1;
    const price = this.#price;
    const future = spot[row]!;
    const k = this.#index.strikePoints[strike] ?? NaN;
    for (let at = row; at < 3 * part; at += part) {
      right[at] = isCall ? 1 : -1;
      strikes[at] = k;
      price[at] = NaN;
    }
    if (option < 0 || !isTight(quotes, option)) return;
    const mid = midOf(quotes, option) / PRICE_UNITS;
    const intrinsic = isCall ? future - k : k - future;
    const least = discount * (intrinsic > 0 ? intrinsic : 0) + LEAST_TIME_VALUE;
    if (!(mid > least && mid < discount * (isCall ? future : k))) return;
    price[row] = mid;
    price[row + part] = quotes.bidInt[option]! / PRICE_UNITS;
    price[row + 2 * part] = quotes.askInt[option]! / PRICE_UNITS;
  }

  /** What was solved for a strike's mid (part 0), bid (1) or ask (2): of two options the mean; NaN for none. */
  #solved(strike: number, part: number): number {
    const base = part * (this.iv.length + 1);
    const one = this.#solvedRow(base + strike);
    if (strike !== this.#nearest) return one;
    const other = this.#solvedRow(base + this.iv.length);
    if (Number.isNaN(one)) return other;
    return Number.isNaN(other) ? one : (one + other) / 2;
  }

  #solvedRow(row: number): number {
    const iv = this.#found.iv[row]!;
    const isIn = this.#found.outcome[row] === OUTCOME.solved && iv >= LOWEST && iv <= HIGHEST;
    return isIn ? iv : NaN;
  }

  #takeSolved(): void {
    const { iv, source, staleS } = this;
    this.#smile.clear();
    for (let strike = 0; strike < iv.length; strike++) {
      const is = this.#solved(strike, 0);
      iv[strike] = is;
      source[strike] = NONE;
      if (Number.isNaN(is)) continue;
      this.#lastIv[strike] = is;
      source[strike] = SOLVED;
      staleS[strike] = 0;
      this.#smile.push(this.#index.lnStrike[strike]!, is);
    }
    this.#smile.smooth();
  }

  #fillRest(): void {
    const { iv, source, staleS } = this;
    for (let strike = 0; strike < iv.length; strike++) {
      if (source[strike] === SOLVED) continue;
      const age = staleS[strike]!;
      if (age >= 0 && age <= CARRIED_UP_TO_S) {
        iv[strike] = this.#lastIv[strike]!;
        source[strike] = CARRIED;
      } else if (this.#smile.count > 0) {
        iv[strike] = this.#smile.at(this.#index.lnStrike[strike]!);
        source[strike] = SMILE;
      }
    }
  }

  /** Volatilities of bids or asks: solved, else their smile, else those of the mids. */
  #takeSide(part: 1 | 2, out: Float64Array): void {
    const smile = this.#sideSmile;
    smile.clear();
    for (let strike = 0; strike < out.length; strike++) {
      const is = this.#solved(strike, part);
      out[strike] = is;
      if (!Number.isNaN(is)) smile.push(this.#index.lnStrike[strike]!, is);
    }
    smile.smooth();
    for (let strike = 0; strike < out.length; strike++) {
      if (!Number.isNaN(out[strike]!)) continue;
      out[strike] = smile.count > 0 ? smile.at(this.#index.lnStrike[strike]!) : this.iv[strike]!;
    }
  }
}
