import { deepStrictEqual, match, ok, rejects, strictEqual } from "node:assert/strict";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { asyncBufferFromFile, parquetReadObjects } from "hyparquet";
import { loadConfig } from "../../../config.ts";
import type { StreamName } from "../../../engine/frames/mod.ts";
import { type Page, STREAMS, type TapeStore } from "../../../modules/tape/mod.ts";
import { storedTimeline } from "../../control/mod.ts";
import { createLogger } from "../../kit/mod.ts";
import { verifyDataset } from "../../lake/datasets/mod.ts";
import { lakeFolder, readManifest } from "../../lake/tape/mod.ts";
import { ResultStore } from "../../research/analysis/mod.ts";
import { withTempDir } from "../../testing/market_files.ts";
import { TapeRig } from "../../testing/tape_rig.ts";
import { expectedRows, unpackOldStores } from "../../testing/stores_fixture.ts";
import { createTapeStore } from "./create_tape_store.ts";

const SESSION = 202_611_278;

/** A row's text as the old release had it, when scores were called probabilities and confidences. */
function oldText(stream: StreamName, text: string): string {
  if (stream === "classifier-hits") return text.replace('"score":', '"confidence":');
  return text.replace(',"probability":null', "")
    .replaceAll(/("profile_id":"\w+",)"score":/g, '$1"probability":')
    .replaceAll(/("classifier_id":"\w+",)"score":/g, '$1"confidence":');
}

async function sumOf(store: TapeStore, stream: StreamName) {
  const texts: string[] = [];
  let at: { ts: number; seq: number } | null = null;
  do {
    const page: Page<StreamName> = await store.after(stream, at, { limit: 500 });
    texts.push(...page.stored.map(({ json }) => oldText(stream, json)));
    at = page.next;
  } while (at !== null);
  const sha256 = createHash("sha256").update(texts.join("\n")).digest("hex");
  return { rows: texts.length, max_seq: store.maxSeq(stream), sha256 };
}

async function sums(store: TapeStore): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  for (const stream of STREAMS.names) found[stream] = await sumOf(store, stream);
  return found;
}

function logTo(lines: string[]) {
  const write = (line: string) => void lines.push(line);
  return createLogger("store", { level: "info", human: false, now: () => new Date(0), write });
}

Deno.test("createTapeStore() finds every row of a store without a version, and keeps a copy of it", async () => {
  await withTempDir(async (dataDir) => {
    await unpackOldStores(dataDir);
    const { streams } = await expectedRows();
    const path = join(dataDir, "kv", "tape.sqlite");
    const before = await Deno.readFile(path);
    const lines: string[] = [];
    for (const _start of ["migrates", "is migrated"]) {
      const store = await createTapeStore({ dataDir }, logTo(lines));
      deepStrictEqual(await sums(store), streams);
      strictEqual(store.stats().damaged, 0);
      await store.close();
    }
    strictEqual(lines.length, 2, "told once, at the first start");
    match(lines[0] ?? "", /format 0 becomes 2; the old one stays as /);
    deepStrictEqual(await Deno.readFile(`${path}.format-0`), before);
  });
});

Deno.test("createTapeStore() goes on with a migration that died between any two of its writes", async () => {
  await withTempDir(async (dataDir) => {
    await unpackOldStores(dataDir);
    const { streams } = await expectedRows();
    const path = join(dataDir, "kv", "tape.sqlite");
    // As a process leaves it that rewrote every third value: those of the copy in format 2.
    await withTempDir(async (other) => {
      await unpackOldStores(other);
      await (await createTapeStore({ dataDir: other })).close();
      const [from, to] = [
        await Deno.openKv(join(other, "kv", "tape.sqlite")),
        await Deno.openKv(path),
      ];
      let n = 0;
      for await (const { key } of to.list({ prefix: ["tape", "chunk"] })) {
        const { value } = await from.get(key);
        if (n++ % 3 === 0) await to.set(key, value);
      }
      from.close();
      to.close();
    });
    const store = await createTapeStore({ dataDir });
    deepStrictEqual(await sums(store), streams);
    await store.close();
  });
});

