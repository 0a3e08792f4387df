import { exp, log } from "../../dmath/mod.ts";

const LN10 = 2.302585092994046;
const RAMP_BEFORE_S = 45;
const RAMP_END_BEFORE_S = 2;
/** A move that is to come needs this much time, or it would be a jump. */
const LEAST_RAMP_S = 12;
const DECAY_S = 120;
const DECAYING_SHARE = 0.4;
const IMPACT_S = 180;
const IMPACT_TIME_S = 60;
const IMPACT_SIGMA = 0.9;
const IMPACT_FADE_S = 300;
const IMPACT_END_S = 1_800;
const IMPACT_RISE = 1 - exp(-IMPACT_S / IMPACT_TIME_S);
const FADE_REST = exp(-(IMPACT_END_S - IMPACT_S) / IMPACT_FADE_S);

/** A move that option flow adds to one symbol: an impulse before a parent or the impact after it. */
export interface Move {
  readonly kind: "impulse" | "impact";
  /** Seconds of the session. */
  readonly fromS: number;
  readonly peakS: number;
  readonly endS: number;
  /** Basis points of the base price at the peak. */
  readonly bps: number;
}

function valueAt(term: Move, second: number): number {
  const { fromS, peakS, endS, bps } = term;
  if (second <= fromS) return 0;
  if (term.kind === "impulse") {
    if (second < peakS) return bps * (second - fromS) / (peakS - fromS);
    const decayed = second >= endS ? 1 : (second - peakS) / (endS - peakS);
    return bps * (1 - DECAYING_SHARE * decayed);
  }
  if (second < peakS) return bps * (1 - exp(-(second - fromS) / IMPACT_TIME_S)) / IMPACT_RISE;
  if (second >= endS) return bps * 0.5;
  const rest = (exp(-(second - peakS) / IMPACT_FADE_S) - FADE_REST) / (1 - FADE_REST);
  return bps * (0.5 + 0.5 * rest);
}

/** Base-ten logarithm of a premium between $50k and $1m, as 0…1. */
function premiumStrength(premiumUsd: number): number {
  const share = (log(premiumUsd) / LN10 - 4.7) / 1.3;
  return share < 0 ? 0 : share > 1 ? 1 : share;
}

/** Move of one symbol as a sum of terms, with the finished ones at the front added up once. */
class SymbolTerms {
  readonly #terms: Move[] = [];
  readonly #settled: number[] = [0];
  #front = 0;
  #frontS = -Infinity;
  lastPeakS = -Infinity;

  add(term: Move): void {
    this.#terms.push(term);
    const before = this.#settled[this.#settled.length - 1] ?? 0;
    this.#settled.push(before + valueAt(term, term.endS));
    if (term.kind === "impulse" && term.peakS > this.lastPeakS) this.lastPeakS = term.peakS;
  }

  get all(): readonly Move[] {
    return this.#terms;
  }

  /** Sum in order of arrival; where the settled front ends depends on `second` alone. */
  at(second: number): number {
    const terms = this.#terms;
    // Found again from where it was: seconds are mostly asked for in order.
    let low = second >= this.#frontS ? this.#front : 0;
    while (low < terms.length && (terms[low]?.endS ?? 0) <= second) low++;
    this.#front = low;
    this.#frontS = second;
    let sum = this.#settled[low] ?? 0;
    for (let i = low; i < terms.length; i++) {
      const term = terms[i];
      if (term !== undefined && term.fromS < second) sum += valueAt(term, second);
    }
    return sum;
  }
}

/**
 * What labelled parents do to their underlyings, in basis points of the base price. A parent that needs a
 * move has it ramped in over the 45 s before it and loses 40 percent of it over the next two minutes; a
 * directional one pushes the price for three minutes, half of it for good.
 * Method: docs/methods/options-tape.md, "Coupling".
 */
export class PathTerms {
  readonly #symbols: SymbolTerms[] = [];

  /** First second at which a ramp into a parent at `second` may start; see {@link LEAST_RAMP_S}. */
  rampFrom(symbol: number, second: number): number {
    const last = this.#of(symbol).lastPeakS + RAMP_END_BEFORE_S + 1;
    return Math.max(0, second - RAMP_BEFORE_S, last);
  }

  /** Whether a ramp into a parent at `second` has room. */
  hasRoom(symbol: number, second: number): boolean {
    return second - RAMP_END_BEFORE_S - this.rampFrom(symbol, second) >= LEAST_RAMP_S;
  }

  /** Adds the move that has to be there when a parent at `second` starts. */
  addImpulse(symbol: number, second: number, bps: number): void {
    const peakS = second - RAMP_END_BEFORE_S;
    this.#of(symbol).add({
      kind: "impulse",
      fromS: this.rampFrom(symbol, second),
      peakS,
      endS: peakS + RAMP_END_BEFORE_S + DECAY_S,
      bps,
    });
  }

  /** Adds the push of a directional parent; `sigmaBps`: standard deviation of one minute. */
  addImpact(
    symbol: number,
    second: number,
    direction: 1 | -1,
    sigmaBps: number,
    premiumUsd: number,
  ): void {
    const bps = IMPACT_SIGMA * sigmaBps * direction * premiumStrength(premiumUsd);
    if (bps === 0) return;
    this.#of(symbol).add({
      kind: "impact",
      fromS: second,
      peakS: second + IMPACT_S,
      endS: second + IMPACT_END_S,
      bps,
    });
  }

  /** Basis points of the base price at a whole second of the session. */
  at(symbol: number, second: number): number {
    return this.#symbols[symbol]?.at(second) ?? 0;
  }

  /** Moves of a symbol that the schedule has laid out so far, in order of arrival. */
  movesOf(symbol: number): readonly Move[] {
    return this.#symbols[symbol]?.all ?? [];
  }

  #of(symbol: number): SymbolTerms {
    let terms = this.#symbols[symbol];
    if (terms === undefined) {
      terms = new SymbolTerms();
      this.#symbols[symbol] = terms;
    }
    return terms;
  }
}
