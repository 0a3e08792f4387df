/** Least time between two equal warnings, ms. */
const REPEAT_AFTER_MS = 10_000;

/** Most different warnings remembered; at the bound all are forgotten. */
const MAX_KINDS = 64;

interface Seen {
  atMs: number;
  held: number;
}

/**
 * Lets a warning through at most once in ten seconds, so that a broken feed cannot flood the log.
 * Warnings that differ in their figures alone are equal.
 */
export class WarningGate {
  readonly #seen = new Map<string, Seen>();

  /**
   * @param nowMs Monotonic ms.
   * @returns How many equal warnings were held back since the last one, or null to hold this one back.
   */
  pass(message: string, nowMs: number): number | null {
    const kind = message.replaceAll(/\d+/g, "0");
    const seen = this.#seen.get(kind);
    if (seen !== undefined && nowMs - seen.atMs < REPEAT_AFTER_MS) {
      seen.held++;
      return null;
    }
    if (this.#seen.size >= MAX_KINDS) this.#seen.clear();
    this.#seen.set(kind, { atMs: nowMs, held: 0 });
    return seen?.held ?? 0;
  }
}
