import { deepStrictEqual } from "node:assert/strict";
import { SessionReader } from "./session_reader.ts";

/** Serves a session from 1,000 to 2,000 and tells of every question. */
function served(onAsk: () => void) {
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, () => {
    onAsk();
    return Response.json({ open_ts: 1_000, close_ts: 2_000 });
  });
  return { server, url: `http://127.0.0.1:${server.addr.port}/` };
}

Deno.test("SessionReader takes what holds at the clock's time, and asks once a session", async () => {
  let asked = 0;
  const { server, url } = served(() => asked++);
  let now = 1_500;
  const { promise, resolve } = Promise.withResolvers<number>();
  const reader = new SessionReader(url, () => now, ({ close_ts }) => resolve(close_ts));
  reader.follow();
  reader.follow();
  const closeTs = await promise;
  now = 1_999;
  reader.follow();
  deepStrictEqual([asked, closeTs], [1, 2_000]);
  reader.close();
  await server.shutdown();
});

Deno.test("SessionReader takes nothing of a session that a replay's clock is not in", async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const { server, url } = served(() => {});
  const taken: unknown[] = [];
  let looks = 0;
  const now = () => {
    if (++looks === 2) resolve(); // the answer came and is held against the clock
    return 500;
  };
  const reader = new SessionReader(url, now, (fact) => taken.push(fact));
  reader.follow();
  await promise;
  deepStrictEqual(taken, []);
  reader.close();
  await server.shutdown();
});
