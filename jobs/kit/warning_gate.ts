/** Least time between two equal warnings, ms. */
const REPEAT_AFTER_MS = 10_000;

/** Most kinds of warnings remembered; at the bound all are forgotten. */
const MAX_KINDS = 1_024;

interface Seen {
  atMs: number;
  held: number;
}

/** Lets a kind of warning through at most once in a while, so that nobody can flood the log. */
export class WarningGate {
  readonly #repeatAfterMs: number;
  readonly #seen = new Map<string, Seen>();

  /** @param repeatAfterMs Least time between two equal warnings, ms. */
  constructor(repeatAfterMs: number = REPEAT_AFTER_MS) {
    this.#repeatAfterMs = repeatAfterMs;
  }

  /**
   * Lets a warning through by its text; warnings that differ in their figures alone are equal.
   *
   * @param nowMs Monotonic ms.
   * @returns How many equal warnings were held back since the last one, or null to hold this one back.
   */
  pass(message: string, nowMs: number): number | null {
    return this.passKind(message.replaceAll(/\d+/g, "0"), nowMs);
  }

  /** Like {@link WarningGate.pass}, with the kind named. */
  passKind(kind: string, nowMs: number): number | null {
    const seen = this.#seen.get(kind);
    if (seen !== undefined && nowMs - seen.atMs < this.#repeatAfterMs) {
      seen.held++;
      return null;
    }
    if (this.#seen.size >= MAX_KINDS) this.#seen.clear();
    this.#seen.set(kind, { atMs: nowMs, held: 0 });
    return seen?.held ?? 0;
  }
}
