import { match, ok, rejects, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { StoreFormat } from "../../modules/kit/mod.ts";
import { withTempDir } from "../testing/market_files.ts";
import { NO_TAPE } from "../testing/quiet_server.ts";
import { runToEnd } from "../testing/server.ts";
import { DataFolderError } from "./data_folder_error.ts";
import { prepareKv } from "./open_kv.ts";

const FORMAT: StoreFormat = {
  name: "the toys",
  prefixes: [["toy"]],
  key: ["toy_format"],
  version: 1,
  steps: [() => Promise.resolve()],
};

const prepare = (path: string) =>
  prepareKv({ path, format: FORMAT, advice: "nothing else is lost", onProgress: () => undefined });

function inOneLine(error: unknown): boolean {
  ok(error instanceof DataFolderError, String(error));
  match(error.message, /^Cannot use "[^\n]+\. Move it away to start with an empty one: [^\n]+\.$/);
  return true;
}

async function fill(path: string): Promise<void> {
  const kv = await (await prepare(path))();
  for (let i = 0; i < 400; i++) await kv.set(["toy", i], new Uint8Array(2_000).fill(i));
  kv.close();
}

Deno.test("prepareKv() refuses in one line what is no database, is damaged, or takes no writes", async () => {
  await withTempDir(async (folder) => {
    const garbage = join(folder, "garbage.sqlite");
    await Deno.writeTextFile(garbage, "garbage ".repeat(2_000));
    await rejects(prepare(garbage), inOneLine);
    const directory = join(folder, "folder.sqlite");
    await Deno.mkdir(directory);
    await rejects(prepare(directory), inOneLine);
    await rejects(prepare(join(garbage, "a.sqlite")), inOneLine);

    const path = join(folder, "toys.sqlite");
    await fill(path);
    const whole = await Deno.readFile(path);
    const flipped = whole.slice();
    for (let i = 4_096 * 3; i < 4_096 * 40; i += 7) flipped[i] = (flipped[i] ?? 0) ^ 255;
    await Deno.writeFile(path, flipped);
    await rejects(prepare(path), inOneLine);
    await Deno.writeFile(path, whole.subarray(0, 4_096 * 20));
    await rejects(prepare(path), inOneLine);

    await Deno.writeFile(path, whole);
    const database = new DatabaseSync(path);
    database.exec("create trigger full before insert on kv begin select raise(abort, 'full'); end");
    database.close();
    await rejects(prepare(path), inOneLine);
    strictEqual((await Deno.stat(path)).isFile, true, "nothing was taken away");
  });
});

Deno.test("a bad data folder ends the start in one line that says what to move away", async () => {
  await withTempDir(async (folder) => {
    const off = { ...NO_TAPE, LOTUS_LOG_LEVEL: "error" };
    const file = join(folder, "file");
    await Deno.writeTextFile(file, "not a folder");
    const noFolder = await runToEnd({ ...off, LOTUS_DATA_DIR: file });
    strictEqual(noFolder.code, 1);
    match(noFolder.stderr, /^Cannot use "[^\n]+file": [^\n]+ LOTUS_DATA_DIR [^\n]+\n$/);
    const data = join(folder, "data");
    await Deno.mkdir(join(data, "kv"), { recursive: true });
    await Deno.writeTextFile(join(data, "kv", "tape.sqlite"), "garbage ".repeat(2_000));
    const noDatabase = await runToEnd({ ...off, LOTUS_DATA_DIR: data });
    strictEqual(noDatabase.code, 1);
    match(
      noDatabase.stderr,
      /^Cannot use "[^\n]+tape\.sqlite": [^\n]+closed sessions stay [^\n]+\n$/,
    );
  });
});
