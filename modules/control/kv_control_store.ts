import type { ControlState } from "../../engine/regime/mod.ts";
import {
  collectLog,
  type ControlLog,
  type ControlStore,
  ControlStoreError,
  type StoredControl,
} from "./control_store.ts";
import { ControlLogRow, parseControl } from "./synthetic_control.ts";

const KEY: Deno.KvKey = ["synthetic_control", "global"];
const LOG: Deno.KvKey = ["synthetic_control_log"];

/**
 * The revision in a versionstamp: its first eight bytes count transactions of the database, so it
 * grows with every write and needs no counter of its own.
 */
function revisionOf(versionstamp: string): number {
  return Number.parseInt(versionstamp.slice(0, 16), 16);
}

function stored(entry: Deno.KvEntryMaybe<unknown>): StoredControl | null {
  if (entry.versionstamp === null) return null;
  return { revision: revisionOf(entry.versionstamp), control: parseControl(entry.value) };
}

function parseRow(value: unknown): ControlLogRow | null {
  const parsed = ControlLogRow.safeParse(value);
  return parsed.success ? parsed.data : null;
}

/** The control state in Deno KV, for runs of one process. */
export class KvControlStore implements ControlStore {
  readonly #kv: Deno.Kv;

  /** @param kv An open database; it is closed by whoever opened it. */
  constructor(kv: Deno.Kv) {
    this.#kv = kv;
  }

  /** @see ControlStore.get */
  async get(): Promise<StoredControl | null> {
    return stored(await guard(this.#kv.get(KEY)));
  }

  /** @see ControlStore.create */
  async create(control: ControlState): Promise<number | null> {
    return await this.#write(control, null);
  }

  /** @see ControlStore.put */
  async put(control: ControlState, expectedRevision: number): Promise<number | null> {
    const { versionstamp } = await guard(this.#kv.get(KEY));
    if (versionstamp === null || revisionOf(versionstamp) !== expectedRevision) return null;
    return await this.#write(control, versionstamp);
  }

  /** @see ControlStore.watch */
  async *watch(afterRevision: number, signal: AbortSignal): AsyncGenerator<StoredControl> {
    if (signal.aborted) return;
    const reader = this.#kv.watch([KEY]).getReader();
    const stop = () => void reader.cancel().catch(() => {}); // a closed database ends it as well
    signal.addEventListener("abort", stop, { once: true });
    let last = afterRevision;
    try {
      while (true) {
        const { value, done } = await guard(reader.read());
        if (done) return;
        const entry = stored(value[0]);
        if (entry === null || entry.revision <= last) continue;
        last = entry.revision;
        yield entry;
      }
    } finally {
      signal.removeEventListener("abort", stop);
      stop();
    }
  }

  /** @see ControlStore.appendLog */
  async appendLog(row: ControlLogRow): Promise<void> {
    const key = [...LOG, row.revision];
    await guard(this.#kv.atomic().check({ key, versionstamp: null }).set(key, row).commit());
  }

  /** @see ControlStore.readLog */
  async readLog(): Promise<ControlLog> {
    const entries = await guard(Array.fromAsync(this.#kv.list({ prefix: LOG })));
    return collectLog(entries.map((entry) => entry.value), parseRow);
  }

  async #write(control: ControlState, versionstamp: string | null): Promise<number | null> {
    const result = await guard(
      this.#kv.atomic().check({ key: KEY, versionstamp }).set(KEY, control).commit(),
    );
    return result.ok ? revisionOf(result.versionstamp) : null;
  }
}

async function guard<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    throw new ControlStoreError("Cannot use the control state as its database failed", { cause });
  }
}
