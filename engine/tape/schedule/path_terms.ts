import { exp, log } from "../../dmath/mod.ts";
import { extend, LOADING, strayInside, toNormal, UNIVERSE, writeBridge } from "../../regime/mod.ts";

const LN10 = 2.302585092994046;
const RAMP_BEFORE_S = 45;
const RAMP_END_BEFORE_S = 2;
/** A move that is to come needs this much time, or it would be a jump. */
const LEAST_RAMP_S = 12;
const IMPACT_S = 180;
const IMPACT_TIME_S = 60;
const IMPACT_SIGMA = 0.9;
/** Nothing is left of a move after this time or at the close, so that the next session goes on from it. */
const GONE_S = 7_200;
/**
 * By kind: deviation of the walk on the way as a share of the move (a
 * plain ramp would give itself away), duration of the quick part of the fade, and what is left after it.
 */
const SHAPE = {
  impulse: { noise: 0.95, fadeS: 120, left: 0.6 },
  impact: { noise: 0.7, fadeS: 600, left: 0.6 },
} as const;
/**
 * A shorter ramp than this (seconds) and a larger one (deviations of a minute) are straighter, or their
 * seconds would be the greatest of the session.
 */
const USUAL_STEPS = 36;
const MOST_WALKED_SIGMA = 4;
/** Share of a fund's move that reaches the shares in it, by their loading on the market. */
const REACH = 0.6;

/** A move that option flow adds to a price: an impulse before a parent or the impact after it. */
export interface Move {
  readonly kind: "impulse" | "impact";
  /** Seconds of the session. */
  readonly fromS: number;
  readonly peakS: number;
  readonly endS: number;
  /** Basis points of the base price at the peak. */
  readonly bps: number;
}

/** A move and the walk around its way to the peak. */
interface Term extends Move {
  /** Standard deviation of a second of the walk, basis points. */
  readonly stepBps: number;
  /** Hash state that the walk is drawn from. */
  readonly draws: number;
}

/** How far an impact has come after some seconds, of what it would in the end. */
function risen(seconds: number): number {
  return 1 - exp(-seconds / IMPACT_TIME_S);
}

/** Base-ten logarithm of a premium between $50k and $1m, as 0…1. */
function premiumStrength(premiumUsd: number): number {
  const share = (log(premiumUsd) / LN10 - 4.7) / 1.3;
  return share < 0 ? 0 : share > 1 ? 1 : share;
}

/** Sum of moves second by second, each written into it when it arrives. */
class MoveSum {
  readonly #sums: Float64Array;
  readonly #terms: Term[] = [];
  /** Second asked for last, deviation of the walks in it (basis points) and the state they stray by. */
  #walkedS = NaN;
  #walkedBps = 0;
  #walkedDraws = 0;
  lastPeakS = -Infinity;

  /** @param closeS Seconds from the open to the close. */
  constructor(closeS: number) {
    this.#sums = new Float64Array(closeS + 1);
  }

  get all(): readonly Move[] {
    return this.#terms;
  }

  add(term: Term): void {
    this.#terms.push(term);
    this.#walkedS = NaN;
    if (term.kind === "impulse" && term.peakS > this.lastPeakS) this.lastPeakS = term.peakS;
    this.#rise(term);
    this.#fade(term);
  }

  /** Sum at a whole second plus a fraction of one. */
  at(second: number, fraction: number): number {
    const sum = this.#sums[second] ?? 0;
    if (fraction === 0) return sum;
    if (this.#walkedS !== second) this.#findWalks(second);
    const line = sum + ((this.#sums[second + 1] ?? 0) - sum) * fraction;
    if (this.#walkedBps === 0) return line;
    return line + this.#walkedBps * strayInside(extend(this.#walkedDraws, second), fraction);
  }

  #rise({ kind, fromS, peakS, bps, stepBps, draws }: Term): void {
    const steps = peakS - fromS;
    const deviation = stepBps * Math.sqrt(steps);
    const straight = kind === "impulse";
    writeBridge(walk, 0, steps, draws, straight ? bps : 0, deviation, 0, toNormal);
    const share = straight ? 0 : bps / risen(steps);
    for (let k = 1; k < steps; k++) {
      const at = fromS + k;
      this.#sums[at] = (this.#sums[at] ?? 0) + (walk[k] ?? 0) + (straight ? 0 : share * risen(k));
    }
  }

  #fade({ kind, peakS, endS, bps }: Term): void {
    const { fadeS, left } = SHAPE[kind];
    const kneeS = Math.min(peakS + fadeS, Math.floor((peakS + endS) / 2));
    const knee = left * bps;
    for (let at = peakS; at < endS; at++) {
      const value = at < kneeS
        ? bps + (knee - bps) * (at - peakS) / (kneeS - peakS)
        : knee * (endS - at) / (endS - kneeS);
      this.#sums[at] = (this.#sums[at] ?? 0) + value;
    }
  }

  /** Walks of several moves at once stray together as one. */
  #findWalks(second: number): void {
    let variance = 0;
    for (let i = this.#terms.length - 1; i >= 0; i--) {
      const term = this.#terms[i];
      // Terms begin in order of their parents, but for the ramps before those.
      if (term === undefined || term.fromS < second - IMPACT_S - RAMP_BEFORE_S) break;
      if (term.fromS > second || second >= term.peakS) continue;
      if (variance === 0) this.#walkedDraws = term.draws;
      variance += term.stepBps * term.stepBps;
    }
    this.#walkedS = second;
    this.#walkedBps = Math.sqrt(variance);
  }
}

/** The walk that is being written. */
const walk = new Float64Array(IMPACT_S);

/** Basis points that a symbol moves with one of the market that flow in a fund causes. */
const FUND_REACH = UNIVERSE.map(({ etf }, symbol) => (LOADING[symbol] ?? 1) * (etf ? 1 : REACH));

/**
 * What labelled parents do to prices, in basis points of the base price. A parent that needs a move has it
 * come in over the 45 s before it and loses 40 percent of it over the next two minutes; a directional one
 * pushes the price for three minutes. What is left fades over two hours. Flow in a fund moves the market:
 * every fund by its loading and, in part, the shares.
 * Method: docs/methods/options-tape.md, "Coupling".
 */
export class PathTerms {
  readonly #closeS: number;
  readonly #own: readonly MoveSum[];
  /** Moves by way of the funds, basis points of the market. */
  readonly #market: MoveSum;

