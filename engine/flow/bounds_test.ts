import { ok, strictEqual } from "node:assert/strict";
import { BoundedMap } from "./_bounded_map.ts";
import { TimerQueue } from "./_timers.ts";
import { busyTape } from "./testing/busy_tape.ts";
import { feed, keepingEngine, TEN } from "./testing/flow_script.ts";

Deno.test("BoundedMap never holds more than its cap and forgets what is idle", () => {
  const map = new BoundedMap<{ touchedTs: number }>(3, 100);
  for (let i = 0; i < 10; i++) map.set(`k${i}`, { touchedTs: i * 10 });
  strictEqual(map.size, 3);
  strictEqual(map.get("k6"), undefined);
  map.sweep(185);
  strictEqual(map.size, 1);
  ok(map.get("k9") !== undefined);
});

Deno.test("TimerQueue fires by time, equal times in the order in which they were set", () => {
  const timers = new TimerQueue();
  const fired: string[] = [];
  for (const [name, at] of [["c", 5], ["a", 1], ["d", 5], ["b", 3], ["e", 9]] as const) {
    timers.set(at, () => fired.push(name));
  }
  while (timers.size > 0) timers.fire();
  strictEqual(fired.join(""), "abcde");
});

Deno.test("a tape that goes quiet leaves nothing open, waiting or buffered", () => {
  const { engine } = keepingEngine();
  for (const raw of busyTape(29, { seconds: 30, prints: 30, quotes: 30 })) feed(engine, raw);
  ok((engine.stats().sizes["open_packets"] ?? 0) > 0);
  engine.advance(TEN + 3_600_000);
  const { sizes } = engine.stats();
  for (const name of ["open_packets", "waiting_legs", "reorder", "timers"]) {
    strictEqual(sizes[name], 0, name);
  }
});
