import { z } from "zod";
import type { ControlState } from "../../engine/regime/mod.ts";
import { causeText, commitAtOnce, KvGate, type StoreFormat } from "../kit/mod.ts";
import {
  collectLog,
  type ControlLog,
  type ControlStore,
  ControlStoreError,
  type StoredControl,
} from "./control_store.ts";
import { ControlLogRow, parseControl } from "./contract.ts";

const KEY: Deno.KvKey = ["synthetic_control", "global"];
/** Highest revision given so far; kept apart, so that it outlives the state. */
const REVISION: Deno.KvKey = ["synthetic_control_revision"];
const LOG: Deno.KvKey = ["synthetic_control_log"];

/** How the keys above are laid out. Format 1 only carries its number; before it there was none. */
export const CONTROL_FORMAT: StoreFormat = {
  name: "the control state",
  prefixes: [["synthetic_control"], REVISION, LOG],
  key: ["synthetic_control_format"],
  version: 1,
  steps: [() => Promise.resolve()],
};

const Revision = z.int().min(1);
/** What is stored under the key. */
const Value = z.object({ revision: Revision, control: z.unknown() });

/** State and counter as one read gives them. */
interface Found {
  readonly state: Deno.KvEntryMaybe<unknown>;
  readonly counter: Deno.KvEntryMaybe<unknown>;
}

function countOf({ counter }: Found): number {
  const parsed = Revision.safeParse(counter.value);
  return parsed.success ? parsed.data : 0;
}

function stored(found: Found): StoredControl | null {
  const { state } = found;
  if (state.versionstamp === null) return null;
  const parsed = Value.safeParse(state.value);
  // Whoever wrote past this class took no number: the value has the one after the last.
  if (!parsed.success) return { revision: countOf(found) + 1, control: null };
  return { revision: parsed.data.revision, control: parseControl(parsed.data.control) };
}

function parseRow(value: unknown): ControlLogRow | null {
  const parsed = ControlLogRow.safeParse(value);
  return parsed.success ? parsed.data : null;
}

/** The control state in Deno KV, for runs of one process. Revisions are 1, 2, 3 and so on. */
export class KvControlStore implements ControlStore {
  readonly #gate: KvGate;

  /** @param openKv Opens the database; called again after a failure. */
  constructor(openKv: () => Promise<Deno.Kv>) {
    this.#gate = new KvGate("the control's database", openKv);
  }

  /** Closes the database. */
  close(): Promise<void> {
    return this.#gate.close();
  }

  /** @see ControlStore.get */
  async get(): Promise<StoredControl | null> {
    return stored(await this.#find());
  }

  /** @see ControlStore.create */
  async create(control: ControlState): Promise<number | null> {
    const found = await this.#find();
    if (stored(found) !== null) return null;
    const count = countOf(found);
    // A deletion counts as one, so that a value that nobody could read had no number in common with this.
    return await this.#write(control, found, count === 0 ? 1 : count + 2);
  }

  /** @see ControlStore.put */
  async put(control: ControlState, expectedRevision: number): Promise<number | null> {
    const found = await this.#find();
    if (stored(found)?.revision !== expectedRevision) return null;
    return await this.#write(control, found, expectedRevision + 1);
  }

  /** @see ControlStore.watch */
  async *watch(afterRevision: number, signal: AbortSignal): AsyncGenerator<StoredControl> {
    if (signal.aborted) return;
    const kv = await this.#guard(this.#gate.handle());
    const reader = kv.watch<[unknown, unknown]>([KEY, REVISION]).getReader();
    const stop = () => void reader.cancel().catch(() => {}); // a closed database ends it as well
    signal.addEventListener("abort", stop, { once: true });
    let last = afterRevision;
    try {
      while (true) {
        const { value, done } = await this.#guard(reader.read());
        if (done) return;
        const entry = stored({ state: value[0], counter: value[1] });
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
    const check = { key, versionstamp: null };
    await this.#run((kv) => commitAtOnce(kv, [{ key, value: row }], [check]));
  }

  /** @see ControlStore.readLog */
  async readLog(): Promise<ControlLog> {
    const entries = await this.#run((kv) => Array.fromAsync(kv.list({ prefix: LOG })));
    return collectLog(entries.map((entry) => entry.value), parseRow);
  }

  async #find(): Promise<Found> {
    const [state, counter] = await this.#run((kv) =>
      kv.getMany<[unknown, unknown]>([KEY, REVISION])
    );
    return { state, counter };
  }

  async #write(control: ControlState, found: Found, revision: number): Promise<number | null> {
    const changes = [{ key: KEY, value: { revision, control } }, {
      key: REVISION,
      value: revision,
    }];
    const ok = await this.#run((kv) => commitAtOnce(kv, changes, [found.state, found.counter]));
    return ok ? revision : null;
  }

  #run<T>(work: (kv: Deno.Kv) => Promise<T>): Promise<T> {
    return this.#guard(this.#gate.run(work));
  }

  async #guard<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (cause) {
      throw new ControlStoreError(`Cannot use the control state: ${causeText(cause)}`, { cause });
    }
  }
}
