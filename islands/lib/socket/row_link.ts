import { isRaw, type StreamName } from "../../../engine/frames/streams/mod.ts";
import type { ChannelHealth, LiveCursor, TapeMaking } from "../../../modules/tape/contract.ts";
import type { FromLink, LinkItem, ToLink } from "./row_protocol.ts";
import { lostIn, numberOf, RowWireError, textOf, type Wire, wireOf } from "./row_wire.ts";
import { type LinkOptions, SocketLink } from "./socket_link.ts";
import { type Subscribed, Subscriber } from "./subscriber.ts";

/** Rows of one flush reach the page together; at most so many ms after they came. */
const FLUSH_MS = 33;

/** Makes a row, with its place, of a record of a channel. @throws {RowWireError} When it cannot be read. */
export type Projection = (channel: string, record: unknown) => LiveCursor;

/**
 * The live socket: subscribes to what is wanted, projects records to rows, and goes on after the last row
 * that it had when the connection was lost. Runs in a worker, or on the page where there is none.
 */
export class RowLink {
  readonly #post: (message: FromLink) => void;
  readonly #project: Projection;
  readonly #link: SocketLink;
  readonly #subscriber: Subscriber;
  #items: LinkItem[] = [];
  #url = "";
  #flushTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    post: (message: FromLink) => void,
    project: Projection,
    options: Omit<LinkOptions, "ping"> = {},
  ) {
    this.#post = post;
    this.#project = project;
    this.#link = new SocketLink({
      onState: (state) => {
        if (state.kind !== "live" && state.kind !== "stale") this.#subscriber.lost(true);
        post({ type: "state", state });
      },
      onText: (text) => this.#onText(text),
    }, { ...options, ping: '{"op":"ping"}' });
    this.#subscriber = new Subscriber((text) => this.#link.send(text));
  }

  /** Does what the page says. */
  take(message: ToLink): void {
    switch (message.type) {
      case "open":
        // Another address is another time: nothing of it goes on where the last one ended.
        if (message.url !== this.#url) {
          this.#subscriber.lost(false);
          this.#items = [];
        }
        this.#url = message.url;
        return this.#link.open(message.url);
      case "want":
        return this.#subscriber.want(message.channels);
      case "retry":
        return this.#link.retry();
      case "close":
        clearTimeout(this.#flushTimer);
        this.#subscriber.lost(false);
        return this.#link.close();
    }
  }

  #onText(text: string): void {
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
        this.#onHealth(message);
        return this.#subscriber.ready();
      case "heartbeat":
        return this.#onHealth(message);
      case "clock":
        return this.#onClock(wireOf(message["clock"], "clock"));
      case "snapshot":
        return this.#onSnapshot(wireOf(message["snapshot"], "snapshot"));
      case "event":
        return this.#onRows(message, [message["item"]]);
      case "events":
        return this.#onRows(message, listOf(message["items"]));
      case "gap":
        return this.#onGap(message);
      case "error":
        this.#post({ type: "refused", message: String(message["message"]) });
    }
  }

  #find(wire: Wire): readonly [string, Subscribed] | null {
    const key = textOf(wireOf(wire["subscription"], "subscription"), "id");
    const found = this.#subscriber.find(key); // none: on its way while we unsubscribed
    return found === undefined ? null : [key, found];
  }

  /** Rows of records, oldest first; of projected ones those that come twice are left out. */
  #rows(subscribed: Subscribed, records: readonly unknown[], watermark: unknown): unknown[] {
    const { wire, isProjected } = subscribed.wanted.query;
    if (!isProjected) {
      for (const record of records) wireOf(record, "item");
      subscribed.last = cursorOrNull(watermark) ?? subscribed.last;
      return [...records];
    }
    const rows: unknown[] = [];
    const channel = textOf(wire, "channel");
    for (const record of records) {
      const row = this.#project(channel, record);
      if (subscribed.last !== null && compare(channel, row, subscribed.last) <= 0) continue;
      subscribed.last = { ts: row.ts, seq: row.seq };
      rows.push(row);
    }
    return rows;
  }

  #onSnapshot(snapshot: Wire): void {
    const records = listOf(snapshot["items"]);
    const found = this.#find(snapshot);
    if (found === null) return;
    const [key, subscribed] = found;
    // Whatever was there before: a replay sends snapshots again when its clock jumps.
    subscribed.last = null;
    const rows = this.#rows(subscribed, records.toReversed(), snapshot["watermark"]);
    const nextBefore = cursorOrNull(snapshot["next_before"]);
    this.#queue({ kind: "snapshot", key, rows, nextBefore, lost: lostIn(snapshot) });
  }

  #onRows(message: Wire, records: readonly unknown[]): void {
    const found = this.#find(message);
    if (found === null) return;
    const [key, subscribed] = found;
    const rows = this.#rows(subscribed, records, message["watermark"]);
    if (rows.length > 0) this.#queue({ kind: "rows", key, rows });
  }

  #onGap(message: Wire): void {
    const found = this.#find(message);
    if (found === null) return;
    const [key, { wanted }] = found;
    const lost = lostIn(message);
    // What is damaged in the store does not come by beginning anew.
    if (!wanted.query.isProjected && lost.length > 0) return;
    // Whoever reads records as they are has no place for a hole: he begins anew.
    if (!wanted.query.isProjected) return this.#subscriber.restart(key);
    const dropped = typeof message["dropped"] === "number" ? message["dropped"] : null;
    const after = cursorOrNull(message["resume_cursor"]);
    this.#queue({ kind: "gap", key, dropped, after, lost });
  }

  #onHealth(message: Wire): void {
    const channels: Record<string, ChannelHealth> = {};
    const said = wireOf(message["channel_health"] ?? {}, "channel_health");
    for (const [channel, value] of Object.entries(said)) {
      const { freshness_age_ms: age, healthy } = wireOf(value, "channel_health");
      const freshness_age_ms = typeof age === "number" ? age : null;
      channels[channel] = { freshness_age_ms, healthy: healthy === true };
    }
    const atMs = Date.now();
    const serverTs = typeof message["ts"] === "number" ? message["ts"] : atMs;
    this.#post({ type: "health", serverTs, atMs, channels, making: makingOf(message["making"]) });
  }

  #onClock(wire: Wire): void {
    const reading = {
      ts: numberOf(wire, "ts"),
      startTs: numberOf(wire, "start_ts"),
      endTs: numberOf(wire, "end_ts"),
      speed: numberOf(wire, "speed"),
      phase: textOf(wire, "phase"),
    };
    this.#post({ type: "clock", reading, atMs: Date.now() });
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

function makingOf(value: unknown): TapeMaking | null {
  if (value === null || value === undefined) return null;
  const wire = wireOf(value, "making");
  return { progress: numberOf(wire, "progress"), message: textOf(wire, "message") };
}

function listOf(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new RowWireError("items", value);
  return value;
}

/** Order in which rows of a channel are sent: a derived row that closed late is a later one. */
function compare(channel: string, a: LiveCursor, b: LiveCursor): number {
  return isRaw(channel as StreamName) ? a.ts - b.ts || a.seq - b.seq : a.seq - b.seq;
}

function cursorOrNull(value: unknown): LiveCursor | null {
  if (value === null || value === undefined) return null;
  const wire = wireOf(value, "cursor");
  return { ts: numberOf(wire, "ts"), seq: numberOf(wire, "seq") };
}
