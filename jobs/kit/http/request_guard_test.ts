import { match, ok, strictEqual } from "node:assert/strict";
import { exchange } from "../../testing/raw_http.ts";
import { ErrorBody, refuseMalformed } from "./mod.ts";

const KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";
const UPGRADE = ["Upgrade: websocket", "Connection: Upgrade"];

async function withServer(fn: (send: (head: string[]) => Promise<string>) => Promise<void>) {
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, (request) => {
    const refused = refuseMalformed(request);
    if (refused !== null) return refused;
    const { pathname } = new URL(request.url);
    if (pathname !== "/socket") return new Response(`path ${pathname}`);
    return Deno.upgradeWebSocket(request).response;
  });
  try {
    await fn((head) => exchange(server.addr.port, head));
  } finally {
    await server.shutdown();
  }
}

Deno.test("refuseMalformed() answers 400 to what breaks HTTP", async () => {
  const get = (...headers: string[]) => ["GET /ready HTTP/1.1", "Connection: close", ...headers];
  const upgrade = (...headers: string[]) => ["GET /socket HTTP/1.1", "Host: a", ...headers];
  const cases: readonly (readonly [head: string[], detail: RegExp])[] = [
    [get("Host: a/metrics?"), /^host:/],
    [get("Host: a#b"), /^host:/],
    [get("Host: user@a"), /^host:/],
    [get("Host: a b"), /^host:/],
    [get("Host: a\\b"), /^host:/],
    [get("Host: [::1"), /^host:/],
    [get("Host: a:port"), /^host:/],
    [get("Host: a:99999"), /^host:/],
    [get("Host:"), /^host:/],
    [["GET /%E0%A4%A HTTP/1.1", "Host: a", "Connection: close"], /^path:/],
    [["GET /a%00.txt HTTP/1.1", "Host: a", "Connection: close"], /^path:/],
    [upgrade("Connection: close, Upgrade", "Upgrade: websocket"), /^sec-websocket-key:/],
    [
      upgrade("Connection: close, Upgrade", "Upgrade: websocket", "Sec-WebSocket-Key: short"),
      /^sec-websocket-key:/,
    ],
    [upgrade("Connection: close", "Upgrade: websocket", KEY), /^connection:/],
    [upgrade("Connection: close, Upgrade", "Upgrade: WebSocket", KEY), /^sec-websocket-version:/],
    [
      ["POST /socket HTTP/1.1", "Host: a", "Connection: close, Upgrade", "Upgrade: websocket", KEY],
      /^upgrade:/,
    ],
  ];
  await withServer(async (send) => {
    for (const [head, detail] of cases) {
      const answer = await send(head);
      match(answer, /^HTTP\/1\.1 400 /, head.join(" | "));
      const json = /\{.*\}/s.exec(answer)?.[0] ?? "";
      const body = ErrorBody.parse(JSON.parse(json));
      match(body.detail ?? "", detail, head.join(" | "));
      strictEqual(body.code, "bad_request");
      ok(answer.toLowerCase().includes(`x-request-id: ${body.request_id}`));
    }
  });
});

Deno.test("refuseMalformed() lets sound requests pass", async () => {
  const hosts = ["a", "127.0.0.1:8000", "[::1]:8000", "my_host.local", "xn--bcher-kva.example"];
  await withServer(async (send) => {
    for (const host of hosts) {
      const answer = await send(["GET /ready HTTP/1.1", `Host: ${host}`, "Connection: close"]);
      match(answer, /^HTTP\/1\.1 200 .*path \/ready/s, host);
    }
    const old = await send(["GET /ready HTTP/1.0"]);
    match(old, /^HTTP\/1\.[01] 200 .*path \/ready/s);
    const upgraded = ["GET /socket HTTP/1.1", "Host: a", ...UPGRADE, KEY];
    match(await send([...upgraded, "Sec-WebSocket-Version: 13"]), /^HTTP\/1\.1 101 /);
  });
});
