/**
 * A step of a market worker: takes what a feed delivers, and closes a frame at the end of every stretch
 * of exchange time. Where its frames go is settled when it is made. It takes time from what it is given,
 * never from a clock, so the same records give the same frames and the same hash however they are
 * chunked.
 *
 * @typeParam Taken What it takes: a block of records, or a record. Valid only inside the call.
 * @typeParam State Copy of everything that its next frame can depend on, fit for structured clone.
 */
export interface Stage<Taken, State = unknown> {
  /** Takes what comes next; closes every frame that ends at or before it. */
  take(taken: Taken): void;
  /** Closes every frame that ends at or before `tsNs`, an offset: no earlier event comes. */
  closeUntil(tsNs: number): void;
  /** Ends the input: what is open is closed when it holds an event. */
  finish(): void;
  save(): State;
  /** Puts a copy back; what follows equals an uninterrupted run bit by bit. */
  restore(state: State): void;
  /** Hash over the whole state; equal for equal runs. */
  hash(): string;
}
