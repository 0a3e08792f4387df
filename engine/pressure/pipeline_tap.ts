import type { TickBook } from "../book/mod.ts";

/**
 * A second grid of time over the market of a pipeline, for what must not wait for its bins: the bins of a
 * replay start at its first event, so that their edges lie where they happen to. Stretches of the tap are
 * half-open and follow each other as bins do; the pipeline closes both in the order of their ends. When the input
 * ends the open stretch stays open: its end has not come.
 */
export interface PipelineTap {
  /** End of the open stretch, ns offset from the pipeline's base; NaN before the first. */
  readonly endNs: number;
  /**
   * Opens the first stretch: the one that holds this time.
   *
   * @param startNs Start of the pipeline's open bin, ns offset.
   */
  open(startNs: number): void;
  /**
   * Closes the open stretch and opens the next. Every event before its end was taken, none at or after it, and
   * every bin that ends at or before it is closed.
   */
  close(): void;
  /** Shown the book after each record that ends its event; it is read inside the call only. */
  see(book: TickBook): void;
}
