import { runClients, untilReady } from "./client_process.ts";
import { Deliveries } from "./deliveries.ts";
import { MemoryTrack } from "./memory_track.ts";
import type { BenchRow } from "./row.ts";
import { ServerProcess } from "./server_process.ts";

const CLIENTS = 200;
const IDLE_SECONDS = 4;

/**
 * 200 clients on one market. A bin ends at a scheduled instant, so that a late bin counts as late
 * delivery; the constant distance of the synthetic market to the wall clock is taken from the
 * fastest delivery to a single client before the crowd comes.
 *
 * @param seconds How long the crowd stays.
 */
export async function fanOutRows(seconds: number): Promise<BenchRow[]> {
  const server = await ServerProcess.start({
    // Each socket says that it comes from an address of its own.
    API_TRUSTED_PROXIES: "127.0.0.1",
    API_RATE_LIMIT_WS: "0",
    SYNTHETIC_BACKFILL_MINUTES: "0",
  });
  try {
    await untilReady(`${server.url}/readyz`, 120_000);
    const idle = await clients(server.url, 1, IDLE_SECONDS);
    const memory = new MemoryTrack(server);
    const crowd = await memory.during(clients(server.url, CLIENTS, seconds));
    const { deliveries, dropped, closed } = crowd;
    const p99 = crowd.p99Ms - idle.leastMs;
    const { startMb, endMb, mostMb, growthMb } = memory.summary();
    return [
      {
        name: "fan-out",
        what: `${CLIENTS} WebSocket clients, delivery of a bin, p99`,
        unit: "ms",
        measured: p99,
        baseline: { what: "one client, idle", value: idle.p99Ms - idle.leastMs },
        reach: { bound: "at most", value: 100 },
        note: `${deliveries} deliveries in ${seconds} s, ` +
          `${crowd.perClientPerSecond.toFixed(1)} bins/s each, ` +
          `${crowd.megabytesPerSecond.toFixed(0)} MB/s, p50 ` +
          `${(crowd.p50Ms - idle.leastMs).toFixed(1)} ms, worst ` +
          `${(crowd.mostMs - idle.leastMs).toFixed(0)} ms, ${dropped} drops, ${closed} lost`,
      },
      {
        name: "fan-out",
        what: `memory of the server with ${CLIENTS} clients, growth over ${seconds} s`,
        unit: "MB",
        measured: growthMb,
        baseline: null,
        reach: { bound: "at most", value: 50 },
        note: `median of the last third less that of the middle third; resident ` +
          `${startMb.toFixed(0)} MB at the start, ${endMb.toFixed(0)} MB at the end, ` +
          `${mostMb.toFixed(0)} MB at most`,
      },
    ];
  } finally {
    await server.stop();
  }
}

function clients(url: string, count: number, seconds: number): Promise<Deliveries> {
  const stream = `${url.replace("http", "ws")}/v1/pressure/stream`;
  return runClients("_stream_clients.ts", [stream, `${count}`, `${seconds}`], seconds, Deliveries);
}
