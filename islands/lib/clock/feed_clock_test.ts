import { ok, strictEqual } from "node:assert/strict";
import { FeedClock } from "./feed_clock.ts";
import { ServerClock } from "./server_clock.ts";

Deno.test("ServerClock.skewMs is that of the quickest message, whatever waited in a queue", () => {
  const server = new ServerClock();
  strictEqual(server.skewMs, null);
  // The page's clock is an hour fast; messages take 2 ms, or seconds in a queue.
  const delays = [900, 2, 5_000, 30, 2_000];
  delays.forEach((delay, i) => server.take(i * 1_000, i * 1_000 + 3_600_000 + delay));
  strictEqual(server.skewMs, -3_600_002);
});

Deno.test("ServerClock follows a clock that was set, forth at once and back within a minute", () => {
  const server = new ServerClock();
  server.take(0, 5);
  server.take(11_000, 1_005); // ten seconds forth
  strictEqual(server.skewMs, 9_995);
  for (let s = 2; s < 70; s++) server.take(s * 1_000, s * 1_000 + 5);
  strictEqual(server.skewMs, -5);
});

Deno.test("FeedClock.now() goes on at the feed's rate, and stands while the feed does", () => {
  const clock = new FeedClock();
  strictEqual(clock.now(0), null);
  clock.take({ dueMs: 50_000, serverMs: 1_000, rate: 1 });
  strictEqual(clock.now(1_250), 50_250);
  clock.take({ dueMs: 60_000, serverMs: 2_000, rate: 10 });
  strictEqual(clock.now(2_100), 61_000);
  clock.take({ dueMs: 61_500, serverMs: 2_200, rate: 0 });
  strictEqual(clock.now(9_999), 61_500);
});

Deno.test("FeedClock.now() is never before what has come, and forgets that at a jump", () => {
  const clock = new FeedClock();
  clock.arrived(70_000);
  strictEqual(clock.now(null), 70_000);
  clock.take({ dueMs: 69_000, serverMs: 1_000, rate: 1 });
  strictEqual(clock.now(1_000), 70_000);
  strictEqual(clock.now(3_000), 71_000);
  clock.reset();
  clock.take({ dueMs: 20_000, serverMs: 1_000, rate: 0 });
  strictEqual(clock.now(3_000), 20_000);
  ok(clock.arrivedMs === -Infinity);
});
