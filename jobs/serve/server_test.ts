import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { zstdCompressSync } from "node:zlib";
import { tableFromIPC } from "apache-arrow";
import { gridLayout } from "../../engine/frames/mod.ts";
import { ErrorBody } from "../kit/http/mod.ts";
import { TAPE_START_NS, tapeBytes, withTempDir } from "../testing/market_files.ts";
import { HANDSHAKE } from "../testing/socket_suite.ts";
import { NO_TAPE } from "../testing/quiet_server.ts";
import { runToEnd, ServerProcess } from "../testing/server.ts";
import { type StreamFrame, StreamReader, StuckReader } from "../testing/stream_reader.ts";

const STREAM = "/v1/pressure/stream";

async function writeFeeds(data: string): Promise<void> {
  await Deno.mkdir(join(data, "feeds"), { recursive: true });
  const good = tapeBytes({ seconds: 20 });
  const put = (name: string, bytes: Uint8Array) => Deno.writeFile(join(data, "feeds", name), bytes);
  await put("good.dbn", good);
  await put("short.dbn", good.subarray(0, good.length - 30));
  await put("garbage.dbn", new TextEncoder().encode("no market in here"));
  await put("trades.dbn", tapeBytes({ seconds: 1, schema: "trades" }));
  await put("wide.dbn", tapeBytes({ seconds: 5, metaStartNs: 0n, metaEndNs: (1n << 64n) - 1n }));
  await put("nameless.dbn", tapeBytes({ seconds: 5, symbols: [] }));
  await Deno.writeFile(join(data, "outside.dbn"), good);
}

function field(frame: StreamFrame, name: string): unknown {
  return Reflect.get(frame, name);
}

function seqOf(frame: StreamFrame): number {
  return Number(field(frame, "bin_seq"));
}

Deno.test("the server", async (t) => {
  await withTempDir(async (data) => {
    await writeFeeds(data);
    const server = await ServerProcess.start({
      ...NO_TAPE,
      LOTUS_DATA_DIR: data,
      LOTUS_LOG_LEVEL: "debug",
      API_TRUSTED_PROXIES: "127.0.0.1",
    });
    try {
      await t.step("answers probes", () => probes(server));
      await t.step("refuses bad commands with the field at fault", () => badCommands(server));
      await t.step("lists files with what is wrong with them", () => lists(server));
      await t.step(
        "takes files of operators, whole and readable ones alone",
        () => takesFiles(server, data),
      );
      await t.step("streams: control frame, past bins, Arrow per bin", () => streams(server));
      await t.step("closes a bad query with 1008 and says why", () => badQueries(server));
      await t.step("skips bins for a stuck reader alone", () => stuck(server));
      await t.step("replays privately without loss", () => privately(server));
      await t.step("limits private sessions", () => limits(server));
      await t.step("switches feeds without a restart", () => switches(server, data));
      await t.step("stops on SIGTERM", () => stops(server));
    } finally {
      await server.kill();
    }
  });
});

