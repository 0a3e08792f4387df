import {
  type LiveChannel,
  type ReplayClock,
  StoredRow,
  STREAMS,
  type TapeMaking,
  TapeStore,
} from "../../modules/tape/mod.ts";
import { createLogger, systemClock, Topic, TOPICS } from "../kit/mod.ts";
import { LiveHub } from "../serve/rows/live_hub.ts";
import { StoreHistory } from "../serve/rows/history.ts";
import { sampleRecord } from "./tape_records.ts";

/** Fields that a test gives a record in place of those that it would have. */
export type Given = Readonly<Record<string, unknown>>;

const SIDES = ["A", "AA", "MID", "B"] as const;

/** What the workspace's first filters let through. */
function shown(channel: LiveChannel, seq: number): Given {
  if (channel !== "options") return {};
  return { signal_pass: true, is_etf: false, nbbo_side: SIDES[seq % SIDES.length] };
}

/**
 * A tape in which a test decides when each row comes: a real store and the real hub of the live sockets,
 * over real sockets.
 */
export class LiveTape implements AsyncDisposable {
  readonly #store: TapeStore;
  readonly #rows = new Topic<readonly StoredRow[]>(TOPICS.tapeRows);
  readonly #hub: LiveHub;
  readonly #changes = new Topic<null>(TOPICS.tapeStates);
  #making: TapeMaking | null = null;
  readonly #sockets = new Set<WebSocket>();
  #seq = 0;
  #ts = 0;
  #accepted = 0;

  private constructor(store: TapeStore) {
    this.#store = store;
    this.#hub = new LiveHub({
      rows: this.#rows,
      history: new StoreHistory(store),
      clock: systemClock,
      log: createLogger("live", {
        level: "error",
        human: false,
        now: () => new Date(),
        write: (line) => console.error(line),
      }),
      health: () => ({}),
      making: { of: () => this.#making, changes: this.#changes },
    });
  }

  /** Opens a tape in memory. */
  static async open(): Promise<LiveTape> {
    return new LiveTape(await TapeStore.open({ openKv: () => Deno.openKv(":memory:") }));
  }

  /** Sockets that were ever opened. */
  get accepted(): number {
    return this.#accepted;
  }

  /** Takes a WebSocket request for the live protocol. */
  accept(request: Request): Response {
    this.#accepted++;
    const { socket, response } = Deno.upgradeWebSocket(request);
    let served: ReturnType<LiveHub["attach"]> | null = null;
    socket.onopen = () => {
      this.#sockets.add(socket);
      served = this.#hub.attach(socket);
    };
    socket.onmessage = ({ data }) => served?.receive?.(String(data));
    socket.onclose = () => {
      this.#sockets.delete(socket);
      served?.end();
    };
    return response;
  }

  /** Answers `/history/STREAM` and `/replay/STREAM` from the store. */
  async answer(request: Request): Promise<Response> {
    const { pathname, searchParams: query } = new URL(request.url);
    const [, kind, name] = pathname.split("/");
    const stream = STREAMS.names.find((one) => one === name);
    if (stream === undefined) return new Response(null, { status: 404 });
    const end = kind === "history" ? "before" : "after";
    const at = { ts: Number(query.get(`${end}_ts`)), seq: Number(query.get(`${end}_seq`)) };
    const read = { limit: Number(query.get("limit")) };
    const { rows, next } = end === "before"
      ? await this.#store.before(stream, at, read)
      : await this.#store.after(stream, at, read);
    return Response.json({ data: rows, [end === "before" ? "next_before" : "next"]: next });
  }

  /** Stores rows of a channel and sends them to everyone who wants them. */
  async send(channel: LiveChannel, count = 1, given: Given = {}): Promise<void> {
    this.#rows.publish(await this.#append(channel, count, given));
  }

  /** Stores rows and sends none of them, as with a slow reader, and tells so. @param id The reader's query. */
  async drop(channel: LiveChannel, count: number, id: string): Promise<void> {
    const resume_cursor = this.#store.latest(STREAMS.channel(channel).stream);
    await this.#append(channel, count, {});
    const subscription = { channel, id };
    this.#hub.tell({ op: "gap", channel, subscription, dropped: count, resume_cursor });
  }

  /** Tells everyone how far the making of the past is; null: it is made. */
  make(making: TapeMaking | null): void {
    this.#making = making;
    this.#changes.publish(null);
  }

  /** Tells everyone the clock of a replay. */
  tellClock(clock: ReplayClock): void {
    this.#hub.tell({ op: "clock", clock });
  }

  /** Closes all sockets. */
  disconnect(code: number, reason: string): void {
    for (const socket of this.#sockets) socket.close(code, reason);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#hub.stop();
    await this.#store.close();
  }

  async #append(channel: LiveChannel, count: number, given: Given): Promise<readonly StoredRow[]> {
    const { stream } = STREAMS.channel(channel);
    const rows = Array.from({ length: count }, () => {
      const seq = ++this.#seq;
      this.#ts = Math.max(this.#ts + 1, Date.now());
      const record = sampleRecord(stream, this.#ts, seq);
      return StoredRow.of(stream, { ...record, ...shown(channel, seq), ...given });
    });
    await this.#store.append(rows);
    return rows;
  }
}
