import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { DEFAULT_CONTROL } from "../../../engine/regime/mod.ts";
import {
  SyntheticControlResponse,
  SyntheticControlWritten,
  SyntheticStatus,
} from "../../../modules/control/mod.ts";
import { withService } from "../../testing/control_rig.ts";
import { AdminApi, type AdminOptions, type AdminResource } from "./admin.ts";

const TOKEN = "a-token-of-thirty-characters-x";
const FULL = { ...DEFAULT_CONTROL, preset_id: "event_day" };
const HEADERS = { "content-type": "application/json", authorization: `Bearer ${TOKEN}` };

type Rig = Parameters<Parameters<typeof withService>[0]>[0] & {
  api: (change?: Partial<AdminOptions>) => AdminApi;
};

async function withApi(fn: (rig: Rig) => Promise<void>): Promise<void> {
  await withService(async (rig) => {
    await rig.service.start();
    const api = (change: Partial<AdminOptions> = {}) =>
      new AdminApi({
        enabled: true,
        token: TOKEN,
        adapters: { options: "synthetic", equities: "synthetic" },
        service: rig.service,
        tape: () => null,
        log: rig.log,
        nowMs: () => rig.clock.nowMs(),
        ...change,
      });
    await fn({ ...rig, api });
  });
}

function ask(
  api: AdminApi,
  method: string,
  resource: AdminResource,
  init: { headers?: Record<string, string>; body?: unknown } = {},
): Promise<Response> {
  const { headers = HEADERS, body } = init;
  const text = body === undefined || typeof body === "string" ? body : JSON.stringify(body);
  const request = new Request(`http://127.0.0.1:8000/admin/synthetic/${resource}`, {
    method,
    headers,
    ...(text !== undefined && { body: text }),
  });
  return api.handle(request, resource, {
    operator: "operator",
    address: "127.0.0.1",
  }, "request-1");
}

interface Row {
  readonly name: string;
  readonly options?: Partial<AdminOptions>;
  readonly method?: string;
  readonly resource?: AdminResource;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
  readonly away?: boolean;
  readonly status: number;
}

const LIVE_SIDE = { options: "synthetic", equities: "off" };
const LIVE = { options: "off", equities: "off" };
const NO_TOKEN = { "content-type": "application/json" };
const WRONG = { ...NO_TOKEN, authorization: "Bearer wrong-token-of-thirty-character" };
const { preset_id: _preset, ...PARTIAL } = FULL;
const HUGE = JSON.stringify({ ...FULL, updated_by: "x".repeat(66_000) });

