import { causeText, StoreError } from "./store_error.ts";

const PROBE: Deno.KvKey = ["gate", "probe"];

/**
 * The one way to a database. A handle that failed is given up, and the next piece of work opens a new
 * one, so that a store recovers by itself when its database does.
 */
export class KvGate {
  readonly #name: string;
  readonly #open: () => Promise<Deno.Kv>;
  #handle: Promise<Deno.Kv> | null = null;
  #probing: Promise<void> | null = null;
  #closed = false;
  #failures = 0;

  /**
   * @param name What the database is, for messages: `the tape's database`.
   * @param open Opens it; called again after a failure.
   */
  constructor(name: string, open: () => Promise<Deno.Kv>) {
    this.#name = name;
    this.#open = open;
  }

  /** Pieces of work that failed so far. */
  get failures(): number {
    return this.#failures;
  }

  /**
   * Runs one piece of work on the database.
   *
   * @throws {StoreError} `storage_unavailable` with the cause, or `closed`. Store errors and range
   * errors of the work pass through.
   */
  async run<T>(work: (kv: Deno.Kv) => Promise<T>): Promise<T> {
    if (this.#closed) throw new StoreError("closed", `Cannot use ${this.#name}: it was closed`);
    const handle = this.#handle ??= this.#open();
    try {
      return await work(await handle);
    } catch (cause) {
      if (cause instanceof StoreError || cause instanceof RangeError) throw cause;
      this.#failures++;
      if (this.#handle === handle) this.#handle = null;
      handle.then((kv) => kv.close()).catch(() => undefined);
      throw new StoreError(
        "storage_unavailable",
        `Cannot reach ${this.#name}: ${causeText(cause)}`,
        { cause },
      );
    }
  }

  /**
   * The raw handle, for a watch that outlives a piece of work. Its failures are the caller's.
   *
   * @throws {StoreError} As {@link KvGate.run}.
   */
  handle(): Promise<Deno.Kv> {
    return this.run((kv) => Promise.resolve(kv));
  }

  /**
   * Writes one value and reads it back: a database that is full or may only be read is not ready. Calls
   * at the same time share one write.
   *
   * @throws {StoreError} As {@link KvGate.run}.
   */
  probe(): Promise<void> {
    this.#probing ??= this.run(async (kv) => {
      const { versionstamp } = await kv.set(PROBE, true);
      const found = await kv.get(PROBE);
      if (found.versionstamp === null || found.versionstamp < versionstamp) {
        throw new TypeError("what was written is not there");
      }
    }).finally(() => {
      this.#probing = null;
    });
    return this.#probing;
  }

  /** Closes the handle; work that is asked for later is refused. */
  async close(): Promise<void> {
    this.#closed = true;
    const handle = this.#handle;
    this.#handle = null;
    if (handle === null) return;
    try {
      (await handle).close();
    } catch {
      // It never opened, or is closed already.
    }
  }
}
