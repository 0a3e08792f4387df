import {
  deepStrictEqual,
  doesNotMatch,
  match,
  notStrictEqual,
  ok,
  strictEqual,
} from "node:assert/strict";
import fc from "fast-check";
import { z } from "zod";
import type { OptionPrint, SmartMoneyEvent, StreamName } from "../../../engine/frames/records.ts";
import { type AnyRecord, Candle, compareRows, STREAMS } from "../../../modules/tape/mod.ts";
import { exchange } from "../../testing/raw_http.ts";
import type { ServerProcess } from "../../testing/server.ts";
import { ROWS, type Tape, withTapeServer } from "../../testing/tape_server.ts";
import { TAPE_ENDPOINTS } from "../api/mod.ts";
import { ErrorBody } from "../../kit/http/mod.ts";
import { apiDocument, apiDocumentation } from "./document.ts";

const PageBody = z.looseObject({
  data: z.array(z.unknown()),
  next_before: z.object({ ts: z.number(), seq: z.number() }).nullish(),
  next: z.object({ ts: z.number(), seq: z.number() }).nullish(),
});

async function page(server: ServerProcess, path: string) {
  const response = await fetch(server.url + path);
  const text = await response.text();
  strictEqual(response.status, 200, `${path}: ${text}`);
  return PageBody.parse(JSON.parse(text));
}

async function refused(response: Response, status: number): Promise<ErrorBody> {
  const text = await response.text();
  strictEqual(response.status, status, text);
  const body = ErrorBody.parse(JSON.parse(text));
  strictEqual(response.headers.get("x-request-id"), body.request_id);
  ok(!/\.ts:|\n\s+at |sqlite|SELECT/i.test(text), text);
  return body;
}

function newestFirst(rows: readonly AnyRecord[]): readonly AnyRecord[] {
  return rows.toSorted((a, b) => compareRows(b, a));
}

/** All rows that the pages of a path give, following the cursor to its end. */
async function pages(
  server: ServerProcess,
  first: string,
  next: (at: { ts: number; seq: number }) => string,
  limit: number,
): Promise<unknown[]> {
  const rows: unknown[] = [];
  for (let path: string | null = first; path !== null;) {
    const body: z.infer<typeof PageBody> = await page(server, path);
    rows.push(...body.data);
    const at = body.next_before ?? body.next ?? null;
    strictEqual(at === null, body.data.length < limit, "a cursor exactly when the page is full");
    path = at === null ? null : next(at);
  }
  return rows;
}

const LATEST = Number.MAX_SAFE_INTEGER;

async function pagesOnce(server: ServerProcess, tape: Tape): Promise<void> {
  await Promise.all(STREAMS.names.map((stream) => pagesOfStream(server, stream, tape[stream])));
}

async function pagesOfStream(
  server: ServerProcess,
  stream: StreamName,
  rows: readonly AnyRecord[],
): Promise<void> {
  const { history, replay } = STREAMS.of(stream).paths;
  const view = stream === "options" ? "&view=raw" : "";
  const wanted = newestFirst(rows);
  for (const limit of [1, 7, 200, 1_000]) {
    const after = (ts: number, seq: number) =>
      `/replay/${replay}?after_ts=${ts}&after_seq=${seq}&limit=${limit}`;
    const first = `/replay/${replay}?limit=${limit}`;
    const up = await pages(server, first, ({ ts, seq }) => after(ts, seq), limit);
    deepStrictEqual(up, wanted.toReversed(), `${replay} by ${limit}`);
    if (history === null) continue;
    const at = (ts: number, seq: number) =>
      `/history/${history}?before_ts=${ts}&before_seq=${seq}&limit=${limit}${view}`;
    const down = await pages(server, at(LATEST, LATEST), ({ ts, seq }) => at(ts, seq), limit);
    deepStrictEqual(down, wanted, `${history} by ${limit}`);
  }
}

async function current(server: ServerProcess, tape: Tape): Promise<void> {
  for (const stream of STREAMS.names.filter((name) => name !== "candles")) {
    const view = stream === "options" ? "&view=raw" : "";
    const { data } = await page(server, `${STREAMS.of(stream).paths.current}?limit=11${view}`);
    deepStrictEqual(data, newestFirst(tape[stream]).slice(0, 11), stream);
    for (const row of data) deepStrictEqual(STREAMS.of(stream).record.parse(row), row);
  }
  const { data } = await page(server, "/flow/alerts");
  strictEqual(data.length, ROWS, "200 by default, so all");
}

