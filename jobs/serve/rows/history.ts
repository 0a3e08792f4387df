import { type AnyRecord, cursorOf, type TapeStore } from "../../../modules/tape/mod.ts";
import { comparePlace, type Cursor } from "../../tape/mod.ts";
import { isRaw } from "../../../engine/frames/mod.ts";
import { matchesRecord, type Subscription } from "./subscription.ts";

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
}

/** Where sockets get past rows from. */
export interface History {
  /** Newest rows of a subscription, newest first. */
  newest(subscription: Subscription, limit: number): Promise<PastRows>;
  /** Rows published after a position, oldest first. */
  after(subscription: Subscription, position: Cursor, limit: number): Promise<PastRows>;
}

/** Longest time that a row is published after rows with a later time, ms: the longest candle. */
const LATE_MS: Readonly<Record<string, number>> = { candles: 3_600_000 };
const USUAL_LATE_MS = 30_000;

/** History out of the store, cut off at a time if there is one. */
export class StoreHistory implements History {
  readonly #store: Pick<TapeStore, "before" | "after">;
  readonly #untilTs: () => number;

  /** @param untilTs Rows that were not published before this epoch ms do not exist yet. */
  constructor(store: Pick<TapeStore, "before" | "after">, untilTs: () => number = () => Infinity) {
    this.#store = store;
    this.#untilTs = untilTs;
  }

  async newest(subscription: Subscription, limit: number): Promise<PastRows> {
    const until = this.#untilTs();
    const { stream } = subscription;
    const position = until === Infinity ? null : { ts: until, seq: 0 };
    const { rows, next } = await this.#store.before(stream, position, {
      limit,
      filter: (row: AnyRecord) => row.ingest_ts < until && matchesRecord(subscription, row),
    });
    return pastRows(stream, rows, next);
  }

  async after(subscription: Subscription, position: Cursor, limit: number): Promise<PastRows> {
    const until = this.#untilTs();
    const { stream } = subscription;
    // A derived row may carry an earlier time than one that was published before it.
    const late = isRaw(stream) ? 0 : LATE_MS[stream] ?? USUAL_LATE_MS;
    const from = late === 0 ? position : { ts: Math.max(0, position.ts - late), seq: 0 };
    const { rows, next } = await this.#store.after(stream, from, {
      limit,
      filter: (row: AnyRecord) =>
        comparePlace(stream, cursorOf(row), position) > 0 && row.ingest_ts < until &&
        matchesRecord(subscription, row),
    });
    return pastRows(stream, rows, next);
  }
}

function pastRows(
  stream: Subscription["stream"],
  rows: readonly AnyRecord[],
  next: Cursor | null,
): PastRows {
  const cursors = rows.map(cursorOf);
  let newest: Cursor | null = null;
  for (const cursor of cursors) {
    if (newest === null || comparePlace(stream, cursor, newest) > 0) newest = cursor;
  }
  return { items: rows.map((row) => JSON.stringify(row)), cursors, newest, next };
}
