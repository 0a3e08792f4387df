import type { RowSource } from "../../table/mod.ts";
import { type Aggressor, LEAST_SIZES, passes, type PrintFilter, type PrintRow } from "./print.ts";
import type { PrintBook } from "./print_book.ts";

/** How many prints there are, and how many of them are shown. */
export interface PrintCounts {
  readonly shown: number;
  readonly all: number;
  readonly byAggressor: ReadonlyMap<Aggressor, number>;
  /** Prints of so many contracts and more. */
  readonly bySize: ReadonlyMap<number, number>;
}

/** What one pane shows of a book, newest first. While it is held the rows in sight stay. */
export class PrintView implements RowSource<PrintRow> {
  #rows: readonly PrintRow[] = [];
  #heldAt: number | null = null;
  #queued = 0;

  get size(): number {
    return this.#rows.length - this.#queued;
  }

  /** Rows that came while it was held. */
  get queued(): number {
    return this.#queued;
  }

  get isHeld(): boolean {
    return this.#heldAt !== null;
  }

  at(index: number): PrintRow | undefined {
    return this.#rows[this.#queued + index];
  }

  /** Keeps the rows in sight, or lets new ones come. */
  hold(isHeld: boolean): void {
    if (isHeld === this.isHeld) return;
    this.#heldAt = isHeld ? this.#rows[0]?.id ?? -1 : null;
    if (!isHeld) this.#queued = 0;
  }

  /** Takes what a book has up to a time, epoch ms. */
  show(book: PrintBook, filter: PrintFilter, untilMs: number): PrintCounts {
    const rows: PrintRow[] = [];
    const byAggressor = new Map<Aggressor, number>();
    const bySize = new Map<number, number>();
    let [shown, all, queued] = [0, 0, 0];
    for (let i = 0; i < book.rows.size; i++) {
      const row = book.rows.newest(i)!;
      if (row.ts > untilMs) continue;
      if (row.kind === "print") {
        all++;
        byAggressor.set(row.aggressor, (byAggressor.get(row.aggressor) ?? 0) + 1);
        for (const size of LEAST_SIZES) {
          if (row.size >= size) bySize.set(size, (bySize.get(size) ?? 0) + 1);
        }
        if (!passes(filter, row)) continue;
        shown++;
      }
      if (this.#heldAt !== null && row.id > this.#heldAt) queued++;
      rows.push(row);
    }
    this.#rows = rows;
    this.#queued = queued;
    return { shown, all, byAggressor, bySize };
  }
}