async function optionFilters(server: ServerProcess, tape: Tape): Promise<void> {
  const cases: readonly [string, (row: OptionPrint) => boolean][] = [
    ["", (row) => row.signal_pass && !row.is_etf],
    ["view=raw", () => true],
    ["security=etf", (row) => row.signal_pass && row.is_etf],
    ["view=raw&security=stock", (row) => !row.is_etf],
    ["view=raw&side=AA,A,MISSING", (row) => ["AA", "A", "MISSING"].includes(row.nbbo_side)],
    ["view=raw&side=AA&side=B", (row) => ["AA", "B"].includes(row.nbbo_side)],
    ["view=raw&type=put", (row) => row.option_type === "put"],
    ["view=raw&min_notional=20000.5", (row) => row.notional >= 20_000.5],
    ["view=raw&underlying_id=XOM", (row) => row.underlying_id === "XOM"],
    ["view=raw&underlying_ids=XOM,SPY", (row) => ["XOM", "SPY"].includes(row.underlying_id)],
    ["view=raw&source=syn-op", () => true],
    ["view=raw&source=other", () => false],
    ["surprise=1&view=raw", () => true],
  ];
  const contract = tape.options[5]?.option_contract_id ?? "";
  const all = [
    ...cases,
    [
      `option_contract_id=${contract}`,
      (row: OptionPrint) => row.option_contract_id === contract,
    ] as const,
  ];
  for (const [query, wanted] of all) {
    const rows = newestFirst(tape.options.filter(wanted));
    deepStrictEqual((await page(server, `/prints/options?${query}`)).data, rows, query);
    const from = `before_ts=${LATEST}&before_seq=0&limit=1000`;
    deepStrictEqual((await page(server, `/history/options?${from}&${query}`)).data, rows, query);
  }
}

async function smartMoneyFilters(server: ServerProcess, tape: Tape): Promise<void> {
  const since = tape["smart-money"][40]?.source_ts ?? 0;
  const cases: readonly [string, (row: SmartMoneyEvent) => boolean][] = [
    ["underlying_ids=NVDA,SPY", (row) => ["NVDA", "SPY"].includes(row.underlying_id)],
    ["profile=vol_seller", (row) => row.primary_profile_id === "vol_seller"],
    ["direction=bullish,unknown", (row) => ["bullish", "unknown"].includes(row.primary_direction)],
    ["min_score=0.6", (row) => (row.profile_scores[0]?.score ?? 0) >= 0.6],
    ["include_abstained=false", (row) => !row.abstained],
    [`since_ts=${since}`, (row) => row.source_ts >= since],
  ];
  for (const [query, wanted] of cases) {
    const rows = newestFirst(tape["smart-money"].filter(wanted));
    ok(rows.length > 0 && rows.length < ROWS, query);
    deepStrictEqual((await page(server, `/flow/smart-money?${query}`)).data, rows, query);
    const up = await page(server, `/replay/smart-money?${query}`);
    deepStrictEqual(up.data, rows.toReversed(), query);
  }
  const off = newestFirst(tape.equities.filter((row) => row.offExchangeFlag));
  const history = `/history/equities?before_ts=${LATEST}&before_seq=0&limit=1000`;
  deepStrictEqual((await page(server, `${history}&off_exchange=true`)).data, off);
  deepStrictEqual((await page(server, `${history}&venue=D`)).data, off);
  const lit = await page(server, `${history}&venue=Q,N&off_exchange=false`);
  strictEqual(lit.data.length, ROWS - off.length);
}

async function ranges(server: ServerProcess, tape: Tape): Promise<void> {
  const from = tape.equities[20]?.ts ?? 0;
  const to = tape.equities[60]?.ts ?? 0;
  const wanted = newestFirst(
    tape.equities.filter((row) => row.underlying_id === "AAPL" && row.ts >= from && row.ts <= to),
  );
  const path = `/prints/equities/range?underlying_id=AAPL&start_ts=${from}&end_ts=${to}`;
  deepStrictEqual((await page(server, path)).data, wanted);
  const candles = await page(
    server,
    "/candles/equities?underlying_id=NVDA&interval_ms=60000&limit=5000&cache=none",
  );
  const ids = candles.data.map((row) => Candle.parse(row));
  strictEqual(new Set(ids.map((row) => row.id)).size, ids.length);
  const newest = Map.groupBy(
    tape.candles.filter((row) => row.underlying_id === "NVDA" && row.interval_ms === 60_000),
    (row) => row.id,
  );
  deepStrictEqual(
    new Set(ids.map((row) => row.seq)),
    new Set([...newest.values()].map((rows) => Math.max(...rows.map((row) => row.seq)))),
    "of a candle and its corrections the last counts",
  );
}

