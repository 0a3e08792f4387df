import { log } from "../../dmath/mod.ts";
import { nearestStrike, strikeStep, yearsBetween } from "../../options/mod.ts";
import { type RegimeId, UNIVERSE } from "../../regime/mod.ts";
import type { Contract, ContractCache, Expiry } from "./_contract.ts";
import { baseVolatility } from "../surface/mod.ts";

const MAX_STEPS = 60;
/** Contracts beyond so many standard deviations do not trade in the background. */
const WIDEST = 2.5;

/** Activity of a contract by the days to its expiry. */
export function tenorWeight(dte: number, regime: RegimeId): number {
  if (dte === 0) return regime === "dealer_gamma" ? 1.2 * 1.6 : 1.2;
  if (dte <= 7) return 1;
  return dte <= 45 ? 0.7 : 0.15;
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
}

/** The contracts of one underlying that trade in the background, with cumulative activity. */
export class ActivityTable {
  readonly symbol: number;
  readonly #cumulative: number[] = [];
  readonly #expiries: Expiry[] = [];
  readonly #strikes: number[] = [];

  constructor(cache: ContractCache, inputs: ActivityInputs) {
    this.symbol = inputs.symbol;
    let total = 0;
    for (const expiry of cache.expiries(inputs.symbol)) {
      if (expiry.closeMs <= inputs.tsMs) continue;
      const tenor = tenorWeight(expiry.dte, inputs.regime);
      total = this.#addExpiry(expiry, tenor, total, inputs);
    }
  }

  /** Strike and expiry number of a uniform draw; -1 when nothing trades. Even: call, odd: put. */
  pick(u: number): number {
    const wanted = u * (this.#cumulative.at(-1) ?? 0);
    let low = 0;
    let high = this.#cumulative.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#cumulative[middle] ?? 0) > wanted) high = middle;
      else low = middle + 1;
    }
    return high < 0 ? -1 : low;
  }

  /** Contract of a number from {@link pick}. */
  contract(cache: ContractCache, pick: number, tsMs: number): Contract | null {
    const pair = pick >> 1;
    const expiry = this.#expiries[pair];
    const strike = this.#strikes[pair];
    if (expiry === undefined || strike === undefined) return null;
    return cache.get(this.symbol, expiry, strike, pick % 2 === 0 ? "C" : "P", tsMs);
  }

  /** Numbers of the `count` busiest contracts, calls and puts of a strike together. */
  busiest(count: number): number[] {
    const order = this.#strikes.map((_, pair) => pair);
    const weight = (pair: number) => this.#weight(2 * pair) + this.#weight(2 * pair + 1);
    order.sort((a, b) => weight(b) - weight(a) || a - b);
    const found: number[] = [];
    for (const pair of order) {
      if (found.length >= count) break;
      found.push(2 * pair, 2 * pair + 1);
    }
    return found;
  }

  #weight(index: number): number {
    return (this.#cumulative[index] ?? 0) - (index === 0 ? 0 : this.#cumulative[index - 1] ?? 0);
  }

  #addExpiry(expiry: Expiry, tenor: number, from: number, inputs: ActivityInputs): number {
    const { symbol, spot, tsMs, volatilityLevel, regime } = inputs;
    const root = UNIVERSE[symbol]?.symbol ?? "";
    const step = strikeStep(root);
    const nearest = nearestStrike(root, spot);
    const deviation = baseVolatility(symbol, volatilityLevel) *
      Math.sqrt(yearsBetween(tsMs, expiry.closeMs));
    let total = from;
    for (let k = -MAX_STEPS; k <= MAX_STEPS; k++) {
      const strike = nearest + k * step;
      if (strike < step) continue;
      // Within half a step a strike is at the money, however little time is left.
      const steps = Math.max(0, Math.abs(strike - spot) - step / 2);
      const far = strike === nearest ? 0 : log(1 + steps / spot) / deviation;
      if (far > WIDEST) continue;
      const above = strike > spot ? far : -far;
      this.#expiries.push(expiry);
      this.#strikes.push(strike);
      total += tenor * moneynessWeight(above, regime);
      this.#cumulative.push(total);
      total += tenor * moneynessWeight(-above, regime);
      this.#cumulative.push(total);
    }
    return total;
  }
}
