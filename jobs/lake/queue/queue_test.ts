import { deepStrictEqual, rejects } from "node:assert/strict";
import { join } from "node:path";
import { lotusCommand } from "../../testing/lotus_command.ts";
import { withTempDir } from "../../testing/market_files.ts";
import { natsTest } from "../../testing/nats_server.ts";
import {
  copyRaw,
  differingPaths,
  lakeContent,
  makeSmallRaw,
  runSmallLake,
} from "../../testing/small_lake.ts";
import { QueueRunner } from "./mod.ts";
import { WorkQueue } from "./work_queue.ts";

const DATES = ["2026-01-06"];
/** Of a worker that died, ms. */
const ACK_WAIT_MS = 500;

/** A worker as a process of its own, whose words nobody reads. */
function startWorker(url: string, lake: string): Deno.ChildProcess {
  const args = ["pipeline", "work", "--queue", url, "--lake", lake];
  return lotusCommand(args).spawn();
}

/** Resolves when a partition of silver is being written. */
async function untilWriting(lake: string): Promise<void> {
  const watcher = Deno.watchFs(lake, { recursive: true });
  for await (const { paths } of watcher) {
    if (paths.some((path) => /silver.*\.tmp_/.test(path))) return;
  }
}

natsTest(
  "lotus pipeline work makes the same bytes when a worker dies in the middle of a task",
  async ({ url }) => {
    await withTempDir(async (folder) => {
      const [alone, shared] = [join(folder, "alone"), join(folder, "shared")];
      await makeSmallRaw(alone, DATES);
      copyRaw(alone, shared);
      Deno.mkdirSync(join(shared, "silver"));
      await runSmallLake(alone, { dates: DATES });

      await (await WorkQueue.open(url, ACK_WAIT_MS)).close();
      const writing = untilWriting(shared);
      const first = startWorker(url, shared);
      const running = runSmallLake(shared, { dates: DATES, runner: await QueueRunner.open(url) });
      await writing;
      first.kill("SIGKILL");
      await first.output();

      const second = startWorker(url, shared);
      const outcomes = await running;
      second.kill("SIGTERM");
      deepStrictEqual((await second.output()).code, 0);
      deepStrictEqual(outcomes.map(({ error }) => error), [null, null]);
      deepStrictEqual(differingPaths(await lakeContent(alone), await lakeContent(shared)), []);
    });
  },
);

Deno.test("QueueRunner.open() tells of a server that is not there", async () => {
  await rejects(QueueRunner.open("nats://127.0.0.1:1"), {
    name: "QueueError",
    code: "no_queue",
    message: "Cannot use the queue in 127.0.0.1:1",
  });
});