async function lookups(server: ServerProcess, tape: Tape): Promise<void> {
  const packet = tape.flow[33];
  const print = tape.options[33];
  const joined = tape["equity-joins"][12];
  ok(packet !== undefined && print !== undefined && joined !== undefined);
  const byId = await fetch(`${server.url}/flow/packets/${encodeURIComponent(packet.id)}`);
  deepStrictEqual(await byId.json(), { data: packet });
  await refused(
    await fetch(`${server.url}/flow/packets/flowpacket:X-C:1768401012345:1768401012346`),
    404,
  );
  const joinPath = `${server.url}/equity-joins/by-id?id=`;
  deepStrictEqual(await (await fetch(joinPath + joined.id)).json(), { data: joined });
  await refused(await fetch(`${joinPath}equityjoin:syn-ep-202601140-zz`), 404);
  const ids = [tape.options[70], print, tape.options[3]].map((row) => row?.trace_id);
  const found = await page(server, `/option-prints/by-trace?trace_id=${ids.join()},unknown`);
  deepStrictEqual(found.data, [tape.options[70], print, tape.options[3]]);
  const scoped = await page(
    server,
    `/history/options?before_ts=${LATEST}&before_seq=0&flow_packet_id=${packet.id}` +
      `&pinned_trace_id=${tape.options[3]?.trace_id}`,
  );
  deepStrictEqual(scoped, {
    data: [print],
    next_before: null,
    packet,
    pinned: tape.options[3],
  });
  const support = await post(server, "/lookup/options-support", {
    trace_ids: [print.trace_id],
    nbbo_context: [
      { trace_id: "a", option_contract_id: tape.nbbo[33]?.option_contract_id, ts: print.ts + 500 },
      { trace_id: "b", option_contract_id: "NONE", ts: print.ts },
    ],
  });
  const { data, ...rest } = { data: 0, ...await support.json() };
  strictEqual(data, 0);
  deepStrictEqual(rest, {
    packets: [packet],
    smart_money: [tape["smart-money"][33]],
    classifier_hits: [tape["classifier-hits"][33]],
    nbbo_by_trace_id: {
      a: tape.nbbo.findLast((row) =>
        row.option_contract_id === tape.nbbo[33]?.option_contract_id && row.ts <= print.ts + 500
      ),
      b: null,
    },
  });
}

