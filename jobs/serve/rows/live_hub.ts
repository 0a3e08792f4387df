import type { StreamName } from "../../../engine/frames/mod.ts";
import {
  type Candidate,
  type ChannelHealthMap,
  LIVE_LIMITS,
  type LiveMessage,
  type LiveSubscription,
  type LostStretch,
  type StoredRow,
  type Streams,
  type TapeMaking,
} from "../../../modules/tape/mod.ts";
import {
  type Clock,
  CLOSE,
  type Logger,
  type Served,
  type Socket,
  type Topic,
} from "../../kit/mod.ts";
import type { History } from "./history.ts";
import { LiveClient, type Selected } from "./live_client.ts";
import type { Subscription } from "./subscription.ts";

/** Where a hub's rows come from. */
export interface LiveHubOptions {
  readonly rows: Topic<readonly StoredRow[]>;
  readonly history: History;
  readonly clock: Clock;
  readonly log: Logger;
  readonly health: () => ChannelHealthMap;
  /** How far the making of the past is, and what tells of a change; without it nothing is being made. */
  readonly making?: {
    readonly of: () => TapeMaking | null;
    readonly changes: { subscribe(listener: () => void): () => void };
  };
  /** Streams that may be subscribed to; those of this release when omitted. */
  readonly streams?: Streams;
  readonly refuse?: (wanted: LiveSubscription) => string | null;
  /** Rows that may go out at all; all when omitted. */
  readonly admits?: (row: Candidate) => boolean;
}

/** Selections remembered for one batch. */
type Cache = Map<string, Selected | null>;

/** Serves the live protocol to any number of sockets: each row is put into text once. */
export class LiveHub {
  readonly #options: LiveHubOptions;
  readonly #clients = new Set<LiveClient>();
  readonly #unsubscribe: () => void;
  readonly #endMaking: () => void;
  #wasMaking = false;
  readonly #heartbeat: ReturnType<typeof setInterval>;

  constructor(options: LiveHubOptions) {
    this.#options = options;
    this.#unsubscribe = options.rows.subscribe((rows) => this.#publish(rows));
    this.#endMaking = options.making?.changes.subscribe(() => this.#tellMaking()) ?? (() => {});
    this.#heartbeat = setInterval(() => this.#beat(), LIVE_LIMITS.heartbeatMs);
  }

  /** Sockets that are served. */
  get clients(): number {
    return this.#clients.size;
  }

  /** Serves an open socket. */
  attach(socket: Socket): Served {
    const { rows, clock, log, history, health, making, refuse, admits, streams } = this.#options;
    const client = new LiveClient(socket, {
      history,
      health: () => ({
        ts: Number(clock.wallNs() / 1_000_000n),
        channel_health: health(),
        making: making?.of() ?? null,
      }),
      onDrop: (count) => rows.drop(count),
      onClose: () => this.#clients.delete(client),
      onError: (error) => log.error("live_read_failed", { message: String(error) }),
      ...(streams !== undefined && { streams }),
      ...(refuse !== undefined && { refuse }),
      ...(admits !== undefined && { admits }),
    });
    this.#clients.add(client);
    return {
      receive: (text) => client.receive(text),
      refuse: (message) => client.tell({ op: "error", message }),
      end: () => {
        client.dispose();
        this.#clients.delete(client);
      },
    };
  }

  /** Sends a message to every socket. */
  tell(message: LiveMessage): void {
    for (const client of this.#clients) client.tell(message);
  }

  /** Tells the sockets that follow a stream of rows of it that cannot be read. */
  lost(stretch: LostStretch): void {
    for (const client of this.#clients) client.lost(stretch);
  }

  /** Makes every socket read the past again. */
  reload(): void {
    for (const client of this.#clients) client.reload();
  }

  /** Closes every socket. */
  stop(reason = "The server is stopping"): void {
    clearInterval(this.#heartbeat);
    this.#unsubscribe();
    this.#endMaking();
    for (const client of this.#clients) client.close(CLOSE.STOPPING, reason);
    this.#clients.clear();
  }

  #beat(): void {
    for (const client of this.#clients) client.heartbeat();
  }

  /** Every step of the making is told, and its end. */
  #tellMaking(): void {
    const isMaking = this.#options.making?.of() !== null;
    if (isMaking || this.#wasMaking) this.#beat();
    this.#wasMaking = isMaking;
  }

  #publish(rows: readonly StoredRow[]): void {
    if (this.#clients.size === 0 || rows.length === 0) return;
    const byStream = new Map<StreamName, StoredRow[]>();
    for (const row of rows) {
      const list = byStream.get(row.stream);
      if (list === undefined) byStream.set(row.stream, [row]);
      else list.push(row);
    }
    const cache: Cache = new Map();
    const select = (subscription: Subscription): Selected | null => {
      const candidates = byStream.get(subscription.stream);
      if (candidates === undefined) return null;
      const known = cache.get(subscription.selection);
      if (known !== undefined) return known;
      const selected = selectRows(candidates, subscription);
      cache.set(subscription.selection, selected);
      return selected;
    };
    for (const client of this.#clients) client.publish(select);
  }
}

function selectRows(candidates: readonly StoredRow[], subscription: Subscription): Selected | null {
  const rows = candidates.filter(subscription.matches);
  const last = rows[rows.length - 1];
  if (last === undefined) return null;
  const items = rows.map((row) => row.json).join(",");
  return { items, count: rows.length, cursor: { ts: last.ts, seq: last.seq }, rows };
}
