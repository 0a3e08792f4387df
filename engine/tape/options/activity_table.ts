import { log } from "../../dmath/mod.ts";
import { listsDaily, nearestStrike, strikeStep, yearsBetween } from "../../options/mod.ts";
import { type RegimeId, UNIVERSE } from "../../regime/mod.ts";
import { baseVolatility, contractKey } from "../surface/mod.ts";
import type { Contract, ContractCache, Expiry } from "./_contract.ts";
import type { PriceRange } from "./day_range.ts";

const MAX_STEPS = 60;
/** Contracts beyond so many standard deviations do not trade in the background. */
const WIDEST = 2.5;
/** Makers quote a contract that has so large a share of all background prints, or so near its root's best. */
const QUOTED_SHARE = 6.2e-5;
const QUOTED_OF_BEST = 0.6;
/** They keep a quote up in what would have so large a share at the best price for it so far today. */
const LASTING_SHARE = 6e-5;
/** The same up to so many days: what expires soon turns with the price, and the price may come there. */
const SOON_DAYS = 7;
const LASTING_SOON_SHARE = 4e-5;
const TOTAL_WEIGHT = UNIVERSE.reduce((sum, { optionWeight }) => sum + optionWeight, 0);

/**
 * What expires the same day over all the rest, by prints, of roots that list every day: half of SPX volume
 * does (docs/realism.md), and cheap contracts trade in larger numbers. Judged by that.
 */
const SAME_DAY_ODDS = 0.62;
/**
 * Share of calls in the volume of stocks' options and of funds': put/call ratios of 0.6 to 0.7 and of about
 * 1.1, the usual ones of Cboe's daily market statistics.
 */
const CALL_SHARE = { stock: 0.56, fund: 0.46 } as const;

/** Activity of a contract by the days to its expiry: most of it is in what expires soon. */
export function tenorWeight(dte: number, regime: RegimeId): number {
  if (dte === 0) return regime === "dealer_gamma" ? 2.4 * 1.6 : 2.4;
  if (dte <= 2) return 1.6;
  if (dte <= 7) return 1;
  return dte <= 45 ? 0.5 : 0.08;
}

/**
 * Activity by the distance of the strike in standard deviations to expiry, positive out of the money:
 * 1 at the money, 0.7 at one, 0.15 at two, 0.1 deep in the money; linear between.
 */
export function moneynessWeight(deviations: number, regime: RegimeId): number {
  const far = Math.abs(deviations);
  const atMoney = regime === "arb_calm" ? 0.8 : 1;
  if (far > WIDEST) return 0;
  if (far <= 1) {
    const one = deviations < 0 ? 0.4 : 0.7;
    return atMoney + (one - atMoney) * far;
  }
  if (deviations < 0) return Math.max(0.1, 0.4 - 0.3 * (far - 1));
  if (far <= 2) return 0.7 - 0.55 * (far - 1);
  return 0.15 - 0.3 * (far - 2);
}

/** What an activity table is made for. */
export interface ActivityInputs {
  readonly symbol: number;
  readonly tsMs: number;
  /** Underlying price, USD, and level of volatility. */
  readonly spot: number;
  readonly volatilityLevel: number;
  readonly regime: RegimeId;
  /** Where the underlying has been since the open, and the open, epoch ms. */
  readonly today: PriceRange;
  readonly openTs: number;
}

/** Contracts of a table with cumulative activity. */
class Picks {
  readonly numbers: number[] = [];
  readonly cumulative: number[] = [];

  add(number: number, weight: number): void {
    this.numbers.push(number);
    this.cumulative.push((this.cumulative.at(-1) ?? 0) + weight);
  }

  has(number: number): boolean {
    const { numbers } = this;
    let low = 0;
    let high = numbers.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((numbers[middle] ?? 0) >= number) high = middle;
      else low = middle + 1;
    }
    return numbers[low] === number;
  }

  at(u: number): number {
    const { cumulative, numbers } = this;
    const wanted = u * (cumulative.at(-1) ?? 0);
    let low = 0;
    let high = cumulative.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((cumulative[middle] ?? 0) > wanted) high = middle;
      else low = middle + 1;
    }
    return numbers[low] ?? -1;
  }
}

/** The contracts of one underlying that trade in the background, and which of them makers quote. */
export class ActivityTable {
  readonly symbol: number;
  readonly #weights: number[] = [];
  /** What the weight would be at the price of today that is best for the contract. */
  readonly #bestWeights: number[] = [];
  readonly #expiries: Expiry[] = [];
  readonly #strikes: number[] = [];
  readonly #quoted = new Picks();
  readonly #others = new Picks();
  readonly #lasting: number[] = [];
  readonly #rest: number[] = [];
  #total = 0;

  constructor(cache: ContractCache, inputs: ActivityInputs) {
    this.symbol = inputs.symbol;
    for (const expiry of cache.expiries(inputs.symbol)) {
      if (expiry.closeMs <= inputs.tsMs) continue;
      this.#addExpiry(expiry, tenorWeight(expiry.dte, inputs.regime), inputs);
    }
    let best = 0;
    for (const weight of this.#weights) {
      this.#total += weight;
      if (weight > best) best = weight;
    }
    const quoted: number[] = [];
    for (let number = 0; number < this.#weights.length; number++) {
      const weight = this.#weights[number] ?? 0;
      const isQuoted = this.share(number) >= QUOTED_SHARE || weight >= QUOTED_OF_BEST * best;
      if (isQuoted) {
        if (weight > 0) quoted.push(number);
        continue;
      }
      if (weight > 0) this.#others.add(number, weight);
      if (this.#isLasting(number)) this.#lasting.push(number);
      else if (weight > 0) this.#rest.push(number);
    }
    this.#addQuoted(quoted, inputs);
  }

  /** Numbers of the contracts that makers quote whether or not they trade. */
  get quoted(): readonly number[] {
    return this.#quoted.numbers;
  }

  /** Numbers of those that hardly trade now and keep a quote, as today's prices have been near them. */
  get lasting(): readonly number[] {
    return this.#lasting;
  }

  /** Numbers of all others. */
  get rest(): readonly number[] {
    return this.#rest;
  }

  /** Share of all background prints that a contract has by its activity, focus and spells aside. */
  share(number: number): number {
    return this.#shareOf(this.#weights[number] ?? 0);
  }

  #shareOf(weight: number): number {
    const own = (UNIVERSE[this.symbol]?.optionWeight ?? 0) / TOTAL_WEIGHT;
    return own * weight / this.#total;
  }

