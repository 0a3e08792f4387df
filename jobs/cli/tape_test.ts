import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { createTapeStore } from "../tape/store/mod.ts";
import { sessionAt } from "../../engine/regime/mod.ts";
import { archiveSession } from "../lake/tape/archive_session.ts";
import { withTempDir } from "../testing/market_files.ts";
import { parquetRows } from "../testing/parquet_rows.ts";
import { sampleTape } from "../testing/tape_records.ts";
import { storedRows } from "../../modules/tape/mod.ts";
import { lotus } from "../testing/lotus_command.ts";

Deno.test("lotus tape export writes the newest session as Parquet", async () => {
  await withTempDir(async (folder) => {
    const store = await createTapeStore({ dataDir: folder });
    const tape = sampleTape(40, 700);
    await store.append(storedRows(tape));
    await store.close();
    const [made, empty, wrong] = await Promise.all([
      lotus("tape", "export", "--data", folder, "--stream", "smart-money", "--json"),
      lotus("tape", "export", "--data", join(folder, "nothing")),
      lotus("tape", "export", "--session", "12"),
    ]);
    strictEqual(made.code, 0, made.err);
    const { path, rows } = JSON.parse(made.out);
    strictEqual(rows, 40);
    const read = await parquetRows(path);
    deepStrictEqual(
      read.map((row) => row["event_id"]),
      tape["smart-money"].map((row) => row.event_id),
    );
    strictEqual(empty.code, 1);
    match(empty.err, /^lotus tape: /);
    strictEqual(wrong.code, 2);
    match(wrong.err, /session id/);
  });
});

Deno.test("lotus tape export leaves a closed session as it is, whatever the store holds by then", async () => {
  await withTempDir(async (folder) => {
    const store = await createTapeStore({ dataDir: folder });
    const tape = sampleTape(40, 700);
    await store.append(storedRows(tape));
    const session = sessionAt(tape.alerts[0]?.source_ts ?? 0, "loop");
    ok(session !== null);
    const manifest = await archiveSession(store, session, folder);
    const file = manifest?.files.find(({ stream }) => stream === "alerts");
    await store.seal();
    while (await store.prune(session.closeTs + 1_000_000)) continue;
    await store.close();
    const args = ["--data", folder, "--stream", "alerts", "--json", "--session", `${session.id}`];
    const { code, out } = await lotus("tape", "export", ...args);
    const told = JSON.parse(out);
    deepStrictEqual([code, told.rows, told.bytes], [0, 40, file?.bytes]);
    const read = await parquetRows(told.path);
    strictEqual(read.length, 40);
  });
});