  /** @param closeS Seconds from the open to the close. */
  constructor(closeS: number) {
    this.#closeS = closeS;
    this.#own = UNIVERSE.map(() => new MoveSum(closeS));
    this.#market = new MoveSum(closeS);
  }

  /** First second at which a ramp into a parent at `second` may start; see {@link LEAST_RAMP_S}. */
  rampFrom(symbol: number, second: number): number {
    const last = this.#sumOf(symbol).lastPeakS + RAMP_END_BEFORE_S + 1;
    return Math.max(0, second - RAMP_BEFORE_S, last);
  }

  /** Whether a ramp into a parent at `second` has room. */
  hasRoom(symbol: number, second: number): boolean {
    return second - RAMP_END_BEFORE_S - this.rampFrom(symbol, second) >= LEAST_RAMP_S;
  }

  /**
   * Adds the move that has to be there when a parent at `second` starts.
   *
   * @param sigmaBps Standard deviation of one minute.
   * @param draws Hash state of the parent.
   */
  addImpulse(symbol: number, second: number, bps: number, sigmaBps: number, draws: number): void {
    const fromS = this.rampFrom(symbol, second);
    const peakS = second - RAMP_END_BEFORE_S;
    this.#add(symbol, { kind: "impulse", fromS, peakS, bps }, sigmaBps, extend(draws, 1));
  }

  /**
   * Adds the push of a directional parent.
   *
   * @param sigmaBps Standard deviation of one minute.
   * @param draws Hash state of the parent.
   */
  addImpact(
    symbol: number,
    second: number,
    direction: 1 | -1,
    sigmaBps: number,
    premiumUsd: number,
    draws: number,
  ): void {
    const bps = IMPACT_SIGMA * sigmaBps * direction * premiumStrength(premiumUsd);
    if (bps === 0) return;
    // One that begins shortly before the close has to be gone by it.
    const peakS = Math.min(second + IMPACT_S, Math.floor((second + this.#closeS) / 2));
    this.#add(symbol, { kind: "impact", fromS: second, peakS, bps }, sigmaBps, extend(draws, 2));
  }

  /** Basis points of the base price at a whole second of the session plus a fraction of one. */
  at(symbol: number, second: number, fraction = 0): number {
    const own = this.#own[symbol]?.at(second, fraction) ?? 0;
    return own + (FUND_REACH[symbol] ?? 0) * this.#market.at(second, fraction);
  }

  /** Moves of a symbol that the schedule has laid out so far, its own ones first. */
  movesOf(symbol: number): readonly Move[] {
    const reach = FUND_REACH[symbol] ?? 0;
    const shared = this.#market.all.map((move) => ({ ...move, bps: reach * move.bps }));
    return [...(this.#own[symbol]?.all ?? []), ...shared];
  }

  #add(symbol: number, move: Omit<Move, "endS">, sigmaBps: number, draws: number): void {
    const { kind, fromS, peakS } = move;
    const shape = SHAPE[kind];
    const unit = UNIVERSE[symbol]?.etf ? LOADING[symbol] ?? 1 : 1;
    const bps = move.bps / unit;
    const steps = peakS - fromS;
    const calmer = Math.min(1, Math.sqrt(steps / USUAL_STEPS));
    const size = Math.min(Math.abs(bps), MOST_WALKED_SIGMA * sigmaBps / unit);
    const endS = Math.min(peakS + GONE_S, this.#closeS);
    const stepBps = shape.noise * calmer * size / Math.sqrt(steps);
    this.#sumOf(symbol).add({ ...move, bps, endS, stepBps, draws });
  }

  #sumOf(symbol: number): MoveSum {
    return UNIVERSE[symbol]?.etf ? this.#market : this.#own[symbol] ?? this.#market;
  }
}