async function post(server: ServerProcess, path: string, body: unknown, type = "application/json") {
  return await fetch(server.url + path, {
    method: "POST",
    headers: { "content-type": type },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
}

async function errors(server: ServerProcess): Promise<void> {
  const get = (path: string, init?: RequestInit) => fetch(server.url + path, init);
  match(
    (await refused(await get("/flow/alerts?limit=-1"), 400)).detail ?? "",
    /^limit: .*1 to 1000/,
  );
  match(
    (await refused(await get("/history/flow?before_ts=1"), 400)).detail ?? "",
    /before_seq: is mis/,
  );
  const wrong = ["-1", "1.5", "1e3", "0x10", "NaN", "abc", "9007199254740993", " 1", "1,2"];
  for (const value of wrong) {
    const text = encodeURIComponent(value);
    for (
      const path of [
        `/history/smart-money?before_ts=${text}&before_seq=1`,
        `/history/smart-money?before_ts=1&before_seq=${text}`,
        `/replay/smart-money?after_ts=${text}`,
        `/replay/smart-money?after_seq=${text}`,
        `/flow/smart-money?limit=${text}`,
      ]
    ) strictEqual((await refused(await get(path), 400)).code, "invalid_query", path);
  }
  for (const path of ["/history/candles", "/history/x", "/replay/x", "/flow/x", "/prints"]) {
    await refused(await get(path), 404);
  }
  const html = await get("/flow/x", { headers: { accept: "text/html" } });
  strictEqual(html.status, 404);
  match(await html.text(), /No page here/);
  const removed = await get("/flow/alerts", { method: "DELETE" });
  strictEqual(removed.headers.get("allow"), "GET, HEAD, OPTIONS");
  await refused(removed, 405);
  await refused(await get(`/flow/alerts?source=${"x".repeat(5_000)}`), 414);
  const lookup = "/lookup/options-support";
  await refused(await post(server, lookup, { trace_ids: ["x".repeat(70_000)] }), 413);
  await refused(await post(server, lookup, "{}", "text/plain"), 415);
  await refused(await post(server, lookup, "{nope"), 400);
  const extra = await refused(await post(server, lookup, { trace_id: [] }), 400);
  strictEqual(extra.code, "invalid_body");
  await refused(await post(server, lookup, { trace_ids: Array(251).fill("x") }), 400);
  await refused(await get(lookup), 405);
  const named = await get("/flow/alerts", { headers: { "x-request-id": "mine-12345" } });
  await named.body?.cancel();
  strictEqual(named.headers.get("x-request-id"), "mine-12345");
  const forged = await get("/flow/alerts", { headers: { "x-request-id": "a b" } });
  await forged.body?.cancel();
  notStrictEqual(forged.headers.get("x-request-id"), "a b");
  const head = await get("/flow/alerts", { method: "HEAD" });
  deepStrictEqual([head.status, await head.text()], [200, ""]);
}

async function origins(server: ServerProcess): Promise<void> {
  const from = async (origin: string, path: string, method = "GET") => {
    const response = await fetch(server.url + path, { method, headers: { origin } });
    await response.body?.cancel();
    return response;
  };
  const allowed = await from("https://desk.example", "/flow/alerts");
  strictEqual(allowed.headers.get("access-control-allow-origin"), "https://desk.example");
  match(allowed.headers.get("vary") ?? "", /origin/i);
  strictEqual(allowed.headers.get("access-control-allow-credentials"), null);
  const preflight = await from("https://desk.example", "/lookup/options-support", "OPTIONS");
  strictEqual(preflight.status, 204);
  strictEqual(preflight.headers.get("access-control-allow-methods"), "GET, POST");
  for (const path of ["/flow/alerts", "/history/x"]) {
    const foreign = await from("https://evil.example", path);
    strictEqual(foreign.headers.get("access-control-allow-origin"), null);
  }
  const admin = await from("https://desk.example", "/admin/synthetic/status");
  strictEqual(admin.headers.get("access-control-allow-origin"), null);
}

async function exports(server: ServerProcess, tape: Tape): Promise<void> {
  const path = `${server.url}/history/alerts?before_ts=${LATEST}&before_seq=0&limit=5&format=`;
  const wanted = newestFirst(tape.alerts).slice(0, 5);
  const lines = await (await fetch(`${path}ndjson`)).text();
  deepStrictEqual(lines.trimEnd().split("\n").map((line) => JSON.parse(line)), wanted);
  const csv = await fetch(`${path}csv`);
  match(csv.headers.get("content-disposition") ?? "", /attachment; filename="alerts.csv"/);
  const rows = (await csv.text()).split("\r\n");
  strictEqual(rows.length, 7, "a header, five rows and the end");
  match(rows[0] ?? "", /^source_ts,ingest_ts,seq,trace_id,score/);
  ok(rows[1]?.startsWith(String(wanted[0]?.source_ts)));
  const last = wanted[4];
  strictEqual(csv.headers.get("x-next-before"), `${last?.source_ts},${last?.seq}`);
}

async function documented(server: ServerProcess): Promise<void> {
  deepStrictEqual(await (await fetch(`${server.url}/openapi.json`)).json(), apiDocument());
  const html = await (await fetch(`${server.url}/docs`)).text();
  const { operations } = apiDocumentation(server.url);
  for (const { path, anchor } of operations) ok(html.includes(`id="${anchor}"`), path);
  ok(!/(src|href)="(https?:)?\/\//.test(html), "nothing from elsewhere");
  const paths = new Set(TAPE_ENDPOINTS.map(({ path }) => path));
  for (const { method, path, curl } of operations) {
    if (method !== "GET" || !paths.has(path)) continue;
    const url = /"(http:[^"]+)"/.exec(curl)?.[1] ?? "";
    ok(
      html.includes(`${url.replaceAll("&", "&amp;")}&quot;`),
      `${url} as the reader can ask for it`,
    );
    const response = await fetch(url);
    await response.body?.cancel();
    ok([200, 404].includes(response.status), `${response.status} for ${curl}`);
  }
}

async function hardened(server: ServerProcess): Promise<void> {
  for (const path of ["/ready", "/docs", "/nowhere", "/css/tokens.css", "/healthz"]) {
    const { headers, body } = await fetch(server.url + path);
    await body?.cancel();
    strictEqual(headers.get("x-content-type-options"), "nosniff", path);
    strictEqual(headers.get("referrer-policy"), "same-origin", path);
    match(headers.get("permissions-policy") ?? "", /camera=\(\), .*microphone=\(\)/, path);
    strictEqual(headers.get("cross-origin-opener-policy"), "same-origin", path);
    strictEqual(headers.get("cross-origin-resource-policy"), "same-origin", path);
    const policy = headers.get("content-security-policy") ?? "";
    match(policy, /^default-src 'self'; .*frame-ancestors 'none'$/, path);
    doesNotMatch(policy, /ws:|unsafe|connect-src (?!'self';)/, path);
  }
  const port = Number(new URL(server.url).port);
  const heads = [
    ["GET /ready HTTP/1.1", "Host: a/metrics?", "Connection: close"],
    ["GET /ws/live HTTP/1.1", "Host: a", "Connection: close, Upgrade", "Upgrade: websocket"],
    ["GET /v1/pressure/stream HTTP/1.1", "Host: a", "Connection: close", "Upgrade: websocket"],
  ];
  for (const head of heads) {
    match(await exchange(port, head), /^HTTP\/1\.1 400 .*"code":"bad_request"/s, head.join(" | "));
  }
}

/** Strings that break careless parsers. */
const nasty = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.constantFrom(
    "'",
    '"',
    "\\",
    "\0",
    "';DROP TABLE rows;--",
    "%00",
    "../..",
    "-1",
    "0",
    "1e9",
    "NaN",
    "1.5",
    "9007199254740993",
    " 7",
    "0x10",
    "true",
    "[]",
    "{}",
    "__proto__",
    "constructor",
    "a,b",
    ",",
    "\u202e",
    "%",
    "x".repeat(513),
    "x".repeat(10_240),
    "1".repeat(30),
    "SPY",
    "AA",
    "high",
  ),
  fc.integer().map(String),
);

