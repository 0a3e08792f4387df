import type { SmartMoneyEvent, StreamName } from "../../engine/frames/mod.ts";
import type { ProfileId } from "../../engine/regime/mod.ts";
import { type ChannelHealthMap, type StoredRow, STREAMS } from "../../modules/tape/mod.ts";
import { noCounts, type ProfileCounts } from "./profile_counts.ts";

/** Longest window that hits are counted over, ms. */
export const HIT_WINDOW_MS = 30 * 60_000;

/** Windows of one second that the rate is taken over. */
const RATE_SECONDS = 10;

interface Hit {
  readonly ts: number;
  readonly profile: ProfileId;
}

/** Counts what was published: rows and newest times per stream, the rate, and classified events. */
export class TapeFigures {
  readonly #rows = new Map<StreamName, number>(STREAMS.names.map((name) => [name, 0]));
  readonly #newest = new Map<StreamName, number>();
  readonly #hits: Hit[] = [];
  readonly #seconds: { second: number; rows: number }[] = [];

  /**
   * @param nowMs Monotonic ms, for the rate.
   */
  publish(rows: readonly StoredRow[], nowMs: number): void {
    const second = Math.floor(nowMs / 1_000);
    const last = this.#seconds.at(-1);
    if (last?.second === second) last.rows += rows.length;
    else this.#seconds.push({ second, rows: rows.length });
    if (this.#seconds.length > RATE_SECONDS + 1) this.#seconds.shift();
    for (const [stream, { count, newestTs }] of byStream(rows)) {
      this.#rows.set(stream, (this.#rows.get(stream) ?? 0) + count);
      this.#newest.set(stream, Math.max(newestTs, this.#newest.get(stream) ?? -Infinity));
    }
    for (const row of rows) {
      if (row.stream === "smart-money") this.#countHit(row.record as SmartMoneyEvent);
    }
  }

  /** Takes up events that an earlier process published, oldest first, so that their hits still count. */
  remember(events: readonly SmartMoneyEvent[]): void {
    for (const event of events) this.#countHit(event);
  }

  /** Rows published so far. */
  rows(stream: StreamName): number {
    return this.#rows.get(stream) ?? 0;
  }

  /** Rows published so far, of all streams. */
  get published(): number {
    let rows = 0;
    for (const count of this.#rows.values()) rows += count;
    return rows;
  }

  /** Freshness at an epoch ms of the channels that have a threshold. */
  health(nowMs: number): ChannelHealthMap {
    const health: Record<string, { freshness_age_ms: number | null; healthy: boolean }> = {};
    for (const channel of STREAMS.channels) {
      const { stream, staleAfterMs } = STREAMS.channel(channel);
      if (staleAfterMs === null) continue;
      const newest = this.#newest.get(stream);
      const age = newest === undefined ? null : Math.max(0, nowMs - newest);
      health[channel] = { freshness_age_ms: age, healthy: age !== null && age < staleAfterMs };
    }
    return health;
  }

  /** Rows per second over the last full seconds. */
  rate(nowMs: number): number {
    const second = Math.floor(nowMs / 1_000);
    let rows = 0;
    for (const entry of this.#seconds) {
      if (entry.second < second && entry.second >= second - RATE_SECONDS) rows += entry.rows;
    }
    return rows / RATE_SECONDS;
  }

  /** Events with a primary profile in the `windowMs` before `untilTs`. */
  hits(untilTs: number, windowMs: number): ProfileCounts {
    const counts = noCounts();
    for (const hit of this.#hits) {
      if (hit.ts > untilTs - windowMs && hit.ts <= untilTs) counts[hit.profile]++;
    }
    return counts;
  }

  #countHit(event: SmartMoneyEvent): void {
    if (event.abstained || event.primary_profile_id === null) return;
    this.#hits.push({ ts: event.source_ts, profile: event.primary_profile_id });
    const oldest = event.source_ts - HIT_WINDOW_MS;
    while (this.#hits[0] !== undefined && this.#hits[0].ts < oldest) this.#hits.shift();
  }
}

/** Number and newest time of some rows by stream. */
function byStream(rows: readonly StoredRow[]) {
  const found = new Map<StreamName, { count: number; newestTs: number }>();
  let stream: StreamName | null = null;
  let sum = { count: 0, newestTs: -Infinity };
  for (const row of rows) {
    if (row.stream !== stream) {
      stream = row.stream;
      sum = found.get(stream) ?? { count: 0, newestTs: -Infinity };
      found.set(stream, sum);
    }
    sum.count++;
    if (row.ts > sum.newestTs) sum.newestTs = row.ts;
  }
  return found;
}
