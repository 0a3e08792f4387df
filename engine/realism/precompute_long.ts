import { ok } from "node:assert/strict";
import process from "node:process";
import { CoupledPath } from "../tape/schedule/mod.ts";
import { builtSchedules } from "../tape/schedule/testing/sessions.ts";
import { median } from "./coupling.ts";

/** Processor time so far, ms: what other processes of the machine take does not count. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

Deno.test("a session's schedule and the path of its forty symbols take at most 250 ms", () => {
  const times: number[] = [];
  for (const schedule of builtSchedules(5)) schedule.extendTo(Infinity);
  for (let i = 0; i < 5; i++) {
    const startMs = cpuMs();
    const [schedule] = builtSchedules(1);
    if (schedule === undefined) continue;
    const path = new CoupledPath(schedule);
    const { openTs, closeTs } = schedule.session;
    let sum = 0;
    for (let ts = openTs; ts < closeTs; ts += 1_000) {
      for (let symbol = 0; symbol < 40; symbol++) sum += path.mid(symbol, ts);
    }
    ok(sum > 0);
    times.push(cpuMs() - startMs);
  }
  console.log("processor ms", times.map(Math.round));
  ok(median(times) <= 250);
});
