import type { RawSink } from "../../../engine/frames/mod.ts";
import { type ReadPage, StoredStream } from "./_stored_stream.ts";

/** The four raw streams of the store as one, in order of (ts, rank, seq): quotes before prints. */
export class RawMerge {
  readonly #nbbo: StoredStream<"nbbo">;
  readonly #options: StoredStream<"options">;
  readonly #quotes: StoredStream<"equity-quotes">;
  readonly #equities: StoredStream<"equities">;

  /** Rows with `fromTs` ≤ ts ≤ `untilTs`, epoch ms. */
  constructor(read: ReadPage, fromTs: number, untilTs: number) {
    this.#nbbo = new StoredStream("nbbo", read, fromTs, untilTs);
    this.#options = new StoredStream("options", read, fromTs, untilTs);
    this.#quotes = new StoredStream("equity-quotes", read, fromTs, untilTs);
    this.#equities = new StoredStream("equities", read, fromTs, untilTs);
  }

  get #streams() {
    return [this.#nbbo, this.#options, this.#quotes, this.#equities] as const;
  }

  /** Whether every row before `ts` is here without waiting. */
  isReadyFor(ts: number): boolean {
    let ready = true;
    for (const stream of this.#streams) ready = stream.isReadyFor(ts) && ready;
    return ready;
  }

  /** Waits until every row before `ts` is here. */
  async fill(ts: number): Promise<void> {
    for (const stream of this.#streams) await stream.fill(ts);
  }

  /** Hands over every row with ts < `untilTs`, in order. */
  release(untilTs: number, sink: RawSink): void {
    while (true) {
      const nbbo = this.#nbbo.peek()?.ts ?? Infinity;
      const print = this.#options.peek()?.ts ?? Infinity;
      const quote = this.#quotes.peek()?.ts ?? Infinity;
      const equity = this.#equities.peek()?.ts ?? Infinity;
      const first = Math.min(nbbo, print, quote, equity);
      if (first >= untilTs) return;
      if (nbbo === first) give(this.#nbbo.shift(), (row) => sink.optionNbbo(row));
      else if (print === first) give(this.#options.shift(), (row) => sink.optionPrint(row));
      else if (quote === first) give(this.#quotes.shift(), (row) => sink.equityQuote(row));
      else give(this.#equities.shift(), (row) => sink.equityPrint(row));
    }
  }
}

function give<T>(row: T | null, to: (row: T) => void): void {
  if (row !== null) to(row);
}
