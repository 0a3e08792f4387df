import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { DEFAULT_CONTROL } from "../../../engine/regime/mod.ts";
import { AdminApi, type AdminResource } from "./admin.ts";
import { withService } from "../../testing/control_rig.ts";
import { AdminProxy, type AdminProxyOptions } from "./admin_proxy.ts";
import { CSRF_HEADER } from "../../kit/http/mod.ts";
import { servePageAdmin } from "../../testing/page_admin.ts";
import { Operators } from "./operators.ts";

const TOKEN = "a-token-of-thirty-characters-x";
const SELF = "http://localhost:8000";
const INFO: Deno.ServeHandlerInfo = {
  remoteAddr: { transport: "tcp", hostname: "127.0.0.1", port: 50_000 },
  completed: Promise.resolve(),
};
const BODY = { ...DEFAULT_CONTROL, preset_id: "event_day" };

/** Answers requests of pages as the routes do. */
type Served = (request: Request, resource: AdminResource) => Promise<Response>;

interface Rig {
  readonly lines: readonly string[];
  proxy(change?: Partial<AdminProxyOptions>): Served;
  /** Counts calls that reach the endpoints. */
  readonly calls: () => number;
}

async function withProxy(fn: (rig: Rig) => Promise<void>): Promise<void> {
  await withService(async ({ service, clock, log, lines }) => {
    await service.start();
    let calls = 0;
    const nowMs = () => clock.nowMs();
    const adapters = { options: "synthetic", equities: "synthetic" };
    class Counted extends AdminApi {
      override handle(...args: Parameters<AdminApi["handle"]>): Promise<Response> {
        calls++;
        return super.handle(...args);
      }
    }
    const admin = new Counted({
      enabled: true,
      token: TOKEN,
      adapters,
      service,
      tape: () => null,
      log,
      nowMs,
    });
    const operators = new Operators({ passphraseHash: "", trustedProxies: [], log, nowMs });
    const proxy = (change: Partial<AdminProxyOptions> = {}): Served => {
      const made = new AdminProxy({
        isOn: true,
        token: TOKEN,
        internalUrl: "",
        admin,
        log,
        ...change,
      });
      const served = servePageAdmin(made, operators, log);
      return (request, resource) => served(request, INFO, resource);
    };
    await fn({ lines, proxy, calls: () => calls });
  });
}

