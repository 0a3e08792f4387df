import { jetstream } from "@nats-io/jetstream";
import { type KV, type KvEntry, Kvm } from "@nats-io/kv";
import type { NatsConnection } from "@nats-io/transport-node";
import type { ControlState } from "../../engine/regime/mod.ts";
import {
  type ControlLog,
  ControlLogRow,
  type ControlStore,
  ControlStoreError,
  parseControl,
  type StoredControl,
} from "../../modules/control/mod.ts";
import { dialNats } from "../kit/nats/mod.ts";

const BUCKET = "synthetic_control";
const KEY = "global";
const HISTORY = 8;

/** The log has a bucket of its own: one row per key, so that no history limit cuts it. */
const LOG_BUCKET = "synthetic_control_log";

/** Longest wait for one answer of the server, ms. */
const TIMEOUT_MS = 2_000;

interface Buckets {
  readonly connection: NatsConnection;
  readonly state: KV;
  readonly log: KV;
}

/** The control state in NATS JetStream KV, for runs of several processes. */
export class NatsControlStore implements ControlStore {
  readonly #url: string;
  #opening: Promise<Buckets> | null = null;
  /** While the connection is down, requests would only wait and might be sent much later. */
  #isDown = false;
  #isClosed = false;

  /** @param url Address of the server, with credentials if it needs any; connected on first use. */
  constructor(url: string) {
    this.#url = url;
  }

  /** @see ControlStore.get */
  async get(): Promise<StoredControl | null> {
    return await this.#use(async ({ state }) => stored(await state.get(KEY)));
  }

  /** @see ControlStore.create */
  async create(control: ControlState): Promise<number | null> {
    return await this.#use(async ({ state }) => {
      try {
        return await state.create(KEY, JSON.stringify(control));
      } catch (error) {
        if (isConflict(error)) return null;
        throw error;
      }
    });
  }

  /** @see ControlStore.put */
  async put(control: ControlState, expectedRevision: number): Promise<number | null> {
    return await this.#use(async ({ state }) => {
      try {
        return await state.update(KEY, JSON.stringify(control), expectedRevision);
      } catch (error) {
        if (isConflict(error)) return null;
        throw error;
      }
    });
  }

  /** @see ControlStore.watch */
  async *watch(afterRevision: number, signal: AbortSignal): AsyncGenerator<StoredControl> {
    if (signal.aborted) return;
    const entries = await this.#use(({ state }) =>
      state.watch({ key: KEY, resumeFromRevision: afterRevision + 1 })
    );
    const stop = () => entries.stop();
    signal.addEventListener("abort", stop, { once: true });
    if (signal.aborted) stop();
    let last = afterRevision;
    try {
      for await (const entry of entries) {
        const found = stored(entry);
        if (found === null || found.revision <= last) continue;
        last = found.revision;
        yield found;
      }
    } catch (cause) {
      throw unavailable(cause);
    } finally {
      signal.removeEventListener("abort", stop);
      stop();
    }
  }

  /** @see ControlStore.appendLog */
  async appendLog(row: ControlLogRow): Promise<void> {
    await this.#use(async ({ log }) => {
      try {
        await log.create(`log.${String(row.revision).padStart(16, "0")}`, JSON.stringify(row));
      } catch (error) {
        if (!isConflict(error)) throw error;
      }
    });
  }

  /** @see ControlStore.readLog */
  async readLog(): Promise<ControlLog> {
    return await this.#use(async ({ log }) => {
      const rows: ControlLogRow[] = [];
      let malformed = 0;
      for await (const entry of await log.history({ key: "log.>" })) {
        if (entry.operation !== "PUT") continue;
        const parsed = ControlLogRow.safeParse(json(entry));
        if (parsed.success) rows.push(parsed.data);
        else malformed++;
      }
      return { rows: rows.sort((a, b) => a.revision - b.revision), malformed };
    });
  }

  /** Closes the connection; every later use fails. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const opening = this.#opening;
    this.#opening = null;
    // A connection that never came has nothing to close.
    const buckets = await opening?.catch(() => null);
    await buckets?.connection.close();
  }

  /** Runs one request with a limit of time; any failure becomes a {@link ControlStoreError}. */
  async #use<T>(work: (buckets: Buckets) => Promise<T>): Promise<T> {
    if (this.#isClosed || this.#isDown) throw unavailable(new Error("not connected"));
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer in ${TIMEOUT_MS} ms`)), TIMEOUT_MS);
    });
    try {
      return await Promise.race([this.#open().then(work), late]);
    } catch (cause) {
      throw unavailable(cause);
    } finally {
      clearTimeout(timer);
    }
  }

  /** The connection and its buckets; made once, and again after it failed or was closed. */
  #open(): Promise<Buckets> {
    if (this.#opening !== null) return this.#opening;
    const opening = this.#connect();
    this.#opening = opening;
    opening.catch(() => {
      if (this.#opening === opening) this.#opening = null;
    });
    return opening;
  }

  async #connect(): Promise<Buckets> {
    const connection = await dialNats(this.#url, "lotus-control", TIMEOUT_MS);
    if (this.#isClosed) {
      await connection.close();
      throw new Error("closed while connecting");
    }
    void this.#followStatus(connection);
    try {
      const kvm = new Kvm(jetstream(connection, { timeout: TIMEOUT_MS }));
      const options = { timeout: TIMEOUT_MS };
      return {
        connection,
        state: await kvm.create(BUCKET, { ...options, history: HISTORY }),
        log: await kvm.create(LOG_BUCKET, { ...options, history: 1 }),
      };
    } catch (error) {
      await connection.close();
      throw error;
    }
  }

  async #followStatus(connection: NatsConnection): Promise<void> {
    for await (const { type } of connection.status()) {
      if (type === "disconnect") this.#isDown = true;
      if (type === "reconnect") this.#isDown = false;
    }
    // The connection is closed for good: the next request makes another.
    this.#opening = null;
    this.#isDown = false;
  }
}

/** Whether a write was refused as the stored revision is not the expected one. */
function isConflict(error: unknown): boolean {
  // The server's codes for a wrong last sequence.
  return error instanceof Error && "code" in error &&
    (error.code === 10_071 || error.code === 10_164);
}

function json(entry: KvEntry): unknown {
  try {
    return entry.json<unknown>();
  } catch {
    return undefined;
  }
}

function stored(entry: KvEntry | null): StoredControl | null {
  if (entry === null || entry.operation !== "PUT") return null;
  return { revision: entry.revision, control: parseControl(json(entry)) };
}

function unavailable(cause: unknown): ControlStoreError {
  if (cause instanceof ControlStoreError) return cause;
  return new ControlStoreError("Cannot use the control state as NATS does not answer", { cause });
}
