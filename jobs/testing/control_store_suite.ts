import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { type ControlState, DEFAULT_CONTROL } from "../../engine/regime/mod.ts";
import type { ControlStore, StoredControl } from "../../modules/control/mod.ts";

/** A store under test, and ways past its interface. */
export interface StoreUnderTest {
  readonly store: ControlStore;
  /** Another handle on the same state, as a second process has it. */
  readonly other: ControlStore;
  /** Writes a value that is no control state. */
  corrupt(): Promise<void>;
  /** Deletes the state. */
  remove(): Promise<void>;
}

/** A control state that differs by its seed. */
export function controlWith(seed: number, updatedAt = 1_000): ControlState {
  return { ...DEFAULT_CONTROL, shared_seed: seed, updated_at: updatedAt, updated_by: "test" };
}

/** Takes entries from a watch until `count` came. */
export async function take(
  store: ControlStore,
  after: number,
  count: number,
  signal: AbortSignal,
): Promise<StoredControl[]> {
  const entries: StoredControl[] = [];
  for await (const entry of store.watch(after, signal)) {
    entries.push(entry);
    if (entries.length >= count) break;
  }
  return entries;
}

/** The promises of {@link ControlStore}, each as a step of one test; every step gets an empty store. */
export async function controlStoreSuite(
  t: Deno.TestContext,
  withStore: (fn: (under: StoreUnderTest) => Promise<void>) => Promise<void>,
): Promise<void> {
  for (const [name, fn] of Object.entries(CASES)) {
    await t.step(name, () => withStore(fn));
  }
}

const CASES: Readonly<Record<string, (under: StoreUnderTest) => Promise<void>>> = {
  "get() gives null before the first state, then what was stored": async ({ store, other }) => {
    strictEqual(await store.get(), null);
    const revision = await store.create(controlWith(1));
    ok(revision !== null && revision >= 1);
    deepStrictEqual(await other.get(), { revision, control: controlWith(1) });
  },

  "create() succeeds for one of many that try at once": async ({ store, other }) => {
    const tries = Array.from(
      { length: 10 },
      (_, i) => (i % 2 === 0 ? store : other).create(controlWith(i)),
    );
    const revisions = (await Promise.all(tries)).filter((revision) => revision !== null);
    strictEqual(revisions.length, 1);
    strictEqual((await store.get())?.revision, revisions[0]);
  },

  "put() replaces the expected revision only, and revisions grow": async ({ store, other }) => {
    const first = await store.create(controlWith(1));
    ok(first !== null);
    strictEqual(await other.put(controlWith(2), first + 1), null);
    const second = await other.put(controlWith(2), first);
    ok(second !== null && second > first);
    strictEqual(await store.put(controlWith(3), first), null);
    deepStrictEqual(await store.get(), { revision: second, control: controlWith(2) });
  },

  "put() succeeds for one of many with the same expectation": async ({ store, other }) => {
    const first = await store.create(controlWith(0));
    ok(first !== null);
    const tries = Array.from(
      { length: 10 },
      (_, i) => (i % 2 === 0 ? store : other).put(controlWith(i), first),
    );
    const done = (await Promise.all(tries)).filter((revision) => revision !== null);
    strictEqual(done.length, 1);
  },

  "get() tells a malformed value from none, and put() replaces it": async (under) => {
    const { store } = under;
    await store.create(controlWith(1));
    await under.corrupt();
    const found = await store.get();
    ok(found !== null);
    strictEqual(found.control, null);
    const next = await store.put(controlWith(2), found.revision);
    ok(next !== null && next > found.revision);
  },

  "create() works after a deletion, with a higher revision": async (under) => {
    const first = await under.store.create(controlWith(1));
    await under.remove();
    strictEqual(await under.store.get(), null);
    const second = await under.store.create(controlWith(2));
    ok(first !== null && second !== null && second > first);
  },

  "watch() yields higher revisions of other writers, malformed ones too, no deletions": async (
    under,
  ) => {
    const { store, other } = under;
    const first = await store.create(controlWith(1));
    ok(first !== null);
    const stop = new AbortController();
    const watch = store.watch(first, stop.signal)[Symbol.asyncIterator]();
    const second = await other.put(controlWith(2), first);
    deepStrictEqual((await watch.next()).value, { revision: second, control: controlWith(2) });
    await under.corrupt();
    const bad = (await watch.next()).value as StoredControl;
    strictEqual(bad.control, null);
    await under.remove();
    const last = await other.create(controlWith(4));
    deepStrictEqual((await watch.next()).value, { revision: last, control: controlWith(4) });
    const pending = watch.next();
    stop.abort();
    strictEqual((await pending).done, true);
  },

  "watch() from an old revision gives the newest state at once": async ({ store }) => {
    const first = await store.create(controlWith(1));
    ok(first !== null);
    const second = await store.put(controlWith(2), first);
    const stop = new AbortController();
    const [entry] = await take(store, first, 1, stop.signal);
    stop.abort();
    deepStrictEqual(entry, { revision: second, control: controlWith(2) });
  },

  "appendLog() keeps the first row of a revision; readLog() is ascending": async (
    { store, other },
  ) => {
    const row = (revision: number, seed: number) => ({
      revision,
      activate_at: 3_000,
      snapshot: controlWith(seed),
    });
    deepStrictEqual(await store.readLog(), { rows: [], malformed: 0 });
    await store.appendLog(row(12, 1));
    await other.appendLog(row(9, 2));
    await other.appendLog(row(12, 3));
    await store.appendLog(row(100, 4));
    const expected = { rows: [row(9, 2), row(12, 1), row(100, 4)], malformed: 0 };
    deepStrictEqual(await store.readLog(), expected);
    deepStrictEqual(await other.readLog(), expected);
    for (let revision = 101; revision < 130; revision++) await store.appendLog(row(revision, 5));
    strictEqual((await other.readLog()).rows.length, 32);
  },
};
