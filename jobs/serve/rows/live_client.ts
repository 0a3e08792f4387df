import {
  type Candidate,
  comparePlace,
  type Cursor,
  LIVE_LIMITS,
  type LiveHealth,
  type LiveMessage,
  type LiveRequest,
  liveSchemas,
  type LiveSubscription,
  type LostStretch,
  type StoredRow,
  STREAMS,
  type Streams,
  toldStretches,
} from "../../../modules/tape/mod.ts";
import { CLOSE, closeSocket, type Socket } from "../../kit/mod.ts";
import type { History, PastRows } from "./history.ts";
import { type Lane, SendQueue } from "./send_queue.ts";
import { compile, type Subscription } from "./subscription.ts";

/** Rows of one batch that a subscription selects, put together once for all sockets. */
export interface Selected {
  /** The rows' texts, comma-separated. */
  readonly items: string;
  readonly count: number;
  readonly cursor: Cursor;
  readonly rows: readonly StoredRow[];
}

/** What a client is served with. */
export interface LiveClientOptions {
  readonly history: History;
  /** How the tape is, by the server's clock. */
  readonly health: () => LiveHealth;
  readonly onDrop: (rows: number) => void;
  /** Why a channel cannot be had, or null. */
  readonly refuse?: (wanted: LiveSubscription) => string | null;
  /** Streams that may be subscribed to; those of this release when omitted. */
  readonly streams?: Streams;
  /** Rows that may go out at all; all when omitted. */
  readonly admits?: (row: Candidate) => boolean;
  /** The client closes the socket by itself. */
  readonly onClose?: () => void;
  /** Learns of failures that a client is told nothing about. */
  readonly onError: (error: unknown) => void;
}

type LiveSchemas = ReturnType<typeof liveSchemas>;

const SCHEMAS = liveSchemas(STREAMS);

/** Schemas are made once for the streams of this release. */
function schemasOf(streams: Streams): LiveSchemas {
  return streams === STREAMS ? SCHEMAS : liveSchemas(streams);
}

/** Rows of one frame of replayed history. */
const RESUME_FRAME_ROWS = 250;

interface Entry {
  readonly subscription: Subscription;
  readonly lane: Lane;
  /** Rows that came while the past was read; null once the subscription is live. */
  held: StoredRow[] | null;
  last: Cursor | null;
  ended: boolean;
}

