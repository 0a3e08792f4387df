/** A producer with a larger share of bad cells in a tick is left out for a while. */
const MOST_BAD_SHARE = 0.05;
const DISABLED_TICKS = 20;
/** A field with a larger share of nodes at a bound for so many ticks is saturated. */
const MOST_CLAMPED_SHARE = 0.25;
const SATURATED_TICKS = 10;

/** State of a {@link FieldGuard}. */
export interface FieldGuardState {
  readonly until: ReadonlyMap<string, number>;
  readonly clampedTicks: number;
}

/** Leaves out producers that deliver rubbish, and tells when fields stick to their bounds. */
export class FieldGuard {
  readonly #nodes: number;
  /** First tick that a producer may speak again, by its id. */
  #until = new Map<string, number>();
  #clampedTicks = 0;

  /** @param N Nodes on either side of the spot. */
  constructor(N: number) {
    this.#nodes = 2 * N + 1;
  }

  /** Whether a field has been at its bounds on more than a quarter of the nodes for ten ticks. */
  get isSaturated(): boolean {
    return this.#clampedTicks >= SATURATED_TICKS;
  }

  /** Whether a producer may contribute at a tick. */
  allows(id: string, tick: number): boolean {
    return tick >= (this.#until.get(id) ?? -Infinity);
  }

  /** Producers left out at a tick, in the order of their first fault. */
  disabled(tick: number): readonly string[] {
    return [...this.#until.keys()].filter((id) => !this.allows(id, tick));
  }

  /** Takes the cells of a producer that were not finite at a tick. */
  take(id: string, tick: number, badCells: number): void {
    if (badCells > MOST_BAD_SHARE * this.#nodes) this.#until.set(id, tick + 1 + DISABLED_TICKS);
  }

  /** Takes the clamped cells of a composed tick. */
  close(clampedCells: number): void {
    const isClamped = clampedCells > MOST_CLAMPED_SHARE * this.#nodes;
    this.#clampedTicks = isClamped ? this.#clampedTicks + 1 : 0;
  }

  /** Whole state. */
  save(): FieldGuardState {
    return { until: new Map(this.#until), clampedTicks: this.#clampedTicks };
  }

  /** Goes on from a state. */
  restore({ until, clampedTicks }: FieldGuardState): void {
    this.#until = new Map(until);
    this.#clampedTicks = clampedTicks;
  }
}
