import { percentile } from "../stats/mod.ts";
import { naiveImpliedVolatility } from "./_implied_volatility_naive.ts";
import { greeks } from "./black_scholes.ts";
import { RATE } from "./carry.ts";
import { writeGreeks } from "./greek_columns.ts";
import { OUTCOME, writeImpliedVolatility } from "./volatility_columns.ts";

const CARRY = { rate: RATE, dividendYield: 0 };
const SPOT = 560;

/** Contracts per second of columns and of the plain way, on the same contracts in turns. */
export interface ColumnsBench {
  readonly contracts: number;
  readonly greeks: { readonly perSecond: number; readonly naivePerSecond: number };
  readonly implied: { readonly perSecond: number; readonly naivePerSecond: number };
  /** Largest difference of a price to that of the plain way, USD. */
  readonly maxDifferenceUsd: number;
  /** Prices that were solved, and those that stand on a bound, where nothing can be solved. */
  readonly solved: number;
  readonly onBound: number;
  readonly naiveSolved: number;
}

/**
 * Times the greeks of a chain and the volatilities of its prices, both rights alternating, 200 strikes an expiry:
 * columns against an object a contract, two steps against Newton's in a bracket. Medians of rounds in turns.
 *
 * @param now A clock in ms.
 */
export function benchColumns(
  now: () => number,
  { contracts = 10_000, rounds = 101, naiveRounds = 11 }: {
    readonly contracts?: number;
    readonly rounds?: number;
    readonly naiveRounds?: number;
  } = {},
): ColumnsBench {
  const chain = chainOf(contracts);
  const { right, strike, years, iv } = chain;
  const empty = () => new Float64Array(contracts);
  const out = { price: empty(), delta: empty(), gamma: empty(), vega: empty() };
  const found = { iv: empty(), outcome: new Uint8Array(contracts) };
  const isCall = (i: number) => right[i]! > 0 ? "C" : "P";
  const seconds = { greeks: [] as number[], implied: [] as number[] };
  const naive = { greeks: [] as number[], implied: [] as number[] };
  const timed = (into: number[], work: () => void) => {
    const begin = now();
    work();
    into.push((now() - begin) / 1_000);
  };
  let maxDifferenceUsd = 0;
  let naiveSolved = 0;
  for (let round = 0; round < rounds; round++) {
    timed(seconds.greeks, () => writeGreeks(chain, iv, CARRY, out));
    timed(naive.greeks, () => {
      maxDifferenceUsd = 0;
      for (let i = 0; i < contracts; i++) {
        const { price } = greeks(isCall(i), SPOT, strike[i]!, years[i]!, iv[i]!);
        const difference = Math.abs(price - out.price[i]!);
        if (difference > maxDifferenceUsd) maxDifferenceUsd = difference;
      }
    });
    timed(seconds.implied, () => writeImpliedVolatility(chain, out.price, CARRY, found));
    if (round >= naiveRounds) continue;
    timed(naive.implied, () => {
      naiveSolved = 0;
      for (let i = 0; i < contracts; i++) {
        const is = naiveImpliedVolatility(isCall(i), out.price[i]!, SPOT, strike[i]!, years[i]!);
        if (is !== null) naiveSolved++;
      }
    });
  }
  const perSecond = (list: readonly number[]) => contracts / percentile(list, 50);
  const count = (outcome: number) => found.outcome.filter((is) => is === outcome).length;
  return {
    contracts,
    greeks: { perSecond: perSecond(seconds.greeks), naivePerSecond: perSecond(naive.greeks) },
    implied: { perSecond: perSecond(seconds.implied), naivePerSecond: perSecond(naive.implied) },
    maxDifferenceUsd,
    solved: count(OUTCOME.solved),
    onBound: count(OUTCOME.noTimeValue),
    naiveSolved,
  };
}

/** Contracts of one underlying from 18 % in to 18 % out of the money, 5 days to a year, 12 to 52 % a year. */
function chainOf(contracts: number) {
  const rows = Array.from({ length: contracts }, (_, i) => i);
  return {
    right: Int8Array.from(rows, (i) => i % 2 === 0 ? 1 : -1),
    spot: new Float64Array(contracts).fill(SPOT),
    strike: Float64Array.from(rows, (i) => 460 + i % 200),
    years: Float64Array.from(rows, (i) => (5 + (Math.floor(i / 200) * 7) % 365) / 365),
    iv: Float64Array.from(rows, (i) => 0.12 + ((i * 37) % 100) / 250),
  };
}