/** One reader of the live protocol: its subscriptions, what it asks for, and what it is sent. */
export class LiveClient {
  readonly #socket: Socket;
  readonly #options: LiveClientOptions;
  readonly #queue: SendQueue;
  readonly #streams: Streams;
  readonly #schemas: LiveSchemas;
  readonly #entries = new Map<string, Entry>();
  #loading: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(socket: Socket, options: LiveClientOptions) {
    this.#socket = socket;
    this.#options = options;
    this.#streams = options.streams ?? STREAMS;
    this.#schemas = schemasOf(this.#streams);
    this.#queue = new SendQueue(socket, {
      onDrop: options.onDrop,
      onOverflow: () => this.close(CLOSE.TOO_SLOW, "The reader is too slow"),
    });
    this.#tell({ op: "ready", ...options.health() });
  }

  /** Subscriptions that are served. */
  get subscriptions(): number {
    return this.#entries.size;
  }

  /** Takes a message of the client. */
  receive(text: string): void {
    if (this.#closed) return;
    const request = parse(text, this.#schemas);
    if (typeof request === "string") {
      this.#error(request);
      return;
    }
    switch (request.op) {
      case "ping":
        this.heartbeat();
        return;
      case "unsubscribe":
        for (const wanted of request.subscriptions) this.#remove(this.#compile(wanted).key);
        return;
      case "subscribe":
        this.#subscribe(request.subscriptions);
    }
  }

  /** Tells the time and how fresh the channels are. */
  heartbeat(): void {
    this.#tell({ op: "heartbeat", ...this.#options.health() });
  }

  /** Sends a message of the server's own. */
  tell(message: LiveMessage): void {
    this.#tell(message);
  }

  /**
   * Takes a batch that was published.
   *
   * @param select Rows of the batch that a subscription selects, or null when there are none.
   */
  publish(select: (subscription: Subscription) => Selected | null): void {
    for (const entry of this.#entries.values()) {
      const selected = select(entry.subscription);
      if (selected === null) continue;
      if (entry.held === null) this.#sendSelected(entry, selected);
      else this.#hold(entry, entry.held, selected.rows);
    }
  }

  /** Tells of rows that a source could not read, where they would stand; a read of the past tells by itself. */
  lost(stretch: LostStretch): void {
    for (const { subscription, held } of this.#entries.values()) {
      const isWanted = subscription.stream === stretch.stream && held === null;
      if (isWanted) this.#queue.send(gapText(subscription, null, null, [stretch]));
    }
  }

  /** Reads the past again for every subscription, as after a jump in time. */
  reload(): void {
    for (const entry of [...this.#entries.values()]) {
      const { resume_after: _resume, ...wanted } = entry.subscription.wanted;
      this.#add(wanted);
    }
  }

  /** Stops serving and closes the socket. */
  close(code: number, reason: string): void {
    this.dispose();
    this.#options.onClose?.();
    closeSocket(this.#socket, code, reason);
  }

  /** Stops serving; for a socket that closed by itself. */
  dispose(): void {
    this.#closed = true;
    for (const entry of this.#entries.values()) entry.ended = true;
    this.#entries.clear();
    this.#queue.dispose();
  }

  #subscribe(wanted: readonly LiveSubscription[]): void {
    for (const one of wanted) {
      const isNew = !this.#entries.has(this.#compile(one).key);
      const refusal = isNew && this.#entries.size >= LIVE_LIMITS.subscriptions
        ? `At most ${LIVE_LIMITS.subscriptions} subscriptions are served on one socket`
        : this.#options.refuse?.(one) ?? null;
      if (refusal === null) this.#add(one);
      else this.#error(refusal, one);
    }
  }

  #compile(wanted: LiveSubscription): Subscription {
    return compile(wanted, this.#options.admits, this.#streams);
  }

  #add(wanted: LiveSubscription): void {
    const subscription = this.#compile(wanted);
    this.#remove(subscription.key);
    const entry: Entry = {
      subscription,
      lane: laneOf(subscription),
      held: [],
      last: wanted.resume_after ?? null,
      ended: false,
    };
    this.#entries.set(subscription.key, entry);
    // One after the other, as each may fill the socket.
    this.#loading = this.#loading.then(() => this.#load(entry));
  }

  #remove(key: string): void {
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    entry.ended = true;
    this.#entries.delete(key);
  }

  async #load(entry: Entry): Promise<void> {
    try {
      await this.#queue.room();
      if (entry.ended) return;
      const { resume_after: resume } = entry.subscription.wanted;
      if (resume === undefined) await this.#snapshot(entry);
      else await this.#resume(entry, resume);
    } catch (error) {
      this.#options.onError(error);
      const { wanted } = entry.subscription;
      if (!entry.ended) this.#error(`Cannot read the past of ${wanted.channel}`, wanted);
    }
    this.#goLive(entry);
  }

  async #snapshot(entry: Entry): Promise<void> {
    const { subscription, lane } = entry;
    const limit = subscription.wanted.snapshot_limit ?? subscription.rule.snapshot;
    if (limit === 0) return;
    const past = await this.#options.history.newest(subscription, limit);
    if (entry.ended) return;
    this.#queue.send(
      `{"op":"snapshot","snapshot":{"subscription":${subscription.json},"items":[` +
        `${past.items.join(",")}],"watermark":${JSON.stringify(past.newest)},` +
        `"next_before":${JSON.stringify(past.next)}${gapsText(past.gaps)}}}`,
    );
    entry.last = past.newest;
    lane.sent = past.newest;
  }

  async #resume(entry: Entry, from: Cursor): Promise<void> {
    const { subscription, lane } = entry;
    lane.sent = from;
    const most = LIVE_LIMITS.resumeRows;
    const past = await this.#options.history.after(subscription, from, most + 1);
    if (entry.ended) return;
    const items = past.items.slice(0, most);
    let at = 0;
    for (const stretch of past.gaps) {
      const next = past.cursors.findIndex(({ ts }) => ts >= stretch.from_ts);
      const upTo = next < 0 ? items.length : Math.max(at, next);
      await this.#sendPast(entry, past, at, upTo);
      if (entry.ended) return;
      this.#queue.send(gapText(subscription, null, null, [stretch]));
      at = upTo;
    }
    await this.#sendPast(entry, past, at, items.length);
    if (entry.ended) return;
    const last = past.cursors[items.length - 1];
    if (last !== undefined) entry.last = last;
    if (past.items.length > most || past.next !== null) {
      this.#queue.send(gapText(subscription, null, entry.last));
    }
  }

  /** Sends past rows no faster than they are read, so that none of them is dropped. */
  async #sendPast(entry: Entry, past: PastRows, from: number, to: number): Promise<void> {
    const { subscription, lane } = entry;
    const { items, cursors } = past;
    for (let at = from; at < to; at += RESUME_FRAME_ROWS) {
      await this.#queue.room();
      if (entry.ended) return;
      const some = items.slice(at, Math.min(to, at + RESUME_FRAME_ROWS));
      const cursor = cursors[at + some.length - 1];
      if (cursor === undefined) return;
      this.#queue.sendRows(
        lane,
        eventText(subscription, some.join(","), some.length, cursor),
        some.length,
        cursor,
      );
    }
  }

  #goLive(entry: Entry): void {
    const { subscription, last } = entry;
    const rows = (entry.held ?? []).filter((row) =>
      last === null || comparePlace(subscription.stream, row, last) > 0
    );
    entry.held = null;
    if (entry.ended || rows.length === 0) return;
    const cursor = rows[rows.length - 1];
    if (cursor === undefined) return;
    const items = rows.map((row) => row.json).join(",");
    this.#sendSelected(entry, { items, count: rows.length, cursor, rows });
  }

  #hold({ lane }: Entry, held: StoredRow[], rows: readonly StoredRow[]): void {
    for (const row of rows) held.push(row);
    const excess = held.length - LIVE_LIMITS.resumeRows;
    if (excess <= 0) return;
    held.splice(0, excess);
    lane.dropped += excess;
    this.#options.onDrop(excess);
  }

  #sendSelected({ subscription, lane }: Entry, selected: Selected): void {
    const { items, count, cursor } = selected;
    this.#queue.sendRows(lane, eventText(subscription, items, count, cursor), count, cursor);
  }

  #error(message: string, wanted?: LiveSubscription): void {
    if (wanted === undefined) return this.#tell({ op: "error", message });
    const { resume_after: _resume, ...subscription } = wanted;
    this.#tell({ op: "error", message, subscription });
  }

  #tell(message: LiveMessage): void {
    if (!this.#closed) this.#queue.send(JSON.stringify(message));
  }
}

