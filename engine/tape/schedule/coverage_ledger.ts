import { PROFILE_IDS, type ProfileId, type SyntheticCoverageState } from "../../regime/mod.ts";

/** Hits of one profile, ascending. */
class Hits {
  readonly #times: number[] = [];

  add(tsMs: number): void {
    this.#times.push(tsMs);
  }

  /** Hits with `from < ts ≤ to`. */
  count(from: number, to: number): number {
    const times = this.#times;
    let found = 0;
    for (let i = times.length - 1; i >= 0; i--) {
      const ts = times[i] ?? 0;
      if (ts > to) continue;
      if (ts <= from) break;
      found++;
    }
    return found;
  }

  /** Last hit at or before a time, or null. */
  lastAt(tsMs: number): number | null {
    for (let i = this.#times.length - 1; i >= 0; i--) {
      const ts = this.#times[i] ?? 0;
      if (ts <= tsMs) return ts;
    }
    return null;
  }
}

/**
 * Which profiles the parents of a schedule were meant as. Whether a reader sees it is not asked. Folds from the
 * session's open, so every process that builds the schedule holds the same ledger.
 */
export class CoverageLedger {
  readonly #openTs: number;
  readonly #hits: Readonly<Record<ProfileId, Hits>> = {
    institutional_directional: new Hits(),
    retail_whale: new Hits(),
    event_driven: new Hits(),
    vol_seller: new Hits(),
    arbitrage: new Hits(),
    hedge_reactive: new Hits(),
  };

  constructor(openTs: number) {
    this.#openTs = openTs;
  }

  /** Counts a hit; times come in ascending order. */
  add(profile: ProfileId, tsMs: number): void {
    this.#hits[profile].add(tsMs);
  }

  /** Hits of the last `windowMinutes`, `tsMs` included. */
  stateAt(tsMs: number, windowMinutes: number): SyntheticCoverageState {
    const hits = this.#hits;
    const from = tsMs - windowMinutes * 60_000;
    const [id, rw, ed, vs, ar, hr] = PROFILE_IDS;
    const count = (profile: ProfileId) => hits[profile].count(from, tsMs);
    const last = (profile: ProfileId) => hits[profile].lastAt(tsMs);
    return {
      profile_hit_counts: {
        [id]: count(id),
        [rw]: count(rw),
        [ed]: count(ed),
        [vs]: count(vs),
        [ar]: count(ar),
        [hr]: count(hr),
      },
      last_hit_ts: {
        [id]: last(id),
        [rw]: last(rw),
        [ed]: last(ed),
        [vs]: last(vs),
        [ar]: last(ar),
        [hr]: last(hr),
      },
      now_ts: tsMs,
      session_open_ts: this.#openTs,
    };
  }
}
