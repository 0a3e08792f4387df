import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { SUBTYPES } from "../engine/tape/mod.ts";
import { hashPassphrase } from "../jobs/serve/operator/passphrase.ts";
import { READ, type RealismReport } from "../engine/realism/mod.ts";
import { withTempDir } from "../jobs/testing/market_files.ts";
import { ServerProcess } from "../jobs/testing/server.ts";
import { PATIENCE_MS } from "../jobs/testing/patience.ts";

const PASSPHRASE = "correct horse battery staple";

/** Waits for quotes of two different seconds, so that one whole second was measured. */
async function secondOfTape(server: ServerProcess): Promise<void> {
  const socket = new WebSocket(`${server.wsUrl}/ws/options-nbbo`);
  const seconds = new Set<number>();
  await new Promise<void>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error("No quotes came in time")), PATIENCE_MS);
    socket.onmessage = ({ data }) => {
      const { payload } = JSON.parse(String(data));
      if (payload !== undefined) seconds.add(Math.floor(payload.ts / 1_000));
      if (seconds.size < 3) return;
      clearTimeout(late);
      resolve();
    };
    socket.onerror = () => reject(new Error("The socket failed"));
  }).finally(() => socket.close());
}

async function report(server: ServerProcess, cookie = ""): Promise<RealismReport> {
  const response = await fetch(`${server.url}/v1/realism`, { headers: { cookie } });
  const text = await response.text();
  strictEqual(response.status, 200, text);
  match(response.headers.get("cache-control") ?? "", /private, no-store/);
  return JSON.parse(text);
}

async function page(server: ServerProcess, cookie = ""): Promise<string> {
  const response = await fetch(`${server.url}/realism`, { headers: { cookie } });
  strictEqual(response.status, 200);
  return await response.text();
}

/** Files below a folder that name a hidden kind of flow. */
function naming(folder: string): string[] {
  return [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory }) => {
    const path = `${folder}/${name}`;
    if (isDirectory) return naming(path);
    const text = new TextDecoder("latin1").decode(Deno.readFileSync(path));
    return SUBTYPES.some((subtype) => text.includes(subtype)) ? [path] : [];
  });
}

async function signIn(server: ServerProcess): Promise<string> {
  const response = await fetch(`${server.url}/login`, {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams({ passphrase: PASSPHRASE, next: "/realism" }),
  });
  await response.body?.cancel();
  strictEqual(response.status, 303);
  return response.headers.get("set-cookie")?.split(";")[0] ?? "";
}

Deno.test("everybody reads the rows of realism, only operators what flow was meant", async () => {
  const hash = await hashPassphrase(PASSPHRASE);
  await withTempDir(async (data) => {
    const server = await ServerProcess.start({
      LOTUS_DATA_DIR: data,
      LOTUS_OPERATOR_PASSPHRASE_HASH: hash,
      SYNTHETIC_BACKFILL_MINUTES: "0",
    });
    try {
      await secondOfTape(server);
      const open = await report(server);
      ok(open.rows.length >= 30);
      ok(open.rows.some(({ id }) => id === "K4"));
      strictEqual(open.confusion, null);
      const html = await page(server);
      match(html, /The table of meanings is for operators/);
      match(html, /<b>SYNTHETIC<\/b>/);
      ok(!/Vol seller|Operators only/.test(html), "the table of meanings is on the page");
      for (const text of [JSON.stringify(open), html]) {
        ok(!SUBTYPES.some((subtype) => text.includes(subtype)) && !/neutral_noise/.test(text));
      }

      const cookie = await signIn(server);
      const { confusion } = await report(server, cookie);
      deepStrictEqual(confusion?.counts.map((row) => row.length), Array(7).fill(READ.length));
      match(await page(server, cookie), /Vol seller/);
      strictEqual((await report(server)).confusion, null, "an operator's answer is not kept");
      await server.stop("SIGTERM");
      deepStrictEqual(naming(data), [], "what was meant is in the data folder");
      ok(!SUBTYPES.some((subtype) => server.log.includes(subtype)), "and in the log");
    } finally {
      await server.kill();
    }
  });
});
