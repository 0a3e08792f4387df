import {
  comparePlace,
  type Cursor,
  type LostStretch,
  type Page,
  type StoredRow,
  STREAMS,
  type Streams,
  type TapeStore,
} from "../../../modules/tape/mod.ts";
import { type Subscription } from "./subscription.ts";
import type { StreamName } from "../../../engine/frames/mod.ts";

/** Rows of the past as a socket sends them. */
export interface PastRows {
  /** Texts of the rows, in the order that was asked for. */
  readonly items: readonly string[];
  /** Cursor of each item. */
  readonly cursors: readonly Cursor[];
  /** Item that was published last; live rows go on after it. */
  readonly newest: Cursor | null;
  /** Where the read goes on, or null when nothing is left. */
  readonly next: Cursor | null;
  /** Stretches that the read passed over as their rows are damaged, in the order of the items. */
  readonly gaps: readonly LostStretch[];
}

/** Where sockets get past rows from. */
export interface History {
  /** Newest rows of a subscription, newest first. */
  newest(subscription: Subscription, limit: number): Promise<PastRows>;
  /** Rows published after a position, oldest first. */
  after(subscription: Subscription, position: Cursor, limit: number): Promise<PastRows>;
}

/** History out of the store, cut off at a time if there is one. */
export class StoreHistory implements History {
  readonly #store: Pick<TapeStore, "before" | "after">;
  readonly #untilTs: () => number;
  readonly #streams: Streams;

  /** @param untilTs Rows that were not published before this epoch ms do not exist yet. */
  constructor(
    store: Pick<TapeStore, "before" | "after">,
    untilTs: () => number = () => Infinity,
    streams: Streams = STREAMS,
  ) {
    this.#store = store;
    this.#untilTs = untilTs;
    this.#streams = streams;
  }

  async newest(subscription: Subscription, limit: number): Promise<PastRows> {
    const until = this.#untilTs();
    const { stream } = subscription;
    const position = until === Infinity ? null : { ts: until, seq: 0 };
    const page = await this.#store.before(stream, position, {
      limit,
      filter: (row) => wasPublished(row, until) && subscription.matches(row),
    });
    return pastRows(stream, page);
  }

  async after(subscription: Subscription, position: Cursor, limit: number): Promise<PastRows> {
    const until = this.#untilTs();
    const { stream } = subscription;
    // A derived row may carry an earlier time than one that was published before it.
    const { lateMs } = this.#streams.of(stream);
    const from = lateMs === 0 ? position : { ts: Math.max(0, position.ts - lateMs), seq: 0 };
    const page = await this.#store.after(stream, from, {
      limit,
      filter: (row) =>
        comparePlace(stream, row, position) > 0 && wasPublished(row, until) &&
        subscription.matches(row),
    });
    return pastRows(stream, page);
  }
}

/** Whether a row had been published at an epoch ms; the record is looked at only when it matters. */
function wasPublished(row: StoredRow, untilTs: number): boolean {
  return untilTs === Infinity || row.record.ingest_ts < untilTs;
}

function pastRows(stream: StreamName, { stored, next, gaps }: Page<StreamName>): PastRows {
  let newest: Cursor | null = null;
  for (const { ts, seq } of stored) {
    const at = { ts, seq };
    if (newest === null || comparePlace(stream, at, newest) > 0) newest = at;
  }
  return { items: stored.map((row) => row.json), cursors: stored, newest, next, gaps };
}