function parse(text: string, schemas: LiveSchemas): LiveRequest | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return "The message must be JSON";
  }
  const parsed = schemas.request.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  return `${issue?.path.join(".") || "message"}: ${issue?.message ?? "is invalid"}`;
}

function laneOf(subscription: Subscription): Lane {
  return {
    hot: subscription.rule.hot,
    sent: null,
    dropped: 0,
    gap: (dropped, resume) => gapText(subscription, dropped, resume),
  };
}

function cursorText({ ts, seq }: Cursor): string {
  return `{"ts":${ts},"seq":${seq}}`;
}

function eventText({ json }: Subscription, items: string, count: number, cursor: Cursor): string {
  const body = count === 1
    ? `"event","subscription":${json},"item":${items}` // A list for more.
    : `"events","subscription":${json},"items":[${items}]`;
  return `{"op":${body},"watermark":${cursorText(cursor)}}`;
}

function gapText(
  { json, wanted }: Subscription,
  dropped: number | null,
  resume: Cursor | null,
  lost: readonly LostStretch[] = [],
): string {
  const cursor = resume === null ? "null" : cursorText(resume);
  return `{"op":"gap","channel":${JSON.stringify(wanted.channel)},"subscription":${json},` +
    `"dropped":${dropped},"resume_cursor":${cursor}${gapsText(lost)}}`;
}

/** The field that tells of damaged rows; nothing where there are none. */
function gapsText(lost: readonly LostStretch[]): string {
  return lost.length === 0 ? "" : `,"gaps":${JSON.stringify(toldStretches(lost))}`;
}
