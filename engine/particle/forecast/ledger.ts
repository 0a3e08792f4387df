import { WEIGHTS } from "../config.ts";
import type { Lesson } from "../learner/mod.ts";

/** Forecasts of the blend: physics, autoregression, order flow. */
export const FEATURES = 3;

/** One horizon's forecast of one origin. Only `act` and `err` change after it is stored. */
export interface Entry extends Lesson {
  /** Tick that it was made at. */
  origin: number;
  h: number;
  /** Shape [7]. */
  readonly J: Float64Array;
  /** Shape [7], shared by the origin's horizons. */
  readonly theta: Float64Array;
  /** Shape [3], what the blend weighs, ticks: the physics first. */
  readonly z: Float64Array;
  /** Published forecast, ticks. */
  y: number;
  /** Published band, ticks. */
  low: number;
  high: number;
  /** Pace of the volatility at the origin. */
  pace: number;
  /** What came, ticks from the origin's spot; NaN before. */
  act: number;
  /** What came minus the physics' forecast, ticks; NaN before. */
  err: number;
}

interface Origin {
  tick: number;
  spot: number;
  /** Horizons without an outcome; 0 when the place is free. */
  open: number;
  readonly entries: readonly Entry[];
}

/** State of a {@link Ledger}. */
export interface LedgerState {
  readonly origins: readonly Origin[];
  readonly last: Origin;
  readonly expired: number;
}

const NO_TICK = -1;

/**
 * The forecasts whose targets have not come, by origin and target tick: H origins at most, whatever
 * the feed does. An origin that lacks an outcome at its last target expires.
 */
export class Ledger {
  /** Outcomes of the last {@link resolve}, by origin then horizon; the first {@link count} count. */
  readonly resolved: Entry[] = [];
  /** Outcomes of the last {@link resolve}. */
  count = 0;
  /** Origins that went without all their outcomes. */
  expired = 0;
  readonly #H: number;
  readonly #origins: readonly Origin[];
  #last: Origin;

  /** @param H Horizons. */
  constructor(H: number) {
    this.#H = H;
    this.#origins = Array.from({ length: H + 1 }, () => emptyOrigin(H));
    this.#last = emptyOrigin(H);
  }

  /** Forecasts and outcomes of the last origin whose outcomes all came; null before the first. */
  get lastResolved(): readonly Entry[] | null {
    return this.#last.tick === NO_TICK ? null : this.#last.entries;
  }

  /** Origins that wait for outcomes, at most H after {@link resolve}. */
  get openOrigins(): number {
    return this.#origins.reduce((sum, { open }) => sum + (open > 0 ? 1 : 0), 0);
  }

  /** Scores the forecasts whose target is this tick. @param spot Ticks. */
  resolve(tick: number, spot: number): void {
    this.count = 0;
    for (let h = this.#H; h >= 1; h--) {
      const origin = this.#place(tick - h);
      const entry = origin.entries[h - 1];
      if (origin.open === 0 || origin.tick !== tick - h || entry === undefined) continue;
      entry.act = spot - origin.spot;
      entry.err = entry.act - entry.z[0]!;
      this.resolved[this.count++] = entry;
      origin.open--;
      if (origin.open === 0) copyOrigin(origin, this.#last);
    }
    for (const origin of this.#origins) {
      if (origin.open === 0 || origin.tick + this.#H > tick) continue;
      origin.open = 0;
      this.expired++;
    }
  }

  /** Opens an origin. @returns Its entries, by horizon, for the caller to fill before the next tick. */
  open(tick: number, spot: number, theta: Float64Array, pace: number): readonly Entry[] {
    const origin = this.#place(tick);
    origin.tick = tick;
    origin.spot = spot;
    origin.open = this.#H;
    for (const entry of origin.entries) {
      entry.origin = tick;
      entry.theta.set(theta);
      entry.pace = pace;
      entry.act = entry.err = NaN;
    }
    return origin.entries;
  }

  #place(tick: number): Origin {
    const size = this.#H + 1;
    return this.#origins[((tick % size) + size) % size]!;
  }

  /** Whole state. */
  save(): LedgerState {
    const { expired } = this;
    return structuredClone({ origins: this.#origins, last: this.#last, expired });
  }

  /** Goes on from a state of a ledger with the same horizons. */
  restore({ origins, last, expired }: LedgerState): void {
    this.count = 0;
    this.expired = expired;
    this.#origins.forEach((origin, i) => copyOrigin(origins[i]!, origin));
    copyOrigin(last, this.#last);
  }
}

function emptyOrigin(H: number): Origin {
  const theta = new Float64Array(WEIGHTS);
  const entries = Array.from({ length: H }, (_, i): Entry => ({
    origin: NO_TICK,
    h: i + 1,
    J: new Float64Array(WEIGHTS),
    theta,
    z: new Float64Array(FEATURES),
    y: 0,
    low: 0,
    high: 0,
    pace: 1,
    act: NaN,
    err: NaN,
  }));
  return { tick: NO_TICK, spot: 0, open: 0, entries };
}

function copyOrigin(from: Origin, to: Origin): void {
  to.tick = from.tick;
  to.spot = from.spot;
  to.open = from.open;
  to.entries.forEach((entry, i) => {
    const { J, theta, z, ...plain } = from.entries[i]!;
    entry.J.set(J);
    entry.theta.set(theta);
    entry.z.set(z);
    Object.assign(entry, plain);
  });
}
