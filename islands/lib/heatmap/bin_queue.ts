import type { BinHeader } from "./wire.ts";

/** One bin that has arrived and waits to be drawn. */
export interface WaitingBin {
  readonly update: BinHeader;
  readonly rows: Uint8Array;
}

/** Bins that may wait for a frame; a hidden tab must not grow without end. */
const QUEUE_LIMIT = 4_096;

/** Bins between socket and screen, oldest first. At the limit the oldest is dropped and counted. */
export class BinQueue {
  #bins: WaitingBin[] = [];
  #head = 0;
  dropped = 0;

  get length(): number {
    return this.#bins.length - this.#head;
  }

  push(bin: WaitingBin): void {
    this.#bins.push(bin);
    if (this.length > QUEUE_LIMIT) {
      this.#head++;
      this.dropped++;
    }
    if (this.#head > QUEUE_LIMIT) {
      this.#bins = this.#bins.slice(this.#head);
      this.#head = 0;
    }
  }

  shift(): WaitingBin | null {
    if (this.#head >= this.#bins.length) return null;
    const bin = this.#bins[this.#head]!;
    this.#head++;
    if (this.#head === this.#bins.length) this.clear();
    return bin;
  }

  clear(): void {
    this.#bins = [];
    this.#head = 0;
  }
}
