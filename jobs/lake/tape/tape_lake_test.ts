import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { asyncBufferFromFile, parquetMetadataAsync } from "hyparquet";
import { sessionById } from "../../../engine/regime/mod.ts";
import { type AnyRecord, storedRows, STREAMS } from "../../../modules/tape/mod.ts";
import { createLogger } from "../../kit/mod.ts";
import { withTempDir } from "../../testing/market_files.ts";
import { parquetRows } from "../../testing/parquet_rows.ts";
import { contractName } from "../parquet/mod.ts";
import { SAMPLE_START_MS, sampleTape } from "../../testing/tape_records.ts";
import { createTapeStore } from "../../tape/store/mod.ts";
import { archiveEnded } from "./archiver.ts";
import { archiveSession } from "./archive_session.ts";
import { endedSessions } from "./ended_sessions.ts";
import { exportSession, lakeFolder } from "./export_session.ts";
import { streamLayout } from "./stream_layout.ts";

const SESSION = sessionById(202_601_140);

/** Rows of a Parquet file, with whole numbers as numbers again. */
async function readRows(path: string): Promise<Record<string, unknown>[]> {
  const rows = await parquetRows(path);
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [
        name,
        typeof value === "bigint" ? Number(value) : value,
      ]),
    )
  );
}

/** A row with null in the place of fields that it leaves out. */
function whole(row: AnyRecord, columns: readonly string[]): Record<string, unknown> {
  const given = new Map<string, unknown>(Object.entries(row));
  return Object.fromEntries(columns.map((name) => [name, given.get(name) ?? null]));
}

Deno.test("archiveSession() writes every row of every stream, and once", async () => {
  await withTempDir(async (dataDir) => {
    const store = await createTapeStore({ dataDir });
    const tape = sampleTape(300, 700);
    const outside = sampleTape(12, 700, SAMPLE_START_MS - 3_600_000);
    await store.append(storedRows(tape));
    await store.append(storedRows(outside));
    const manifest = await archiveSession(store, SESSION, dataDir);
    ok(manifest !== null);
    deepStrictEqual(manifest.files.map(({ stream }) => stream), STREAMS.names);
    for (const { stream, path, rows, bytes } of manifest.files) {
      const file = join(lakeFolder(dataDir), path);
      const read = await readRows(file);
      const columns = Object.keys(read[0] ?? {});
      const { rows: stored } = await store.after(stream, { ts: SESSION.openTs, seq: -1 }, {
        limit: 1_000,
      });
      strictEqual(stored.length, 300, stream);
      deepStrictEqual(read, stored.map((row) => whole(row, columns)), stream);
      deepStrictEqual([rows, bytes], [300, (await Deno.stat(file)).size]);
    }
    const { mtime } = await Deno.stat(join(lakeFolder(dataDir), "202601140", "alerts.parquet"));
    deepStrictEqual(await archiveSession(store, SESSION, dataDir), manifest);
    const again = await Deno.stat(join(lakeFolder(dataDir), "202601140", "alerts.parquet"));
    deepStrictEqual(again.mtime, mtime, "an archived session is not written again");
    strictEqual(await archiveSession(store, sessionById(202_601_150), dataDir), null);
    await store.close();
  });
});

Deno.test("archiveEnded() archives in a worker while the store is open, and settles each session", async () => {
  await withTempDir(async (dataDir) => {
    const store = await createTapeStore({ dataDir });
    await store.append(storedRows(sampleTape(60, 700)));
    const log: string[] = [];
    const options = {
      dataDir,
      clock: "loop" as const,
      retentionHours: 10,
      nowMs: () => SESSION.closeTs + 120_000,
      log: createLogger("test", {
        level: "info",
        human: false,
        now: () => new Date(0),
        write: (line) => log.push(line),
      }),
    };
    ok((await archiveEnded(options, new Set())).includes(SESSION.id));
    ok(
      log.some((line) => line.includes("session_archived") && line.includes('"rows":660')),
      log[0],
    );
    deepStrictEqual(await archiveEnded(options, new Set()), await archiveEnded(options, new Set()));
    await store.append(storedRows(sampleTape(3, 700, SESSION.closeTs)));
    strictEqual((await store.after("alerts", null, { limit: 99 })).rows.length, 63);
    await store.close();
  });
});

