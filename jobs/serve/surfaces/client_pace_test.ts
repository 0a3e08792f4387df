import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { ScriptedSurfaces } from "../../testing/scripted_surfaces.ts";
import { ClientPace } from "./client_pace.ts";
import { KeptWindow, UnpackedWindow } from "./kept_window.ts";

/** Windows of so many seconds, and a clock that stands until it is moved. */
function rigOf(seconds: number, speed: number) {
  const script = new ScriptedSurfaces();
  const unpacked = new UnpackedWindow();
  const windows = Array.from(
    { length: seconds },
    () => new KeptWindow(script.next(), unpacked),
  );
  const clock = { nowMs: 1_000 };
  return { windows, clock, pace: new ClientPace(() => clock.nowMs, speed) };
}

Deno.test("ClientPace.msUntil() does not drift in ten minutes of late wake-ups", () => {
  for (const speed of [1, 5, 20]) {
    const { windows, clock, pace } = rigOf(600, speed);
    const startMs = clock.nowMs;
    windows.forEach((window, k) => {
      for (let wait = pace.msUntil(window); wait > 0; wait = pace.msUntil(window)) {
        // Timers come up to 15 ms late.
        clock.nowMs += wait + (k * 7) % 15;
      }
      const lateMs = clock.nowMs - (startMs + k * 1_000 / speed);
      ok(lateMs >= -1e-6 && lateMs < 15, `${speed}: window ${k} is ${lateMs} ms late`);
    });
  }
});

Deno.test("ClientPace sets its schedule back by what a pause or a full socket took", () => {
  const { windows, clock, pace } = rigOf(10, 2);
  const [first, second, third, fourth] = windows;
  ok(first && second && third && fourth);
  strictEqual(pace.msUntil(first), 0);
  strictEqual(pace.msUntil(second), 500);
  pace.pause();
  clock.nowMs += 10_000;
  strictEqual(pace.msUntil(second), Infinity);
  pace.resume();
  deepStrictEqual([pace.msUntil(second), pace.msUntil(third)], [0, 500]);
  clock.nowMs += 3_000;
  pace.break();
  deepStrictEqual([pace.msUntil(third), pace.msUntil(fourth)], [0, 500]);
});

Deno.test("ClientPace.setSpeed() keeps what has passed of a wait; 0 waits for nothing", () => {
  const { windows, clock, pace } = rigOf(10, 1);
  const [first, second, third] = windows;
  ok(first && second && third);
  pace.msUntil(first);
  clock.nowMs += 500;
  pace.setSpeed(5);
  strictEqual(pace.msUntil(second), 100);
  pace.setSpeed(0);
  deepStrictEqual([pace.speed, pace.msUntil(third)], [0, 0]);
  pace.setSpeed(1);
  deepStrictEqual([pace.msUntil(second), pace.msUntil(third)], [0, 1_000]);
});