/** Every row of the status matrix; each breaks its own check and, where it can, all later ones. */
const MATRIX: readonly Row[] = [
  { name: "disabled goes before all", options: { enabled: false }, headers: {}, status: 404 },
  { name: "no token configured", options: { token: "" }, status: 404 },
  { name: "token of 23 characters", options: { token: TOKEN.slice(0, 23) }, status: 404 },
  { name: "no token, not synthetic", headers: NO_TOKEN, options: { adapters: LIVE }, status: 401 },
  { name: "wrong token", headers: WRONG, status: 401 },
  {
    name: "token with more after it",
    headers: { authorization: `Bearer ${TOKEN}x` },
    status: 401,
  },
  { name: "other scheme", headers: { authorization: `Basic ${TOKEN}` }, status: 401 },
  {
    name: "right token in its own header",
    headers: { "x-synthetic-admin-token": TOKEN },
    status: 200,
    method: "GET",
  },
  { name: "one adapter live, bad body", options: { adapters: LIVE_SIDE }, body: "{", status: 409 },
  { name: "both adapters live", options: { adapters: LIVE }, body: FULL, status: 409 },
  {
    name: "oversize, bad revision",
    body: HUGE,
    headers: { ...HEADERS, "if-match": '"0"' },
    status: 413,
  },
  {
    name: "no JSON type, bad body",
    headers: { ...HEADERS, "content-type": "text/plain" },
    body: "{",
    status: 415,
  },
  {
    name: "type that only begins like JSON",
    headers: { ...HEADERS, "content-type": "application/jsonx" },
    body: FULL,
    status: 415,
  },
  {
    name: "no JSON, stale revision",
    headers: { ...HEADERS, "if-match": '"0"' },
    body: "{",
    status: 400,
  },
  { name: "empty body", body: "", status: 400 },
  { name: "null", body: null, status: 400 },
  { name: "partial body", body: PARTIAL, status: 400 },
  { name: "unknown key", body: { ...FULL, load_profile_id: "x" }, status: 400 },
  { name: "unknown preset", body: { ...FULL, preset_id: "event_Day" }, status: 400 },
  { name: "window of 15", body: { ...FULL, coverage_window_minutes: 15 }, status: 400 },
  { name: "window as text", body: { ...FULL, coverage_window_minutes: "20" }, status: 400 },
  { name: "assist as number", body: { ...FULL, coverage_assist: 1 }, status: 400 },
  { name: "seed 2^31", body: { ...FULL, shared_seed: 2 ** 31 }, status: 400 },
  { name: "seed with a fraction", body: { ...FULL, shared_seed: 0.5 }, status: 400 },
  {
    name: "weight 0.7",
    body: { ...FULL, profile_weights: { ...FULL.profile_weights, arbitrage: 0.7 } },
    status: 400,
  },
  { name: "five weights", body: { ...FULL, profile_weights: { arbitrage: 1 } }, status: 400 },
  {
    name: "a weight too many",
    body: { ...FULL, profile_weights: { ...FULL.profile_weights, neutral_noise: 1 } },
    status: 400,
  },
  { name: "blank author", body: { ...FULL, updated_by: "  " }, status: 400 },
  { name: "negative time", body: { ...FULL, updated_at: -1 }, status: 400 },
  { name: "stale revision", headers: { ...HEADERS, "if-match": '"0"' }, body: FULL, status: 412 },
  {
    name: "revision that is no number",
    headers: { ...HEADERS, "if-match": '"abc"' },
    body: FULL,
    status: 412,
  },
  { name: "store away", body: FULL, away: true, status: 503 },
  { name: "store away, bad body", body: PARTIAL, away: true, status: 400 },
  { name: "valid", body: FULL, status: 200 },
  { name: "any revision", headers: { ...HEADERS, "if-match": "*" }, body: FULL, status: 200 },
  { name: "smallest seed", body: { ...FULL, shared_seed: -(2 ** 31) }, status: 200 },
  { name: "read", method: "GET", status: 200 },
  { name: "status", method: "GET", resource: "status", status: 200 },
  { name: "status, store away", method: "GET", resource: "status", away: true, status: 200 },
  {
    name: "status, disabled",
    method: "GET",
    resource: "status",
    options: { enabled: false },
    status: 404,
  },
  { name: "status, no token", method: "GET", resource: "status", headers: {}, status: 401 },
  {
    name: "status, mixed",
    method: "GET",
    resource: "status",
    options: { adapters: LIVE_SIDE },
    status: 409,
  },
  { name: "read, live", method: "GET", options: { adapters: LIVE }, status: 409 },
  { name: "write to the status", resource: "status", body: FULL, status: 405 },
  { name: "delete", method: "DELETE", status: 405 },
  {
    name: "preflight of another origin",
    method: "OPTIONS",
    headers: { origin: "https://evil.example" },
    status: 401,
  },
];

Deno.test("AdminApi answers every row of the status matrix", async (t) => {
  for (const row of MATRIX) {
    await t.step(`${row.status} ${row.name}`, () =>
      withApi(async ({ api, store, lines }) => {
        store.away = row.away ?? false;
        const {
          method = "PUT",
          resource = "control",
          headers = HEADERS,
          body = row.method ? undefined : FULL,
        } = row;
        const answer = await ask(api(row.options), method, resource, {
          headers,
          ...(body !== undefined && { body }),
        });
        const text = await answer.text();
        strictEqual(answer.status, row.status, text);
        strictEqual(answer.headers.get("cache-control"), "no-store");
        match(answer.headers.get("content-type") ?? "", /^application\/json/);
        deepStrictEqual(
          [...answer.headers.keys()].filter((name) => name.includes("access-control")),
          [],
        );
        ok(!text.includes(TOKEN) && !lines.join().includes(TOKEN), "the token is told");
        if (answer.status >= 400) {
          const { error, code, request_id } = JSON.parse(text);
          deepStrictEqual([typeof error, typeof code, request_id], [
            "string",
            "string",
            "request-1",
          ]);
        }
      }));
  }
});

