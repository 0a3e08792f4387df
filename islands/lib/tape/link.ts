import type { LiveCursor } from "../../../modules/tape/contract.ts";
import { compareCursor, type DataRow } from "./rows.ts";
import { numberOf, RowWireError, type Wire, wireOf } from "../socket/mod.ts";
import { projectRow } from "./project.ts";
import {
  type ChannelHealth,
  type FromLink,
  type LinkItem,
  queryKey,
  type TapeQuery,
  type ToLink,
  wireSubscription,
} from "./protocol.ts";

/** Rows of one flush reach the page together; at most so many ms after they came. */
const FLUSH_MS = 33;
const PING_MS = 5_000;
/** Without any word for so long the socket is taken for dead, although it looks open. */
const SILENT_MS = 12_000;
const CHECK_MS = 3_000;
const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 10_000;

interface Wanted {
  readonly query: TapeQuery;
  readonly snapshot: number;
  /** Newest row that was taken in. */
  last: LiveCursor | null;
}

/**
 * The live socket: subscribes to what is wanted, projects records to rows, comes back when the connection
 * is lost and goes on after the last row it had. Runs in a worker, or on the page where there is none.
 */
export class LiveLink {
  readonly #post: (message: FromLink) => void;
  readonly #wanted = new Map<string, Wanted>();
  #items: LinkItem[] = [];
  #socket: WebSocket | null = null;
  #url = "";
  #attempt = 0;
  #flushTimer: ReturnType<typeof setTimeout> | undefined;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;
  #checkTimer: ReturnType<typeof setInterval> | undefined;
  #heardAt = 0;
  #pingedAt = 0;
  #isReady = false;

  constructor(post: (message: FromLink) => void) {
    this.#post = post;
  }

