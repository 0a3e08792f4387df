import { deepStrictEqual, match } from "node:assert/strict";
import { withTempDir } from "../testing/market_files.ts";
import { NO_TAPE, recordedFeed } from "../testing/quiet_server.ts";
import { runToEnd, ServerProcess } from "../testing/server.ts";

Deno.test("two boots on one data folder: the second ends in one line, and a crash frees the folder", async () => {
  await withTempDir(async (data) => {
    const settings = {
      ...NO_TAPE,
      ...await recordedFeed(data),
      LOTUS_DATA_DIR: data,
    };
    const first = await ServerProcess.start(settings);
    try {
      const second = await runToEnd({ ...settings, LOTUS_LOG_LEVEL: "error" });
      deepStrictEqual([second.code, second.stdout], [1, ""]);
      match(second.stderr, /^Cannot start as another process uses the data folder "[^\n]+\n$/);
    } finally {
      await first.kill();
    }
    const third = await ServerProcess.start(settings);
    await third.kill();
  });
});