function ask(
  proxy: Served,
  resource: AdminResource,
  init: { method?: string; headers?: Record<string, string>; body?: unknown; url?: string } = {},
): Promise<Response> {
  const { method = "GET", headers = {}, body, url = SELF } = init;
  const request = new Request(`${url}/api/admin/synthetic/${resource}`, {
    method,
    headers: { host: new URL(url).host, ...headers },
    ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  return proxy(request, resource);
}

/** Headers of a write by the terminal's own page. */
async function pageHeaders(proxy: Served): Promise<Record<string, string>> {
  const status = await ask(proxy, "status");
  return {
    origin: SELF,
    "content-type": "application/json",
    [CSRF_HEADER]: status.headers.get(CSRF_HEADER) ?? "",
  };
}

/** A backend that answers as it is told; gone afterwards. */
async function withBackend(
  handler: (request: Request) => Response | Promise<Response>,
  fn: (url: string) => Promise<void>,
): Promise<void> {
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, handler);
  try {
    await fn(`http://127.0.0.1:${server.addr.port}`);
  } finally {
    await server.shutdown();
  }
}

Deno.test("AdminProxy reads and writes for the operator's page, and keeps the token", async () => {
  await withProxy(async ({ proxy, lines }) => {
    const made = proxy();
    const headers = await pageHeaders(made);
    const written = await ask(made, "control", { method: "PUT", headers, body: BODY });
    strictEqual(written.status, 200);
    strictEqual(written.headers.get("cache-control"), "no-store");
    deepStrictEqual([...written.headers.keys()].sort(), [
      "cache-control",
      "content-type",
      "x-request-id",
    ]);
    const text = await written.text();
    strictEqual(JSON.parse(text).control.preset_id, "event_day");
    ok(!text.includes(TOKEN) && !lines.join().includes(TOKEN));
    const status = await ask(made, "status");
    strictEqual((await status.json()).control.preset_id, "event_day");
    match(lines.join(), /"event":"control_write","operator":"operator","address":"127\.0\.0\.1"/);
  });
});

Deno.test("AdminProxy answers 404 while the page's flag is off, and asks nobody", async () => {
  await withProxy(async ({ proxy, calls }) => {
    const off = proxy({ isOn: false });
    for (const method of ["GET", "PUT", "POST"]) {
      strictEqual((await ask(off, "control", { method })).status, 404);
    }
    strictEqual((await ask(off, "status")).status, 404);
    strictEqual(calls(), 0);
  });
});

Deno.test("AdminProxy refuses whoever is no operator, comes from elsewhere or lacks the CSRF token", async () => {
  await withProxy(async ({ proxy, calls }) => {
    const made = proxy();
    const good = await pageHeaders(made);
    const before = calls();
    const { origin: _origin, ...noOrigin } = good;
    const { [CSRF_HEADER]: _csrf, ...noCsrf } = good;
    const put = { method: "PUT", body: BODY };
    const cases: readonly [string, number, AdminResource, Parameters<typeof ask>[2]][] = [
      ["rebound name", 401, "status", { url: "http://rebound.example:8000" }],
      ["proxied", 401, "control", { ...put, headers: { ...good, "x-forwarded-for": "10.0.0.1" } }],
      ["foreign origin", 403, "control", {
        ...put,
        headers: { ...good, origin: "https://evil.example" },
      }],
      ["other port", 403, "control", {
        ...put,
        headers: { ...good, origin: "http://localhost:9000" },
      }],
      ["opaque origin", 403, "control", { ...put, headers: { ...good, origin: "null" } }],
      ["no token", 403, "control", { ...put, headers: noCsrf }],
      ["wrong token", 403, "control", {
        ...put,
        headers: { ...good, [CSRF_HEADER]: "x".repeat(43) },
      }],
      ["foreign read", 403, "status", { headers: { origin: "https://evil.example" } }],
      ["cross-site read", 403, "status", { headers: { "sec-fetch-site": "cross-site" } }],
      ["post", 405, "control", { method: "POST", headers: good, body: BODY }],
      ["write to the status", 405, "status", { ...put, headers: good }],
      ["over 8 KiB", 413, "control", { method: "PUT", headers: good, body: "x".repeat(8_193) }],
    ];
    for (const [name, status, resource, init] of cases) {
      const answer = await ask(made, resource, init);
      strictEqual(answer.status, status, name);
      strictEqual(answer.headers.get("cache-control"), "no-store", name);
      strictEqual(typeof (await answer.json()).error, "string", name);
    }
    strictEqual(calls(), before);
    strictEqual((await ask(made, "control", { ...put, headers: good })).status, 200);
    const { [CSRF_HEADER]: _token, ...program } = noOrigin;
    strictEqual(
      (await ask(made, "control", { ...put, headers: program })).status,
      200,
      "a program",
    );
  });
});

Deno.test("AdminProxy without a usable token says that it is misconfigured", async () => {
  await withProxy(async ({ proxy, calls }) => {
    for (const token of ["", "with space", "new\nline"]) {
      const answer = await ask(proxy({ token }), "status");
      const { error } = await answer.json();
      deepStrictEqual([answer.status, error], [500, "proxy misconfigured"]);
    }
    strictEqual(calls(), 0);
  });
});

Deno.test("AdminProxy maps what another server answers and drops its headers", async () => {
  const seen: { method: string; url: string; headers: string[]; token: string; body: string }[] =
    [];
  let status = 200;
  let type = "application/json";
  const backend = async (request: Request) => {
    seen.push({
      method: request.method,
      url: new URL(request.url).pathname,
      headers: [...request.headers.keys()],
      token: request.headers.get("authorization") ?? "",
      body: await request.text(),
    });
    return new Response(JSON.stringify({ status, error: "x" }), {
      status,
      headers: {
        "content-type": type,
        "set-cookie": "a=b",
        "x-secret": "1",
        "cache-control": "public, max-age=60",
        "access-control-allow-origin": "*",
        location: "https://evil.example/",
      },
    });
  };
  await withBackend(backend, (url) =>
    withProxy(async ({ proxy }) => {
      const made = proxy({ internalUrl: `${url}/inner/` });
      const headers = await pageHeaders(made);
      const expected: Record<number, number> = {
        200: 200,
        400: 400,
        404: 404,
        409: 409,
        412: 412,
        429: 429,
        503: 503,
        401: 502,
        403: 502,
        302: 502,
        418: 502,
        500: 502,
      };
      for (const [upstream, wanted] of Object.entries(expected)) {
        status = Number(upstream);
        const answer = await ask(made, "control", {
          method: "PUT",
          headers: { ...headers, "x-other": "1", cookie: "a=b", "if-match": '"1"' },
          body: BODY,
        });
        strictEqual(answer.status, wanted, upstream);
        deepStrictEqual([...answer.headers.keys()].sort(), [
          "cache-control",
          "content-type",
          "x-request-id",
        ]);
        strictEqual(answer.headers.get("cache-control"), "no-store");
        const body = await answer.json();
        if (wanted !== 502) deepStrictEqual(body, { status, error: "x" });
      }
      const last = seen.at(-1);
      deepStrictEqual([last?.method, last?.url, last?.token, last?.body], [
        "PUT",
        "/inner/admin/synthetic/control",
        `Bearer ${TOKEN}`,
        JSON.stringify(BODY),
      ]);
      const extra = ["x-other", "cookie", "if-match", "origin", CSRF_HEADER];
      deepStrictEqual(last?.headers.filter((name) => extra.includes(name)), []);
      status = 200;
      type = "text/html";
      strictEqual((await ask(made, "status")).status, 502);
    }));
});

Deno.test("AdminProxy gives up on a server that does not answer, and on one that is not there", async () => {
  const waiting: (() => void)[] = [];
  const backend = () =>
    new Promise<Response>((resolve) => waiting.push(() => resolve(new Response("{}"))));
  await withBackend(backend, (url) =>
    withProxy(async ({ proxy }) => {
      const slow = await ask(proxy({ internalUrl: url, timeoutMs: 50 }), "status");
      deepStrictEqual([slow.status, (await slow.json()).error], [504, "timeout"]);
      for (const release of waiting) release();
    }));
  await withProxy(async ({ proxy }) => {
    const gone = await ask(proxy({ internalUrl: "http://127.0.0.1:1" }), "status");
    deepStrictEqual([gone.status, (await gone.json()).error], [502, "bad gateway"]);
  });
});
