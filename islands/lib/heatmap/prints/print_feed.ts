import { batch, type Signal, signal } from "@preact/signals";
import type { FeedState } from "../../../../modules/feed/contract.ts";
import { type LinkState, SocketLink } from "../../socket/mod.ts";
import { assessHealth, type Health } from "../health.ts";
import { readMessage, type StreamConfig } from "../wire.ts";
import { PrintBook } from "./print_book.ts";

/** Bins of past prints asked for: all that the server keeps. */
const FIRST_BINS = 1_200;

/** Changes are told at most once in a frame. */
type Told = () => void;

/** The prints of the terminal's market over a socket of their own, which carries nothing else. */
export class PrintFeed {
  readonly link: Signal<LinkState> = signal<LinkState>({ kind: "connecting", attempt: 1 });
  readonly feed: Signal<FeedState | null> = signal<FeedState | null>(null);
  readonly config: Signal<StreamConfig | null> = signal<StreamConfig | null>(null);
  /** The newest frame that broke the contract, or what the server said; null while all is well. */
  readonly problem: Signal<string | null> = signal<string | null>(null);
  readonly #onChange: Told;
  readonly #link: SocketLink;
  #book: PrintBook | null = null;
  #takesRows = false;
  #frame = 0;
  #binAt = 0;
  #wordAt = 0;

  /** @param onChange Told after prints came, at most once in a frame. */
  constructor(onChange: Told) {
    this.#onChange = onChange;
    this.#link = new SocketLink({
      onText: (text) => this.#onText(text),
      onBinary: (bytes) => this.#onBinary(bytes),
      onState: (state) => {
        this.#takesRows = false;
        if (state.kind === "live") this.#binAt = this.#wordAt = performance.now();
        this.link.value = state;
      },
    });
  }

  /** The prints; null before the market is known. */
  get book(): PrintBook | null {
    return this.#book;
  }

  /** What is true of the prints right now; the book's validity is the picture's to tell. */
  health(): Health {
    const now = performance.now();
    return assessHealth({
      nowMs: Date.now(),
      link: this.link.value,
      feed: this.feed.value,
      cellMs: this.config.value?.cellMs ?? 100,
      hasBins: this.#book !== null && !Number.isNaN(this.#book.lastEndMs),
      bookValid: true,
      binAgeMs: now - this.#binAt,
      wordAgeMs: now - this.#wordAt,
    });
  }

  /** Listens. */
  open(): void {
    const { protocol, host } = location;
    const scheme = protocol === "https:" ? "wss:" : "ws:";
    const query = `backfill=${FIRST_BINS}&parts=trade_prints`;
    this.#link.open(`${scheme}//${host}/v1/pressure/stream?${query}`);
  }

  /** Listens no more; what was heard stays. */
  close(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#link.close();
  }

  #onText(text: string): void {
    this.#wordAt = performance.now();
    try {
      const message = readMessage(text);
      switch (message.type) {
        case "runtime_config":
          return this.#onConfig(message.config);
        case "trades":
          this.#binAt = this.#wordAt;
          this.#takesRows = (this.#book?.begin(message.head) ?? false) && message.head.rows > 0;
          return this.#tellSoon();
        case "feed_state":
          this.feed.value = message.state;
          return;
        case "reset":
          this.#book?.clear();
          return this.#tellSoon();
        case "error":
          this.problem.value = message.message;
      }
    } catch (error) {
      this.#reject(error);
    }
  }

  #onBinary(bytes: Uint8Array): void {
    if (!this.#takesRows) return;
    this.#takesRows = false;
    try {
      this.#book?.add(bytes);
    } catch (error) {
      this.#reject(error);
    }
    this.#tellSoon();
  }

  #onConfig(config: StreamConfig): void {
    const before = this.config.peek();
    const continues = before !== null && before.symbol === config.symbol &&
      before.cellMs === config.cellMs && before.tickInt === config.tickInt &&
      before.feed?.name === config.feed?.name;
    if (!continues || this.#book === null) this.#book = new PrintBook(config.cellMs);
    batch(() => {
      this.config.value = config;
      if (config.feed !== null) this.feed.value = config.feed;
    });
    this.#tellSoon();
  }

  #reject(error: unknown): void {
    this.problem.value = error instanceof Error ? error.message : String(error);
    console.error(error);
  }

  #tellSoon(): void {
    // A hidden page gets no frames; what came is kept, and told with the next one.
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#onChange();
    });
  }
}
