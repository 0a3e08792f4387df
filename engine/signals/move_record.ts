/** Outcomes after which one counts half in the frequency of no change: 3,000, five minutes at 100 ms. */
const HALF_LIFE_OUTCOMES = 3_000;
const KEEP = 2 ** (-1 / HALF_LIFE_OUTCOMES);
/** Outcomes that the beginning is worth: one of each kind. */
const PRIOR_OUTCOMES = 2;

/** Copy of a record, fit for structured clone. */
export interface MoveRecordState {
  /** Shape [bins ahead, 2]: mid and call of each origin that waits. */
  readonly ring: Float64Array;
  readonly head: number;
  readonly waiting: number;
  readonly sameSum: number;
  readonly weight: number;
  readonly outcomes: number;
  readonly called: number;
  readonly hits: number;
  readonly ups: number;
}

/**
 * What became of the mid some bins later: how often it did not change, and how often it went where the
 * lean had pointed. Every bin is an origin; an origin counts when its outcome is known.
 *
 * @see docs/methods/cone.md, "Below a second".
 */
export class MoveRecord {
  readonly #bins: number;
  /** Mid and call of the origins that wait, [bins, 2]. */
  readonly #ring: Float64Array;
  #head = 0;
  #waiting = 0;
  #sameSum = 0;
  #weight = 0;
  #outcomes = 0;
  #called = 0;
  #hits = 0;
  #ups = 0;

  /** @param bins Bins ahead, an integer ≥ 1. */
  constructor(bins: number) {
    this.#bins = bins;
    this.#ring = new Float64Array(2 * bins);
  }

  /**
   * Probability that the mid is the same then as now: its frequency so far, the newest outcomes
   * counting most, begun with one outcome of each kind. 0.5 before the first.
   */
  get same(): number {
    return (this.#sameSum + 1) / (this.#weight + PRIOR_OUTCOMES);
  }

  /** Outcomes known. */
  get outcomes(): number {
    return this.#outcomes;
  }

  /** Outcomes in which the mid had moved and the lean had pointed somewhere. */
  get called(): number {
    return this.#called;
  }

  /** Of these, how often it went there. */
  get hits(): number {
    return this.#hits;
  }

  /** Of these, how often it went up. */
  get ups(): number {
    return this.#ups;
  }

  /**
   * Takes the next bin.
   *
   * @param mid Ticks.
   * @param call Where the lean points: 1 up, −1 down, 0 nowhere.
   */
  add(mid: number, call: number): void {
    const ring = this.#ring;
    const at = 2 * this.#head;
    if (this.#waiting === this.#bins) this.#mature(mid - ring[at]!, ring[at + 1]!);
    else this.#waiting++;
    ring[at] = mid;
    ring[at + 1] = call;
    this.#head = this.#head + 1 === this.#bins ? 0 : this.#head + 1;
  }

  /** Forgets the origins that wait; no outcome lies across a hole. */
  drop(): void {
    this.#head = 0;
    this.#waiting = 0;
  }

  save(): MoveRecordState {
    return {
      ring: this.#ring.slice(),
      head: this.#head,
      waiting: this.#waiting,
      sameSum: this.#sameSum,
      weight: this.#weight,
      outcomes: this.#outcomes,
      called: this.#called,
      hits: this.#hits,
      ups: this.#ups,
    };
  }

  restore(state: MoveRecordState): void {
    this.#ring.set(state.ring);
    this.#head = state.head;
    this.#waiting = state.waiting;
    this.#sameSum = state.sameSum;
    this.#weight = state.weight;
    this.#outcomes = state.outcomes;
    this.#called = state.called;
    this.#hits = state.hits;
    this.#ups = state.ups;
  }

  #mature(move: number, call: number): void {
    this.#sameSum = KEEP * this.#sameSum + (move === 0 ? 1 : 0);
    this.#weight = KEEP * this.#weight + 1;
    this.#outcomes++;
    if (move === 0 || call === 0) return;
    this.#called++;
    if (move > 0) this.#ups++;
    if (move > 0 === call > 0) this.#hits++;
  }
}
