import type { DayOption } from "./day_options.ts";
import type { OpenInterestSource } from "./open_interest.ts";

/** The day's options on one future: columns of one length, by ascending instrument id. */
export interface DayChain {
  readonly instrumentId: Float64Array;
  /** 1 call, 0 put. */
  readonly isCall: Uint8Array;
  /** 1e-9 points. */
  readonly strikeInt: Float64Array;
  /** Contracts; 0 also where none is known. */
  readonly openInterest: Float64Array;
  /** UTC ns at which all of them expire. */
  readonly expirationNs: bigint;
  readonly symbols: readonly string[];
}

/** A chain, and what the day has besides. */
export interface ChainFound {
  readonly chain: DayChain;
  /** Options of the day on the same future that end trading at another time, which are left out. */
  readonly otherExpirations: number;
  /** Options of the chain whose open interest no record tells. */
  readonly withoutOpenInterest: number;
}

/**
 * The options on one future that end trading together: at the time that most of the day's have, the
 * earlier one of two.
 *
 * @param options By ascending instrument id.
 * @returns null when there is none on that future.
 */
export function dayChain(
  options: readonly DayOption[],
  underlying: string,
  openInterest: OpenInterestSource,
): ChainFound | null {
  const own = options.filter((option) => option.underlying === underlying);
  const expirationNs = commonExpiration(own);
  if (expirationNs === null) return null;
  const chain = own.filter((option) => option.expirationNs === expirationNs);
  const known = chain.map(({ instrumentId }) => openInterest.of(instrumentId));
  return {
    chain: {
      instrumentId: Float64Array.from(chain, ({ instrumentId }) => instrumentId),
      isCall: Uint8Array.from(chain, ({ isCall }) => Number(isCall)),
      strikeInt: Float64Array.from(chain, ({ strikeInt }) => strikeInt),
      openInterest: Float64Array.from(known, (contracts) => contracts ?? 0),
      expirationNs,
      symbols: chain.map(({ symbol }) => symbol),
    },
    otherExpirations: own.length - chain.length,
    withoutOpenInterest: known.filter((contracts) => contracts === null).length,
  };
}

function commonExpiration(options: readonly DayOption[]): bigint | null {
  const counts = new Map<bigint, number>();
  for (const { expirationNs } of options) {
    counts.set(expirationNs, (counts.get(expirationNs) ?? 0) + 1);
  }
  let best: bigint | null = null;
  for (const [expirationNs, count] of counts) {
    const most = best === null ? 0 : counts.get(best)!;
    if (best === null || count > most || (count === most && expirationNs < best)) {
      best = expirationNs;
    }
  }
  return best;
}
