import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { tapeBytes, withTempDir } from "../testing/market_files.ts";
import { lotusIn } from "../testing/lotus_command.ts";

Deno.test("lotus warm stores a book that lotus replay begins from; a damaged one costs one line", async () => {
  await withTempDir(async (dir) => {
    const file = join(dir, "market.dbn");
    await Deno.writeFile(file, tapeBytes({ seconds: 40 }));
    const replay = async () => {
      const { code, out, err } = await lotusIn(
        { LOTUS_DATA_DIR: dir },
        "replay",
        file,
        "--start",
        "09:30:30",
        "--json",
      );
      const { state_hash: hash, bins } = JSON.parse(out);
      return {
        code,
        hash,
        bins,
        refused: err.split("\n").filter((line) => line.includes("refused")),
      };
    };
    const cold = await replay();
    deepStrictEqual([cold.code, cold.bins, cold.refused], [0, 100, []]);
    const warm = await lotusIn({ LOTUS_DATA_DIR: dir }, "warm", file, "--start-time", "09:30:30");
    strictEqual(warm.code, 0, warm.err);
    const [path = "", facts = ""] = warm.out.split("\n");
    match(path, /cache\/book\/ESH6_2026-03-10_093030_[0-9a-f]{16}\.book$/);
    match(facts, /^ESH6: \d+ records, \d+ resting orders, state [0-9a-f]{16}, \d+\.\d{3} s$/);
    deepStrictEqual(await replay(), cold);
    const good = await Deno.readFile(path);
    await Deno.writeFile(path, good.subarray(1));
    const rebuilt = await replay();
    deepStrictEqual([rebuilt.hash, rebuilt.bins, rebuilt.refused.length], [cold.hash, 100, 1]);
    deepStrictEqual(await Deno.readFile(path), good);
    const none = await lotusIn({ LOTUS_DATA_DIR: dir }, "warm", file, "--start-time", "09:30:00");
    strictEqual(none.code, 1);
    match(none.err, /^lotus: Cannot warm the book as no event of the file lies before/m);
    strictEqual((await lotusIn({ LOTUS_DATA_DIR: dir }, "warm", file)).code, 2);
  });
});

Deno.test("lotus bench core prints what it timed, as text and as one JSON line", async () => {
  await withTempDir(async (dir) => {
    const file = join(dir, "market.dbn");
    await Deno.writeFile(file, tapeBytes({ seconds: 10 }));
    const run = (...args: string[]) =>
      lotusIn({ LOTUS_DATA_DIR: dir }, "bench", "core", file, ...args);
    const text = await run("--max-bins", "20");
    strictEqual(text.code, 0, text.err);
    match(text.out, /^bins emitted +20$/m);
    const json = await run("--start-time", "09:30:05", "--json");
    const result = JSON.parse(json.out);
    deepStrictEqual([result.start, result.rows_per_grid], ["09:30:05", 8_192]);
    ok(result.bins_per_s > 0 && result.events_per_s > 0);
    strictEqual((await run("--max-bins", "-1")).code, 2);
    strictEqual(
      (await lotusIn({ LOTUS_DATA_DIR: dir }, "bench", "core", join(dir, "gone.dbn"))).code,
      1,
    );
  });
});