async function fuzz(server: ServerProcess): Promise<void> {
  const wrong = (status: number, long: boolean) =>
    ![200, 400, 404, ...long ? [414] : []].includes(status);
  for (const { path, query, method } of TAPE_ENDPOINTS) {
    const names = fc.constantFrom(...Object.keys(query?.shape ?? {}), "unknown");
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(names, nasty), { maxLength: 5 }),
        nasty,
        async (given, id) => {
          const search = new URLSearchParams(given.map(([name, value]) => [name, value]));
          const target = path.replace("{id}", encodeURIComponent(id.slice(0, 600)));
          const url = `${server.url}${target}?${search}`;
          const init = method === "GET" ? {} : {
            method,
            headers: { "content-type": "application/json" },
            body: JSON.stringify({ trace_ids: given.map(([, value]) => value) }),
          };
          const response = await fetch(url, init);
          await response.body?.cancel();
          ok(!wrong(response.status, url.length > 4_096), `${response.status} for ${url}`);
        },
      ),
      { numRuns: 25, seed: 11 },
    );
  }
  ok(!/request_failed/.test(server.log), server.log);
}

Deno.test("the public API", async (t) => {
  await withTapeServer(async (server, tape) => {
    await t.step("serves the newest rows of every stream", () => current(server, tape));
    await t.step("pages every stream, each row once", () => pagesOnce(server, tape));
    await t.step("filters option prints", () => optionFilters(server, tape));
    await t.step("filters smart money and equities", () => smartMoneyFilters(server, tape));
    await t.step("serves ranges of prints and candles", () => ranges(server, tape));
    await t.step("looks rows up by id", () => lookups(server, tape));
    await t.step("says what is wrong with a request", () => errors(server));
    await t.step("lets only allowed origins read", () => origins(server));
    await t.step("refuses malformed heads, tells browsers their bounds", () => hardened(server));
    await t.step("exports a page as CSV and NDJSON", () => exports(server, tape));
    await t.step("documents itself", () => documented(server));
    await t.step("answers nonsense with 400 or 404, never 500", () => fuzz(server));
  });
});
