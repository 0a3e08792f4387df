import { optionValue } from "./naive_gamma.ts";
import type { OptionQuotes } from "../../windows/mod.ts";
import type { Chain } from "../mod.ts";

const FIRST_PRICE = 6_950;
const EXPIRATION_NS = 1_767_733_200_000_000_000n;
/** Weights of round strikes, the roundest first. */
const ROUND = [[100, 4.5], [50, 3], [25, 2], [10, 1.2], [5, 1]] as const;

/** Quotes that market makers give of volatilities that are known. */
export interface TrueChain {
  readonly chain: Chain;
  readonly quotes: OptionQuotes;
  readonly windowEndNs: bigint;
  readonly futurePoints: number;
  readonly years: number;
  /** By strike, ascending. */
  readonly strikePoints: Float64Array;
  readonly iv: Float64Array;
}

/** A chain of 61 strikes whose skewed volatilities are known, quoted a tick or a few around its values. */
export function trueChain(random: () => number, hours: number): TrueChain {
  const strikePoints = Float64Array.from({ length: 61 }, (_, i) => FIRST_PRICE - 150 + 5 * i);
  const rows = Array.from({ length: 122 }, (_, i) => ({
    isCall: i % 2 === 0,
    strike: strikePoints[i >> 1]!,
  }));
  const years = hours / 24 / 365;
  const futurePoints = FIRST_PRICE + Math.round((random() - 0.5) * 160) * 0.25 + 0.125;
  const atm = 0.1 + 0.15 * random();
  const iv = strikePoints.map((strike) => {
    const x = Math.log(strike / futurePoints) / (atm * Math.sqrt(years));
    return atm * Math.sqrt(1 + 0.2 * (-0.3 * x + Math.sqrt(x * x + 1) - 1));
  });
  const quotes = {
    bidInt: new Float64Array(122),
    askInt: new Float64Array(122),
    isValid: new Uint8Array(122).fill(1),
  };
  rows.forEach(({ isCall, strike }, i) => {
    const { value, gamma } = optionValue(isCall, futurePoints, strike, years, iv[i >> 1]!);
    const tick = value <= 5 ? 0.05 : 0.25;
    const vegaPerPoint = gamma * futurePoints ** 2 * iv[i >> 1]! * years / 100;
    const ticks = Math.max(1, Math.ceil((0.02 * value ** 0.6 + 0.08 * vegaPerPoint) / tick));
    const bid = Math.floor((value - ticks * tick / 2) / tick) * tick;
    const ask = Math.ceil((value + ticks * tick / 2) / tick) * tick;
    quotes.bidInt[i] = Math.max(0, Math.round(bid * 1e9));
    quotes.askInt[i] = Math.round(ask * 1e9);
  });
  const openInterest = Float64Array.from(rows, ({ isCall, strike }) => {
    const [, weight] = ROUND.find(([step]) => strike % step === 0) ?? [0, 1];
    const isOut = isCall === strike > FIRST_PRICE;
    const lean = isOut ? isCall ? 1.3 : 1.5 : 0.6;
    const noise = Math.exp(0.7 * (random() + random() - 1));
    return Math.round(
      2_500 * Math.exp(-Math.abs(strike - FIRST_PRICE) / 60) * weight * lean * noise,
    );
  });
  const chain = {
    instrumentId: Float64Array.from(rows, (_, i) => 700_000 + i),
    isCall: Uint8Array.from(rows, ({ isCall }) => isCall ? 1 : 0),
    strikeInt: Float64Array.from(rows, ({ strike }) => strike * 1e9),
    openInterest,
    expirationNs: EXPIRATION_NS,
    symbols: rows.map(({ isCall, strike }) => `${isCall ? "C" : "P"}${strike}`),
  };
  const windowEndNs = EXPIRATION_NS - BigInt(Math.round(hours * 3_600)) * 1_000_000_000n;
  return { chain, quotes, windowEndNs, futurePoints, years, strikePoints, iv };
}