Deno.test("createTapeStore() gives an old score its name, and no probability to events and alerts", async () => {
  await withTempDir(async (dataDir) => {
    await unpackOldStores(dataDir);
    const store = await createTapeStore({ dataDir });
    const { rows: events } = await store.after("smart-money", null, { limit: 500 });
    const { rows: hits } = await store.after("classifier-hits", null, { limit: 500 });
    const { rows: alerts } = await store.after("alerts", null, { limit: 500 });
    await store.close();
    strictEqual([events, hits, alerts].map(({ length }) => length).join(), "13,6,6");
    for (const row of [...events, ...alerts]) {
      strictEqual(row.probability, null);
      const scores = row.profile_scores ?? [];
      ok(scores.length === 6 && scores.every(({ score }) => score >= 0 && score <= 1));
    }
    for (const { score } of [...hits, ...alerts.flatMap((alert) => alert.hits)]) ok(score >= 0.42);
    const texts = JSON.stringify([events, hits, alerts]);
    ok(!/"confidence":|"probability":\d/.test(texts));
    // Events that named a profile keep it, and the score that it was named by.
    const best = events.find(({ event_id }) => event_id === hits[0]?.event_id);
    strictEqual(best?.profile_scores[0]?.score, hits[0]?.score);
  });
});

Deno.test("the other stores of a release without versions open: control, lake, datasets, results", async () => {
  await withTempDir(async (dataDir) => {
    await unpackOldStores(dataDir);
    const config = { ...loadConfig(() => undefined), dataDir };
    const timeline = await storedTimeline(config);
    deepStrictEqual(timeline.map(({ snapshot }) => snapshot.shared_seed), [7, 8]);
    ok((await Deno.stat(join(dataDir, "kv", "control.sqlite.format-0"))).isFile);
    deepStrictEqual(await storedTimeline(config), timeline);

    const manifest = await readManifest(dataDir, SESSION);
    strictEqual(manifest?.files.length, STREAMS.list.length);
    for (const { path, rows, stream } of manifest.files) {
      const file = await asyncBufferFromFile(join(lakeFolder(dataDir), path));
      strictEqual((await parquetReadObjects({ file })).length, rows, stream);
    }
    const verified = await verifyDataset(join(dataDir, "research"), "old_release");
    deepStrictEqual(verified.problems, []);
    strictEqual((await new ResultStore(dataDir).list()).length, 1);
  });
});

Deno.test("a store of a later release is refused in one line, and left as it is", async () => {
  await withTempDir(async (dataDir) => {
    await unpackOldStores(dataDir);
    await (await createTapeStore({ dataDir })).close();
    const path = join(dataDir, "kv", "tape.sqlite");
    const kv = await Deno.openKv(path);
    await kv.set(["tape_format"], 3);
    kv.close();
    const later = /^Cannot use "[^\n]+": it has format 3, and this release knows 2[^\n]+$/;
    await rejects(createTapeStore({ dataDir }), (error) => later.test((error as Error).message));
    const newer = (error: unknown) =>
      /^Cannot read [^\n]+ format 2, /.test((error as Error).message);
    const session = join(lakeFolder(dataDir), String(SESSION), "session.json");
    await Deno.writeTextFile(session, '{"schema_ver":2}');
    await rejects(readManifest(dataDir, SESSION), newer);
  });
});

Deno.test("createTapeStore() tells of a damaged chunk in one line, and the tape's state has the gap", async () => {
  await withTempDir(async (dataDir) => {
    await unpackOldStores(dataDir);
    await (await createTapeStore({ dataDir })).close();
    const kv = await Deno.openKv(join(dataDir, "kv", "tape.sqlite"));
    const [first] = await Array.fromAsync(
      kv.list<Uint8Array>({ prefix: ["tape", "chunk", "flow"] }, { limit: 1 }),
    );
    ok(first !== undefined);
    first.value[50] = (first.value[50] ?? 0) ^ 1;
    await kv.set(first.key, first.value);
    kv.close();
    const lines: string[] = [];
    const store = await createTapeStore({ dataDir }, logTo(lines));
    for (const _time of [1, 2]) await store.after("flow", null, { limit: 1_000 });
    const from_ts = Number(first.key[3]) * STREAMS.of("flow").bucketMs;
    strictEqual(lines.length, 1);
    match(lines[0] ?? "", /"tape_chunk_damaged","stream":"flow"/);
    const rig = await TapeRig.create({ store });
    deepStrictEqual(rig.service.status().gaps, [{
      from_ts,
      to_ts: from_ts + 59_999,
      rows: 0,
      reason: "stored rows of flow are damaged",
    }]);
    strictEqual(rig.service.figures().gaps, 1);
    await rig.stop();
  });
});
