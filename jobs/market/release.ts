/**
 * Which of the frames that stages close are for readers, and which of those are history. Every stage of
 * a market asks the same one, so that after a seek all begin with the same bin.
 */
export class Release {
  /** Frames that end at or before this are computed and not sent, ns offset. */
  mutedUntilNs = -Infinity;
  /** Frames that end at or before this are history, not live, ns offset. */
  historyUntilNs = -Infinity;

  /** Whether a frame that ends at `endNs` is kept back. */
  isMuted(endNs: number): boolean {
    return endNs <= this.mutedUntilNs;
  }

  /** Whether a frame that ends at `endNs` belongs to the time that is being shown. */
  isLive(endNs: number): boolean {
    return endNs > this.historyUntilNs;
  }
}
