import { LogHistogram, type LogHistogramState } from "./log_histogram.ts";
import { Volatility, type VolatilityState } from "./volatility.ts";

/** Outcomes after which one counts half: 20 minutes of seconds. */
const HALF_LIFE_OUTCOMES = 1_200;
/** Outcomes that the half-normal beginning is worth: a minute of seconds. */
const PRIOR_OUTCOMES = 60;
/** Shares of the outcomes that the inner and the outer interval are to hold. */
const INNER_SHARE = 0.5;
const OUTER_SHARE = 0.8;

/** Copy of one horizon's memory. */
interface HorizonState {
  readonly histogram: LogHistogramState;
  /** Shape [origins waiting, 4], see {@link ConeHorizon}. */
  readonly ring: Float64Array;
  readonly head: number;
  readonly waiting: number;
  readonly half50: number;
  readonly half80: number;
  readonly scored: number;
  readonly held50: number;
  readonly held80: number;
}

/** Copy of a cone, fit for structured clone. */
export interface ConeState {
  readonly volatility: VolatilityState;
  readonly last: number;
  readonly horizons: readonly HorizonState[];
}

/** Fields of an origin that waits for its outcome: mid, deviation over the horizon, both half-widths. */
const FIELDS = 4;

/**
 * One horizon of a cone: the sizes of past moves in units of the deviation that was expected of them,
 * and what the intervals drawn from them came to hold.
 */
export class ConeHorizon {
  /** Samples ahead. */
  readonly samples: number;
  readonly #rootSamples: number;
  readonly #histogram = new LogHistogram(HALF_LIFE_OUTCOMES, PRIOR_OUTCOMES);
  /** Origins that wait, [samples, 4]. */
  readonly #ring: Float64Array;
  #head = 0;
  #waiting = 0;
  #half50 = NaN;
  #half80 = NaN;
  #scored = 0;
  #held50 = 0;
  #held80 = 0;

  /** @param samples Samples ahead, an integer ≥ 1. */
  constructor(samples: number) {
    this.samples = samples;
    this.#rootSamples = Math.sqrt(samples);
    this.#ring = new Float64Array(samples * FIELDS);
  }

  /** Half-width of the interval around the mid that is to hold half of the outcomes, ticks; NaN when none. */
  get half50(): number {
    return this.#half50;
  }

  /** The same for four of five outcomes. */
  get half80(): number {
    return this.#half80;
  }

  /** Intervals whose outcome is known. */
  get scored(): number {
    return this.#scored;
  }

  /** Of these, how many the inner interval held; an outcome on the edge is held. */
  get held50(): number {
    return this.#held50;
  }

  /** The same for the outer interval. */
  get held80(): number {
    return this.#held80;
  }

  /** Scores the interval whose outcome `mid` is, and learns of it. */
  mature(mid: number): void {
    if (this.#waiting < this.samples) return;
    const ring = this.#ring;
    const at = this.#head * FIELDS;
    const size = Math.abs(mid - ring[at]!);
    this.#scored++;
    if (size <= ring[at + 2]!) this.#held50++;
    if (size <= ring[at + 3]!) this.#held80++;
    this.#histogram.add(size / ring[at + 1]!);
  }

  /** Draws the interval around `mid`, and lets it wait for its outcome. */
  issue(mid: number, sigma: number): void {
    const deviation = sigma * this.#rootSamples;
    this.#half50 = this.#histogram.quantile(INNER_SHARE) * deviation;
    this.#half80 = this.#histogram.quantile(OUTER_SHARE) * deviation;
    const at = this.#head * FIELDS;
    this.#ring[at] = mid;
    this.#ring[at + 1] = deviation;
    this.#ring[at + 2] = this.#half50;
    this.#ring[at + 3] = this.#half80;
    this.#head = this.#head + 1 === this.samples ? 0 : this.#head + 1;
    this.#waiting = Math.min(this.samples, this.#waiting + 1);
  }

  /** Forgets the intervals that wait; no outcome lies across a hole. */
  drop(): void {
    this.#head = 0;
    this.#waiting = 0;
    this.#half50 = NaN;
    this.#half80 = NaN;
  }

  save(): HorizonState {
    return {
      histogram: this.#histogram.save(),
      ring: this.#ring.slice(),
      head: this.#head,
      waiting: this.#waiting,
      half50: this.#half50,
      half80: this.#half80,
      scored: this.#scored,
      held50: this.#held50,
      held80: this.#held80,
    };
  }

  restore(state: HorizonState): void {
    this.#histogram.restore(state.histogram);
    this.#ring.set(state.ring);
    this.#head = state.head;
    this.#waiting = state.waiting;
    this.#half50 = state.half50;
    this.#half80 = state.half80;
    this.#scored = state.scored;
    this.#held50 = state.held50;
    this.#held80 = state.held80;
  }
}

/**
 * Intervals around the mid that are to hold 50 and 80 % of where it will be, per horizon, and the share
 * that they did hold. It takes the mid once a second, never looks ahead, and allocates nothing per
 * sample.
 *
 * @see docs/methods/cone.md
 */
export class Cone {
  readonly horizons: readonly ConeHorizon[];
  readonly #volatility = new Volatility();
  /** The sample before; NaN after a hole. */
  #last = NaN;

  /** @param samples Horizons in samples, integers ≥ 1. */
  constructor(samples: readonly number[]) {
    this.horizons = samples.map((ahead) => new ConeHorizon(ahead));
  }

  /** Ticks per root of a sample's time; NaN before the first move. */
  get sigma(): number {
    return this.#volatility.sigma;
  }

  /** Takes the mid of the next sample, ticks. */
  add(mid: number): void {
    const { horizons } = this;
    for (let i = 0; i < horizons.length; i++) horizons[i]!.mature(mid);
    if (!Number.isNaN(this.#last)) this.#volatility.add(mid - this.#last);
    this.#last = mid;
    const sigma = this.#volatility.sigma;
    if (Number.isNaN(sigma)) return;
    for (let i = 0; i < horizons.length; i++) horizons[i]!.issue(mid, sigma);
  }

  /** Says that the market could not be seen since the last sample: no move and no outcome spans that. */
  break(): void {
    this.#last = NaN;
    for (let i = 0; i < this.horizons.length; i++) this.horizons[i]!.drop();
  }

  save(): ConeState {
    return {
      volatility: this.#volatility.save(),
      last: this.#last,
      horizons: this.horizons.map((horizon) => horizon.save()),
    };
  }

  restore(state: ConeState): void {
    this.#volatility.restore(state.volatility);
    this.#last = state.last;
    this.horizons.forEach((horizon, i) => horizon.restore(state.horizons[i]!));
  }
}
