import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert/strict";
import fc from "fast-check";
import type { OptionNbbo, StreamName } from "../../engine/frames/records.ts";
import {
  positions,
  SAMPLE_START_MS,
  sampleRecord,
  sampleTape,
} from "../../jobs/testing/tape_records.ts";
import { StoreError } from "../kit/mod.ts";
import { type Cursor, cursorOf } from "./cursor.ts";
import { TapeStore, type TapeStoreOptions } from "./tape_store.ts";
import type { LostStretch, Page } from "./page.ts";
import { unpackRows } from "./_packed_rows.ts";
import { StoredRow, storedRows } from "./stored_row.ts";
import { STREAMS } from "./streams/mod.ts";

type Limits = Omit<TapeStoreOptions, "openKv">;

/** Small limits, so that a few hundred rows already live in memory, log and chunks alike. */
const SMALL: Limits = { windowRows: 40, windowMs: 30_000, sealEntries: 4, sealRows: 60 };

async function withStore(limits: Limits, fn: (store: TapeStore, path: string) => Promise<void>) {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/tape.sqlite`;
  const store = await TapeStore.open({ ...limits, openKv: () => Deno.openKv(path) });
  try {
    await fn(store, path);
  } finally {
    await store.close();
    await Deno.remove(folder, { recursive: true });
  }
}

const row = (at: Cursor): OptionNbbo => sampleRecord("nbbo", at.ts, at.seq);
const key = (at: Cursor) => `${at.ts}:${at.seq}`;
const bySize = (a: Cursor, b: Cursor) => a.ts - b.ts || a.seq - b.seq;

async function pageDown(store: TapeStore, limit: number): Promise<Cursor[]> {
  const seen: Cursor[] = [];
  let next: Cursor | null = null;
  do {
    const page: Page<"nbbo"> = await store.before("nbbo", next, { limit });
    seen.push(...page.rows.map(cursorOf));
    ok(page.rows.length === limit || page.next === null);
    next = page.next;
  } while (next !== null);
  return seen;
}

async function pageUp(store: TapeStore, limit: number): Promise<Cursor[]> {
  const seen: Cursor[] = [];
  let next: Cursor | null = null;
  do {
    const page: Page<"nbbo"> = await store.after("nbbo", next, { limit });
    seen.push(...page.rows.map(cursorOf));
    next = page.next;
  } while (next !== null);
  return seen;
}

Deno.test("TapeStore pages every row exactly once in order, wherever the rows lie", async () => {
  await fc.assert(
    fc.asyncProperty(
      positions(150),
      fc.integer({ min: 1, max: 40 }),
      fc.constantFrom(1, 7, 200),
      async (given, batchSize, limit) => {
        await withStore(SMALL, async (store) => {
          for (let i = 0; i < given.length; i += batchSize) {
            await store.append(storedRows({ nbbo: given.slice(i, i + batchSize).map(row) }));
          }
          const wanted = [...given].sort(bySize).map(key);
          deepStrictEqual((await pageUp(store, limit)).map(key), wanted);
          deepStrictEqual((await pageDown(store, limit)).map(key), wanted.toReversed());
        });
      },
    ),
    { numRuns: 25, seed: 7 },
  );
});

Deno.test("TapeStore keeps a batch that is written again, and one that came before, once", async () => {
  await withStore(SMALL, async (store, path) => {
    const batches = Array.from({ length: 30 }, (_, i) => ({
      nbbo: Array.from({ length: 10 }, (_, j) => row({ ts: SAMPLE_START_MS + i * 2_000, seq: j })),
    }));
    for (const batch of batches) await store.append(storedRows(batch));
    for (const batch of batches) await store.append(storedRows(batch));
    strictEqual((await pageUp(store, 200)).length, 300);
    await store.close();
    const again = await TapeStore.open({ ...SMALL, openKv: () => Deno.openKv(path) });
    for (const batch of batches.slice(5, 20)) await again.append(storedRows(batch));
    strictEqual((await pageDown(again, 7)).length, 300);
    await again.seal();
    strictEqual((await pageUp(again, 7)).length, 300);
    strictEqual(again.stats().damaged, 0);
    await again.close();
  });
});

Deno.test("TapeStore gives back after a restart what every stream was given", async () => {
  await withStore({ ...SMALL, sealEntries: 3 }, async (store, path) => {
    const tape = sampleTape(90, 700);
    await store.append(storedRows(tape));
    await store.append(
      storedRows({ alerts: [sampleRecord("alerts", SAMPLE_START_MS + 90_000, 500)] }),
    );
    await store.close();
    const again = await TapeStore.open({ ...SMALL, openKv: () => Deno.openKv(path) });
    for (const stream of STREAMS.names) {
      const { rows, next } = await again.after(stream, null, { limit: 1_000 });
      strictEqual(rows.length, stream === "alerts" ? 91 : 90, stream);
      strictEqual(next, null);
      for (const found of rows) deepStrictEqual(STREAMS.of(stream).record.parse(found), found);
    }
    strictEqual(again.maxSeq("alerts"), 500);
    strictEqual(again.maxSeq("flow"), 89);
    deepStrictEqual(again.latest("alerts"), { ts: SAMPLE_START_MS + 90_000, seq: 500 });
    await again.close();
  });
});

Deno.test("TapeStore stops at sinceTs, untilTs and the filter's limit", async () => {
  await withStore(SMALL, async (store) => {
    for (let i = 0; i < 100; i++) {
      await store.append(storedRows({ nbbo: [row({ ts: SAMPLE_START_MS + i * 1_000, seq: i })] }));
    }
    const from = SAMPLE_START_MS + 20_000;
    const down = await store.before("nbbo", null, { limit: 1_000, sinceTs: from });
    deepStrictEqual(down.rows.map((r) => r.seq), Array.from({ length: 80 }, (_, i) => 99 - i));
    const up = await store.after("nbbo", { ts: from, seq: 19 }, {
      limit: 1_000,
      untilTs: from + 70_000,
    });
    deepStrictEqual(up.rows.map((r) => r.seq), Array.from({ length: 71 }, (_, i) => 20 + i));
    const some = await store.before("nbbo", null, { limit: 5, filter: (r) => r.seq % 20 === 0 });
    deepStrictEqual(some.rows.map((r) => r.seq), [80, 60, 40, 20, 0]);
    deepStrictEqual(some.next, { ts: SAMPLE_START_MS, seq: 0 });
  });
});

Deno.test("TapeStore ends a read whose time is over: with what it has, or with an error", async () => {
  await withStore(SMALL, async (store) => {
    for (let i = 0; i < 100; i++) {
      await store.append(storedRows({ nbbo: [row({ ts: SAMPLE_START_MS + i * 10_000, seq: i })] }));
    }
    const signal = AbortSignal.abort();
    const wanted = { limit: 200, signal, filter: (r: Cursor) => r.seq < 10 };
    const late = (error: unknown) => error instanceof StoreError && error.code === "query_timeout";
    await rejects(store.before("nbbo", null, wanted), late);
    await rejects(store.after("nbbo", null, wanted), late);
    const found: number[] = [];
    let next: Cursor | null = null;
    let pages = 0;
    do {
      const page: Page<"nbbo"> = await store.before("nbbo", next, {
        ...wanted,
        mayStopEarly: true,
      });
      found.push(...page.rows.map((r) => r.seq));
      next = page.next;
      pages++;
    } while (next !== null && pages < 200);
    deepStrictEqual(found, [9, 8, 7, 6, 5, 4, 3, 2, 1, 0], "going on finds every row once");
    ok(pages > 10);
  });
});

Deno.test("TapeStore writes a batch of all streams as one entry, however many rows", async () => {
  await withStore({}, async (store, path) => {
    const kv = await Deno.openKv(path);
    const entries = async () => (await Array.fromAsync(kv.list({ prefix: ["tape"] }))).length;
    await store.append(storedRows(sampleTape(23, 700)));
    strictEqual(await entries(), 1, "253 rows, one value, so one commit");
    await store.append(storedRows(sampleTape(23, 700, SAMPLE_START_MS + 60_000)));
    strictEqual(await entries(), 2);
    await store.seal();
    ok(await entries() < 40, "chunks hold many rows each");
    kv.close();
  });
});

/** Rows enough for a seal by themselves. */
function largeBatch(untilTs: number): readonly StoredRow[] {
  const rows = Array.from({ length: 200 }, (_, i) => row({ ts: untilTs - 200 + i, seq: i }));
  return storedRows({ nbbo: rows });
}

Deno.test("TapeStore writes a batch as large as a seal as chunks, whole and in one commit", async () => {
  await withStore(SMALL, async (store, path) => {
    const kv = await Deno.openKv(path);
    const entries = () => Array.fromAsync(kv.list({ prefix: ["tape"] }));
    await store.append(storedRows({ nbbo: [row({ ts: SAMPLE_START_MS - 500, seq: 7 })] }));
    await store.append(largeBatch(SAMPLE_START_MS));
    strictEqual(store.stats().openEntries, 0);
    const written = await entries();
    ok(written.every(({ key }) => key[1] !== "log"), "what waited in the log is sealed before");
    // The rows that waited are in a commit before; the batch and what is known from then on are in one.
    const [meta] = written.filter(({ key }) => key[1] === "meta");
    const [newest] = written.filter(({ key }) => key[1] === "chunk").slice(-1);
    strictEqual(newest?.versionstamp, meta?.versionstamp);
    strictEqual(newest?.key[4], 2, "it was never an entry of the log with the row before it");
    kv.close();
    strictEqual((await pageUp(store, 50)).length, 201);
    const reopened = await TapeStore.open({ openKv: () => Deno.openKv(path) });
    strictEqual((await pageUp(reopened, 50)).length, 201);
    strictEqual(reopened.maxSeq("nbbo"), 199);
    // A batch that comes again, or later under the numbers of another, is no second row and no lost one.
    await reopened.append(largeBatch(SAMPLE_START_MS + 1_000));
    strictEqual((await pageUp(reopened, 50)).length, 401);
    await reopened.close();
  });
});

Deno.test("TapeStore writes a large batch that fits no single commit to its log", async () => {
  await withStore(SMALL, async (store) => {
    const ids = crypto.getRandomValues(new Uint8Array(40_000));
    const trace_id = Array.from(ids, (byte) => String.fromCharCode(33 + byte % 90)).join("");
    const rows = Array.from({ length: 60 }, (_, i) => ({
      ...row({ ts: SAMPLE_START_MS + i, seq: i }),
      trace_id: trace_id.slice(i) + trace_id.slice(0, i),
    }));
    const spread = rows.map((each, i) => ({ ...each, ts: each.ts + i * 3_600_000 }));
    await store.append(storedRows({ nbbo: spread }));
    strictEqual(store.stats().openEntries, 0, "the log is sealed, in as many commits as it takes");
    deepStrictEqual((await store.after("nbbo", null, { limit: 100 })).rows, spread);
  });
});

Deno.test("TapeStore deletes what is older than a cutoff and nothing else", async () => {
  await withStore(SMALL, async (store) => {
    const rows = Array.from(
      { length: 600 },
      (_, i) => row({ ts: SAMPLE_START_MS + i * 10_000, seq: i }),
    );
    await store.append(storedRows({ nbbo: rows }));
    await store.seal();
    const cutoff = SAMPLE_START_MS + 300 * 10_000;
    let steps = 0;
    while (await store.prune(cutoff)) steps++;
    ok(steps >= 1);
    const left = await pageUp(store, 1_000);
    strictEqual(left.length, 300);
    strictEqual(left[0]?.seq, 300);
  });
});

/** Flips a byte of every other chunk, as a bad disk does. @returns Rows that are lost, and values hit. */
async function damage(path: string, stream: StreamName): Promise<{ rows: number; values: number }> {
  const kv = await Deno.openKv(path);
  let [rows, values, seen] = [0, 0, 0];
  for await (const { key, value } of kv.list<Uint8Array>({ prefix: ["tape", "chunk", stream] })) {
    if (seen++ % 2 === 1) continue;
    rows += unpackRows(value).length;
    values++;
    const middle = value.length >> 1;
    value[middle] = (value[middle] ?? 0) ^ 4;
    await kv.set(key, value);
  }
  kv.close();
  return { rows, values };
}

Deno.test("TapeStore tells of rows that a disk damaged: counted, told once, a gap in every page", async () => {
  await withStore(SMALL, async (store, path) => {
    const rows = Array.from({ length: 300 }, (_, i) => ({
      ts: SAMPLE_START_MS + i * 1_000,
      seq: i,
    }));
    await store.append(storedRows({ nbbo: rows.map(row) }));
    await store.seal();
    await store.close();
    const { rows: lost, values } = await damage(path, "nbbo");
    ok(values > 5);
    const told: LostStretch[] = [];
    const again = await TapeStore.open({
      ...SMALL,
      openKv: () => Deno.openKv(path),
      onDamaged: (stretch) => told.push(stretch),
    });
    for (const _time of [1, 2]) {
      const page = await again.after("nbbo", null, { limit: 1_000 });
      strictEqual(page.rows.length, 300 - lost);
      strictEqual(page.gaps.length, values);
      const missing = rows.filter(({ seq }) => !page.rows.some((found) => found.seq === seq));
      for (const { ts } of missing) {
        ok(page.gaps.some(({ from_ts, to_ts }) => from_ts <= ts && ts <= to_ts));
      }
      deepStrictEqual((await again.before("nbbo", null, { limit: 1_000 })).gaps.length, values);
    }
    deepStrictEqual([told.length, again.stats().damaged, again.lost.length], [
      values,
      values,
      values,
    ]);
    const healthy = await again.after("options", null, { limit: 10 });
    deepStrictEqual(healthy.gaps, []);
    await again.close();
  });
});

Deno.test("TapeStore tells of a damaged entry of the log and serves the others", async () => {
  await withStore({}, async (store, path) => {
    for (let i = 0; i < 3; i++) {
      await store.append(storedRows({ nbbo: [row({ ts: SAMPLE_START_MS + i, seq: i })] }));
    }
    await store.close();
    const kv = await Deno.openKv(path);
    await kv.set(["tape", "log", 2, 0], new Uint8Array(30));
    kv.close();
    const again = await TapeStore.open({ openKv: () => Deno.openKv(path) });
    deepStrictEqual((await pageUp(again, 10)).map(({ seq }) => seq), [0, 2]);
    deepStrictEqual(again.lost, [{
      stream: null,
      from_ts: SAMPLE_START_MS,
      to_ts: SAMPLE_START_MS,
    }]);
    await again.append(storedRows({ nbbo: [row({ ts: SAMPLE_START_MS + 9, seq: 9 })] }));
    await again.seal();
    strictEqual((await pageUp(again, 10)).length, 3);
    await again.close();
  });
});

Deno.test("TapeStore gives the very texts back that it was given, from memory, log and chunks", async () => {
  await withStore(
    { windowRows: 30, windowMs: 1e9, sealEntries: 99, sealRows: 1e6 },
    async (store, path) => {
      const seq = (i: number) => `"seq":${i},  "source_ts":${SAMPLE_START_MS + i}`;
      const texts = Array.from(
        { length: 90 },
        (_, i) => `{"ts":${SAMPLE_START_MS + i},${seq(i)},"é":1.0}`,
      );
      const given = texts.map((text, i) => new StoredRow("nbbo", SAMPLE_START_MS + i, i, text));
      await store.append(given.slice(0, 30));
      await store.seal();
      await store.append(given.slice(30));
      const read = async (from: TapeStore) =>
        (await from.after("nbbo", null, { limit: 100 })).stored.map(({ json }) => json);
      deepStrictEqual(await read(store), texts);
      await store.close();
      const again = await TapeStore.open({ openKv: () => Deno.openKv(path) });
      deepStrictEqual(await read(again), texts);
      await again.close();
    },
  );
});

Deno.test("TapeStore says that storage is unavailable, and recovers when it is back", async () => {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/tape.sqlite`;
  const handles: Deno.Kv[] = [];
  let down = false;
  const openKv = async () => {
    if (down) throw new Deno.errors.ConnectionRefused("refused");
    const kv = await Deno.openKv(path);
    handles.push(kv);
    return kv;
  };
  const store = await TapeStore.open({ ...SMALL, windowRows: 5, openKv });
  const rows = Array.from(
    { length: 50 },
    (_, i) => row({ ts: SAMPLE_START_MS + i * 1_000, seq: i }),
  );
  await store.append(storedRows({ nbbo: rows.slice(0, 30) }));
  down = true;
  handles[0]?.close();
  const unavailable = (error: unknown) =>
    error instanceof StoreError && error.code === "storage_unavailable";
  await rejects(store.append(storedRows({ nbbo: rows.slice(30) })), unavailable);
  await rejects(store.after("nbbo", null, { limit: 10 }), unavailable);
  await rejects(store.probe(), unavailable);
  strictEqual((await store.before("nbbo", null, { limit: 5 })).rows[0]?.seq, 29, "from memory");
  down = false;
  await store.append(storedRows({ nbbo: rows.slice(30) }));
  strictEqual((await pageUp(store, 1_000)).length, 50);
  strictEqual(store.stats().failures, 3);
  await store.close();
  await rejects(
    store.probe(),
    (error) => error instanceof StoreError && error.code === "closed",
  );
  await Deno.remove(folder, { recursive: true });
});
