import type { Socket } from "./socket.ts";
import type { Topic } from "./topic.ts";

/** Bytes that may wait in a socket before frames are held back. */
const HIGH_WATER_BYTES = 1_000_000;
/** The same for frames of the past: what comes meanwhile must not queue up behind them. */
const PAST_WATER_BYTES = 128_000;

/** How often a socket above the high-water mark is looked at, ms. */
const DRAIN_POLL_MS = 10;

/** How a reader of frames is served. */
export interface FrameStreamOptions<T> {
  /** Number of the first frame wanted. */
  readonly from: number;
  /**
   * Given, the newest frame goes out first; then the others from `from` on, the newest first, as the
   * socket has room beside those that come; and then this text.
   */
  readonly pastDone?: string;
  /** `skip`: a slow reader misses whole frames and is told how many; `wait`: it gets every frame. */
  readonly policy: "skip" | "wait";
  /** Messages that a frame is sent as, in order. */
  readonly messages: (frame: T) => readonly (string | Uint8Array<ArrayBuffer>)[];
  /** Frames that a slow reader may be behind before it skips to the newest. */
  readonly maxBehind: () => number;
  /** The text that tells of skipped frames, ahead of the next one; null tells nothing. */
  readonly gap: (frames: number, next: T) => string | null;
  /** Whether the socket takes no more for now; above {@link HIGH_WATER_BYTES} when omitted. */
  readonly isFull?: () => boolean;
  /** Ms until a frame may go, Infinity until {@link FrameStream.pump} is called again; at once when omitted. */
  readonly waitMs?: (frame: T) => number;
  /** A frame whose time has come has to wait for the socket. */
  readonly onHeld?: () => void;
  /** Called after every look at the topic, with the frames that were sent. */
  readonly onPumped: (sent: number) => void;
}

/** Sends the frames that a topic keeps into one socket at the pace of its reader; what it skips is dropped. */
export class FrameStream<T> {
  readonly #socket: Socket;
  readonly #frames: Topic<T>;
  readonly #options: FrameStreamOptions<T>;
  #next: number;
  #liveFrom: number;
  #skipped = 0;
  /** Number of the next frame of the past, which goes down to `from`; null when there is none. */
  #past: number | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isOpen = true;

  constructor(socket: Socket, frames: Topic<T>, options: FrameStreamOptions<T>) {
    this.#socket = socket;
    this.#frames = frames;
    this.#options = options;
    this.#liveFrom = frames.end;
    this.#next = Math.max(frames.start, options.from);
    if (options.pastDone === undefined) return;
    this.#next = Math.max(this.#next, frames.end - 1);
    this.#past = this.#next - 1;
  }

  /** Whether the socket has no room for more. */
  get isBlocked(): boolean {
    return this.#options.isFull?.() ?? this.#socket.bufferedAmount > HIGH_WATER_BYTES;
  }

  /** Number of the next frame. */
  get next(): number {
    return this.#next;
  }

  /** Whether frames wait to be sent. */
  get isBehind(): boolean {
    return this.#next < this.#frames.end;
  }

  /** Sends a text at once, between frames. */
  send(text: string): void {
    if (this.#isOpen && this.#socket.readyState === WebSocket.OPEN) this.#socket.send(text);
  }

  /**
   * Begins anew with the next frame. None is skipped before {@link FrameStream.liveFrom}: the history that
   * follows is for every reader, however long it takes to read.
   */
  restart(): void {
    this.#next = this.#frames.end;
    this.#liveFrom = Infinity;
    this.#skipped = 0;
    this.#past = null;
  }

  /** Goes on from another frame. @param isWhole Whether nothing is skipped from there on. */
  moveTo(sequence: number, isWhole: boolean): void {
    this.#next = sequence;
    this.#liveFrom = isWhole ? Infinity : this.#frames.end;
    this.#skipped = 0;
    this.#past = null;
  }

  /** The history ends before this frame; tells it once after a {@link FrameStream.restart}. */
  liveFrom(sequence: number): void {
    if (this.#liveFrom === Infinity) this.#liveFrom = sequence;
  }

  /** Sends what the topic has and the socket takes. */
  pump(): void {
    if (!this.#isOpen || this.#socket.readyState !== WebSocket.OPEN) return;
    if (this.#options.policy === "skip") this.#skipWhenBehind();
    let sent = 0;
    while (this.isBehind) {
      const frame = this.#frames.at(this.#next);
      if (frame !== undefined && this.#mustWait(frame)) break;
      this.#next++;
      if (frame === undefined) continue;
      this.#tellSkipped(frame);
      this.#sendFrame(frame);
      sent++;
    }
    this.#pumpPast();
    this.#options.onPumped(sent);
  }

  /** Sends nothing any more. */
  dispose(): void {
    this.#isOpen = false;
    clearTimeout(this.#timer);
  }

  /** Sends of the past what the socket has room for beside the frames that come. */
  #pumpPast(): void {
    while (this.#past !== null) {
      if (this.#socket.bufferedAmount > PAST_WATER_BYTES) return this.#pollForRoom();
      const frame = this.#past < this.#options.from ? undefined : this.#frames.at(this.#past);
      if (frame === undefined) {
        this.#past = null; // what is no longer kept was pushed out by what came since
        if (this.#options.pastDone !== undefined) this.#socket.send(this.#options.pastDone);
      } else {
        this.#past--;
        this.#sendFrame(frame);
      }
    }
  }

  #mustWait(frame: T): boolean {
    const waitMs = this.#options.waitMs?.(frame) ?? 0;
    if (waitMs > 0) {
      clearTimeout(this.#timer);
      if (waitMs < Infinity) this.#timer = setTimeout(() => this.pump(), waitMs);
      return true;
    }
    if (!this.isBlocked) return false;
    this.#options.onHeld?.();
    this.#pollForRoom();
    return true;
  }

  #sendFrame(frame: T): void {
    for (const message of this.#options.messages(frame)) this.#socket.send(message);
  }

  #skipWhenBehind(): void {
    const { start, end } = this.#frames;
    if (this.#next < start) this.#skipTo(start);
    const isLive = this.#next >= this.#liveFrom;
    if (this.isBlocked && isLive && end - this.#next > this.#options.maxBehind()) {
      this.#skipTo(end - 1);
    }
  }

  #skipTo(sequence: number): void {
    const frames = sequence - this.#next;
    this.#skipped += frames;
    this.#next = sequence;
    this.#frames.drop(frames);
  }

  #tellSkipped(next: T): void {
    if (this.#skipped === 0) return;
    const text = this.#options.gap(this.#skipped, next);
    this.#skipped = 0;
    if (text !== null) this.#socket.send(text);
  }

  #pollForRoom(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.pump(), DRAIN_POLL_MS);
  }
}
