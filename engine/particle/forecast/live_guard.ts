/** Ticks in which clips are counted. */
const WATCHED_TICKS = 10;
/** More clipped sub-steps than these in that time are too many. */
const MOST_CLIPS = 2;
/** Ticks without a clip after which forecasts are trusted again. */
const CLEAN_TICKS = 20;
/** A published forecast is held at these standard deviations and a tick. */
const MOST_DEVIATIONS = 6;

/** State of a {@link LiveGuard}. */
export interface LiveGuardState {
  readonly clips: Float64Array;
  readonly at: number;
  readonly clean: number;
  readonly isUnstable: boolean;
}

/** Keeps what a live lab publishes sane: silence while the medium is unstable, and a bound. */
export class LiveGuard {
  /** Whether the forecast of a random walk is published, as the integrator clips too often. */
  isUnstable = false;
  /** Forecasts held since the last {@link take}. */
  held = 0;
  /** Clipped sub-steps of the last ticks, a ring. */
  readonly #clips = new Float64Array(WATCHED_TICKS);
  #at = 0;
  #clean = 0;

  /** Takes the clipped sub-steps of a tick. */
  take(clips: number): void {
    this.held = 0;
    this.#clips[this.#at] = clips;
    this.#at = (this.#at + 1) % WATCHED_TICKS;
    this.#clean = clips === 0 ? this.#clean + 1 : 0;
    let sum = 0;
    for (let i = 0; i < WATCHED_TICKS; i++) sum += this.#clips[i]!;
    if (sum > MOST_CLIPS) this.isUnstable = true;
    else if (this.#clean >= CLEAN_TICKS) this.isUnstable = false;
  }

  /**
   * Returns a forecast fit to publish, ticks.
   *
   * @param h Horizon, 1..H.
   * @param y Forecast of the blend, ticks.
   * @param variance Mean square of a move of late, ticks^2.
   */
  hold(h: number, y: number, variance: number): number {
    if (this.isUnstable) return 0;
    const bound = MOST_DEVIATIONS * Math.sqrt(variance * h) + 1;
    if (Math.abs(y) <= bound) return y;
    this.held++;
    return y > 0 ? bound : -bound;
  }

  /** Whole state. */
  save(): LiveGuardState {
    const [clips, at, clean] = [this.#clips.slice(), this.#at, this.#clean];
    return { clips, at, clean, isUnstable: this.isUnstable };
  }

  /** Goes on from a state. */
  restore({ clips, at, clean, isUnstable }: LiveGuardState): void {
    this.#clips.set(clips);
    this.#at = at;
    this.#clean = clean;
    this.isUnstable = isUnstable;
  }
}
