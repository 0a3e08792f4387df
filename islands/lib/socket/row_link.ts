import type { LiveCursor } from "../../../modules/tape/contract.ts";
import { RowWireError, type Wire, wireOf } from "./row_wire.ts";

const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 10_000;

/** One subscription of a {@link RowLink}: a name for its reader, and what the socket wants to know. */
export interface NamedQuery {
  readonly name: string;
  readonly wire: Wire;
}

/** What a link tells its reader. */
export type RowMessage =
  | {
    readonly kind: "rows";
    readonly name: string;
    readonly rows: readonly Wire[];
    /** True for the first rows of a subscription, newest first; false for later ones, oldest first. */
    readonly isSnapshot: boolean;
    /** Where rows older than the snapshot begin; null when there are none. */
    readonly before: LiveCursor | null;
  }
  | { readonly kind: "state"; readonly isOpen: boolean };

/**
 * A live socket for one pane that reads records as they are, not as rows of a tape. It comes back by itself
 * when it is lost, and then sends snapshots again.
 */
export class RowLink {
  readonly #url: string;
  readonly #take: (message: RowMessage) => void;
  #socket: WebSocket | null = null;
  #topic = "";
  #queries: readonly NamedQuery[] = [];
  #attempt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isClosed = false;

  constructor(url: string, take: (message: RowMessage) => void) {
    this.#url = url;
    this.#take = take;
    this.#open();
  }

  /** Follows queries in place of those before. Equal topics mean the same queries. */
  follow(topic: string, queries: readonly NamedQuery[]): void {
    if (topic === this.#topic) return;
    const before = this.#subscriptions();
    this.#topic = topic;
    this.#queries = queries;
    if (this.#socket?.readyState !== WebSocket.OPEN) return;
    this.#send("unsubscribe", before);
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
      if (typeof data !== "string" || this.#isClosed) return;
      try {
        this.#receive(data);
      } catch (error) {
        if (!(error instanceof RowWireError || error instanceof SyntaxError)) throw error;
        console.warn("A record of the live socket was left out", error.message);
      }
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
    return this.#queries.map(({ name, wire }) => ({ ...wire, id: `${name}:${this.#topic}` }));
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
        const { subscription, items, next_before } = wireOf(message["snapshot"], "snapshot");
        return this.#rows(subscription, items, true, next_before);
      }
      case "event":
        return this.#rows(message["subscription"], [message["item"]], false, null);
      case "events":
        return this.#rows(message["subscription"], message["items"], false, null);
    }
  }

  #rows(subscription: unknown, items: unknown, isSnapshot: boolean, before: unknown): void {
    const id = String(wireOf(subscription, "subscription")["id"]);
    const [name = "", ...topic] = id.split(":");
    // A message may still be under way for what was followed before.
    if (topic.join(":") !== this.#topic || !Array.isArray(items)) return;
    const rows = items.map((item) => wireOf(item, "item"));
    this.#take({ kind: "rows", name, rows, isSnapshot, before: cursorOrNull(before) });
  }
}

function cursorOrNull(value: unknown): LiveCursor | null {
  if (value === null || value === undefined) return null;
  const { ts, seq } = wireOf(value, "next_before");
  return typeof ts === "number" && typeof seq === "number" ? { ts, seq } : null;
}
