import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { DEFAULT_CONTROL } from "../../../engine/regime/mod.ts";
import { withTempDir } from "../../testing/market_files.ts";
import { natsTest } from "../../testing/nats_server.ts";
import { recordedFeed } from "../../testing/quiet_server.ts";
import { ServerProcess } from "../../testing/server.ts";
import { hashPassphrase } from "./passphrase.ts";

const TOKEN = "token-that-nobody-may-ever-see-0123456789";
const PASSPHRASE = "correct horse battery staple";

async function settings(data: string, natsUrl: string, more: Record<string, string> = {}) {
  return {
    ...await recordedFeed(data),
    LOTUS_DATA_DIR: data,
    NATS_URL: natsUrl,
    SYNTHETIC_CONTROL_ENABLED: "1",
    // The test looks again until a write has arrived.
    API_RATE_LIMIT_REST: "0",
    SYNTHETIC_ADMIN_TOKEN: TOKEN,
    SYNTHETIC_BACKFILL_MINUTES: "0",
    NEXT_PUBLIC_SYNTHETIC_ADMIN: "1",
    LOTUS_LOG_LEVEL: "debug",
    ...more,
  };
}

/** Everything a browser can load from the page on: documents, scripts, styles, source maps. */
async function clientArtefacts(url: string): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  const queue = ["/", "/login", "/nowhere"];
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    if (found.has(path)) continue;
    const response = await fetch(url + path);
    const text = JSON.stringify([...response.headers]) + await response.text();
    found.set(path, text);
    for (const [, link] of text.matchAll(/["']((?:\.{0,2}\/)[\w./-]+\.(?:js|css)[\w?=]*)["']/g)) {
      if (link !== undefined) queue.push(new URL(link, url + path).pathname);
    }
    if (path.endsWith(".js")) queue.push(`${path}.map`);
  }
  return found;
}

function admin(server: ServerProcess, resource: string, init: RequestInit = {}) {
  return fetch(`${server.url}/admin/synthetic/${resource}`, {
    ...init,
    headers: { authorization: `Bearer ${TOKEN}`, "content-type": "application/json" },
  });
}

natsTest("two servers on one NATS follow each other, and none tells the token", async (nats, t) => {
  const hash = await hashPassphrase(PASSPHRASE);
  await withTempDir((dataA) =>
    withTempDir(async (dataB) => {
      const [a, b] = await Promise.all([
        ServerProcess.start(
          await settings(dataA, nats.url, { LOTUS_OPERATOR_PASSPHRASE_HASH: hash }),
        ),
        ServerProcess.start(await settings(dataB, nats.url)),
      ]);
      try {
        await t.step("a write on one is in force on the other", () => follows(a, b));
        await t.step("bad requests are refused, revisions guard writes", () => guards(b));
        await t.step("the operator signs in and steers through the page's way", () => signsIn(a));
        await t.step("nothing that a browser gets has the token", () => keepsToken(a));
        await t.step("a foreign name for this machine gets nothing", () => rebinding(b));
        ok(!a.log.includes(TOKEN) && !b.log.includes(TOKEN));
        ok(!a.log.includes(PASSPHRASE));
      } finally {
        await Promise.all([a.kill(), b.kill()]);
      }
    })
  );
});

async function follows(a: ServerProcess, b: ServerProcess): Promise<void> {
  const before = await (await admin(a, "control")).json();
  deepStrictEqual(before.control, DEFAULT_CONTROL);
  deepStrictEqual(await (await admin(b, "control")).json(), before);
  const startMs = performance.now();
  const answer = await admin(a, "control", {
    method: "PUT",
    body: JSON.stringify({ ...DEFAULT_CONTROL, preset_id: "dealer_day" }),
  });
  strictEqual(answer.status, 200);
  const written = await answer.json();
  let seen = before;
  while (seen.revision !== written.revision) seen = await (await admin(b, "control")).json();
  ok(performance.now() - startMs < 5_000);
  const { derived: _derived, ...expected } = written;
  deepStrictEqual(seen, expected);
}