  /** Does what the page says. */
  take(message: ToLink): void {
    switch (message.type) {
      case "open":
        // Another address is another time: nothing of it goes on where the last one ended.
        if (message.url !== this.#url) {
          for (const one of this.#wanted.values()) one.last = null;
          this.#items = [];
        }
        this.#url = message.url;
        this.#attempt = 0;
        return this.#connect();
      case "retry":
        return this.#connect();
      case "want":
        return this.#want(message.queries);
      case "close":
        return this.#close();
    }
  }

  #connect(): void {
    clearTimeout(this.#retryTimer);
    clearInterval(this.#checkTimer);
    this.#drop();
    this.#attempt++;
    this.#post({ type: "state", state: { kind: "connecting", attempt: this.#attempt } });
    const socket = new WebSocket(this.#url);
    this.#socket = socket;
    this.#isReady = false;
    this.#heardAt = Date.now();
    socket.onmessage = ({ data }) => {
      if (socket === this.#socket && typeof data === "string") this.#onText(data);
    };
    socket.onclose = ({ reason, code }) => {
      if (socket === this.#socket) this.#onLost(reason || `closed with code ${code}`);
    };
    this.#checkTimer = setInterval(() => this.#check(), CHECK_MS);
  }

  #drop(): void {
    const socket = this.#socket;
    this.#socket = null;
    if (socket === null) return;
    socket.onmessage = socket.onclose = null;
    socket.close();
  }

  #close(): void {
    clearTimeout(this.#retryTimer);
    clearTimeout(this.#flushTimer);
    clearInterval(this.#checkTimer);
    this.#wanted.clear();
    this.#drop();
  }

  #onLost(reason: string): void {
    clearInterval(this.#checkTimer);
    this.#drop();
    const waitMs = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.max(0, this.#attempt - 1));
    const state = {
      kind: "waiting",
      attempt: this.#attempt + 1,
      retryAtMs: Date.now() + waitMs,
      reason,
    } as const;
    this.#post({ type: "state", state });
    this.#retryTimer = setTimeout(() => this.#connect(), waitMs);
  }

  #check(): void {
    const now = Date.now();
    if (now - this.#heardAt > SILENT_MS) return this.#onLost("no word for 12 s");
    if (this.#isReady && now - this.#pingedAt >= PING_MS) {
      this.#pingedAt = now;
      this.#send({ op: "ping" });
    }
  }

  #send(message: unknown): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  #want(queries: readonly { readonly query: TapeQuery; readonly snapshot: number }[]): void {
    const next = new Map(queries.map((entry) => [queryKey(entry.query), entry] as const));
    const gone = [...this.#wanted].filter(([key]) => !next.has(key));
    const added: Wanted[] = [];
    for (const [key] of gone) this.#wanted.delete(key);
    for (const [key, entry] of next) {
      if (this.#wanted.has(key)) continue;
      const wanted = { ...entry, last: null };
      this.#wanted.set(key, wanted);
      added.push(wanted);
    }
    if (!this.#isReady) return; // all is subscribed once the server is ready
    if (gone.length > 0) {
      const subscriptions = gone.map(([, { query }]) => wireSubscription(query, null, 0));
      this.#send({ op: "unsubscribe", subscriptions });
    }
    this.#subscribe(added);
  }

  #subscribe(wanted: readonly Wanted[]): void {
    if (wanted.length === 0) return;
    const subscriptions = wanted.map(({ query, last, snapshot }) =>
      wireSubscription(query, last, snapshot)
    );
    this.#send({ op: "subscribe", subscriptions });
  }

  #onText(text: string): void {
    this.#heardAt = Date.now();
    try {
      this.#onMessage(wireOf(JSON.parse(text), "message"));
    } catch (error) {
      if (!(error instanceof RowWireError || error instanceof SyntaxError)) throw error;
      this.#post({ type: "refused", message: error.message });
    }
  }

  #onMessage(message: Wire): void {
    switch (message["op"]) {
      case "ready":
        this.#isReady = true;
        this.#attempt = 0;
        this.#pingedAt = Date.now();
        this.#post({ type: "state", state: { kind: "open", sinceMs: Date.now() } });
        this.#onHealth(message);
        return this.#subscribe([...this.#wanted.values()]);
      case "heartbeat":
        return this.#onHealth(message);
      case "clock":
        return this.#onClock(wireOf(message["clock"], "clock"));
      case "snapshot":
        return this.#onSnapshot(wireOf(message["snapshot"], "snapshot"));
      case "event":
        return this.#onRows(message["subscription"], [message["item"]]);
      case "events":
        if (!Array.isArray(message["items"])) throw new RowWireError("items", message["items"]);
        return this.#onRows(message["subscription"], message["items"]);
      case "gap":
        return this.#onGap(message);
      case "error":
        this.#post({ type: "refused", message: String(message["message"]) });
    }
  }

  #find(subscription: unknown): [string, Wanted] | null {
    const key = wireOf(subscription, "subscription")["id"];
    const wanted = typeof key === "string" ? this.#wanted.get(key) : undefined;
    return wanted === undefined ? null : [key as string, wanted];
  }

  /** Rows newer than the last one taken in; a row that comes twice is left out. */
  #fresh(wanted: Wanted, records: readonly unknown[]): DataRow[] {
    const rows: DataRow[] = [];
    for (const record of records) {
      const row = projectRow(wanted.query.channel, record);
      if (wanted.last !== null && compareCursor(row, wanted.last) <= 0) continue;
      wanted.last = { ts: row.ts, seq: row.seq };
      rows.push(row);
    }
    return rows;
  }

  #onSnapshot(snapshot: Wire): void {
    const found = this.#find(snapshot["subscription"]);
    const items = snapshot["items"];
    if (!Array.isArray(items)) throw new RowWireError("items", items);
    if (found === null) return;
    const [key, wanted] = found;
    // A replay sends snapshots again when its clock jumps.
    if (this.#url.includes("/ws/replay/")) wanted.last = null;
    const had = wanted.last;
    const rows = this.#fresh(wanted, items.toReversed());
    const before = snapshot["next_before"];
    const nextBefore = before === null || before === undefined
      ? null
      : cursorOf(wireOf(before, "next_before"));
    if (had === null) return this.#queue({ kind: "snapshot", key, rows, nextBefore });
    // Too much was missed to be sent again: what comes now is new, with a hole before it.
    if (rows.length === items.length && rows.length > 0) {
      this.#queue({ kind: "gap", key, dropped: null, after: had });
    }
    this.#queue({ kind: "rows", key, rows });
  }

  #onRows(subscription: unknown, records: readonly unknown[]): void {
    const found = this.#find(subscription);
    if (found === null) return; // on its way while we unsubscribed
    const rows = this.#fresh(found[1], records);
    if (rows.length > 0) this.#queue({ kind: "rows", key: found[0], rows });
  }

  #onGap(message: Wire): void {
    const dropped = typeof message["dropped"] === "number" ? message["dropped"] : null;
    const cursor = message["resume_cursor"];
    const after = cursor === null || cursor === undefined
      ? null
      : cursorOf(wireOf(cursor, "resume_cursor"));
    const subscription = message["subscription"];
    const keys = subscription === undefined
      ? [...this.#wanted].filter(([, w]) => w.query.channel === message["channel"]).map(([k]) => k)
      : [this.#find(subscription)?.[0] ?? null];
    for (const key of keys) if (key !== null) this.#queue({ kind: "gap", key, dropped, after });
  }

  #onHealth(message: Wire): void {
    const channels: Record<string, ChannelHealth> = {};
    const said = message["channel_health"];
    if (typeof said === "object" && said !== null) {
      for (const [channel, value] of Object.entries(said)) {
        const health = wireOf(value, "channel_health");
        const age = health["freshness_age_ms"];
        channels[channel] = {
          ageMs: typeof age === "number" ? age : null,
          healthy: health["healthy"] === true,
        };
      }
    }
    const atMs = Date.now();
    const serverTs = typeof message["ts"] === "number" ? message["ts"] : atMs;
    this.#post({ type: "health", serverTs, atMs, channels });
  }

  #onClock(wire: Wire): void {
    const clock = {
      ts: numberOf(wire, "ts"),
      startTs: numberOf(wire, "start_ts"),
      endTs: numberOf(wire, "end_ts"),
      speed: numberOf(wire, "speed"),
      phase: String(wire["phase"]),
    };
    this.#post({ type: "clock", clock, atMs: Date.now() });
  }

  #queue(item: LinkItem): void {
    const last = this.#items.at(-1);
    if (item.kind === "rows" && last?.kind === "rows" && last.key === item.key) {
      this.#items[this.#items.length - 1] = { ...last, rows: [...last.rows, ...item.rows] };
    } else this.#items.push(item);
    this.#flushTimer ??= setTimeout(() => {
      this.#flushTimer = undefined;
      const items = this.#items;
      this.#items = [];
      this.#post({ type: "items", items });
    }, FLUSH_MS);
  }
}

function cursorOf(wire: Wire): LiveCursor {
  return { ts: numberOf(wire, "ts"), seq: numberOf(wire, "seq") };
}
