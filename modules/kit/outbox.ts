import { type Change, commitAtOnce } from "./commit.ts";
import { type Envelope, readEnvelope } from "./envelope.ts";
import type { KvGate } from "./kv_gate.ts";
import { StoreError } from "./store_error.ts";

/** Events that wait at most; a module whose events nobody takes stops instead of filling the disk. */
const MAX_WAITING = 100_000;

/** Events handed on in one step. */
const STEP = 100;

/**
 * Events that a module has to tell. A record and the row that announces it are written in one commit, so
 * a crash loses neither without the other; the row goes when the event was handed on, so it may be handed
 * on twice and the {@link Inbox} of the other side takes it once.
 */
export class Outbox {
  readonly #gate: KvGate;
  readonly #prefix: Deno.KvKey;
  readonly #maxWaiting: number;
  #waiting: number;

  private constructor(gate: KvGate, prefix: Deno.KvKey, waiting: number, maxWaiting: number) {
    this.#gate = gate;
    this.#prefix = prefix;
    this.#waiting = waiting;
    this.#maxWaiting = maxWaiting;
  }

  /**
   * Opens the outbox of a module, which one process at a time writes to.
   *
   * @throws {StoreError} When the database does not answer.
   */
  static async open(gate: KvGate, module: string, maxWaiting = MAX_WAITING): Promise<Outbox> {
    const prefix: Deno.KvKey = [module, "outbox"];
    const waiting = await gate.run(async (kv) => {
      let count = 0;
      for await (const _row of kv.list({ prefix })) count++;
      return count;
    });
    return new Outbox(gate, prefix, waiting, maxWaiting);
  }

  /** Events that were not handed on yet. */
  get waiting(): number {
    return this.#waiting;
  }

  /**
   * Writes records and what announces them in one commit.
   *
   * @returns False when a check failed; nothing was written then.
   * @throws {StoreError} `too_large` when the changes pass a commit's budget or too many events wait.
   */
  async commit(
    changes: readonly Change[],
    events: readonly Envelope[],
    checks: readonly Deno.AtomicCheck[] = [],
  ): Promise<boolean> {
    if (this.#waiting + events.length > this.#maxWaiting) {
      throw new StoreError(
        "too_large",
        `Cannot announce more as ${this.#waiting} events wait: at most ${this.#maxWaiting}`,
      );
    }
    const rows = events.map((event) => ({ key: [...this.#prefix, event.event_id], value: event }));
    const done = await this.#gate.run((kv) => commitAtOnce(kv, [...changes, ...rows], checks));
    if (done) this.#waiting += events.length;
    return done;
  }

  /**
   * Hands on the events that wait, oldest first; a row goes once `send` has resolved.
   *
   * @returns How many were handed on.
   * @throws {StoreError} When the database does not answer; whatever `send` throws passes through, and the
   * event stays.
   */
  async deliver(send: (event: Envelope) => Promise<void>): Promise<number> {
    let delivered = 0;
    while (true) {
      const rows = await this.#gate.run((kv) =>
        Array.fromAsync(kv.list<unknown>({ prefix: this.#prefix }, { limit: STEP }))
      );
      for (const { key, value } of rows) {
        await send(readEnvelope(value));
        await this.#gate.run((kv) => kv.delete(key));
        this.#waiting--;
        delivered++;
      }
      if (rows.length < STEP) return delivered;
    }
  }
}
