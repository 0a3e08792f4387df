import type { FeedState } from "../../../modules/feed/contract.ts";
import { CLOSE, closeSocket, FrameStream, type Socket } from "../../kit/mod.ts";
import type { EncodedBin, MarketEvent, MarketSession, StreamPart } from "../../market/mod.ts";

/** Time that a live client may be behind before it skips to the newest bin, s. */
const MAX_BEHIND_S = 2;

/** Bounds of the same in bins: a slow market, and what the topic keeps for sure. */
const MIN_BEHIND_BINS = 20;
const MAX_BEHIND_BINS = 600;

/** What a client gets of a bin when it does not say. */
const GRID_ALONE: readonly StreamPart[] = ["grid"];

/** What a client needs of a session. */
export type FrameSource = Pick<MarketSession, "events" | "bins" | "config" | "state" | "follow">;

/** How a reader is served. */
export interface FrameClientOptions {
  /** Past bins wanted. */
  readonly backfill: number;
  /** True for a private session, which waits for its reader. */
  readonly waits: boolean;
  /** The newest bin comes first and the past behind it, newest first; else the past comes in order. */
  readonly newestFirst?: boolean;
  /** What of every bin; its grid alone when omitted. */
  readonly parts?: readonly StreamPart[] | undefined;
  /** Wall clock of the server, epoch ms. */
  readonly epochMs: () => number;
}

/**
 * One reader of a market. Bins go out at the pace of the socket: a live reader that falls behind skips
 * whole bins and is told how many; the reader of a private session makes the market wait.
 */
export class FrameClient {
  readonly #socket: Socket;
  readonly #source: FrameSource;
  readonly #waits: boolean;
  readonly #epochMs: () => number;
  readonly #stream: FrameStream<EncodedBin>;
  readonly #unsubscribe: () => void;
  /** The newest state, held back until the socket has room and a waiting reader its bins. */
  #pendingState: FeedState | null = null;

  /**
   * Sends the control frame, or the state when no feed is open, and the past bins at once.
   */
  constructor(
    socket: Socket,
    source: FrameSource,
    options: FrameClientOptions,
  ) {
    this.#socket = socket;
    this.#source = source;
    this.#waits = options.waits;
    this.#epochMs = options.epochMs;
    const from = source.bins.end - options.backfill;
    this.#stream = new FrameStream(socket, source.bins, {
      from,
      ...(options.newestFirst === true && { pastDone: '{"type":"backfilled"}' }),
      policy: options.waits ? "wait" : "skip",
      messages: (bin) => messagesOf(bin, options.parts ?? GRID_ALONE),
      maxBehind: () => this.#maxBehind(),
      gap: (bins) => JSON.stringify({ type: "dropped", bins }),
      onPumped: (sent) => this.#pumped(sent),
    });
    const unfollow = source.follow();
    const unsubscribe = source.events.subscribe((event) => this.#receive(event));
    this.#unsubscribe = () => {
      unsubscribe();
      unfollow();
    };
    if (source.config !== null) this.#sendConfig();
    else if (source.state !== null) this.#sendState(source.state);
    this.#stream.pump();
  }

  /** Stops reading; for a socket that closed by itself. */
  dispose(): void {
    this.#stream.dispose();
    this.#unsubscribe();
  }

  #close(code: number, reason: string): void {
    this.dispose();
    closeSocket(this.#socket, code, reason);
  }

  #receive(event: MarketEvent): void {
    switch (event.type) {
      case "bin":
        if (this.#source.bins.at(event.sequence)?.live) this.#stream.liveFrom(event.sequence);
        this.#stream.pump();
        return;
      case "config":
        this.#sendConfig();
        return;
      case "state":
        this.#sendState(event.state);
        return;
      case "reset":
        this.#stream.restart();
        this.#pendingState = null;
        this.#stream.send(JSON.stringify({ type: "reset", reason: event.reason }));
        return;
      case "gone":
        this.#close(CLOSE.SOURCE_GONE, event.message);
    }
  }

  #pumped(sent: number): void {
    if (this.#waits && sent > 0) this.#source.bins.taken(sent);
    if (this.#pendingState !== null) this.#sendState(this.#pendingState);
  }

  /** A state is never queued behind another one, so a reader that stopped costs no memory. */
  #sendState(state: FeedState): void {
    this.#pendingState = state;
    if (this.#stream.isBlocked || (this.#waits && this.#stream.isBehind)) return;
    this.#pendingState = null;
    this.#stream.send(JSON.stringify({ type: "feed_state", ts: this.#epochMs(), state }));
    if (this.#waits && state.phase === "error") {
      this.#close(CLOSE.SOURCE_GONE, state.message ?? "The feed failed");
    }
  }

  #sendConfig(): void {
    const { config, state: feed } = this.#source;
    this.#stream.send(JSON.stringify({ ...config, feed, ts: this.#epochMs() }));
  }

  #maxBehind(): number {
    const bins = MAX_BEHIND_S * (this.#source.state?.binsPerSecond ?? 0);
    return Math.min(MAX_BEHIND_BINS, Math.max(MIN_BEHIND_BINS, bins));
  }
}

/** What is sent of a bin: each part as a text, then its rows where there are any. */
function messagesOf(
  { header, arrow, parts }: EncodedBin,
  wanted: readonly StreamPart[],
): readonly (string | Uint8Array<ArrayBuffer>)[] {
  const messages: (string | Uint8Array<ArrayBuffer>)[] = wanted.includes("grid")
    ? [header, arrow]
    : [];
  for (const part of parts) {
    if (!wanted.includes(part.name)) continue;
    messages.push(part.header);
    if (part.arrow !== null) messages.push(part.arrow);
  }
  return messages;
}
