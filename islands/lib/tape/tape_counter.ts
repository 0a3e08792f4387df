import { type Chip, type ChipCounts, chipsOf, countChips } from "./chips.ts";
import { queryOf } from "./filters.ts";
import type { EventMarks } from "./event_marks.ts";
import type { TapeHub } from "./hub.ts";
import type { TapeChannel, TapeRow } from "./rows.ts";
import type { TapeStream } from "./stream.ts";
import { OPEN_FILTER, type TapeFilter } from "./tape_filter.ts";

/**
 * Counts what a pane's filter keeps off its tape. The server applies part of a filter, so the whole channel is
 * read beside it while a filter is set, once for all panes of the page.
 */
export class TapeCounter {
  readonly #channel: TapeChannel;
  readonly #hub: TapeHub;
  readonly #marks: EventMarks;
  #whole: TapeStream | null = null;
  #filter: TapeFilter | null = null;
  #chips: readonly Chip[] = [];
  #symbols: readonly string[] = [];

  constructor(channel: TapeChannel, hub: TapeHub, marks: EventMarks) {
    this.#channel = channel;
    this.#hub = hub;
    this.#marks = marks;
  }

  /** Counts for a filter and the symbols of a pane from now on. */
  follow(filter: TapeFilter, symbols: readonly string[]): void {
    this.#filter = filter;
    this.#symbols = symbols;
    this.#chips = chipsOf(this.#channel, filter);
    const before = this.#whole;
    this.#whole = this.#chips.length === 0
      ? null
      : this.#hub.acquire(queryOf(this.#channel, OPEN_FILTER, symbols));
    if (before !== null) this.#hub.release(before);
  }

  /** Reads nothing any more. */
  close(): void {
    if (this.#whole !== null) this.#hub.release(this.#whole);
    this.#whole = null;
  }

  /** What the chips keep off now; null while nothing is kept off, or before the rows came. */
  counts(): ChipCounts | null {
    const [whole, filter] = [this.#whole, this.#filter];
    if (whole === null || filter === null || !whole.hasSnapshot) return null;
    const markOf = (id: string) => this.#marks.of(id);
    return countChips(newestFirst(whole), filter, this.#chips, this.#symbols, markOf);
  }
}

function* newestFirst({ rows }: TapeStream): Generator<TapeRow> {
  for (let i = 0; i < rows.size; i++) {
    const row = rows.newest(i);
    if (row !== undefined) yield row;
  }
}
