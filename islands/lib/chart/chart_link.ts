import type { Candle, InferredDark, SmartMoneyEvent } from "../../../engine/flow/mod.ts";
import { numberOf, type Wire, wireOf } from "../tape/project.ts";

const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 10_000;
const SNAPSHOT_CANDLES = 500;
const SNAPSHOT_MARKS = 300;

/** What a chart is told. */
export type ChartMessage =
  | { readonly kind: "candles"; readonly candles: readonly Candle[]; readonly isSnapshot: boolean }
  | { readonly kind: "events"; readonly events: readonly SmartMoneyEvent[] }
  | { readonly kind: "dark"; readonly events: readonly InferredDark[] }
  | { readonly kind: "state"; readonly isOpen: boolean };

/** The live socket of one chart: its candles and what is marked over them. */
export class ChartLink {
  readonly #url: string;
  readonly #take: (message: ChartMessage) => void;
  #socket: WebSocket | null = null;
  #symbol = "";
  #intervalMs = 0;
  #attempt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isClosed = false;

  constructor(url: string, take: (message: ChartMessage) => void) {
    this.#url = url;
    this.#take = take;
    this.#open();
  }

  /** Follows a symbol at an interval in place of the one before. */
  show(symbol: string, intervalMs: number): void {
    if (symbol === this.#symbol && intervalMs === this.#intervalMs) return;
    const before = this.#subscriptions();
    this.#symbol = symbol;
    this.#intervalMs = intervalMs;
    if (this.#socket?.readyState !== WebSocket.OPEN) return;
    if (before.length > 0) this.#send("unsubscribe", before);
    this.#send("subscribe", this.#subscriptions());
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#socket?.close();
  }

  #open(): void {
    const socket = new WebSocket(this.#url);
    this.#socket = socket;
    socket.onmessage = ({ data }) => {
      if (typeof data === "string") this.#receive(data);
    };
    socket.onclose = () => this.#lost();
  }

  #lost(): void {
    if (this.#isClosed) return;
    this.#take({ kind: "state", isOpen: false });
    const waitMs = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** this.#attempt++);
    this.#timer = setTimeout(() => this.#open(), waitMs);
  }

  #subscriptions(): readonly Wire[] {
    if (this.#symbol === "") return [];
    const id = (name: string) => `${name}:${this.#symbol}:${this.#intervalMs}`;
    return [
      {
        channel: "equity-candles",
        id: id("candles"),
        underlying_id: this.#symbol,
        interval_ms: this.#intervalMs,
        snapshot_limit: SNAPSHOT_CANDLES,
      },
      {
        channel: "smart-money",
        id: id("events"),
        underlying_ids: [this.#symbol],
        filters: { include_abstained: false },
        snapshot_limit: SNAPSHOT_MARKS,
      },
      {
        channel: "inferred-dark",
        id: id("dark"),
        underlying_ids: [this.#symbol],
        snapshot_limit: SNAPSHOT_MARKS,
      },
    ];
  }

  #send(op: "subscribe" | "unsubscribe", subscriptions: readonly Wire[]): void {
    if (subscriptions.length > 0) this.#socket?.send(JSON.stringify({ op, subscriptions }));
  }

  #receive(text: string): void {
    const message = wireOf(JSON.parse(text), "message");
    switch (message["op"]) {
      case "ready":
        this.#attempt = 0;
        this.#take({ kind: "state", isOpen: true });
        return this.#send("subscribe", this.#subscriptions());
      case "snapshot": {
        const snapshot = wireOf(message["snapshot"], "snapshot");
        return this.#rows(snapshot["subscription"], snapshot["items"], true);
      }
      case "event":
        return this.#rows(message["subscription"], [message["item"]], false);
      case "events":
        return this.#rows(message["subscription"], message["items"], false);
    }
  }

  #rows(subscription: unknown, items: unknown, isSnapshot: boolean): void {
    const id = String(wireOf(subscription, "subscription")["id"]);
    const [name = "", ...rest] = id.split(":");
    // A message may still be under way for what was shown before.
    if (rest.join(":") !== `${this.#symbol}:${this.#intervalMs}` || !Array.isArray(items)) return;
    const rows = items.map((item) => wireOf(item, "item"));
    if (name === "candles") {
      for (const row of rows) numberOf(row, "close");
      const candles = rows as unknown as readonly Candle[];
      this.#take({ kind: "candles", candles, isSnapshot });
    } else if (name === "events") {
      this.#take({ kind: "events", events: rows as unknown as readonly SmartMoneyEvent[] });
    } else if (name === "dark") {
      this.#take({ kind: "dark", events: rows as unknown as readonly InferredDark[] });
    }
  }
}
