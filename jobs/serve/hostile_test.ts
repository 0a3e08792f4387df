import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { ENDPOINTS } from "./endpoints/document.ts";
import { attack } from "../testing/hostile.ts";
import { withTapeServer } from "../testing/tape_server.ts";

/** Requests of a run: an argument, as in `deno test … -- 100000`. */
const REQUESTS = Number(Deno.args[0] ?? 3_000);

/** Everything is asked as often as it is sent, and clients are named by this machine. */
const OPEN = {
  API_RATE_LIMIT_WS: "0",
  API_TRUSTED_PROXIES: "127.0.0.1",
  SYNTHETIC_CONTROL_ENABLED: "1",
  SYNTHETIC_ADMIN_TOKEN: "a-token-of-thirty-characters-x",
  LOTUS_PUBLIC_SYNTHETIC_ADMIN: "1",
};

/** Pages besides the endpoints. */
const PAGES = [
  "/",
  "/heatmap",
  "/login",
  "/status",
  "/research",
  "/realism",
  "/docs",
  "/css/terminal.css",
];

/** Endpoints that answer 503 while no tape is made, as here. */
const AWAY = new Set(["/v1/session", "/v1/session/open", "/v1/options/listing", "/v1/realism"]);

async function isReady(url: string): Promise<boolean> {
  const response = await fetch(`${url}/ready`);
  await response.body?.cancel();
  return response.status === 200;
}

Deno.test("the server answers whatever is sent to it, and never with an error of its own", async () => {
  await withTapeServer(async (server) => {
    while (!await isReady(server.url));
    const endpoints = ENDPOINTS.filter(({ path }) => !AWAY.has(path));
    const targets = [...endpoints, ...PAGES.map((path) => ({ method: "GET", path }))];
    const report = await attack(server.url, targets, { requests: REQUESTS, seed: 8 });
    console.log(Object.fromEntries([...report.statuses].sort(([a], [b]) => a - b)));
    deepStrictEqual(report.failures, []);
    deepStrictEqual(report.hangs, []);
    ok(
      !/request_failed|socket_failed|stream_failed|Uncaught|\n\s+at /.test(server.log),
      server.log,
    );
    let patience = 200;
    while (!await isReady(server.url)) ok(patience-- > 0, "not ready after the attack");
    const { code } = await server.stop("SIGTERM");
    strictEqual(code, 0);
  }, OPEN);
});
