/** Streams that are made here. */
export const DERIVED_STREAMS = [
  "equity-joins",
  "candles",
  "inferred-dark",
  "flow",
  "smart-money",
  "classifier-hits",
  "alerts",
] as const;
export type DerivedStream = (typeof DERIVED_STREAMS)[number];

/** Number of a row that has none yet: it gets one when it is sent. */
export const UNNUMBERED = 0;

/** Numbers of one millisecond of event time. */
export const NUMBERS_PER_MS = 1_024;

/**
 * Numbers of the derived rows: the event time at which a row goes out, epoch ms, times 1,024, plus its place
 * among the rows of its stream in that millisecond. So they grow in order of emission, and a row has the same
 * number in every process. More than 1,024 rows at once borrow the numbers of the next millisecond.
 */
export class RowNumbers {
  readonly #last = new Map<DerivedStream, number>();

  /** Number of a row that goes out at `ingestTs`. */
  next(stream: DerivedStream, ingestTs: number): number {
    const number = Math.max(ingestTs * NUMBERS_PER_MS, (this.#last.get(stream) ?? -1) + 1);
    this.#last.set(stream, number);
    return number;
  }
}
