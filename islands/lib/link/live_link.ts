import { type Signal, signal } from "@preact/signals";
import type { ChannelHealthMap, TapeMaking } from "../../../modules/tape/contract.ts";
import {
  type ChannelQuery,
  type FromLink,
  type LinkItem,
  type LinkState,
  type Projection,
  type ReplayReading,
  RowLink,
  RowWireError,
  type ToLink,
  type WantedChannel,
} from "../socket/mod.ts";

/** Takes what came of a channel since the last time, in order. */
export type ReadItems = (items: readonly LinkItem[]) => void;

interface Channel {
  readonly query: ChannelQuery;
  readonly readers: Set<ReadItems>;
  /** How often the snapshot was asked for. */
  asked: number;
  hasSnapshot: boolean;
}

/** What the page knows of the server. */
export interface LinkHealth {
  /** Server clock minus page clock, ms. */
  readonly skewMs: number;
  readonly channels: ChannelHealthMap;
  /** The past of the tape while the server still makes it; else null. */
  readonly making: TapeMaking | null;
}

/** What a link is made with. */
export interface LiveLinkOptions {
  readonly project: Projection;
  /** Told of every reading of a replay's clock. @param atMs When it came, by the page's clock. */
  readonly onReading: (reading: ReplayReading, atMs: number) => void;
}

/** The page's one link to live rows: panes take channels from it, all over one socket. */
export class LiveLink {
  readonly state: Signal<LinkState> = signal<LinkState>({ kind: "connecting", attempt: 1 });
  readonly health: Signal<LinkHealth> = signal<LinkHealth>({
    skewMs: 0,
    channels: {},
    making: null,
  });
  /** Records that broke the contract and errors that the server sent. */
  readonly refused: Signal<number> = signal(0);
  readonly lastRefusal: Signal<string | null> = signal<string | null>(null);
  /** Address of the socket; empty before the start, another one in a replay. */
  readonly url: Signal<string> = signal("");
  readonly #options: LiveLinkOptions;
  readonly #channels = new Map<string, Channel>();
  #queue: LinkItem[] = [];
  #frame = 0;
  #send: ((message: ToLink) => void) | null = null;
  #stop: (() => void) | null = null;
  #wantTimer: ReturnType<typeof setTimeout> | undefined;
  /** True from the change of sockets until the link says that it has left the old one. */
  #isLeaving = false;

  constructor(options: LiveLinkOptions) {
    this.#options = options;
  }

  /**
   * Opens the socket in a worker. Returns the undo.
   *
   * @param onNoWorker Told when the worker cannot be loaded; the socket is then held by the page.
   */
  start(socketUrl: string, workerUrl: URL, onNoWorker: () => void): () => void {
    this.url.value = socketUrl;
    this.#inWorker(workerUrl, onNoWorker);
    return () => {
      cancelAnimationFrame(this.#frame);
      clearTimeout(this.#wantTimer);
      this.#stop?.();
      this.#send = null;
    };
  }

  /**
   * Reads a channel: first a snapshot, then what comes; at most once in an animation frame. Readers of
   * equal keys share one subscription. Returns the undo.
   */
  subscribe(query: ChannelQuery, read: ReadItems): () => void {
    const channel = this.#channels.get(query.key) ??
      { query, readers: new Set(), asked: 1, hasSnapshot: false };
    // Who comes later has missed the snapshot.
    if (channel.hasSnapshot) channel.asked++;
    channel.hasSnapshot = false;
    channel.readers.add(read);
    this.#channels.set(query.key, channel);
    this.#wantSoon();
    return () => {
      if (!channel.readers.delete(read) || channel.readers.size > 0) return;
      this.#channels.delete(query.key);
      this.#wantSoon();
    };
  }

  /** Tries the socket at once instead of waiting. */
  retry(): void {
    this.#send?.({ type: "retry" });
  }

  /** Takes all rows from another socket from now on: the live one, or that of a replay. */
  switchTo(socketUrl: string): void {
    this.#isLeaving = true;
    this.#queue = [];
    for (const channel of this.#channels.values()) channel.hasSnapshot = false;
    this.url.value = socketUrl;
    this.#send?.({ type: "open", url: socketUrl });
  }

  #inWorker(workerUrl: URL, onNoWorker: () => void): void {
    const worker = new Worker(workerUrl, { type: "module" });
    worker.onmessage = ({ data }: MessageEvent<FromLink>) => {
      worker.onerror = null; // it runs: what fails from now on is no failure to load
      this.#take(data);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      worker.terminate();
      this.#onPage();
      onNoWorker();
    };
    this.#begin((message) => worker.postMessage(message), () => worker.terminate());
  }

  #onPage(): void {
    const link = new RowLink((message) => this.#take(message), this.#options.project);
    this.#begin((message) => link.take(message), () => link.take({ type: "close" }));
  }

  #begin(send: (message: ToLink) => void, stop: () => void): void {
    this.#send = send;
    this.#stop = stop;
    this.#want();
    send({ type: "open", url: this.url.peek() });
  }

  #wantSoon(): void {
    // Panes mount one by one; the server counts control messages.
    clearTimeout(this.#wantTimer);
    this.#wantTimer = setTimeout(() => this.#want(), 0);
  }

  #want(): void {
    const channels = [...this.#channels.values()]
      .map(({ query, asked }): WantedChannel => ({ query, asked }));
    this.#send?.({ type: "want", channels });
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
          making: message.making,
        };
        return;
      case "clock":
        if (!this.#isLeaving) this.#options.onReading(message.reading, message.atMs);
        return;
      case "refused":
        this.#refuse(message.message);
    }
  }

  #refuse(message: string): void {
    this.refused.value++;
    this.lastRefusal.value = message;
  }

  #tell(read: ReadItems, items: readonly LinkItem[]): void {
    try {
      read(items);
    } catch (error) {
      if (!(error instanceof RowWireError)) throw error;
      this.#refuse(error.message);
    }
  }

  #commit(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    const byKey = Map.groupBy(this.#queue, (item) => item.key);
    this.#queue = [];
    for (const [key, items] of byKey) {
      const channel = this.#channels.get(key);
      if (channel === undefined) continue;
      if (items.some(({ kind }) => kind === "snapshot")) channel.hasSnapshot = true;
      for (const read of [...channel.readers]) this.#tell(read, items);
    }
  }
}
