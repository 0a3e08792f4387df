import type { FeedState } from "../../../modules/control/contract.ts";
import type { MarketEvent, MarketSession } from "../../market/mod.ts";

/** Bytes that may wait in a socket before bins are held back. */
const HIGH_WATER_BYTES = 1_000_000;

/** Time that a live client may be behind before it skips to the newest bin, s. */
const MAX_BEHIND_S = 2;

/** Bounds of the same in bins: a slow market, and what the ring can hold for sure. */
const MIN_BEHIND_BINS = 20;
const MAX_BEHIND_BINS = 600;

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

/** What a client needs of a session. */
export type BinSource = Pick<MarketSession, "events" | "bins" | "config" | "state">;

/** Longest reason that fits a close frame, bytes. */
const MAX_REASON_BYTES = 123;

/** Cuts a close reason to what the protocol carries, on a character boundary. */
export function closeReason(text: string): string {
  const bytes = new Uint8Array(MAX_REASON_BYTES);
  const { read } = new TextEncoder().encodeInto(text, bytes);
  return text.slice(0, read);
}

/**
 * One reader of a session. Bins are taken from the session's ring at the pace of the socket: a live
 * reader that falls behind skips whole bins and is told how many; the reader of a private session
 * makes the market wait.
 */
export class StreamClient {
  readonly #socket: Socket;
  readonly #session: BinSource;
  readonly #waits: boolean;
  readonly #unsubscribe: () => void;
  #next: number;
  #liveFrom: number;
  #pendingDrop = 0;
  /** The newest state, held back until the socket has room and a waiting reader its bins. */
  #pendingState: FeedState | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #open = true;

  /**
   * @param options `backfill`: past bins wanted; `waits`: true for a private session.
   *
   * Sends the control frame, or the state when no feed is open, and the past bins at once.
   */
  constructor(
    socket: Socket,
    session: BinSource,
    options: { backfill: number; waits: boolean },
  ) {
    this.#socket = socket;
    this.#session = session;
    this.#waits = options.waits;
    this.#liveFrom = session.bins.end;
    this.#next = Math.max(session.bins.start, session.bins.end - options.backfill);
    this.#unsubscribe = session.events.subscribe((event) => this.#receive(event));
    if (session.config !== null) this.#sendConfig();
    else if (session.state !== null) this.#sendState(session.state);
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

  #receive(event: MarketEvent): void {
    switch (event.type) {
      case "bin":
        if (this.#liveFrom === Infinity && this.#session.bins.at(event.sequence)?.live) {
          this.#liveFrom = event.sequence;
        }
        this.#pump();
        return;
      case "config":
        this.#sendConfig();
        return;
      case "state":
        this.#sendState(event.state);
        return;
      case "reset":
        this.#next = this.#session.bins.end;
        // The history that follows is for every reader, however long it takes to read.
        this.#liveFrom = Infinity;
        this.#pendingDrop = 0;
        this.#pendingState = null;
        this.#sendText({ type: "reset", reason: event.reason });
        return;
      case "gone":
        this.close(CLOSE.FEED_GONE, event.message);
    }
  }

  #isBlocked(): boolean {
    return this.#socket.bufferedAmount > HIGH_WATER_BYTES;
  }

  /** A state is never queued behind another one, so a reader that stopped costs no memory. */
  #sendState(state: FeedState): void {
    this.#pendingState = state;
    const behind = this.#waits && this.#next < this.#session.bins.end;
    if (this.#isBlocked() || behind) return;
    this.#pendingState = null;
    this.#sendText({ type: "feed_state", state });
    if (this.#waits && state.phase === "error") {
      this.close(CLOSE.FEED_GONE, state.message ?? "The feed failed");
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
      if (this.#isBlocked()) {
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
    if (this.#waits && sent > 0) this.#session.bins.taken(sent);
    if (this.#pendingState !== null) this.#sendState(this.#pendingState);
  }

  #skipWhenBehind(): void {
    const { bins } = this.#session;
    if (this.#next < bins.start) this.#skipTo(bins.start);
    const live = this.#next >= this.#liveFrom;
    if (this.#isBlocked() && live && bins.end - this.#next > this.#maxBehind()) {
      this.#skipTo(bins.end - 1);
    }
  }

  #maxBehind(): number {
    const bins = MAX_BEHIND_S * (this.#session.state?.binsPerSecond ?? 0);
    return Math.min(MAX_BEHIND_BINS, Math.max(MIN_BEHIND_BINS, bins));
  }

  #skipTo(sequence: number): void {
    const bins = sequence - this.#next;
    this.#pendingDrop += bins;
    this.#next = sequence;
    this.#session.bins.drop(bins);
  }

  #tellDrops(): void {
    if (this.#pendingDrop === 0) return;
    this.#sendText({ type: "dropped", bins: this.#pendingDrop });
    this.#pendingDrop = 0;
  }

  #pollForRoom(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#pump(), DRAIN_POLL_MS);
  }
}
