/** A place to continue from: a pipeline's whole state and the feed's position. */
export interface Checkpoint<S> {
  /** Exchange time up to which bins are closed, ns offset. */
  readonly atNs: number;
  /** Records consumed. */
  readonly position: number;
  readonly state: S;
}

/** Most checkpoints kept; at the bound every other one goes and the spacing doubles. */
const MAX_CHECKPOINTS = 48;

/** First spacing: one minute of exchange time. */
const FIRST_SPACING_NS = 60e9;

/** Checkpoints of a replay, ascending in time, bounded in number whatever the file's length. */
export class Checkpoints<S> {
  #entries: Checkpoint<S>[] = [];
  #spacingNs = FIRST_SPACING_NS;

  /** How many are kept. */
  get size(): number {
    return this.#entries.length;
  }

  /** The oldest one, when it lies at or before `atNs`. */
  first(atNs: number): Checkpoint<S> | null {
    const first = this.#entries[0];
    return first === undefined || first.atNs > atNs ? null : first;
  }

  /** Whether a checkpoint at `atNs` would be worth its memory. */
  wants(atNs: number): boolean {
    const last = this.#entries.at(-1);
    return last === undefined || atNs - last.atNs >= this.#spacingNs;
  }

  /** Keeps a checkpoint later than all others. */
  add(checkpoint: Checkpoint<S>): void {
    this.#entries.push(checkpoint);
    if (this.#entries.length <= MAX_CHECKPOINTS) return;
    this.#entries = this.#entries.filter((_entry, i) => i % 2 === 0);
    this.#spacingNs *= 2;
  }

  /** The newest checkpoint at or before `atNs`, or null. */
  before(atNs: number): Checkpoint<S> | null {
    return this.#entries.findLast((entry) => entry.atNs <= atNs) ?? null;
  }

  /** Forgets all. */
  clear(): void {
    this.#entries = [];
    this.#spacingNs = FIRST_SPACING_NS;
  }
}
