import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { ROOT } from "../house/sources.ts";
import { createTapeStore } from "../tape/store/mod.ts";
import { withTempDir } from "../testing/market_files.ts";
import { parquetRows } from "../testing/parquet_rows.ts";
import { sampleTape } from "../testing/tape_records.ts";
import { storedRows } from "../../modules/tape/mod.ts";

async function lotus(...args: string[]) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-check", "-A", join(ROOT, "jobs/cli/main.ts"), ...args],
    cwd: ROOT,
    env: { NO_COLOR: "1" },
  }).output();
  const text = new TextDecoder();
  return { code, out: text.decode(stdout), err: text.decode(stderr) };
}

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
