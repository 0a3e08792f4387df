import { runClients, untilReady } from "./client_process.ts";
import { Deliveries } from "./deliveries.ts";
import type { BenchRow } from "./row.ts";
import { ServerProcess } from "./server_process.ts";

const CLIENTS = 50;
const BINS_SECONDS = 6;
const IDLE_SECONDS = 10;

/**
 * 50 clients on the surfaces of the synthetic session, half on each endpoint. A window ends at a scheduled
 * instant, so one that closes late counts as delivered late. The market runs a constant time behind the wall
 * clock: that distance is taken from the fastest of the bins, which come ten times a second.
 *
 * @param seconds How long the crowd stays.
 */
export async function surfacesLiveRows(seconds: number): Promise<BenchRow[]> {
  const server = await ServerProcess.start({
    // Each socket says that it comes from an address of its own.
    API_TRUSTED_PROXIES: "127.0.0.1",
    API_RATE_LIMIT_WS: "0",
    SYNTHETIC_BACKFILL_MINUTES: "0",
  });
  try {
    await untilReady(`${server.url}/readyz`, 120_000);
    const bins = await clients(server.url, "_stream_clients.ts", 1, BINS_SECONDS);
    const idle = await clients(server.url, "_surface_clients.ts", 1, IDLE_SECONDS);
    const before = server.processorSeconds();
    const beginMs = performance.now();
    const crowd = await clients(server.url, "_surface_clients.ts", CLIENTS, seconds);
    const cores = (server.processorSeconds() - before) * 1_000 / (performance.now() - beginMs);
    const { deliveries, dropped, closed } = crowd;
    return [
      {
        name: "surfaces-live",
        what: `${CLIENTS} clients of the surfaces, end of a window to its last byte, p99`,
        unit: "ms",
        measured: crowd.p99Ms - bins.leastMs,
        baseline: { what: "one client, idle", value: idle.p99Ms - bins.leastMs },
        reach: { bound: "at most", value: 60 },
        note: `${deliveries} deliveries in ${seconds} s, ` +
          `${crowd.perClientPerSecond.toFixed(2)} windows/s each, p50 ` +
          `${(crowd.p50Ms - bins.leastMs).toFixed(1)} ms, worst ` +
          `${(crowd.mostMs - bins.leastMs).toFixed(0)} ms, ` +
          `${crowd.megabytesPerSecond.toFixed(1)} MB/s; one client alone p50 ` +
          `${(idle.p50Ms - bins.leastMs).toFixed(1)} ms; ${closed} lost`,
      },
      {
        name: "surfaces-live",
        what: `windows dropped for ${CLIENTS} clients`,
        unit: "windows",
        measured: dropped,
        baseline: null,
        reach: { bound: "at most", value: 0 },
        note: `of ${deliveries}`,
      },
      {
        name: "surfaces-live",
        what: `processor of the whole server with ${CLIENTS} clients`,
        unit: "cores",
        measured: cores,
        baseline: null,
        reach: { bound: "at most", value: 1 },
        note:
          "the synthetic market, its tape of options and equities, every engine and the sockets",
      },
    ];
  } finally {
    await server.stop();
  }
}

function clients(url: string, script: string, count: number, seconds: number): Promise<Deliveries> {
  const server = script === "_stream_clients.ts"
    ? `${url.replace("http", "ws")}/v1/pressure/stream`
    : url.replace("http", "ws");
  return runClients(script, [server, `${count}`, `${seconds}`], seconds, Deliveries);
}
