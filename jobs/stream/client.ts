import type { MarketSession, SessionEvent } from "../market/session.ts";

/** Bytes that may wait in a socket before bins are held back. */
const HIGH_WATER_BYTES = 1_000_000;

/** Bins a live client may be behind before it skips to the newest. */
const MAX_BEHIND_BINS = 20;

/** How often a socket above the high-water mark is looked at, ms. */
const DRAIN_POLL_MS = 10;

/** Close codes of the stream; see docs/formats.md. */
export const CLOSE = { STOPPING: 1001, BAD_REQUEST: 1008, FAILED: 1011, FEED_GONE: 4000 } as const;

/** What a client needs of a socket. */
export interface Socket {
  readonly bufferedAmount: number;
  readonly readyState: number;
  send(data: string | Uint8Array<ArrayBuffer>): void;
  close(code: number, reason: string): void;
}

/** Longest reason that fits a close frame, bytes. */
const MAX_REASON_BYTES = 123;

/** Cuts a close reason to what the protocol carries, on a character boundary. */
export function closeReason(text: string): string {
  let cut = text;
  while (new TextEncoder().encode(cut).length > MAX_REASON_BYTES) cut = cut.slice(0, -1);
  return cut;
}

/**
 * One reader of a session. Bins are taken from the session's ring at the pace of the socket: a live
 * reader that falls behind skips whole bins and is told how many; the reader of a private session
 * makes the market wait.
 */
export class StreamClient {
  readonly #socket: Socket;
  readonly #session: MarketSession;
  readonly #waits: boolean;
  readonly #onDrop: (bins: number) => void;
  readonly #unsubscribe: () => void;
  #next: number;
  #liveFrom: number;
  #pendingDrop = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #open = true;

  /**
   * @param options `backfill`: past bins wanted; `waits`: true for a private session; `onDrop` is
   *   called with the number of bins skipped.
   */
  constructor(
    socket: Socket,
    session: MarketSession,
    options: { backfill: number; waits: boolean; onDrop: (bins: number) => void },
  ) {
    this.#socket = socket;
    this.#session = session;
    this.#waits = options.waits;
    this.#onDrop = options.onDrop;
    this.#liveFrom = session.bins.end;
    this.#next = Math.max(session.bins.start, session.bins.end - options.backfill);
    this.#unsubscribe = session.events.subscribe((event) => this.#receive(event));
    if (session.config !== null) this.#sendConfig();
    this.#pump();
  }

  /** Stops reading and closes the socket. */
  close(code: number, reason: string): void {
    this.dispose();
    if (this.#socket.readyState <= WebSocket.OPEN) this.#socket.close(code, closeReason(reason));
  }

  /** Stops reading; for a socket that closed by itself. */
  dispose(): void {
    this.#open = false;
    clearTimeout(this.#timer);
    this.#unsubscribe();
  }

  #receive(event: SessionEvent): void {
    switch (event.type) {
      case "bin":
        this.#pump();
        return;
      case "config":
        this.#sendConfig();
        return;
      case "state":
        this.#sendText({ type: "feed_state", state: event.state });
        return;
      case "reset":
        this.#next = this.#session.bins.end;
        this.#liveFrom = this.#next;
        this.#pendingDrop = 0;
        this.#sendText({ type: "reset", reason: event.reason });
        return;
      case "gone":
        this.close(CLOSE.FEED_GONE, event.message);
    }
  }

  #sendConfig(): void {
    this.#sendText({ ...this.#session.config, feed: this.#session.state });
  }

  #sendText(message: object): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  #pump(): void {
    if (!this.#open || this.#socket.readyState !== WebSocket.OPEN) return;
    if (!this.#waits) this.#skipWhenBehind();
    let sent = 0;
    while (this.#next < this.#session.bins.end) {
      if (this.#socket.bufferedAmount > HIGH_WATER_BYTES) {
        this.#pollForRoom();
        break;
      }
      const bin = this.#session.bins.at(this.#next++);
      if (bin === undefined) continue;
      this.#tellDrops();
      this.#socket.send(bin.header);
      this.#socket.send(bin.arrow);
      sent++;
    }
    if (this.#waits && sent > 0) this.#session.ack(sent);
  }

  #skipWhenBehind(): void {
    const { bins } = this.#session;
    if (this.#next < bins.start) this.#skipTo(bins.start);
    const blocked = this.#socket.bufferedAmount > HIGH_WATER_BYTES;
    const live = this.#next >= this.#liveFrom;
    if (blocked && live && bins.end - this.#next > MAX_BEHIND_BINS) this.#skipTo(bins.end - 1);
  }

  #skipTo(sequence: number): void {
    this.#pendingDrop += sequence - this.#next;
    this.#next = sequence;
  }

  #tellDrops(): void {
    if (this.#pendingDrop === 0) return;
    this.#sendText({ type: "dropped", bins: this.#pendingDrop });
    this.#onDrop(this.#pendingDrop);
    this.#pendingDrop = 0;
  }

  #pollForRoom(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#pump(), DRAIN_POLL_MS);
  }
}
