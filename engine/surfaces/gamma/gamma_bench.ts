import { percentile } from "../../stats/mod.ts";
import type { OptionQuotes } from "../windows/mod.ts";
import { type Chain, Gamma } from "./mod.ts";
import { naiveGamma, optionValue } from "./testing/naive_gamma.ts";

const FUTURE = 6_951.25;
const STRIKES = 61;
const EXPIRATION_NS = 1_767_733_200_000_000_000n;

/** Windows per second of the options' gamma, here and the plain way, on the same quotes in turns. */
export interface GammaBench {
  readonly options: number;
  readonly perSecond: number;
  readonly naivePerSecond: number;
  /** Largest difference of the total to that of the plain way, relative. */
  readonly largestMiss: number;
}

/**
 * Times the close of a window over a whole chain of 61 strikes three hours before its expiry: volatilities, greeks,
 * surface, exposure, profile and summary. Medians of rounds in turns.
 *
 * @param now A clock in ms.
 */
export function benchGamma(
  now: () => number,
  { windows = 100, rounds = 21 }: { readonly windows?: number; readonly rounds?: number } = {},
): GammaBench {
  const chain = chainOf();
  const quotes = quotesOf(chain);
  const window = {
    futureInt: FUTURE * 1e9,
    strikeRefInt: 6_950e9,
    spotRefInt: FUTURE * 1e9,
    windowEndNs: EXPIRATION_NS - 10_800_000_000_000n,
  };
  const signedVolume = new Float64Array(chain.strikeInt.length);
  const gamma = new Gamma(chain);
  const naiveSession = { chain, steps: [{ quotes, window, signedVolume }] };
  const seconds: number[] = [];
  const naive: number[] = [];
  let largestMiss = 0;
  for (let round = 0; round < rounds; round++) {
    const begin = now();
    for (let i = 0; i < windows; i++) gamma.close(chain, quotes, window, signedVolume);
    const middle = now();
    const [want] = naiveGamma(naiveSession);
    naive.push((now() - middle) / 1_000);
    seconds.push((middle - begin) / 1_000 / windows);
    const { summary } = gamma.close(chain, quotes, window, signedVolume);
    largestMiss = Math.max(largestMiss, Math.abs(summary.gexTotal / (want?.total ?? NaN) - 1));
  }
  return {
    options: chain.strikeInt.length,
    perSecond: 1 / percentile(seconds, 50),
    naivePerSecond: 1 / percentile(naive, 50),
    largestMiss,
  };
}

function chainOf(): Chain {
  const rows = Array.from({ length: 2 * STRIKES }, (_, i) => i);
  return {
    instrumentId: Float64Array.from(rows, (i) => 700_000 + i),
    isCall: Uint8Array.from(rows, (i) => 1 - i % 2),
    strikeInt: Float64Array.from(rows, (i) => 6_800e9 + Math.floor(i / 2) * 5e9),
    openInterest: Float64Array.from(rows, (i) => 500 + (i * 733) % 2_000),
    expirationNs: EXPIRATION_NS,
    symbols: rows.map((i) => `option ${i}`),
  };
}

function quotesOf({ isCall, strikeInt }: Chain): OptionQuotes {
  const years = 10_800 / 86_400 / 365;
  const values = strikeInt.map((strike, i) =>
    optionValue(isCall[i] === 1, FUTURE, strike / 1e9, years, 0.15).value
  );
  const tick = (value: number) => value <= 5 ? 0.05 : 0.25;
  return {
    bidInt: values.map((value) => Math.round(Math.floor(value / tick(value)) * tick(value) * 1e9)),
    askInt: values.map((value) =>
      Math.round((Math.floor(value / tick(value)) + 1) * tick(value) * 1e9)
    ),
    isValid: new Uint8Array(values.length).fill(1),
  };
}
