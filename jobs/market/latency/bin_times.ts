/**
 * What the producer notes of the bin at hand, ms of its monotonic clock; NaN where it did not happen.
 * One object for all bins.
 */
export class BinTimes {
  firstIngestMs = NaN;
  lastIngestMs = NaN;
  gridReadyMs = NaN;
  queuePutStartMs = NaN;
  queuePutDoneMs = NaN;
  readonly #nowMs: () => number;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** An event of the open bin is about to move the book. */
  ingest(): void {
    const nowMs = this.#nowMs();
    if (Number.isNaN(this.firstIngestMs)) this.firstIngestMs = nowMs;
    this.lastIngestMs = nowMs;
  }

  /** The grid of the bin is built. */
  gridReady(): void {
    this.gridReadyMs = this.#nowMs();
  }

  /** The hand-over begins. */
  queuePutStart(): void {
    this.queuePutStartMs = this.#nowMs();
  }

  /** The hand-over is done. */
  queuePutDone(): void {
    this.queuePutDoneMs = this.#nowMs();
  }

  /** Forgets the bin. */
  clear(): void {
    this.firstIngestMs = NaN;
    this.lastIngestMs = NaN;
    this.gridReadyMs = NaN;
    this.queuePutStartMs = NaN;
    this.queuePutDoneMs = NaN;
  }
}
