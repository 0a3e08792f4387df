import type { LostStretch } from "./page.ts";

/** Stretches remembered. */
const MAX_REMEMBERED = 100;

/** Stored values counted once each; of more than that the count only grows. */
const MAX_KEYS = 100_000;

/** What cannot be read any more: each stored value is counted and told of once. */
export class LostStretches {
  readonly #tell: (lost: LostStretch) => void;
  readonly #keys = new Set<string>();
  #newest: LostStretch[] = [];
  #count = 0;

  constructor(tell: (lost: LostStretch) => void) {
    this.#tell = tell;
  }

  /** Values that cannot be read. */
  get count(): number {
    return this.#count;
  }

  /** Their stretches, each once, the newest last. */
  get newest(): readonly LostStretch[] {
    return this.#newest;
  }

  /** Takes up a value by its key; one that is known already changes nothing. */
  add(key: Deno.KvKey, stretch: LostStretch): void {
    const name = JSON.stringify(key);
    if (this.#keys.has(name) || this.#keys.size >= MAX_KEYS) return;
    this.#keys.add(name);
    this.#count++;
    this.#tell(stretch);
    const { stream, from_ts } = stretch;
    if (this.#newest.some((known) => known.stream === stream && known.from_ts === from_ts)) return;
    this.#newest = [...this.#newest, stretch].slice(-MAX_REMEMBERED);
  }
}
