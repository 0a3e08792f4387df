/** Where the bins of a run stand, fit for structured clone. */
export interface BinClockState {
  readonly startNs: number;
  readonly seq: number;
  readonly events: number;
}

/**
 * Half-open bins of one width: `[start, start + width)`. The first event, or a given start, opens the
 * first one; an event on a boundary belongs to the later bin.
 */
export class BinClock {
  /** Width of a bin, ns. */
  readonly widthNs: number;
  /** Start of the open bin, ns offset; NaN before the first. */
  startNs = NaN;
  /** End of the open bin, ns offset; NaN before the first. */
  endNs = NaN;
  /** 0-based number of the open bin. */
  seq = 0;
  /** Events in the open bin. */
  events = 0;

  constructor(widthNs: number) {
    this.widthNs = widthNs;
  }

  /** Opens the first bin. */
  open(startNs: number): void {
    this.startNs = startNs;
    this.endNs = startNs + this.widthNs;
    this.seq = 0;
    this.events = 0;
  }

  /**
   * Whether an event lies in a bin, once those that end at or before it are closed. The first that does
   * opens the first bin.
   *
   * @param emitAfterNs Start of the first bin, or 0 where the event opens it.
   * @param mayOpen False for an event of another time, as a snapshot's are.
   */
  admits(tsNs: number, emitAfterNs: number, mayOpen: boolean): boolean {
    if (!(tsNs >= emitAfterNs)) return false;
    if (Number.isNaN(this.endNs) && mayOpen) this.open(emitAfterNs > 0 ? emitAfterNs : tsNs);
    return !Number.isNaN(this.endNs);
  }

  /** Goes on to the next bin. */
  next(): void {
    this.startNs = this.endNs;
    this.endNs += this.widthNs;
    this.seq++;
    this.events = 0;
  }

  save(): BinClockState {
    return { startNs: this.startNs, seq: this.seq, events: this.events };
  }

  restore(state: BinClockState): void {
    this.startNs = state.startNs;
    this.endNs = state.startNs + this.widthNs;
    this.seq = state.seq;
    this.events = state.events;
  }
}
