import { TapeStoreError } from "../tape/mod.ts";

/**
 * The one way to the database. A handle that failed is given up, and the next piece of work opens a
 * new one, so that the store recovers by itself when the database does.
 */
export class KvGate {
  readonly #open: () => Promise<Deno.Kv>;
  #handle: Promise<Deno.Kv> | null = null;
  #closed = false;
  #failures = 0;

  constructor(open: () => Promise<Deno.Kv>) {
    this.#open = open;
  }

  /** Pieces of work that failed so far. */
  get failures(): number {
    return this.#failures;
  }

  /**
   * Runs one piece of work on the database.
   *
   * @throws {TapeStoreError} `storage_unavailable` with the cause, or `closed`. Errors of the store's
   * own kind and range errors pass through.
   */
  async run<T>(work: (kv: Deno.Kv) => Promise<T>): Promise<T> {
    if (this.#closed) throw new TapeStoreError("closed", "Cannot use a tape store that was closed");
    const handle = this.#handle ??= this.#open();
    try {
      return await work(await handle);
    } catch (error) {
      if (error instanceof TapeStoreError || error instanceof RangeError) throw error;
      this.#failures++;
      if (this.#handle === handle) this.#handle = null;
      handle.then((kv) => kv.close()).catch(() => undefined);
      throw new TapeStoreError("storage_unavailable", "Cannot reach the tape's database", {
        cause: error,
      });
    }
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