Deno.test("exportSession() writes an empty file with all columns for a stream without rows", async () => {
  await withTempDir(async (dataDir) => {
    const store = await createTapeStore({ dataDir });
    const folder = join(lakeFolder(dataDir), String(SESSION.id));
    await Deno.mkdir(folder, { recursive: true });
    await Deno.writeTextFile(join(folder, "alerts.parquet.part"), "left by a process that died");
    const file = await exportSession(store, "alerts", SESSION, dataDir);
    deepStrictEqual([file.rows, file.firstTs], [0, null]);
    const footer = await parquetMetadataAsync(
      await asyncBufferFromFile(join(folder, "alerts.parquet")),
    );
    const told = new Map(footer.key_value_metadata?.map(({ key, value }) => [key, value]));
    deepStrictEqual(
      [told.get("lotus.stream"), told.get("lotus.session"), told.get("lotus.contract")],
      ["alerts", String(SESSION.id), contractName(streamLayout("alerts"))],
    );
    strictEqual(told.get("lotus.provenance"), "SYNTHETIC · embedded market");
    deepStrictEqual(
      footer.schema.slice(1).map(({ name }) => name),
      streamLayout("alerts").columns.map(({ name }) => name),
    );
    deepStrictEqual(await readRows(join(lakeFolder(dataDir), file.path)), []);
    const names = [...Deno.readDirSync(join(lakeFolder(dataDir), "202601140"))].map((e) => e.name);
    deepStrictEqual(names, ["alerts.parquet"], "nothing half-written is left");
    await store.close();
  });
});

Deno.test("endedSessions() lists what is over, loops or not", () => {
  const after = SESSION.closeTs + 60_000;
  const ids = (nowMs: number, hours: number, clock: "loop" | "et") =>
    endedSessions(nowMs, nowMs - hours * 3_600_000, clock).map(({ id }) => id);
  strictEqual(ids(after - 1, 8, "loop")[0], undefined);
  strictEqual(ids(after, 8, "loop")[0], 202_601_140);
  deepStrictEqual(ids(after, 48, "et"), [202_601_140, 202_601_130]);
  ok(ids(after, 26, "loop").length >= 4, "the loops of the night count as well");
});

Deno.test("a closed session stays as it is when its manifest cannot be read, and the others go on", async () => {
  await withTempDir(async (dataDir) => {
    const store = await createTapeStore({ dataDir });
    await store.append(storedRows(sampleTape(60, 700)));
    const folder = join(lakeFolder(dataDir), String(SESSION.id));
    await Deno.mkdir(folder, { recursive: true });
    const log: string[] = [];
    const options = {
      dataDir,
      clock: "loop" as const,
      retentionHours: 10,
      nowMs: () => SESSION.closeTs + 120_000,
      log: createLogger("test", {
        level: "warn",
        human: false,
        now: () => new Date(0),
        write: (line) => log.push(line),
      }),
    };
    for (const text of ["{", '{"schema_ver":2}', '{"schema_ver":1}']) {
      await Deno.writeTextFile(join(folder, "session.json"), text);
      ok((await archiveEnded(options, new Set())).includes(SESSION.id));
      deepStrictEqual([...Deno.readDirSync(folder)].map(({ name }) => name), ["session.json"]);
      strictEqual(await Deno.readTextFile(join(folder, "session.json")), text);
    }
    strictEqual(log.filter((line) => line.includes("lake_session_kept")).length, 3);
    await store.close();
  });
});