Deno.test("AdminApi gives status, control and written bodies as their schemas say", async () => {
  await withApi(async ({ api, service, clock }) => {
    const admin = api();
    const status = SyntheticStatus.parse(await (await ask(admin, "GET", "status")).json());
    deepStrictEqual(
      [status.enabled, status.backend_mode, status.adapters, status.derived],
      [true, "synthetic", { options: "synthetic", equities: "synthetic" }, null],
    );
    deepStrictEqual(status.control, DEFAULT_CONTROL);
    const read = SyntheticControlResponse.parse(await (await ask(admin, "GET", "control")).json());
    deepStrictEqual([read.control, read.activate_at], [DEFAULT_CONTROL, 0]);
    clock.advance(123);
    const answer = await ask(admin, "PUT", "control", {
      body: FULL,
      headers: { ...HEADERS, "if-match": `"${read.revision}"` },
    });
    const written = SyntheticControlWritten.parse(await answer.json());
    strictEqual(answer.headers.get("etag"), `"${written.revision}"`);
    deepStrictEqual(written.control, {
      ...FULL,
      updated_at: clock.epochMs(),
      updated_by: "operator",
    });
    strictEqual(written.activate_at, Math.ceil((clock.epochMs() + 2_000) / 1_000) * 1_000);
    ok(written.revision > read.revision);
    strictEqual(service.view.revision, written.revision);
    const again = SyntheticControlWritten.parse(
      await (await ask(admin, "PUT", "control", { body: { ...FULL, updated_by: "me" } })).json(),
    );
    deepStrictEqual(again, written);
  });
});

Deno.test("AdminApi tells in a 409 what is not synthetic", async () => {
  await withApi(async ({ api }) => {
    for (const [adapters, mode] of [[LIVE_SIDE, "mixed"], [LIVE, "live"]] as const) {
      const body = await (await ask(api({ adapters }), "GET", "status")).json();
      const { code, request_id: _id, ...rest } = body;
      strictEqual(code, "not_synthetic");
      const status = SyntheticStatus.parse(rest);
      deepStrictEqual(
        [status.enabled, status.backend_mode, status.adapters, status.control, status.derived],
        [false, mode, adapters, null, null],
      );
      match(status.disabled_reason ?? "", /adapter/);
    }
  });
});

Deno.test("AdminApi names every issue of a body with its path", async () => {
  await withApi(async ({ api }) => {
    const body = {
      ...PARTIAL,
      shared_seed: 1.5,
      one: 1,
      two: 2,
      profile_weights: { ...FULL.profile_weights, arbitrage: 2 },
    };
    const { issues } = await (await ask(api(), "PUT", "control", { body })).json();
    const paths = issues.map((issue: { path: string }) => issue.path).sort();
    deepStrictEqual(paths, ["one", "preset_id", "profile_weights.arbitrage", "shared_seed", "two"]);
    ok(issues.every((issue: { message: string }) => issue.message.length > 0));
  });
});

Deno.test("AdminApi allows 30 writes a minute", async () => {
  await withApi(async ({ api, clock }) => {
    const admin = api();
    for (let seed = 0; seed < 30; seed++) {
      strictEqual(
        (await ask(admin, "PUT", "control", { body: { ...FULL, shared_seed: seed } })).status,
        200,
      );
      clock.advance(1_000);
    }
    const refused = await ask(admin, "PUT", "control", { body: FULL });
    strictEqual(refused.status, 429);
    strictEqual(refused.headers.get("retry-after"), "30");
    strictEqual((await ask(admin, "GET", "control")).status, 200);
    clock.advance(30_000);
    strictEqual((await ask(admin, "PUT", "control", { body: FULL })).status, 200);
  });
});

Deno.test("AdminApi writes an audit line for every accepted and rejected write", async () => {
  await withApi(async ({ api, lines }) => {
    const admin = api();
    await ask(admin, "PUT", "control", { body: { ...FULL, coverage_assist: false } });
    await ask(admin, "PUT", "control", { body: PARTIAL });
    await ask(admin, "PUT", "control", { body: FULL, headers: NO_TOKEN });
    await ask(admin, "GET", "control");
    const audit = lines.map((line) => JSON.parse(line)).filter((line) =>
      line.event === "control_write"
    );
    deepStrictEqual(audit.map((line) => [line.result, line.status, line.operator, line.address]), [
      ["written", 200, "operator", "127.0.0.1"],
      ["invalid", 400, "operator", "127.0.0.1"],
      ["unauthorized", 401, "operator", "127.0.0.1"],
    ]);
    strictEqual(audit[0].diff, "preset_id balanced_demo->event_day, coverage_assist true->false");
  });
});

Deno.test("AdminApi writes one line a minute for the wrong tokens of a network, with their count", async () => {
  await withApi(async ({ api, clock, lines }) => {
    const admin = api();
    const wrong = () => ask(admin, "PUT", "control", { body: FULL, headers: WRONG });
    for (let i = 0; i < 500; i++) strictEqual((await wrong()).status, 401);
    clock.advance(60_000);
    await wrong();
    const audit = lines.map((line) => JSON.parse(line)).filter(({ event }) =>
      event === "control_write"
    );
    deepStrictEqual(audit.map(({ result, suppressed }) => [result, suppressed]), [
      ["unauthorized", undefined],
      ["unauthorized", 499],
    ]);
  });
});