  #isLasting(number: number): boolean {
    const least = this.dte(number) <= SOON_DAYS ? LASTING_SOON_SHARE : LASTING_SHARE;
    return this.#shareOf(this.#bestWeights[number] ?? 0) >= least;
  }

  /** Number of the contract so many strikes above one in its expiry, if makers quote it; else -1. */
  beside(number: number, strikes: number): number {
    const found = number + 2 * strikes;
    const isListed = this.#expiries[found >> 1] === this.#expiries[number >> 1];
    return isListed && this.#quoted.has(found) ? found : -1;
  }

  /** Number of the contract of one's right and strike in the next expiry in which makers quote it; else -1. */
  later(number: number): number {
    const pair = number >> 1;
    for (let other = pair + 1; other < this.#strikes.length; other++) {
      if (this.#strikes[other] !== this.#strikes[pair]) continue;
      const found = 2 * other + number % 2;
      if (this.#quoted.has(found)) return found;
    }
    return -1;
  }

  /** Number of a uniform draw among the quoted contracts or the others; -1 when there is none. */
  pick(u: number, amongQuoted: boolean): number {
    return (amongQuoted ? this.#quoted : this.#others).at(u);
  }

  /** Days to expiry of a contract. */
  dte(number: number): number {
    return this.#expiries[number >> 1]?.dte ?? 0;
  }

  /** Key of a contract, without making it. */
  key(number: number): number {
    const pair = number >> 1;
    const date = this.#expiries[pair]?.date ?? 0;
    return contractKey(this.symbol, date, this.#strikes[pair] ?? 0, rightOf(number));
  }

  /** Contract of a number. Even: call, odd: put. */
  contract(cache: ContractCache, number: number, tsMs: number): Contract | null {
    const pair = number >> 1;
    const expiry = this.#expiries[pair];
    const strike = this.#strikes[pair];
    if (expiry === undefined || strike === undefined) return null;
    return cache.get(this.symbol, expiry, strike, rightOf(number), tsMs);
  }

  /** Adds the quoted contracts, those that expire today with what makes up their share of a root that lists daily. */
  #addQuoted(numbers: readonly number[], { symbol, regime }: ActivityInputs): void {
    let today = 0;
    let all = 0;
    for (const number of numbers) {
      const weight = this.#weights[number] ?? 0;
      all += weight;
      if (this.dte(number) === 0) today += weight;
    }
    const isDaily = listsDaily(UNIVERSE[symbol]?.symbol ?? "") && today > 0 && today < all;
    const odds = SAME_DAY_ODDS * tenorWeight(0, regime) / tenorWeight(0, "mean_revert");
    const factor = isDaily ? odds * (all - today) / today : 1;
    for (const number of numbers) {
      const weight = this.#weights[number] ?? 0;
      this.#quoted.add(number, this.dte(number) === 0 ? factor * weight : weight);
    }
  }

  #addExpiry(expiry: Expiry, tenor: number, inputs: ActivityInputs): void {
    const { symbol, spot, tsMs, volatilityLevel, regime, today, openTs } = inputs;
    const root = UNIVERSE[symbol]?.symbol ?? "";
    const calls = 2 * (UNIVERSE[symbol]?.etf === true ? CALL_SHARE.fund : CALL_SHARE.stock);
    const step = strikeStep(root);
    const nearest = nearestStrike(root, spot);
    const volatility = baseVolatility(symbol, volatilityLevel);
    const deviation = volatility * Math.sqrt(yearsBetween(tsMs, expiry.closeMs));
    const longest = volatility * Math.sqrt(yearsBetween(openTs, expiry.closeMs));
    const lowest = nearestStrike(root, today.low) - MAX_STEPS * step;
    const highest = nearestStrike(root, today.high) + MAX_STEPS * step;
    for (let strike = Math.max(step, lowest); strike <= highest; strike += step) {
      const closest = Math.min(Math.max(strike, today.low), today.high);
      const least = awayFrom(strike, closest, step) / longest;
      if (least > WIDEST) continue;
      const away = strike === nearest ? 0 : awayFrom(strike, spot, step) / deviation;
      const isNear = Math.abs(strike - nearest) <= MAX_STEPS * step;
      const above = strike > spot ? away : -away;
      const beyond = strike > closest ? least : -least;
      this.#expiries.push(expiry);
      this.#strikes.push(strike);
      for (const side of [1, -1]) {
        const base = tenor * (side === 1 ? calls : 2 - calls);
        this.#weights.push(isNear ? base * moneynessWeight(side * above, regime) : 0);
        this.#bestWeights.push(base * moneynessWeight(side * beyond, regime));
      }
    }
  }
}

/** How far a strike is from a price, a fraction: within half a step it is at the money, however little time is left. */
function awayFrom(strike: number, price: number, step: number): number {
  return log(1 + Math.max(0, Math.abs(strike - price) - step / 2) / price);
}

function rightOf(number: number): "C" | "P" {
  return number % 2 === 0 ? "C" : "P";
}
