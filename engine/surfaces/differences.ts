/** Copy of the last differences, fit for structured clone. */
export interface DifferencesState {
  readonly spotTick: number;
  readonly values: readonly Float64Array[];
}

/**
 * First to third differences, from one window to the next, of a value at every tick of a moving band.
 * They belong to the absolute tick and not to its distance from the spot. A tick that was not in the
 * band one window before starts at 0; so does every tick after a window without a spot.
 */
export class Differences {
  readonly d1: Float64Array;
  readonly d2: Float64Array;
  readonly d3: Float64Array;
  readonly #slots: number;
  readonly #last: Float64Array;
  readonly #d1Before: Float64Array;
  readonly #d2Before: Float64Array;
  #spotTick = 0;

  /** @param slots Slots of the band. */
  constructor(slots: number) {
    this.#slots = slots;
    this.d1 = new Float64Array(slots);
    this.d2 = new Float64Array(slots);
    this.d3 = new Float64Array(slots);
    this.#last = new Float64Array(slots);
    this.#d1Before = new Float64Array(slots);
    this.#d2Before = new Float64Array(slots);
  }

  /**
   * Takes the values of the next window; the differences then stand in {@link d1}, {@link d2}, {@link d3}.
   *
   * @param spotTick Middle of the band, absolute ticks; 0 when the window has no spot.
   * @param values Shape [slots].
   */
  take(spotTick: number, values: Float64Array): void {
    const { d1, d2, d3 } = this;
    if (spotTick === 0 || this.#spotTick === 0) this.#startAnew(spotTick, values);
    else {
      const moved = spotTick - this.#spotTick;
      const d1Before = this.#d1Before;
      const d2Before = this.#d2Before;
      d1Before.set(d1);
      d2Before.set(d2);
      for (let slot = 0; slot < this.#slots; slot++) {
        const then = slot + moved;
        const isNew = then < 0 || then >= this.#slots;
        d1[slot] = isNew ? 0 : values[slot]! - this.#last[then]!;
        d2[slot] = isNew ? 0 : d1[slot]! - d1Before[then]!;
        d3[slot] = isNew ? 0 : d2[slot]! - d2Before[then]!;
      }
      this.#last.set(values);
      this.#spotTick = spotTick;
    }
  }

  save(): DifferencesState {
    return {
      spotTick: this.#spotTick,
      values: [this.#last, this.d1, this.d2, this.d3].map((values) => values.slice()),
    };
  }

  /** Puts a copy of a band of as many slots back. */
  restore(state: DifferencesState): void {
    this.#spotTick = state.spotTick;
    [this.#last, this.d1, this.d2, this.d3].forEach((values, i) => values.set(state.values[i]!));
  }

  #startAnew(spotTick: number, values: Float64Array): void {
    this.#spotTick = spotTick;
    this.#last.set(values);
    this.d1.fill(0);
    this.d2.fill(0);
    this.d3.fill(0);
  }
}