async function guards(server: ServerProcess): Promise<void> {
  const ask = async (method: string, body?: unknown, headers: Record<string, string> = {}) => {
    const response = await fetch(`${server.url}/admin/synthetic/control`, {
      method,
      headers: {
        authorization: `Bearer ${TOKEN}`,
        "content-type": "application/json",
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    strictEqual(response.headers.get("cache-control"), "no-store");
    strictEqual(response.headers.get("access-control-allow-origin"), null);
    return {
      status: response.status,
      etag: response.headers.get("etag"),
      body: await response.json(),
    };
  };
  const { body: { control, revision }, etag } = await ask("GET");
  if (etag === null) throw new Error("an answer without a revision");
  strictEqual(etag, `"${revision}"`);
  const { preset_id: _preset, ...partial } = control;
  const refused: readonly [number, string, unknown?, Record<string, string>?][] = [
    [401, "GET", undefined, { authorization: "" }],
    [401, "PUT", control, { authorization: "Bearer wrong-token-of-thirty-characters" }],
    [405, "DELETE"],
    [415, "PUT", control, { "content-type": "text/plain" }],
    [413, "PUT", { ...control, updated_by: "x".repeat(70_000) }],
    [400, "PUT", "{"],
    [400, "PUT", partial],
    [400, "PUT", { ...control, more: 1 }],
    [412, "PUT", { ...control, shared_seed: 1 }, { "if-match": `"${revision - 1}"` }],
  ];
  for (const [status, ...request] of refused) strictEqual((await ask(...request)).status, status);
  strictEqual((await ask("GET")).etag, etag, "nothing was written");
  const same = await ask("PUT", control, { "if-match": etag });
  deepStrictEqual([same.status, same.etag], [200, etag], "equal content keeps the revision");
  const next = await ask("PUT", { ...control, shared_seed: 1 }, { "if-match": etag });
  deepStrictEqual([next.status, next.etag], [200, `"${revision + 1}"`]);
}

async function signsIn(server: ServerProcess): Promise<void> {
  const path = `${server.url}/api/admin/synthetic`;
  const refused = await fetch(`${path}/status`);
  const { error: _text, request_id: _id, ...told } = await refused.json();
  deepStrictEqual([refused.status, told], [401, { code: "not_operator", login: "/login" }]);
  const login = await fetch(`${server.url}/login`);
  match(await login.text(), /<form method="post" action="\/login">/);
  const sign = (passphrase: string) =>
    fetch(`${server.url}/login`, {
      method: "POST",
      redirect: "manual",
      body: new URLSearchParams({ passphrase, next: "/" }),
    });
  const feed = (headers: Record<string, string>) =>
    fetch(`${server.url}/v1/feed`, {
      method: "POST",
      headers: { origin: server.url, "content-type": "application/json", ...headers },
      body: '{"op":"pause"}',
    });
  // The worker may open its market after the first page is served.
  for (let phase = ""; phase !== "live";) {
    ({ phase } = await (await fetch(`${server.url}/v1/feed`)).json());
  }
  const stranger = await feed({});
  deepStrictEqual([stranger.status, (await stranger.json()).code], [401, "not_operator"]);
  const wrong = await sign("wrong passphrase");
  strictEqual(wrong.status, 403);
  match(await wrong.text(), /role="alert"/);
  const right = await sign(PASSPHRASE);
  await right.body?.cancel();
  strictEqual(right.status, 303);
  const cookie = (right.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  const tokenless = await feed({ cookie });
  deepStrictEqual([tokenless.status, (await tokenless.json()).code], [403, "csrf"]);
  const page = await fetch(`${server.url}/v1/feed`, { headers: { cookie } });
  await page.body?.cancel();
  const steered = await feed({ cookie, "x-csrf-token": page.headers.get("x-csrf-token") ?? "" });
  await steered.body?.cancel();
  strictEqual(steered.status, 200);
  const status = await fetch(`${path}/status`, { headers: { cookie } });
  const csrf = status.headers.get("x-csrf-token") ?? "";
  const { control } = await status.json();
  const put = (headers: Record<string, string>) =>
    fetch(`${path}/control`, {
      method: "PUT",
      headers: { cookie, "content-type": "application/json", ...headers },
      body: JSON.stringify({ ...control, coverage_window_minutes: 30 }),
    });
  const foreign = await put({ origin: "https://evil.example", "x-csrf-token": csrf });
  const bare = await put({ origin: server.url });
  const good = await put({ origin: server.url, "x-csrf-token": csrf });
  deepStrictEqual([foreign.status, bare.status, good.status], [403, 403, 200]);
  for (const answer of [foreign, bare]) await answer.body?.cancel();
  strictEqual((await good.json()).control.coverage_window_minutes, 30);
}

async function keepsToken(server: ServerProcess): Promise<void> {
  const artefacts = await clientArtefacts(server.url);
  ok(
    [...artefacts.keys()].filter((path) => path.endsWith(".js")).length >= 2,
    [...artefacts.keys()].join(),
  );
  for (const [path, text] of artefacts) ok(!text.includes(TOKEN), path);
}

async function rebinding(server: ServerProcess): Promise<void> {
  const { hostname, port } = new URL(server.url);
  const connection = await Deno.connect({ hostname, port: Number(port) });
  const host = `rebound.example:${port}`;
  await connection.write(new TextEncoder().encode(
    `GET /api/admin/synthetic/status HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`,
  ));
  match(await new Response(connection.readable).text(), /^HTTP\/1\.1 401 /);
  const own = await fetch(`${server.url}/api/admin/synthetic/status`);
  strictEqual(own.status, 200);
  await own.body?.cancel();
}
