import { newYorkText } from "../../engine/clock/mod.ts";
import { untilReady } from "./client_process.ts";
import { MemoryTrack } from "./memory_track.ts";
import type { BenchRow } from "./row.ts";
import { ServerProcess } from "./server_process.ts";

/** A while in which the past is made and memory settles, s; `--long`: ten minutes. */
export const SETTLE_SECONDS = { short: 60, long: 600 } as const;
const MEASURED_SECONDS = 60;

/**
 * The terminal on its embedded market at steady load while nobody looks at it. What that is depends on the
 * hour: a session's tape is busiest after its open.
 *
 * @param settleSeconds From the start until it is measured.
 */
export async function idleRows(settleSeconds: number): Promise<BenchRow[]> {
  const server = await ServerProcess.start();
  try {
    await untilReady(`${server.url}/readyz`, 120_000);
    await sleep(settleSeconds * 1_000);
    const at = newYorkText(BigInt(Date.now()) * 1_000_000n).slice(11);
    const [before, beginMs] = [server.processorSeconds(), performance.now()];
    const memory = new MemoryTrack(server);
    await memory.during(sleep(MEASURED_SECONDS * 1_000));
    const seconds = (performance.now() - beginMs) / 1_000;
    const share = (server.processorSeconds() - before) / seconds;
    const when = `${settleSeconds} s after the start, at ${at} in New York`;
    return [
      {
        name: "idle",
        what: "processor of a server at which nobody looks",
        unit: "% of a core",
        measured: 100 * share,
        baseline: null,
        reach: { bound: "at most", value: 3 },
        note: `${when}, over ${Math.round(seconds)} s`,
      },
      {
        name: "idle",
        what: "memory of a server at which nobody looks, at most",
        unit: "MB",
        measured: memory.summary().mostMb,
        baseline: null,
        reach: { bound: "at most", value: 300 },
        note: when,
      },
    ];
  } finally {
    await server.stop();
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
