import { ok, rejects } from "node:assert/strict";
import { NO_TAPE } from "../testing/quiet_server.ts";
import { ServerProcess } from "./server_process.ts";

Deno.test("ServerProcess starts a terminal of its own and leaves none behind", async () => {
  const server = await ServerProcess.start(NO_TAPE);
  try {
    ok(await server.metric("lotus_memory_rss_bytes") > 1e6);
    await rejects(server.metric("lotus_nothing"), RangeError);
    const seconds = server.processorSeconds();
    if (Deno.build.os === "linux") ok(seconds > 0.1 && seconds < 60, `${seconds} s`);
  } finally {
    await server.stop();
  }
  await rejects(fetch(`${server.url}/metrics`));
});
