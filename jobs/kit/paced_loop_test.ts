import { deepStrictEqual, rejects, strictEqual } from "node:assert/strict";
import { VirtualClock } from "../testing/market_bench.ts";
import { PacedLoop, type PacedLoopOptions } from "./paced_loop.ts";

/** A loop under a virtual clock, with everything that happened in it. */
function rig(more: Partial<PacedLoopOptions> = {}) {
  const clock = new VirtualClock();
  const seen: string[] = [];
  const loop = new PacedLoop({
    clock,
    step: () => {
      seen.push(`step ${clock.ms}`);
      return 50;
    },
    report: () => seen.push("report"),
    reportEveryMs: 120,
    breathe: () => Promise.resolve(),
    ...more,
  });
  return { clock, seen, loop };
}

Deno.test("PacedLoop steps when the time has come and reports in between", async () => {
  const { clock, seen, loop } = rig();
  const ended = loop.run();
  for (let i = 0; i < 4; i++) {
    await clock.asleep();
    clock.ms += 50;
    clock.wake();
  }
  await clock.asleep();
  loop.stop();
  await ended;
  deepStrictEqual(seen, [
    "step 5000",
    "report",
    "step 5050",
    "step 5100",
    "step 5150",
    "report",
    "step 5200",
  ]);
});

Deno.test("PacedLoop.between() runs commands in order between two steps, also while it sleeps", async () => {
  const { clock, seen, loop } = rig();
  const ended = loop.run();
  await clock.asleep();
  const answers = [
    loop.between(async () => {
      seen.push("first begins");
      await Promise.resolve();
      seen.push("first ends");
      return 1;
    }),
    loop.between(() => {
      seen.push("second");
      return 2;
    }),
  ];
  deepStrictEqual(await Promise.all(answers), [1, 2]);
  await clock.asleep();
  deepStrictEqual(seen.slice(2), ["first begins", "first ends", "second", "step 5000"]);
  await rejects(loop.between(() => Promise.reject(new RangeError("refused"))), RangeError);
  await clock.asleep();
  loop.stop();
  await ended;
});

Deno.test("PacedLoop.stop() ends it after the step under way, and takes no further one", async () => {
  const step = Promise.withResolvers<number>();
  let steps = 0;
  const { loop } = rig({ step: () => (steps++, step.promise) });
  const ended = loop.run();
  loop.stop();
  step.resolve(0);
  await ended;
  strictEqual(steps, 1);
});

Deno.test("PacedLoop goes on after a step that failed when somebody is told, and ends otherwise", async () => {
  const told: unknown[] = [];
  let steps = 0;
  const step = () => {
    if (steps++ === 0) throw new RangeError("broken");
    return 50;
  };
  const { clock, loop } = rig({ step, onFailure: (error) => told.push(error) });
  const ended = loop.run();
  await clock.asleep();
  deepStrictEqual([steps, told.length], [2, 1]);
  loop.stop();
  await ended;
  steps = 0;
  await rejects(rig({ step }).loop.run(), RangeError);
});
