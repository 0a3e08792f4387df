import { log } from "../../dmath/mod.ts";
import { extend, prefix, type RegimeId, tag, toUnit, UNIVERSE } from "../../regime/mod.ts";
import type { Load, UnderlyingPath } from "../market_tape_types.ts";
import { contextAt, type SecondContext, symbolActivity } from "./intensity.ts";
import { LOAD_FACTOR } from "../load.ts";
import { poisson } from "../poisson.ts";

/** A print's moment: when, which side takes, and the hash state that the rest of it is drawn from. */
export interface Moment {
  readonly ts: number;
  readonly symbol: number;
  /** +1 a buyer takes the ask, -1 a seller hits the bid. */
  readonly side: 1 | -1;
  readonly state: number;
}

const PRINT = tag("eqt");
/** No descendant comes later than this after the first of its family. */
const MEMORY_SECONDS = 30;
const RING = MEMORY_SECONDS + 2;
const DECAY_MS = 3_000;
const DEEPEST = 6;
/** Followers of a print on average, and where dealers push back. */
const FOLLOWERS = 0.30;
const CHOP_FOLLOWERS = 0.42;
/** Prints of a family on average, about: those of calm markets, as deep as they go. */
export const FAMILY_PRINTS = 1 / (1 - FOLLOWERS);
/** Mean number of prints in a burst beyond the first. */
const BURST_EXTRA = 1.5;

/** Share of moments that are bursts of prints within milliseconds. */
const BURST_SHARE: Readonly<Record<RegimeId, number>> = {
  trend_up: 0.09,
  trend_down: 0.09,
  mean_revert: 0.055,
  retail_chase: 0.15,
  event_ramp: 0.135,
  dealer_gamma: 0.21,
  arb_calm: 0.025,
};

/** Probability that the taker is on the side of the drift. */
function buyShare(path: UnderlyingPath, at: SecondContext, symbol: number): number {
  switch (at.regime) {
    case "trend_up":
      return 0.58;
    case "trend_down":
      return 0.42;
    case "retail_chase":
      return at.focus.includes(symbol) ? 0.62 : 0.5;
    case "event_ramp":
      return 0.5 + 0.1 * path.market.eventDir(symbol);
    case "dealer_gamma": {
      const earlier = Math.max(path.market.session.openTs, at.tsMs - 20_000);
      return path.mid(symbol, at.tsMs) >= path.mid(symbol, earlier) ? 0.6 : 0.4;
    }
    default:
      return 0.5;
  }
}

/**
 * Moments of the background prints: a Hawkes process by its families. First ones come at the symbol's
 * rate; each print has a Poisson number of followers after exponential times of mean 3 s; some come as a
 * burst. A second depends on the families that began in the 30 s before it, and on nothing else.
 */
export class Arrivals {
  readonly #path: UnderlyingPath;
  readonly #load: Load;
  readonly #ring: Moment[][] = Array.from({ length: RING }, () => []);
  #last = -Infinity;

  constructor(path: UnderlyingPath, load: Load) {
    this.#path = path;
    this.#load = load;
  }

  /** Moments of all symbols in one second, in no order that matters. */
  second(at: SecondContext): readonly Moment[] {
    const { second } = at;
    if (second !== this.#last + 1) {
      for (const bin of this.#ring) bin.length = 0;
      for (let s = Math.max(0, second - MEMORY_SECONDS); s < second; s++) {
        const tsMs = at.tsMs - (second - s) * 1_000;
        this.#begin(contextAt(this.#path, tsMs, this.#load));
      }
    }
    this.#begin(at);
    this.#last = second;
    return this.#ring[second % RING] ?? [];
  }

  /** Starts the families of a second. */
  #begin(at: SecondContext): void {
    const old = this.#ring[(at.second + RING - 1) % RING];
    if (old !== undefined) old.length = 0;
    const load = LOAD_FACTOR[at.load];
    const thinning = 1 / (1 + BURST_EXTRA * BURST_SHARE[at.regime]);
    for (let symbol = 0; symbol < UNIVERSE.length; symbol++) {
      const state = prefix(at.seed, PRINT, at.sessionId, symbol, at.second);
      const mean = (at.restRate[symbol] ?? 0) * symbolActivity(at, symbol) * load * thinning;
      const count = poisson(mean, toUnit(extend(state, 0)));
      if (count === 0) continue;
      const buy = buyShare(this.#path, at, symbol);
      const stop = at.tsMs + MEMORY_SECONDS * 1_000;
      for (let i = 0; i < count; i++) {
        const own = extend(state, 1 + i);
        const ts = at.tsMs + Math.floor(1_000 * toUnit(extend(own, 0)));
        const side = toUnit(extend(own, 1)) < buy ? 1 : -1;
        this.#family(at, { ts, symbol, side, state: own }, stop, DEEPEST);
      }
    }
  }

  #family(at: SecondContext, first: Moment, stop: number, depth: number): void {
    this.#burst(at, first);
    if (depth === 0) return;
    const chop = at.regime === "dealer_gamma";
    const followers = poisson(chop ? CHOP_FOLLOWERS : FOLLOWERS, toUnit(extend(first.state, 2)));
    for (let i = 0; i < followers; i++) {
      const own = extend(first.state, 100 + i);
      const ts = first.ts - Math.floor(DECAY_MS * log(1 - toUnit(extend(own, 0))));
      if (ts >= stop) continue;
      // Sides persist a little, and turn where dealers push back.
      const keeps = toUnit(extend(own, 1)) < (chop ? 0.4 : 0.65);
      const side = keeps === (first.side === 1) ? 1 : -1;
      this.#family(at, { ts, symbol: first.symbol, side, state: own }, stop, depth - 1);
    }
  }

  #burst(at: SecondContext, first: Moment): void {
    this.#put(at, first);
    if (toUnit(extend(first.state, 3)) >= BURST_SHARE[at.regime]) return;
    const extra = 1 + Math.floor(2 * toUnit(extend(first.state, 4)));
    let { ts } = first;
    for (let i = 0; i < extra; i++) {
      const own = extend(first.state, 50 + i);
      ts += 1 + Math.floor(20 * toUnit(extend(own, 0)));
      this.#put(at, { ...first, ts, state: own });
    }
  }

  #put(at: SecondContext, moment: Moment): void {
    const ahead = Math.floor((moment.ts - at.tsMs) / 1_000);
    if (ahead > MEMORY_SECONDS || moment.ts >= this.#path.market.session.closeTs) return;
    this.#ring[(at.second + ahead) % RING]?.push(moment);
  }
}
