import { type Signal, signal } from "@preact/signals";
import type { LinkState } from "../socket/mod.ts";
import { LiveLink } from "./link.ts";
import {
  type ChannelHealth,
  type FromLink,
  type LinkItem,
  queryKey,
  type TapeClock,
  type TapeQuery,
  type ToLink,
} from "./protocol.ts";
import { TapeStream } from "./stream.ts";

/** Rows of a first snapshot: hot window of options, and of the others. */
const SNAPSHOT_ROWS = { options: 200, other: 300 } as const;
/** A query that no pane asks for any more is kept so long, as panes come back. */
const LINGER_MS = 5_000;

interface Held {
  readonly stream: TapeStream;
  users: number;
}

/** What the page knows of the link. */
export interface LinkHealth {
  /** Server clock minus page clock, ms. */
  readonly skewMs: number;
  readonly channels: Readonly<Record<string, ChannelHealth>>;
}

/** The page's side of the live socket: one stream per query, one commit per animation frame. */
export class TapeHub {
  readonly state: Signal<LinkState> = signal<LinkState>({ kind: "connecting", attempt: 1 });
  readonly health: Signal<LinkHealth> = signal<LinkHealth>({ skewMs: 0, channels: {} });
  /** Records that broke the contract and errors that the server sent. */
  readonly refused: Signal<number> = signal(0);
  /** Clock of the replay that the socket plays; null while the page is live. */
  readonly clock: Signal<TapeClock | null> = signal<TapeClock | null>(null);
  /** Address of the socket; empty before the start. */
  readonly url: Signal<string> = signal("");
  readonly lastRefusal: Signal<string | null> = signal<string | null>(null);
  readonly #held = new Map<string, Held>();
  #queue: LinkItem[] = [];
  #frame = 0;
  #send: ((message: ToLink) => void) | null = null;
  #stop: (() => void) | null = null;
  #clockAtMs = 0;
  #wantTimer: ReturnType<typeof setTimeout> | undefined;
  /** True from the change of sockets until the link says that it has left the old one. */
  #isLeaving = false;

  /**
   * Opens the socket in a worker. Returns the undo.
   *
   * @param onNoWorker Told when the worker cannot be loaded; the link then runs on the page.
   */
  start(socketUrl: string, workerUrl: URL, onNoWorker: () => void): () => void {
    this.url.value = socketUrl;
    this.#linkInWorker(workerUrl, onNoWorker);
    this.#open();
    return () => {
      cancelAnimationFrame(this.#frame);
      clearTimeout(this.#wantTimer);
      this.#stop?.();
      this.#send = null;
    };
  }

  /** The stream of a query; give it back with {@link release}. */
  acquire(query: TapeQuery): TapeStream {
    const key = queryKey(query);
    const held = this.#held.get(key) ?? { stream: new TapeStream(query), users: 0 };
    held.users++;
    this.#held.set(key, held);
    this.#wantSoon(0);
    return held.stream;
  }

  /** Gives a stream back; it ends when nobody has it. */
  release(stream: TapeStream): void {
    const held = this.#held.get(stream.key);
    if (held === undefined || held.stream !== stream) return;
    held.users--;
    setTimeout(() => {
      if (held.users > 0) return;
      this.#held.delete(stream.key);
      this.#wantSoon(0);
    }, LINGER_MS);
  }

  /** Event time of the newest row of any stream, epoch ms; 0 before the first. */
  newestTs(): number {
    let newest = 0;
    for (const { stream } of this.#held.values()) {
      newest = Math.max(newest, stream.rows.newest()?.ts ?? 0);
    }
    return newest;
  }

  /** Tries the socket at once instead of waiting. */
  retry(): void {
    this.#send?.({ type: "retry" });
  }

  /** Takes all rows from another socket from now on: the live one, or that of a replay. */
  switchTo(socketUrl: string): void {
    this.clock.value = null;
    this.#isLeaving = true;
    this.#queue = [];
    // Rows of the time before would tell a replay its future, and stand among living ones after it.
    for (const { stream } of this.#held.values()) stream.reset();
    this.url.value = socketUrl;
    this.#send?.({ type: "open", url: socketUrl });
  }

  /** The clock that rows are measured against, epoch ms: the server's, or that of the replay. */
  nowMs(): number {
    const clock = this.clock.peek();
    if (clock === null) return Date.now() + this.health.peek().skewMs;
    if (clock.phase !== "running") return clock.ts;
    return Math.min(clock.endTs, clock.ts + (Date.now() - this.#clockAtMs) * clock.speed);
  }

  #linkInWorker(url: URL, onNoWorker: () => void): void {
    const worker = new Worker(url, { type: "module" });
    worker.onmessage = ({ data }: MessageEvent<FromLink>) => {
      worker.onerror = null; // it runs: what fails from now on is no failure to load
      this.#take(data);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      worker.terminate();
      this.#linkOnPage();
      this.#open();
      onNoWorker();
    };
    this.#send = (message) => worker.postMessage(message);
    this.#stop = () => worker.terminate();
  }

  #linkOnPage(): void {
    const link = new LiveLink((message) => this.#take(message));
    this.#send = (message) => link.take(message);
    this.#stop = () => link.take({ type: "close" });
  }

  #open(): void {
    this.#want();
    this.#send?.({ type: "open", url: this.url.peek() });
  }

  #wantSoon(delayMs: number): void {
    // Panes mount one by one; the server counts control messages.
    clearTimeout(this.#wantTimer);
    this.#wantTimer = setTimeout(() => this.#want(), delayMs);
  }

  #want(): void {
    const queries = [...this.#held.values()].map(({ stream }) => ({
      query: stream.query,
      snapshot: stream.query.channel === "options" ? SNAPSHOT_ROWS.options : SNAPSHOT_ROWS.other,
    }));
    this.#send?.({ type: "want", queries });
  }

  #take(message: FromLink): void {
    switch (message.type) {
      case "items":
        if (this.#isLeaving) return;
        this.#queue.push(...message.items);
        if (document.hidden) this.#commit(); // no frames come, and rows must not pile up
        else if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.#commit());
        return;
      case "state":
        if (message.state.kind === "connecting") this.#isLeaving = false;
        this.state.value = message.state;
        return;
      case "health":
        this.health.value = {
          skewMs: message.serverTs - message.atMs,
          channels: message.channels,
        };
        return;
      case "clock":
        if (!this.url.peek().includes("/ws/replay/")) return; // one that was left
        this.#clockAtMs = message.atMs;
        this.clock.value = message.clock;
        return;
      case "refused":
        this.refused.value++;
        this.lastRefusal.value = message.message;
    }
  }

  #commit(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    const byKey = Map.groupBy(this.#queue, (item) => item.key);
    this.#queue = [];
    const nowMs = Date.now();
    for (const [key, items] of byKey) this.#held.get(key)?.stream.commit(items, nowMs);
  }
}
