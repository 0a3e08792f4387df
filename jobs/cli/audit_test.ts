import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { sessionById } from "../../engine/regime/mod.ts";
import { storedRows } from "../../modules/tape/mod.ts";
import { archiveSession } from "../lake/tape/archive_session.ts";
import { parquetBytes } from "../lake/parquet/mod.ts";
import { auditFolder } from "../research/realism/audit_folder.ts";
import { withTempDir } from "../testing/market_files.ts";
import { sampleTape } from "../testing/tape_records.ts";
import { createTapeStore } from "../tape/store/mod.ts";
import { lotus } from "../testing/lotus_command.ts";

const SESSION = sessionById(202_601_140);

/** A session of made rows in the lake of a data folder, and where it lies. */
async function archived(dataDir: string): Promise<string> {
  const store = await createTapeStore({ dataDir });
  await store.append(storedRows(sampleTape(300, 700)));
  await archiveSession(store, SESSION, dataDir);
  await store.close();
  return join(dataDir, "lake/tape", String(SESSION.id));
}

Deno.test("lotus audit tape prints every row of a session's files, and what it lacks", async () => {
  await withTempDir(async (dataDir) => {
    const folder = await archived(dataDir);
    const [text, json, nothing] = await Promise.all([
      lotus("audit", "tape", folder),
      lotus("audit", "tape", join(dataDir, "lake/tape"), "--json"),
      lotus("audit", "tape", join(dataDir, "kv")),
    ]);
    strictEqual(text.code, 0, text.err);
    match(text.out, /^X3 +not measured: .*\n +needs labels\n/m);
    match(text.out, /^X7 +not measured: .*\n +needs orders\n/m);
    match(text.out, /300 option prints/);
    const rows = json.out.trim().split("\n").map((line) => JSON.parse(line));
    deepStrictEqual(new Set(rows.map(({ id }) => id[0])), new Set(["X"]));
    strictEqual(rows.find(({ id }) => id === "X6").n, 300);
    strictEqual(rows.find(({ id }) => id === "X3").missing, "needs labels");
    ok(json.err.split("\n").some((line) => line.startsWith('{"progress":')));
    strictEqual(nothing.code, 1);
    match(nothing.err, /^lotus audit: Cannot find a tape in ".*kv": it has none of nbbo.parquet/);
  });
});

Deno.test("auditFolder() names the file and column that it cannot read", async () => {
  await withTempDir(async (dataDir) => {
    const folder = await archived(dataDir);
    const path = join(folder, "nbbo.parquet");
    const column = (name: string, type: "i53" | "utf8") => ({ name, type, unit: "", meaning: "" });
    const write = async (ts: Float64Array | string[]) => {
      const type = Array.isArray(ts) ? "utf8" : "i53";
      const columns = [column("ts", type), column("option_contract_id", "utf8")];
      const ids = new Array<string>(ts.length).fill("A");
      await Deno.writeFile(
        path,
        parquetBytes(columns, { columns: [ts, ids], valid: [null, null] }),
      );
    };
    const failure = async () => {
      try {
        await auditFolder(folder, () => {});
        return "none";
      } catch (error) {
        return String(error);
      }
    };
    await write(new Float64Array([1, 2]));
    match(await failure(), /nbbo\.parquet": column "bid" is missing/);
    await write(["1", "2"]);
    match(await failure(), /nbbo\.parquet": column "ts" is BYTE_ARRAY, not INT64/);
    await Deno.writeTextFile(path, "no parquet");
    match(await failure(), /TapeFolderError: Cannot read ".*nbbo\.parquet": /);
    await Deno.remove(path);
    await Deno.writeTextFile(join(folder, "labels.ndjson"), '{"slot":1}\n');
    match(await failure(), /labels\.ndjson": line 1 is no label/);
  });
});
