import fc from "fast-check";
import { optionValue } from "./naive_gamma.ts";
import type { OptionQuotes } from "../../windows/mod.ts";
import type { Chain, GammaWindow } from "../mod.ts";

/** Inputs of one window. */
export interface Step {
  readonly quotes: OptionQuotes;
  readonly window: GammaWindow;
  readonly signedVolume: Float64Array;
}

/** Some windows of one chain. */
export interface Session {
  readonly chain: Chain;
  readonly steps: readonly Step[];
}

const EXPIRATION_NS = 1_767_733_200_000_000_000n;

/** A source of numbers in [0, 1) of a seed. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Sessions with strikes off the grid, missing rights, wide, crossed and lost quotes, no spot, and an expiry. */
export const sessions: fc.Arbitrary<Session> = fc.record({
  seed: fc.integer(),
  strikes: fc.integer({ min: 0, max: 45 }),
  windows: fc.integer({ min: 1, max: 14 }),
  secondsLeft: fc.constantFrom(3, 40, 900, 7_200, 23_000),
  lost: fc.constantFrom(0.05, 0.4, 0.9),
}).map(({ seed, strikes, windows, secondsLeft, lost }) => {
  const random = randomOf(seed);
  const chain = chainOf(strikes, random);
  const signedVolume = new Float64Array(chain.instrumentId.length);
  let spotInt = 6_950e9;
  const steps = Array.from({ length: windows }, (_, i): Step => {
    spotInt += Math.round((random() - 0.5) * 24) * 0.25e9;
    const hasSpot = random() > 0.1;
    const futureInt = spotInt + Math.round((random() - 0.5) * 4) * 0.125e9;
    const window = {
      futureInt: hasSpot ? futureInt : 0,
      strikeRefInt: hasSpot ? Math.floor((spotInt + 2.5e9) / 5e9) * 5e9 : 0,
      spotRefInt: hasSpot ? spotInt : 0,
      windowEndNs: EXPIRATION_NS - BigInt(secondsLeft - i) * 1_000_000_000n,
    };
    signedVolume.forEach((_, row) => signedVolume[row]! += Math.round((random() - 0.5) * 20));
    const years = Math.max(60, secondsLeft - i) / 86_400 / 365;
    const quotes = quotesOf(chain, futureInt / 1e9, years, lost, random);
    return { quotes, window, signedVolume: signedVolume.slice() };
  });
  return { chain, steps };
});

function chainOf(strikes: number, random: () => number): Chain {
  const rows: { isCall: number; strikeInt: number; openInterest: number }[] = [];
  const first = 6_950e9 - Math.floor(strikes / 2) * 5e9;
  for (let i = 0; i < strikes; i++) {
    const strikeInt = first + i * 5e9 + (random() < 0.1 ? 2.5e9 : 0);
    for (const isCall of [1, 0]) {
      if (random() < 0.05) continue;
      const openInterest = random() < 0.2 ? 0 : Math.floor(random() * 3_000);
      rows.push({ isCall, strikeInt, openInterest });
    }
  }
  return {
    instrumentId: Float64Array.from(rows, (_, i) => 700_000 + i),
    isCall: Uint8Array.from(rows, ({ isCall }) => isCall),
    strikeInt: Float64Array.from(rows, ({ strikeInt }) => strikeInt),
    openInterest: Float64Array.from(rows, ({ openInterest }) => openInterest),
    expirationNs: EXPIRATION_NS,
    symbols: rows.map((_, i) => `option ${i}`),
  };
}

function quotesOf(
  chain: Chain,
  future: number,
  years: number,
  lost: number,
  random: () => number,
): OptionQuotes {
  const rows = chain.instrumentId.length;
  const quotes = {
    bidInt: new Float64Array(rows),
    askInt: new Float64Array(rows),
    isValid: new Uint8Array(rows),
  };
  for (let row = 0; row < rows; row++) {
    const strike = chain.strikeInt[row]! / 1e9;
    const iv = 0.16 + 0.3 * Math.abs(Math.log(strike / future)) + 0.01 * random();
    const { value } = optionValue(chain.isCall[row] === 1, future, strike, years, iv);
    const tick = value <= 5 ? 0.05 : 0.25;
    const width = random() < 0.1 ? 8 : 1;
    quotes.isValid[row] = random() < 0.95 ? 1 : 0;
    if (random() < lost) continue;
    quotes.bidInt[row] = Math.round((Math.floor(value / tick) - width + 1) * tick * 1e9);
    quotes.askInt[row] = Math.round((Math.ceil(value / tick) + width) * tick * 1e9);
    if (random() < 0.03) quotes.askInt[row] = quotes.bidInt[row]!;
  }
  return quotes;
}
