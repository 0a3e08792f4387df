import { exp, log, normalCdfOf, normalPdfOf } from "../../dmath/mod.ts";
import { SYNTH_OPTIONS } from "./listing.ts";

/** Risk-free rate, continuous, 1.00 = 100 % a year. */
const RATE = 0.05;
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
  /** Points per 0.01 of volatility, per strike. */
  readonly vega = new Float64Array(SYNTH_OPTIONS.strikes);
  /** Annual volatility, per strike. */
  readonly volatility = new Float64Array(SYNTH_OPTIONS.strikes);
  /** Standard deviations from the money: ln(strike / future) / (atm sqrt(years)), per strike. */
  readonly away = new Float64Array(SYNTH_OPTIONS.strikes);
  /** Skew in force. */
  rho = BASE_RHO;

  readonly #strikes = new Float64Array(SYNTH_OPTIONS.strikes);
  readonly #logStrikes = new Float64Array(SYNTH_OPTIONS.strikes);

  /** Takes the strikes of a listing, points. */
  list(strikes: Float64Array): void {
    this.#strikes.set(strikes);
    for (let i = 0; i < strikes.length; i++) this.#logStrikes[i] = log(strikes[i]!);
  }

  /**
   * Values all options anew.
   *
   * @param future Points. @param atm Volatility at the money. @param leftNs Time to expiration, ns.
   */
  set(future: number, atm: number, skewShift: number, leftNs: number): void {
    const years = (leftNs > LEAST_LEFT_NS ? leftNs : LEAST_LEFT_NS) / NS_PER_YEAR;
    const root = Math.sqrt(years);
    const discount = exp(-RATE * years);
    const logFuture = log(future);
    const rho = BASE_RHO + RHO_PER_SKEW * skewShift;
    this.rho = rho;
    for (let i = 0; i < this.#strikes.length; i++) {
      const strike = this.#strikes[i]!;
      const distance = this.#logStrikes[i]! - logFuture;
      const x = distance / (atm * root);
      const volatility = strikeVolatility(atm, rho, x);
      const deviation = volatility * root;
      const d1 = -distance / deviation + 0.5 * deviation;
      const d2 = d1 - deviation;
      const e1 = exp(-0.5 * d1 * d1);
      const e2 = e1 * future / strike; // F phi(d1) = K phi(d2)
      const parity = discount * (future - strike);
      // The one out of the money by its formula, the other by parity, which then holds exactly.
      let call: number;
      if (strike >= future) {
        call = discount * (future * normalCdfOf(d1, e1) - strike * normalCdfOf(d2, e2));
        if (call < 0) call = 0;
        this.value[2 * i + 1] = call - parity;
      } else {
        let put = discount * (strike * normalCdfOf(-d2, e2) - future * normalCdfOf(-d1, e1));
        if (put < 0) put = 0;
        call = put + parity;
        this.value[2 * i + 1] = put;
      }
      const up = discount * normalCdfOf(d1, e1);
      this.value[2 * i] = call;
      this.delta[2 * i] = up;
      this.delta[2 * i + 1] = up - discount;
      this.vega[i] = discount * future * normalPdfOf(e1) * root * 0.01;
      this.volatility[i] = volatility;
      this.away[i] = x;
    }
  }
}
