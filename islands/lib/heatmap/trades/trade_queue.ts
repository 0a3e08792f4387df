import type { TradesHead } from "../wire.ts";

/** Rows of one bin that wait for the bin itself to be taken in. */
export interface WaitingTrades {
  readonly binSeq: number;
  readonly rows: Uint8Array;
}

/** Bins whose trades may wait; a hidden tab must not grow without end. As many bins may wait. */
const QUEUE_LIMIT = 4_096;

/** Trades between socket and screen, in the order of their bins. At the limit the oldest are dropped. */
export class TradeQueue {
  #waiting: WaitingTrades[] = [];
  #head: TradesHead | null = null;

  get length(): number {
    return this.#waiting.length;
  }

  /** Takes the text ahead of rows; of a bin without trades none follow, nor after a lost socket (null). */
  expect(head: TradesHead | null): void {
    this.#head = head !== null && head.rows > 0 ? head : null;
  }

  /** Takes a binary frame when it is the one that was expected. Returns whether it was. */
  take(rows: Uint8Array): boolean {
    const head = this.#head;
    this.#head = null;
    if (head === null) return false;
    this.#waiting.push({ binSeq: head.binSeq, rows });
    if (this.#waiting.length > QUEUE_LIMIT) this.#waiting.shift();
    return true;
  }

  /** The next that belong to a bin up to a number; null when there are none. */
  next(newestBin: number): WaitingTrades | null {
    const [first] = this.#waiting;
    if (first === undefined || first.binSeq > newestBin) return null;
    this.#waiting.shift();
    return first;
  }

  clear(): void {
    this.#waiting = [];
    this.#head = null;
  }
}
