import { PROFILE_IDS, type ProfileId } from "../../regime/mod.ts";

/** Which profiles the last minutes of the schedule covered. */
export interface SyntheticCoverageState {
  readonly profile_hit_counts: Readonly<Record<ProfileId, number>>;
  /** Epoch ms, null when never. */
  readonly last_hit_ts: Readonly<Record<ProfileId, number | null>>;
}

/**
 * Fold of the schedule's own predictions: a parent counts for its profile when the classifier is
 * predicted to say so. Keeps the hits of the longest window only.
 */
export class CoverageLedger {
  readonly #times: Record<ProfileId, number[]> = {
    institutional_directional: [],
    retail_whale: [],
    event_driven: [],
    vol_seller: [],
    arbitrage: [],
    hedge_reactive: [],
  };

  /** Counts a hit; times come in ascending order. */
  add(profile: ProfileId, tsMs: number): void {
    this.#times[profile].push(tsMs);
  }

  /** Hits with `tsMs − window < ts ≤ tsMs`. */
  stateAt(tsMs: number, windowMinutes: number): SyntheticCoverageState {
    const from = tsMs - windowMinutes * 60_000;
    const counts: Partial<Record<ProfileId, number>> = {};
    const last: Partial<Record<ProfileId, number | null>> = {};
    for (const profile of PROFILE_IDS) {
      const times = this.#times[profile];
      let end = times.length;
      while (end > 0 && (times[end - 1] ?? 0) > tsMs) end--;
      let start = end;
      while (start > 0 && (times[start - 1] ?? 0) > from) start--;
      counts[profile] = end - start;
      last[profile] = end > 0 ? times[end - 1] ?? null : null;
    }
    return {
      profile_hit_counts: counts as Record<ProfileId, number>,
      last_hit_ts: last as Record<ProfileId, number | null>,
    };
  }
}
