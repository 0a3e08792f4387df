import { type Cursor, LIVE_LIMITS } from "../../../modules/tape/mod.ts";
import type { Socket } from "../../kit/mod.ts";

/** Bytes in the socket itself above which frames wait here, where they can still be dropped. */
const SOCKET_BYTES = 262_144;

/** Share of the limit that is left when frames were dropped, so that not every row drops one. */
const REFILL = 0.75;

/** How often a full socket is looked at, ms. */
const DRAIN_POLL_MS = 20;

/** What belongs to one subscription of a socket. */
export interface Lane {
  /** Whether its oldest rows may be dropped. */
  readonly hot: boolean;
  /** Position of the last row that went out; null before the first. */
  sent: Cursor | null;
  /** Rows dropped since the last one that went out. */
  dropped: number;
  /** The frame that tells of dropped rows. */
  gap(dropped: number, resume: Cursor | null): string;
}

interface Frame {
  readonly text: string;
  readonly lane: Lane | null;
  readonly rows: number;
  /** Position of the frame's last row. */
  readonly cursor: Cursor | null;
}

/** What a queue tells its owner. */
export interface OutboxOptions {
  /** Rows that a slow reader did not get. */
  readonly onDrop: (rows: number) => void;
  /** The reader is hopelessly late: its socket is to be closed. */
  readonly onOverflow: () => void;
  readonly outboundBytes?: number;
  readonly closeBytes?: number;
}

/**
 * Frames on their way into a socket. A reader that is slow makes them wait here; above the limit the
 * oldest rows of hot subscriptions go, and their place is taken by one frame that says how many.
 */
export class SendQueue {
  readonly #socket: Socket;
  readonly #options: OutboxOptions;
  readonly #limit: number;
  #frames: Frame[] = [];
  #next = 0;
  #bytes = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #room: (() => void)[] = [];
  #closed = false;

  constructor(socket: Socket, options: OutboxOptions) {
    this.#socket = socket;
    this.#options = options;
    this.#limit = options.outboundBytes ?? LIVE_LIMITS.outboundBytes;
  }

  /** Bytes that the reader has not taken yet. Texts are ASCII but for a rare letter. */
  get waitingBytes(): number {
    return this.#bytes + this.#socket.bufferedAmount;
  }

  /** Sends a frame that is never dropped. */
  send(text: string): void {
    this.#push({ text, lane: null, rows: 0, cursor: null });
  }

  /** Sends `rows` rows of a subscription, the last at `cursor`. */
  sendRows(lane: Lane, text: string, rows: number, cursor: Cursor): void {
    this.#push({ text, lane, rows, cursor });
  }

  /** Resolves when what waits has gone below the limit. */
  room(): Promise<void> {
    if (this.#closed || this.waitingBytes < this.#limit / 2) return Promise.resolve();
    return new Promise((resolve) => {
      this.#room.push(resolve);
      this.#poll();
    });
  }

  /** Forgets what waits; nothing is sent any more. */
  dispose(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#frames = [];
    this.#next = 0;
    this.#bytes = 0;
    this.#wakeRoom();
  }

  #push(frame: Frame): void {
    if (this.#closed) return;
    this.#frames.push(frame);
    this.#bytes += frame.text.length;
    this.#pump();
    if (this.waitingBytes > this.#limit) this.#dropOldest();
    if (this.waitingBytes > (this.#options.closeBytes ?? LIVE_LIMITS.closeBytes)) {
      this.#options.onOverflow();
    }
  }

  #pump(): void {
    if (this.#closed || this.#socket.readyState !== WebSocket.OPEN) return;
    while (this.#next < this.#frames.length) {
      if (this.#socket.bufferedAmount > SOCKET_BYTES) {
        this.#poll();
        break;
      }
      const frame = this.#frames[this.#next++];
      if (frame === undefined) break;
      this.#bytes -= frame.text.length;
      this.#write(frame);
    }
    if (this.#next > 512 || this.#next === this.#frames.length) {
      this.#frames = this.#frames.slice(this.#next);
      this.#next = 0;
    }
    if (this.waitingBytes < this.#limit / 2) this.#wakeRoom();
    else if (this.#room.length > 0) this.#poll();
  }

  #write({ text, lane, cursor }: Frame): void {
    if (lane !== null && lane.dropped > 0) {
      this.#socket.send(lane.gap(lane.dropped, lane.sent));
      lane.dropped = 0;
    }
    this.#socket.send(text);
    if (lane !== null && cursor !== null) lane.sent = cursor;
  }

  #dropOldest(): void {
    const kept: Frame[] = [];
    let rows = 0;
    let excess = this.waitingBytes - this.#limit * REFILL;
    for (let i = this.#next; i < this.#frames.length; i++) {
      const frame = this.#frames[i];
      if (frame === undefined) continue;
      if (excess <= 0 || frame.lane === null || !frame.lane.hot) {
        kept.push(frame);
        continue;
      }
      excess -= frame.text.length;
      this.#bytes -= frame.text.length;
      frame.lane.dropped += frame.rows;
      rows += frame.rows;
    }
    this.#frames = kept;
    this.#next = 0;
    if (rows > 0) this.#options.onDrop(rows);
  }

  #poll(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#pump(), DRAIN_POLL_MS);
  }

  #wakeRoom(): void {
    const waiting = this.#room;
    this.#room = [];
    for (const resolve of waiting) resolve();
  }
}
