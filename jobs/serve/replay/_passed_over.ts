import type { LostStretch } from "../../../modules/tape/mod.ts";

/** What a replay could not read: its reads run ahead, its clock comes to the stretch later. */
export class PassedOver {
  readonly #known = new Map<string, LostStretch>();
  #reachedTs: number;

  /** @param startTs Where the clock begins, epoch ms. */
  constructor(startTs: number) {
    this.#reachedTs = startTs;
  }

  /** Every stretch, as it was found. */
  get all(): readonly LostStretch[] {
    return [...this.#known.values()];
  }

  /** Takes up what a read passed over; a stretch that is known changes nothing. */
  add(lost: readonly LostStretch[]): void {
    for (const stretch of lost) this.#known.set(`${stretch.stream} ${stretch.from_ts}`, stretch);
  }

  /** The clock has come to `ts`. @returns Stretches that began since the last time, in order of time. */
  reach(ts: number): readonly LostStretch[] {
    const from = this.#reachedTs;
    this.#reachedTs = Math.max(from, ts);
    return this.all
      .filter(({ from_ts }) => from_ts >= from && from_ts < ts)
      .sort((a, b) => a.from_ts - b.from_ts);
  }

  /** The clock has jumped to `ts`. */
  jump(ts: number): void {
    this.#reachedTs = ts;
  }
}
