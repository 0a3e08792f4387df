import { deepStrictEqual, rejects, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { withTempDir } from "../../testing/market_files.ts";
import { RESULT_FORMAT } from "./result.ts";
import { ResultError, ResultStore } from "./result_store.ts";

const ID = "0123456789abcdef";

/** A stored result in few words. */
function textOf(id: string): string {
  return JSON.stringify({
    format: RESULT_FORMAT,
    id,
    mode: "projection_experiment",
    input: { name: "file.dbn", sha256: "00" },
    config: { symbol: "ESH6", cell_width_ms: 100 },
    dt: "2026-03-10",
    eval_start: "10:00",
    eval_end: "10:01",
    n_eval_bins: 600,
    base_ms: 0,
    results: [],
  });
}

Deno.test("ResultStore.text() gives a whole result only: no damage, no other id, no link", async () => {
  await withTempDir(async (data) => {
    const store = new ResultStore(data);
    await Deno.mkdir(store.folder, { recursive: true });
    const path = join(store.folder, `${ID}.json`);
    const code = async () => {
      let found = "";
      await rejects(store.text(ID), (error) => {
        found = error instanceof ResultError ? error.code : String(error);
        return true;
      });
      return found;
    };
    await Deno.writeTextFile(path, textOf(ID));
    strictEqual(await store.text(ID), textOf(ID));
    const outside = join(data, "secret.json");
    await Deno.writeTextFile(outside, textOf(ID));
    const damage: readonly [string, string][] = [
      ["", "unreadable"],
      [textOf(ID).slice(0, -3), "unreadable"],
      ["{}", "unreadable"],
      [textOf("fedcba9876543210"), "unreadable"],
    ];
    for (const [text, expected] of damage) {
      await Deno.writeTextFile(path, text);
      strictEqual(await code(), expected, text);
    }
    await Deno.remove(path);
    await Deno.symlink(outside, path);
    strictEqual(await code(), "not_found");
    deepStrictEqual(await store.list(), []);
    await Deno.remove(path);
    await Deno.mkdir(path);
    strictEqual(await code(), "not_found");
    await rejects(store.get("../secret"), ResultError);
  });
});
