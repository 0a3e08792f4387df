import { type Change, commitAtOnce } from "./commit.ts";
import type { Envelope } from "./envelope.ts";
import type { KvGate } from "./kv_gate.ts";
import { ulidTimeMs } from "./ulid.ts";

/** Rows deleted in one step of {@link Inbox.forget}. */
const STEP = 500;

/**
 * Events that a module has taken. The effect of an event and the row that remembers it are written in one
 * commit that demands that there is no such row yet, so a second delivery does nothing.
 */
export class Inbox {
  readonly #gate: KvGate;
  readonly #prefix: Deno.KvKey;
  readonly #floor: Deno.KvKey;

  /** @param module Name of the module that takes. */
  constructor(gate: KvGate, module: string) {
    this.#gate = gate;
    this.#prefix = [module, "inbox"];
    this.#floor = [module, "inbox_floor"];
  }

  /**
   * Writes what follows from an event, once.
   *
   * @returns `taken`; `known` when the event was taken before, or is from before the bound of
   * {@link Inbox.forget}; `conflict` when a check failed as another wrote first: read again and repeat.
   * @throws {StoreError} `too_large` when the changes pass a commit's budget.
   */
  async take(
    event: Envelope,
    changes: readonly Change[],
    checks: readonly Deno.AtomicCheck[] = [],
  ): Promise<"taken" | "known" | "conflict"> {
    const key = [...this.#prefix, event.event_id];
    const done = await this.#gate.run(async (kv) => {
      const floor = await kv.get<number>(this.#floor);
      if (ulidTimeMs(event.event_id) < (floor.value ?? 0)) return false;
      return await commitAtOnce(kv, [...changes, { key, value: event.ts }], [
        { key, versionstamp: null },
        floor,
        ...checks,
      ]);
    });
    if (done) return "taken";
    return await this.has(event) ? "known" : "conflict";
  }

  /** Whether an event was taken. */
  async has(event: Envelope): Promise<boolean> {
    const key = [...this.#prefix, event.event_id];
    return await this.#gate.run(async (kv) => {
      const [row, floor] = await kv.getMany<[unknown, number]>([key, this.#floor]);
      return row.versionstamp !== null || ulidTimeMs(event.event_id) < (floor.value ?? 0);
    });
  }

  /**
   * Forgets events that were made before an epoch ms, so that the rows stay bounded; from then on every
   * event of that time counts as taken.
   *
   * @returns Rows that went.
   */
  async forget(beforeMs: number): Promise<number> {
    return await this.#gate.run(async (kv) => {
      const floor = await kv.get<number>(this.#floor);
      // First the bound: a row that is gone must not let its event in again.
      if (beforeMs > (floor.value ?? 0)) await kv.set(this.#floor, beforeMs);
      let gone = 0;
      while (true) {
        const old: Deno.KvKey[] = [];
        for await (const { key } of kv.list({ prefix: this.#prefix }, { limit: STEP })) {
          if (ulidTimeMs(String(key[key.length - 1])) < beforeMs) old.push(key);
        }
        await commitAtOnce(kv, old.map((key) => ({ key, value: null })));
        gone += old.length;
        if (old.length < STEP) return gone;
      }
    });
  }
}
