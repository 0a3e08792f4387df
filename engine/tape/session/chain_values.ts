import { exp, log } from "../../dmath/mod.ts";
import { writeGreeks } from "../../options/mod.ts";
import { SYNTH_OPTIONS } from "./listing.ts";

/** Risk-free rate, continuous, 1.00 = 100 % a year; a future pays the same, so that its options are Black's (1976). */
const RATE = 0.05;
const CARRY = { rate: RATE, dividendYield: RATE };
const NS_PER_YEAR = 31_536_000e9;
/** Time left that prices count with at least: a minute. */
const LEAST_LEFT_NS = 60e9;
const BASE_RHO = -0.30;
const RHO_PER_SKEW = -5;
const WINGS = 0.20;

/**
 * The volatility of a strike: s sqrt(1 + 0.20 (rho x + sqrt(x^2 + 1) - 1)), which leaves no arbitrage between
 * strikes for s in 0.08..0.40, 0.1..6.5 hours and rho in -0.60..-0.15.
 *
 * @param atm Volatility at the money, 1.00 = 100 % a year.
 * @param x ln(strike / future) / (atm sqrt(years)).
 */
export function strikeVolatility(atm: number, rho: number, x: number): number {
  return atm * Math.sqrt(1 + WINGS * (rho * x + Math.sqrt(x * x + 1) - 1));
}

/** What every option of a chain is worth, by Black (1976) on the future. */
export class ChainValues {
  /** Points, per option: calls at even places, puts at odd ones. */
  readonly value = new Float64Array(SYNTH_OPTIONS.count);
  /** Contracts of the future per option, per option. */
  readonly delta = new Float64Array(SYNTH_OPTIONS.count);
  /** Points per 1.00 of volatility, per strike. */
  readonly vega = new Float64Array(SYNTH_OPTIONS.strikes);
  /** Delta per point of the future, per strike. */
  readonly gamma = new Float64Array(SYNTH_OPTIONS.strikes);
  /** Annual volatility, per strike. */
  readonly volatility = new Float64Array(SYNTH_OPTIONS.strikes);
  /** Standard deviations from the money: ln(strike / future) / (atm sqrt(years)), per strike. */
  readonly away = new Float64Array(SYNTH_OPTIONS.strikes);
  /** Skew in force. */
  rho = BASE_RHO;

  readonly #logStrikes = new Float64Array(SYNTH_OPTIONS.strikes);
  /** Of each strike the option out of the money. */
  readonly #contracts = {
    right: new Int8Array(SYNTH_OPTIONS.strikes),
    spot: new Float64Array(SYNTH_OPTIONS.strikes),
    strike: new Float64Array(SYNTH_OPTIONS.strikes),
    years: new Float64Array(SYNTH_OPTIONS.strikes),
  };
  readonly #out = {
    price: new Float64Array(SYNTH_OPTIONS.strikes),
    delta: new Float64Array(SYNTH_OPTIONS.strikes),
    gamma: this.gamma,
    vega: this.vega,
  };

  /** Takes the strikes of a listing, points. */
  list(strikes: Float64Array): void {
    this.#contracts.strike.set(strikes);
    for (let i = 0; i < strikes.length; i++) this.#logStrikes[i] = log(strikes[i]!);
  }

  /**
   * Values all options anew.
   *
   * @param future Points. @param atm Volatility at the money. @param leftNs Time to expiration, ns.
   */
  set(future: number, atm: number, skewShift: number, leftNs: number): void {
    const years = (leftNs > LEAST_LEFT_NS ? leftNs : LEAST_LEFT_NS) / NS_PER_YEAR;
    const deviation = atm * Math.sqrt(years);
    const logFuture = log(future);
    const rho = BASE_RHO + RHO_PER_SKEW * skewShift;
    const { right, spot, strike } = this.#contracts;
    this.rho = rho;
    spot.fill(future);
    this.#contracts.years.fill(years);
    for (let i = 0; i < strike.length; i++) {
      const x = (this.#logStrikes[i]! - logFuture) / deviation;
      right[i] = strike[i]! < future ? -1 : 1;
      this.away[i] = x;
      this.volatility[i] = strikeVolatility(atm, rho, x);
    }
    writeGreeks(this.#contracts, this.volatility, CARRY, this.#out);
    this.#takeBoth(future, exp(-RATE * years));
  }

  /** The other option of each strike follows by parity, which then holds exactly. */
  #takeBoth(future: number, discount: number): void {
    const { right, strike } = this.#contracts;
    const { price, delta } = this.#out;
    for (let i = 0; i < strike.length; i++) {
      const side = right[i]!;
      const out = 2 * i + (side === 1 ? 0 : 1);
      const other = out ^ 1;
      this.value[out] = price[i]!;
      this.value[other] = price[i]! - side * discount * (future - strike[i]!);
      this.delta[out] = delta[i]!;
      this.delta[other] = delta[i]! - side * discount;
    }
  }
}
