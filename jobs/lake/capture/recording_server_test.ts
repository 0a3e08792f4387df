import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { RecordingStatus } from "../../../modules/feed/contract.ts";
import { checkComplete } from "../datasets/mod.ts";
import { browserTest } from "../../testing/browser.ts";
import { withTempDir } from "../../testing/market_files.ts";
import { NO_TAPE, recordedFeed } from "../../testing/quiet_server.ts";
import { ServerProcess } from "../../testing/server.ts";
import { PATIENCE_MS } from "../../testing/patience.ts";

/** A server whose feed is a recording. */
async function startServer(data: string): Promise<ServerProcess> {
  return await ServerProcess.start({
    ...NO_TAPE,
    ...await recordedFeed(data),
    // The tests look again until something has come true.
    API_RATE_LIMIT_REST: "0",
    LOTUS_DATA_DIR: data,
  });
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Headers;
}

async function ask(server: ServerProcess, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(`${server.url}/v1/recording`, init);
  return { status: response.status, body: await response.json(), headers: response.headers };
}

function post(server: ServerProcess, body: unknown, headers: Record<string, string> = {}) {
  return ask(server, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
}

function codeOf({ body }: Answer): unknown {
  return Reflect.get(Object(body), "code");
}

/** Asks again until `holds`. */
async function until(server: ServerProcess, holds: (status: RecordingStatus) => boolean) {
  const endMs = performance.now() + PATIENCE_MS;
  while (performance.now() < endMs) {
    const status = RecordingStatus.parse((await ask(server)).body);
    if (holds(status)) return status;
  }
  throw new Error("Cannot wait any longer for the recording");
}

/** Resolves when the feed runs. */
async function ready(server: ServerProcess): Promise<void> {
  const endMs = performance.now() + PATIENCE_MS;
  while (true) {
    const answer = await fetch(`${server.url}/readyz`);
    await answer.body?.cancel();
    if (answer.ok) return;
    if (performance.now() > endMs) throw new Error("Cannot wait any longer for the feed");
  }
}

/** Starts a recording as soon as the feed runs. */
async function begin(server: ServerProcess, name: string): Promise<Answer> {
  await ready(server);
  return await post(server, { name });
}

Deno.test("/v1/recording", async (t) => {
  await withTempDir(async (data) => {
    const server = await startServer(data);
    try {
      await t.step(
        "records the shared feed for operators and no one else",
        () => records(server, data),
      );
      await t.step("limits how often", () => limits(server));
      await t.step("a server that is killed leaves an incomplete folder", async () => {
        await until(server, ({ bytes }) => bytes > 0);
        await server.kill();
        const left = join(data, "recordings/killed");
        deepStrictEqual([...Deno.readDirSync(left)].map(({ name }) => name).sort(), [
          "INCOMPLETE.json",
          "bins.parquet.partial",
          "buckets.parquet.partial",
        ]);
      });
    } finally {
      await server.kill();
    }
  });
});

async function records(server: ServerProcess, data: string): Promise<void> {
  const idle = await ask(server);
  const status = RecordingStatus.parse(idle.body);
  deepStrictEqual([status.phase, status.allowed], ["idle", true]);
  strictEqual(codeOf(await ask(server, { method: "DELETE" })), "idle");
  const foreign = await post(server, {}, { origin: "http://evil.example" });
  deepStrictEqual([foreign.status, codeOf(foreign)], [403, "foreign_origin"]);
  const page = await post(server, {}, { origin: server.url });
  deepStrictEqual([page.status, codeOf(page)], [403, "csrf"]);
  const far = await post(server, {}, { "x-forwarded-for": "203.0.113.9" });
  deepStrictEqual([far.status, codeOf(far)], [401, "not_operator"]);
  const seen = await ask(server, { headers: { "x-forwarded-for": "203.0.113.9" } });
  strictEqual(RecordingStatus.parse(seen.body).allowed, false);
  strictEqual(seen.headers.has("x-csrf-token"), false);
  const bad = await post(server, { name: "../x" });
  deepStrictEqual([bad.status, codeOf(bad)], [422, "invalid_body"]);
  const begun = await begin(server, "one");
  deepStrictEqual([begun.status, RecordingStatus.parse(begun.body).folder], [
    201,
    "recordings/one",
  ]);
  strictEqual(codeOf(await post(server, {})), "busy");
  await until(server, ({ bins }) => bins >= 5);
  const token = idle.headers.get("x-csrf-token") ?? "";
  match(token, /^[\w-]{40,}$/);
  const done = await ask(server, {
    method: "DELETE",
    headers: { origin: server.url, "x-csrf-token": token },
  });
  const end = RecordingStatus.parse(done.body);
  strictEqual(end.phase, "done");
  ok(end.bins >= 5 && end.bytes > 0 && end.elapsedMs > 0);
  checkComplete(join(data, "recordings/one"));
}

/** Writes that change nothing count as well. */
async function limits(server: ServerProcess): Promise<void> {
  let last = await post(server, { name: "killed" });
  strictEqual(last.status, 201);
  // Enough for one minute, should another begin meanwhile.
  for (let i = 0; i < 30 && last.status !== 429; i++) last = await post(server, {});
  deepStrictEqual([last.status, codeOf(last)], [429, "rate_limited"]);
  ok(Number(last.headers.get("retry-after")) > 0);
}

browserTest(
  "the record button works, and SIGTERM ends a recording as a whole dataset",
  async (page) => {
    await withTempDir(async (data) => {
      const server = await startServer(data);
      try {
        page.setDefaultTimeout(PATIENCE_MS);
        await ready(server);
        await page.goto(`${server.url}/heatmap`);
        await page.getByRole("button", { name: "Record" }).click();
        const running = page.locator(".record[aria-pressed=true]");
        await running.waitFor();
        await page.waitForFunction(() =>
          /0:0[1-9]/.test(document.querySelector(".record")?.textContent ?? "")
        );
        match(await running.textContent() ?? "", /End the recording: \d\d:\d\d [\d.]+ kB/);
        await running.click();
        const notice = page.getByText(/Recorded \d+ bins to recordings\//);
        await notice.waitFor();
        const [, folder = ""] = /to (recordings\/\S+)/.exec(await notice.textContent() ?? "") ?? [];
        checkComplete(join(data, folder));
        strictEqual((await begin(server, "stopped")).status, 201);
        await until(server, ({ bins }) => bins > 0);
        await page.goto("about:blank");
        strictEqual((await server.stop("SIGTERM")).code, 0);
        checkComplete(join(data, "recordings/stopped"));
      } finally {
        await server.kill();
      }
    });
  },
);
