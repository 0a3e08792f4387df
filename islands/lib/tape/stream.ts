import type { LiveCursor } from "../../../modules/tape/contract.ts";
import { fetchAfter, fetchBefore } from "./history.ts";
import type { LinkItem, LostSpan } from "../socket/mod.ts";
import { queryKey, type TapeQuery } from "./tape_query.ts";
import { Ring } from "../table/mod.ts";
import { compareCursor, type DataRow, type GapRow, type TapeRow } from "./rows.ts";

/** Rows that a stream keeps; older ones go, or are not loaded. */
export const STREAM_ROWS = 5_000;
const PAGE_ROWS = 500;
/** Pages fetched at most for one gap. */
const GAP_PAGES = 5;

/** What changed in a stream with one commit. */
export type StreamChange =
  | { readonly kind: "added"; readonly rows: readonly TapeRow[] }
  /** All rows may be others: snapshot, older page, filled gap. */
  | { readonly kind: "rebuilt" };

/** State of loading rows older than the oldest. */
export type OlderState = "idle" | "loading" | "failed" | "end" | "full";

/** The rows of one query, shared by all panes that ask it. */
export class TapeStream {
  readonly query: TapeQuery;
  readonly key: string;
  readonly rows = new Ring<TapeRow>(STREAM_ROWS);
  /** Rows that came since the page opened, gaps not counted. */
  received = 0;
  older: OlderState = "idle";
  /** False until the first snapshot. */
  hasSnapshot = false;
  /** When the newest row came, by the page's clock, epoch ms; 0 before the first. */
  receivedAtMs = 0;
  readonly #listeners = new Set<(change: StreamChange) => void>();
  #nextBefore: LiveCursor | null = null;
  #gaps = 0;
  /** Goes up with every reset: what was asked for before comes too late. */
  #era = 0;

  constructor(query: TapeQuery) {
    this.query = query;
    this.key = queryKey(query);
  }

  /** Calls back after every commit that changed the rows. Returns the undo. */
  listen(listener: (change: StreamChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Takes in what came of this query since the last commit. */
  commit(items: readonly LinkItem<DataRow>[], nowMs: number): void {
    const added: TapeRow[] = [];
    let rebuilt = false;
    for (const item of items) {
      if (item.kind === "snapshot") {
        this.rows.clear();
        this.hasSnapshot = rebuilt = true;
        this.#nextBefore = item.nextBefore;
        this.older = item.nextBefore === null ? "end" : "idle";
      }
      for (const row of this.#rowsOf(item)) {
        this.rows.push(row);
        added.push(row);
      }
      if (item.kind !== "gap") this.received += item.rows.length;
    }
    if (added.length > 0) this.receivedAtMs = nowMs;
    if (rebuilt) this.#tell({ kind: "rebuilt" });
    else if (added.length > 0) this.#tell({ kind: "added", rows: added });
  }

  /** Forgets all rows: what comes from now on is of another time. */
  reset(): void {
    this.#era++;
    this.rows.clear();
    this.hasSnapshot = false;
    this.#nextBefore = null;
    this.older = "idle";
    this.receivedAtMs = 0;
    this.#tell({ kind: "rebuilt" });
  }

  /** Starts with rows that the server rendered, newest first. */
  seed(rows: readonly TapeRow[]): void {
    if (this.hasSnapshot || this.rows.size > 0) return;
    for (const row of rows.toReversed()) this.rows.push(row);
    this.#tell({ kind: "rebuilt" });
  }

  /** Loads a page of older rows. A failure shows in `older`; calling again tries again. */
  async loadOlder(): Promise<void> {
    if (this.older === "loading" || this.older === "end" || !this.hasSnapshot) return;
    if (this.rows.size >= STREAM_ROWS) {
      this.older = "full";
      return this.#tell({ kind: "added", rows: [] });
    }
    const oldest = this.rows.at(0);
    const before = this.#nextBefore ?? oldest ?? null;
    if (before === null) return;
    const era = this.#era;
    this.older = "loading";
    this.#tell({ kind: "added", rows: [] });
    try {
      const page = await fetchBefore(this.query, before, PAGE_ROWS);
      if (era !== this.#era) return;
      for (const row of withHoles(page.rows, page.lost)) {
        if (row.id !== this.rows.at(0)?.id && !this.rows.pushOld(row)) break;
      }
      this.#nextBefore = page.nextBefore;
      this.older = page.nextBefore === null ? "end" : "idle";
    } catch {
      if (era !== this.#era) return;
      this.older = "failed";
    }
    this.#tell({ kind: "rebuilt" });
  }

  /** Puts the rows that a gap stands for in its place. @throws {HistoryError} When they cannot be had. */
  async fill(gap: GapRow): Promise<void> {
    if (gap.isLost === true) return;
    const all = [...this.rows];
    const at = all.findIndex((row) => row.id === gap.id);
    if (at < 0) return;
    const until = all.slice(at + 1).find((row) => row.kind !== "gap") ?? null;
    let after = gap.after ?? { ts: all[at - 1]?.ts ?? 0, seq: all[at - 1]?.seq ?? 0 };
    const found: TapeRow[] = [];
    for (let page = 0; page < GAP_PAGES; page++) {
      const { rows, next } = await fetchAfter(this.query, after, PAGE_ROWS);
      for (const row of rows) if (until === null || compareCursor(row, until) < 0) found.push(row);
      const last = rows.at(-1);
      const isPast = last === undefined || (until !== null && compareCursor(last, until) >= 0);
      if (next === null || isPast) break;
      after = next;
    }
    const now = [...this.rows]; // more may have come meanwhile
    const place = now.findIndex((row) => row.id === gap.id);
    if (place < 0) return;
    now.splice(place, 1, ...found);
    this.rows.clear();
    for (const row of now) this.rows.push(row);
    this.#tell({ kind: "rebuilt" });
  }

  /** Rows of an item, oldest first, what is missing among them. */
  #rowsOf(item: LinkItem<DataRow>): readonly TapeRow[] {
    if (item.kind === "rows") return item.rows;
    const lost = item.lost ?? [];
    if (item.kind === "snapshot") {
      return lost.length === 0 ? item.rows : withHoles(item.rows.toReversed(), lost).toReversed();
    }
    return lost.length === 0 ? [this.#gap(item.dropped, item.after)] : lost.map(holeOf);
  }

  #gap(dropped: number | null, after: LiveCursor | null): GapRow {
    const before = this.rows.newest();
    const { ts, seq } = before ?? after ?? { ts: 0, seq: 0 };
    return { kind: "gap", ts, seq, id: `gap-${++this.#gaps}`, symbol: "", dropped, after };
  }

  #tell(change: StreamChange): void {
    for (const listener of this.#listeners) listener(change);
  }
}

/** The row that stands for damaged ones. */
function holeOf({ fromTs }: LostSpan): GapRow {
  return {
    kind: "gap",
    ts: fromTs,
    seq: 0,
    id: `lost-${fromTs}`,
    symbol: "",
    dropped: null,
    after: null,
    isLost: true,
  };
}

/** Rows, newest first, with a hole where the store holds damaged ones. */
function withHoles(rows: readonly TapeRow[], lost: readonly LostSpan[]): readonly TapeRow[] {
  const found = [...rows];
  for (const span of lost) {
    const at = found.findIndex(({ ts }) => ts < span.fromTs);
    found.splice(at < 0 ? found.length : at, 0, holeOf(span));
  }
  return found;
}
