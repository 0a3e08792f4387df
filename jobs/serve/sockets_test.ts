import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import type { OpenedReplay } from "./replay/replay_sessions.ts";
import { ServerProcess } from "../testing/server.ts";
import { socketSuite } from "../testing/socket_suite.ts";
import { StreamReader, StuckReader } from "../testing/stream_reader.ts";
import { type Tape, withTapeServer } from "../testing/tape_server.ts";

/** No limit of upgrades, and clients named by this machine. */
const OPEN = { API_RATE_LIMIT_WS: "0", API_TRUSTED_PROXIES: "127.0.0.1" };

/** Sockets that the shared part of the server has. */
const PATHS = [
  "/ws/live",
  "/ws/options",
  "/ws/alerts",
  "/v1/pressure/stream?backfill=0",
  "/v1/vacuum-pressure/stream?backfill=0",
  "/v1/velocity/stream?ext=1",
  "/v1/hud/stream?ext=1",
];

/** A replay of the stored tape that stands still, and its socket's path. */
async function replayPath(server: ServerProcess, tape: Tape): Promise<string> {
  const times = tape.options.map(({ ts }) => ts);
  const response = await fetch(`${server.url}/replay/sessions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      start_ts: Math.min(...times),
      end_ts: Math.max(...times),
      paused: true,
    }),
  });
  const { id, secret }: OpenedReplay = await response.json();
  return `/ws/replay/${id}?secret=${secret}`;
}

Deno.test("every socket holds limits, origin, size, garbage, floods and slow readers", async (t) => {
  await withTapeServer(async (server, tape) => {
    let clients = 0;
    const client = () => `10.7.${clients >> 8}.${clients++ & 255}`;
    for (const path of [...PATHS, await replayPath(server, tape)]) {
      await t.step(path.split("?")[0] ?? path, async (step) => {
        // A whole stream says nothing before its next row.
        const speaks = !path.startsWith("/ws/") || /live|replay/.test(path);
        await socketSuite(step, { url: server.url, path, speaks }, client);
      });
    }
    ok(!/request_failed|socket_failed|\n\s+at /.test(server.log), server.log);
    await t.step("and all close with 1001 when the server stops", async () => {
      const open = [...PATHS, await replayPath(server, tape)].map((path) =>
        new StreamReader(server.wsUrl + path)
      );
      await Promise.all(open.map((reader) => reader.opened));
      const { code } = await server.stop("SIGTERM");
      strictEqual(code, 0);
      const closes = await Promise.all(open.map((reader) => reader.closed()));
      deepStrictEqual(closes.map(([code]) => code), open.map(() => 1001));
    });
  }, OPEN);
});

/** The first runtime whose sockets bound a message that arrives in pieces comes after this one. */
const GROWING_UNTIL = [2, 9, 6];

function isNewer(version: string): boolean {
  const parts = version.split(".").map((part) => parseInt(part, 10));
  for (const [i, old] of GROWING_UNTIL.entries()) {
    const part = parts[i] ?? 0;
    if (part !== old) return part > old;
  }
  return false;
}

/** What a socket may make a process grow by. */
const MOST_BYTES = 64 * 1_048_576;
/** Pieces of a MiB that are sent of a message. */
const PIECES = 200;

/** Sends pieces of a message that has no last one. @returns By how much the server grew, bytes. */
async function endless(server: ServerProcess): Promise<number> {
  const rss = async () => {
    const text = await (await fetch(`${server.url}/metrics`)).text();
    return Number(/^lotus_memory_rss_bytes (\S+)$/m.exec(text)?.[1]);
  };
  const reader = await StuckReader.connect(`${server.wsUrl}/ws/live`);
  const before = await rss();
  const piece = new Uint8Array(14 + 1_048_576);
  piece.set([0x00, 0xff, 0, 0, 0, 0, 0, 0x10, 0, 0, 0, 0, 0, 0]);
  await reader.sendBytes(new Uint8Array([0x01, 0x80, 0, 0, 0, 0]));
  try {
    for (let i = 0; i < PIECES; i++) await reader.sendBytes(piece);
  } catch {
    // The server has closed the socket, as it should.
  }
  const grown = await rss() - before;
  reader.close();
  return grown;
}

const isBounded = isNewer(Deno.version.deno);

Deno.test(
  isBounded
    ? "a message that never ends takes no memory"
    : "a message that never ends takes memory, the known limit of this runtime",
  () =>
    withTapeServer(async (server) => {
      const grown = await endless(server);
      const why = "SECURITY.md tells of the limit as this test finds it";
      strictEqual(grown < MOST_BYTES, isBounded, `${grown} bytes more: ${why}`);
    }, OPEN),
);
