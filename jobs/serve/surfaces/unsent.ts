import type { Socket } from "../../kit/mod.ts";

/** Batches and bytes of one client that may wait in its socket. */
const MOST_BATCHES = 4;
const MOST_BYTES = 4 * 1_048_576;

/** Knows how many of the batches that went into a socket have not left it. */
export class Unsent {
  readonly #socket: Socket;
  /** Bytes of the newest batches, oldest first. */
  readonly #batches: number[] = [];

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  /** Whether the socket has as many as it may have. */
  get isFull(): boolean {
    const waiting = this.#socket.bufferedAmount;
    if (waiting >= MOST_BYTES) return true;
    let [batches, bytes] = [0, 0];
    while (bytes < waiting && batches < this.#batches.length) {
      bytes += this.#batches.at(-1 - batches++) ?? 0;
    }
    return batches >= MOST_BATCHES;
  }

  /** A batch went in. @param bytes Of all its messages. */
  add(bytes: number): void {
    this.#batches.push(bytes);
    if (this.#batches.length > MOST_BATCHES) this.#batches.shift();
  }
}