async function post(server: ServerProcess, body: unknown, headers: HeadersInit = {}) {
  const response = await fetch(`${server.url}/v1/feed`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}

async function metric(server: ServerProcess, name: string): Promise<number> {
  const text = await (await fetch(`${server.url}/metrics`)).text();
  const found = text.match(new RegExp(`^${name} (\\S+)$`, "m"));
  ok(found !== null, name);
  return Number(found[1]);
}

/** Reads until a bin came, so that the feed is live for sure. */
async function firstBin(server: ServerProcess): Promise<void> {
  const reader = new StreamReader(`${server.wsUrl}${STREAM}?backfill=0`);
  await reader.until((frame) => field(frame, "live") === true);
  await reader.close();
}

async function probes(server: ServerProcess): Promise<void> {
  deepStrictEqual(await (await fetch(`${server.url}/healthz`)).json(), {
    status: "ok",
    service: "lotus-terminal",
  });
  await firstBin(server);
  const ready = await fetch(`${server.url}/readyz`);
  strictEqual(ready.status, 200);
  const body = await ready.json();
  deepStrictEqual([body.ready, Object.keys(body.checks).sort()], [
    true,
    ["control", "engine", "feed", "store"],
  ]);
  match(body.checks.feed.detail, /^live, newest bin \d+ ms old$/);
  deepStrictEqual(
    Object.keys((await (await fetch(`${server.url}/ready`)).json()).checks).sort(),
    Object.keys(body.checks).sort(),
  );
  const metrics = await fetch(`${server.url}/metrics`);
  match(metrics.headers.get("content-type") ?? "", /^text\/plain; version=0\.0\.4/);
  const text = await metrics.text();
  for (const line of text.trimEnd().split("\n")) {
    match(
      line,
      /^(# (HELP|TYPE) (lotus|process)_\w+ .+|(lotus|process)_\w+(\{\w+="[\w.]+"\})? -?[\d.e+]+)$/,
    );
  }
  ok(await metric(server, "lotus_events_total") > 1_000);
  ok(await metric(server, "process_open_fds") > 10);
}

async function badCommands(server: ServerProcess): Promise<void> {
  const state = await (await fetch(`${server.url}/v1/feed`)).json();
  deepStrictEqual([state.kind, state.phase, state.message], ["synthetic", "live", null]);
  const cases: readonly [unknown, HeadersInit, number, string | undefined][] = [
    ["{nope", {}, 400, "body"],
    [{ op: "pause" }, { origin: "https://evil.example" }, 403, undefined],
    [{ op: "step" }, {}, 409, undefined],
    [{ op: "seek", tsNs: "1" }, {}, 409, undefined],
    [{ op: "open", feed: { kind: "replay", file: "../outside.dbn" } }, {}, 409, undefined],
    [{ op: "open", feed: { kind: "replay", file: "nothing.dbn" } }, {}, 409, undefined],
    ["x".repeat(20_000), {}, 413, "body"],
    [{ op: "pause" }, { "content-type": "text/plain" }, 415, "content-type"],
    [{ op: "dance" }, {}, 422, "op"],
    [{ op: "speed", speed: 1e9 }, {}, 422, "speed"],
    [{ op: "seek", tsNs: 5 }, {}, 422, "tsNs"],
    [{ op: "open", feed: { kind: "replay", file: "" } }, {}, 422, "feed.file"],
    [{ op: "open", feed: { kind: "synthetic", seed: -1 } }, {}, 422, "feed.seed"],
    [{ op: "pause", extra: 1 }, {}, 422, "body"],
    [null, {}, 422, undefined],
  ];
  for (const [body, headers, status, name] of cases) {
    const answer = await post(server, body, headers);
    strictEqual(answer.status, status, JSON.stringify(body));
    const { code, detail = "" } = ErrorBody.parse(answer.body);
    ok(code !== "");
    if (name !== undefined) strictEqual(detail.split(":")[0], name);
    const text = JSON.stringify(answer.body);
    ok(!text.includes(".ts:") && !text.includes("    at "), text);
  }
  const removed = await fetch(`${server.url}/v1/feed`, { method: "DELETE" });
  await removed.body?.cancel();
  strictEqual(removed.status, 405);
  strictEqual((await (await fetch(`${server.url}/v1/feed`)).json()).phase, "live");
}

async function lists(server: ServerProcess): Promise<void> {
  const { files, instruments, regimes } = await (await fetch(`${server.url}/v1/feeds`)).json();
  const problems: Record<string, string | null> = {};
  for (const { name, problem } of files) problems[name] = problem;
  deepStrictEqual(Object.keys(problems), [
    "garbage.dbn",
    "good.dbn",
    "nameless.dbn",
    "short.dbn",
    "trades.dbn",
    "wide.dbn",
  ]);
  deepStrictEqual([problems["good.dbn"], problems["wide.dbn"]], [null, null]);
  match(problems["garbage.dbn"] ?? "", /^Cannot read DBN/);
  match(problems["short.dbn"] ?? "", /ends inside a record$/);
  match(problems["trades.dbn"] ?? "", /not hold market-by-order records but trades: "trades.dbn"$/);
  deepStrictEqual(
    files.filter((file: { readable: boolean }) => !file.readable).map((
      { name }: { name: string },
    ) => name),
    ["garbage.dbn", "trades.dbn"],
  );
  const good = files.find((file: { name: string }) => file.name === "good.dbn");
  const wide = files.find((file: { name: string }) => file.name === "wide.dbn");
  strictEqual(good.symbol, "ESH6");
  for (const file of [good, wide]) {
    ok(BigInt(file.startNs) - TAPE_START_NS < 1_000_000_000n, "the first record, not the metadata");
  }
  strictEqual(wide.endNs, null);
  ok(instruments.length >= 2 && regimes.length === 7);
}

async function takesFiles(server: ServerProcess, data: string): Promise<void> {
  const send = async (name: string, body: Uint8Array<ArrayBuffer>, headers: HeadersInit = {}) => {
    const response = await fetch(`${server.url}/v1/feeds?name=${encodeURIComponent(name)}`, {
      method: "POST",
      headers: { "content-type": "application/octet-stream", ...headers },
      body,
    });
    return { status: response.status, body: await response.json() };
  };
  const tape = tapeBytes({ seconds: 3 });
  const evil = await send("evil.dbn", tape, { origin: "https://evil.example" });
  strictEqual(evil.status, 403);
  for (const name of ["../up.dbn", "a/b.dbn", ".hidden.dbn", "notes.txt", ""]) {
    const { status, body } = await send(name, tape);
    deepStrictEqual([status, String(body.detail).split(":")[0]], [422, "name"], name);
  }
  strictEqual((await send("a.dbn", tape, { "content-type": "text/plain" })).status, 415);
  const garbage = await send("noise.dbn", new TextEncoder().encode("no market file at all"));
  deepStrictEqual([garbage.status, garbage.body.code], [422, "unreadable"]);
  const sent = await send("sent.dbn", tape);
  deepStrictEqual([sent.status, sent.body.name, sent.body.readable], [201, "sent.dbn", true]);
  deepStrictEqual((await send("sent.dbn", tape)).body.code, "exists");
  deepStrictEqual([...Deno.readDirSync(join(data, "uploads"))].map(({ name }) => name), [
    "sent.dbn",
  ]);
  const { files } = await (await fetch(`${server.url}/v1/feeds`)).json();
  ok(files.some(({ name }: { name: string }) => name === "sent.dbn"), "it can be opened");
}

async function streams(server: ServerProcess): Promise<void> {
  for (const path of [STREAM, "/v1/vacuum-pressure/stream"]) {
    const reader = new StreamReader(`${server.wsUrl}${path}?backfill=50&symbol=ESH6`);
    const config = await reader.next();
    ok(config !== null);
    strictEqual(config.type, "runtime_config");
    const horizons = field(config, "projection_horizons_ms") as number[];
    const names = gridLayout(101, horizons).columns.map((column) => column.name);
    deepStrictEqual(field(config, "grid_schema_fields"), names);
    let last = -1;
    for (let n = 0; n < 52; n++) {
      const header = await reader.until((frame) => frame.type === "grid_update");
      const bin = await reader.next();
      ok(bin !== null && "bytes" in bin && bin.bytes instanceof Uint8Array);
      if (last >= 0) strictEqual(seqOf(header), last + 1);
      last = seqOf(header);
      if (n % 17 !== 0) continue;
      const table = tableFromIPC(bin.bytes);
      deepStrictEqual(table.schema.fields.map((column) => column.name), names);
      strictEqual(table.numRows, field(config, "grid_rows"));
      match(String(field(header, "bin_end_ns")), /^\d{19}$/);
    }
    await reader.close();
  }
  const plain = await fetch(`${server.url}${STREAM}`);
  await plain.body?.cancel();
  strictEqual(plain.status, 400);
}

async function badQueries(server: ServerProcess): Promise<void> {
  const cases: readonly [string, RegExp][] = [
    ["backfill=many", /^backfill must be a whole number/],
    ["colour=red", /^colour is no parameter/],
    ["symbol=CLX5", /^symbol must be ESH6, the instrument of this terminal: CLX5$/],
    ["product_type=equity_mbo", /^product_type must be future_mbo/],
    ["dt=2001-01-02", /^dt must be \d{4}-\d\d-\d\d, the New York date of the shared market/],
    ["session=private&file=..%2Foutside.dbn", /^file is not on offer/],
    ["session=private&file=garbage.dbn", /^file: Cannot read DBN/],
    ["session=private&file=good.dbn&symbol=CLX5", /^symbol must be ESH6/],
    ["session=private&file=good.dbn&dt=2026-03-11", /^file: Cannot replay 2026-03-11/],
    ["file=good.dbn&start_time=23:00", /^file: Cannot start at 2026-03-10 23:00/],
    ["start_time=09:30", /^start_time needs a file/],
    ["session=shared&speed=5", /^speed needs session=private/],
    ["session=private&file=nameless.dbn", /^file: Cannot choose an instrument/],
  ];
  for (const [query, message] of cases) {
    const reader = new StreamReader(`${server.wsUrl}${STREAM}?${query}`);
    const error = await reader.next();
    strictEqual(error?.type, "error", query);
    match(String(error === null ? "" : field(error, "message")), message);
    const [code, reason] = await reader.closed();
    strictEqual(code, 1008);
    ok(new TextEncoder().encode(reason).length <= 123 && reason !== "", reason);
  }
  strictEqual(await metric(server, "lotus_private_sessions"), 0);
}

/** Bins of the running feed that the status page says were left out for slow readers. */
async function leftOut(server: ServerProcess): Promise<number> {
  const html = await (await fetch(`${server.url}/status`)).text();
  const found = html.match(
    /Bins of this feed left out for slow readers<\/dt>.*?([\d\u2009]+)<\/dd>/,
  );
  ok(found !== null, html);
  return Number(found[1]?.replaceAll("\u2009", ""));
}

async function stuck(server: ServerProcess): Promise<void> {
  const before = await metric(server, "lotus_dropped_bins_total");
  const rssBefore = await metric(server, "lotus_memory_rss_bytes");
  const slow = await StuckReader.connect(`${server.wsUrl}${STREAM}?backfill=1200`);
  const quick = new StreamReader(`${server.wsUrl}${STREAM}?backfill=0`);
  strictEqual((await post(server, { op: "speed", speed: 20 })).status, 200);
  let last = -1;
  for (let n = 0; n < 500; n++) {
    const header = await quick.until((frame) => frame.type !== "feed_state" && "bin_seq" in frame);
    if (last >= 0) strictEqual(seqOf(header), last + 1, "the quick reader misses nothing");
    last = seqOf(header);
  }
  await post(server, { op: "speed", speed: 1 });
  const dropped = await metric(server, "lotus_dropped_bins_total") - before;
  ok(dropped > 0, `${dropped}`);
  ok(await leftOut(server) >= dropped);
  const grown = await metric(server, "lotus_memory_rss_bytes") - rssBefore;
  ok(grown < 250e6, `${grown} bytes more`);
  const told = await slow.until((text) => text.startsWith('{"type":"dropped"'));
  ok(JSON.parse(told).bins > 0);
  slow.close();
  await quick.close();
}

async function privately(server: ServerProcess): Promise<void> {
  const query = "session=private&file=good.dbn&speed=max&symbol=ESH6&dt=2026-03-10";
  const reader = new StreamReader(`${server.wsUrl}${STREAM}?${query}`);
  const seqs: number[] = [];
  const first = await reader.next();
  strictEqual(first?.type, "runtime_config");
  while (true) {
    const frame = await reader.next();
    ok(frame !== null);
    if (frame.type === "grid_update") seqs.push(seqOf(frame));
    const state = field(frame, "state");
    if (frame.type === "feed_state" && Reflect.get(state ?? {}, "phase") === "ended") break;
  }
  deepStrictEqual(seqs, Array.from({ length: 200 }, (_, i) => i));
  strictEqual(await metric(server, "lotus_private_sessions"), 1);
  await reader.close();
  await sessionsLeft(server, 0);
  // A file that breaks off: everything before it comes, then the reason.
  const broken = new StreamReader(`${server.wsUrl}${STREAM}?file=short.dbn&speed=max`);
  let bins = 0;
  for (let frame = await broken.next(); frame !== null; frame = await broken.next()) {
    if (frame.type === "grid_update") bins++;
  }
  ok(bins >= 195, `${bins}`);
  const [code, reason] = await broken.closed();
  strictEqual(code, 4000);
  match(reason, /the input ends after/);
  // A stuck reader makes its own market wait.
  const stuckReader = await StuckReader.connect(`${server.wsUrl}${STREAM}?file=good.dbn&speed=max`);
  await stuckReader.until((text) => text.includes('"bin_seq":0,'));
  stuckReader.close();
  await sessionsLeft(server, 0);
}

/** The close of a socket reaches the server a moment after its client. */
async function sessionsLeft(server: ServerProcess, count: number): Promise<void> {
  for (let n = 0; n < 500; n++) {
    if (await metric(server, "lotus_private_sessions") === count) return;
  }
  strictEqual(await metric(server, "lotus_private_sessions"), count);
}

/** The answer to an upgrade that is refused. */
async function refusal(url: string, client: string): Promise<readonly [number, string]> {
  const response = await fetch(url, {
    headers: { ...HANDSHAKE, "x-forwarded-for": client },
  });
  const body = ErrorBody.parse(await response.json());
  return [response.status, body.code];
}

async function limits(server: ServerProcess): Promise<void> {
  const path = `${STREAM}?session=private&file=good.dbn&speed=0.1`;
  const open = async (client: string) => {
    const reader = await StuckReader.connect(server.wsUrl + path, client);
    await reader.until((text) => text.startsWith('{"type":"runtime_config"'));
    return reader;
  };
  const refused = (client: string, query = path) => refusal(server.url + query, client);
  const own = [await open("2001:db8::1"), await open("2001:db8::1")];
  deepStrictEqual(await refused("2001:db8::2"), [429, "too_many_sessions"], "the same network");
  const implied = `${STREAM}?file=good.dbn`;
  deepStrictEqual(await refused("2001:db8::2", implied), [429, "too_many_sessions"]);
  const shared = await StuckReader.connect(`${server.wsUrl}${STREAM}?backfill=0`, "2001:db8::2");
  const others = [await open("10.0.0.2"), await open("10.0.0.2")];
  deepStrictEqual(await refused("10.0.0.3"), [429, "too_many_sessions"], "four run");
  strictEqual(await metric(server, "lotus_private_sessions"), 4);
  own.pop()?.close();
  await sessionsLeft(server, 3);
  // What is refused takes no place.
  const last = await open("10.0.0.3");
  for (const reader of [...own, ...others, shared, last]) reader.close();
  await sessionsLeft(server, 0);
}

/** Files that are small on disk and large, or endless, when they are believed. */
function bombs(): Readonly<Record<string, Uint8Array>> {
  const frame = [0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x58]; // magic, no checksum, a window of 2 MiB
  const emptyBlocks = new Uint8Array(frame.length + 3_000_000);
  emptyBlocks.set(frame);
  const metadata = new Uint8Array(32 * 1024 * 1024);
  const view = new DataView(metadata.buffer);
  metadata.set(tapeBytes({ seconds: 0 }).subarray(0, 112));
  view.setUint32(4, metadata.length - 8, true);
  view.setUint16(53, 1, true);
  view.setUint32(112, metadata.length - 200, true); // symbols of one byte
  const zeros = new Uint8Array(64_000_000);
  zeros.set(tapeBytes({ seconds: 0 }));
  return {
    "blocks.dbn.zst": emptyBlocks,
    "metadata.dbn": metadata,
    "metadata.dbn.zst": new Uint8Array(zstdCompressSync(metadata)),
    "zeros.dbn.zst": new Uint8Array(zstdCompressSync(zeros.subarray(4))),
  };
}

/** A file that costs much is refused as fast as any other, in bounded memory. */
async function defuses(server: ServerProcess, data: string): Promise<void> {
  const before = await metric(server, "lotus_memory_rss_bytes");
  for (const [file, bytes] of Object.entries(bombs())) {
    await Deno.writeFile(join(data, "feeds", file), bytes);
    const began = server.cpuMs();
    const { status, body } = await post(server, { op: "open", feed: { kind: "replay", file } });
    const tookMs = server.cpuMs() - began;
    deepStrictEqual([status, body.code], [409, "command_refused"], file);
    match(body.error, /^Cannot (read|decompress|replay)/);
    ok(tookMs < 2_000, `${file}: ${tookMs} ms of the processor`);
    const grownMb = (await metric(server, "lotus_memory_rss_bytes") - before) / 1e6;
    ok(grownMb < 300, `${file}: ${grownMb.toFixed(0)} MB more`);
    await Deno.remove(join(data, "feeds", file));
  }
}

async function switches(server: ServerProcess, data: string): Promise<void> {
  const reader = new StreamReader(`${server.wsUrl}${STREAM}?backfill=0`);
  strictEqual((await reader.next())?.type, "runtime_config");
  const opened = await post(server, {
    op: "open",
    feed: { kind: "replay", file: "good.dbn", speed: 20 },
  });
  deepStrictEqual([opened.status, opened.body.phase, opened.body.name], [200, "live", "good.dbn"]);
  await reader.until((frame) => frame.type === "reset");
  const config = await reader.until((frame) => frame.type !== "feed_state");
  strictEqual(config.type, "runtime_config");
  strictEqual(await leftOut(server), 0, "another feed, another count");
  ok(await metric(server, "lotus_dropped_bins_total") > 0, "a counter never goes back");
  strictEqual(seqOf(await reader.until((frame) => frame.type === "grid_update")), 0);
  for (const file of ["garbage.dbn", "trades.dbn"]) {
    const broken = await post(server, { op: "open", feed: { kind: "replay", file } });
    deepStrictEqual([broken.status, broken.body.code], [409, "command_refused"]);
    match(broken.body.error, /^Cannot re/);
    const state = await (await fetch(`${server.url}/v1/feed`)).json();
    deepStrictEqual(
      [state.phase, state.name, state.message],
      ["live", "good.dbn", null],
      "the running feed goes on",
    );
  }
  await defuses(server, data);
  const eventsBefore = await metric(server, "lotus_events_total");
  const back = await post(server, { op: "open", feed: { kind: "synthetic", seed: 3 } });
  deepStrictEqual([back.status, back.body.kind, back.body.seed], [200, "synthetic", 3]);
  await reader.until((frame) => frame.type === "runtime_config");
  await reader.until((frame) => frame.type === "grid_update");
  ok(await metric(server, "lotus_events_total") >= eventsBefore, "a counter never goes back");
  await reader.close();
}

async function stops(server: ServerProcess): Promise<void> {
  const shared = new StreamReader(`${server.wsUrl}${STREAM}?backfill=0`);
  const own = new StreamReader(`${server.wsUrl}${STREAM}?file=good.dbn&speed=1`);
  await shared.next();
  await own.next();
  const slow = await StuckReader.connect(`${server.wsUrl}${STREAM}?backfill=1200`);
  const end = await server.stop("SIGTERM");
  strictEqual((await shared.closed())[0], 1001);
  strictEqual((await own.closed())[0], 1001);
  slow.close();
  strictEqual(end.code, 0);
  ok(end.tookMs < 5_000, `${end.tookMs} ms`);
  const lines = end.stderr.trimEnd().split("\n").map((line) => JSON.parse(line));
  const events = new Set(lines.map((line) => line.event));
  for (
    const event of [
      "start",
      "listening",
      "feed_opened",
      "feed_switch",
      "feed_ended",
      "feed_failed",
      "client_connected",
      "client_disconnected",
      "stopping",
      "stopped",
    ]
  ) ok(events.has(event), `no line says ${event}`);
}

Deno.test("the server starts over a missing file, says so, and stops on SIGINT", async () => {
  await withTempDir(async (data) => {
    await writeFeeds(data);
    const feed = join(data, "gone.dbn");
    const server = await ServerProcess.start({
      ...NO_TAPE,
      LOTUS_DATA_DIR: data,
      LOTUS_FEED: feed,
    });
    try {
      const reader = new StreamReader(`${server.wsUrl}${STREAM}`);
      const told = await reader.next();
      strictEqual(told?.type, "feed_state");
      const state = await (await fetch(`${server.url}/v1/feed`)).json();
      deepStrictEqual([state.phase, state.name], ["error", "gone.dbn"]);
      match(state.message, /^Cannot replay as the file does not exist/);
      const ready = await fetch(`${server.url}/readyz`);
      const { checks } = await ready.json();
      deepStrictEqual([ready.status, checks.feed], [503, {
        ok: false,
        detail: "error, no bin yet",
      }]);
      const opened = await post(server, { op: "open", feed: { kind: "replay", file: "good.dbn" } });
      strictEqual(opened.body.phase, "live");
      await reader.until((frame) => frame.type === "grid_update");
      const end = await server.stop("SIGINT");
      deepStrictEqual([end.code, (await reader.closed())[0]], [0, 1001]);
      ok(end.tookMs < 5_000);
    } finally {
      await server.kill();
    }
  });
});

Deno.test("the server refuses a bad setting or a busy port in one line", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const port = String(listener.addr.port);
  const [bad, busy] = await Promise.all([
    runToEnd({ LOTUS_PORT: "many" }),
    runToEnd({ LOTUS_PORT: port }),
  ]);
  listener.close();
  deepStrictEqual([bad.code, bad.stdout], [1, ""]);
  match(bad.stderr, /^LOTUS_PORT must be a whole number: it is "many"\n$/);
  deepStrictEqual([busy.code, busy.stdout], [1, ""]);
  match(busy.stderr, new RegExp(`^Cannot listen on 127\\.0\\.0\\.1:${port}: [^\\n]+\\n$`));
});
