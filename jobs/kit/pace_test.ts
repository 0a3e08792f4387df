import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import fc from "fast-check";
import { Pace } from "./pace.ts";

const CELL_NS = 100_000_000;
const NS_PER_MS = 1_000_000;

function paceAt(anchorNs: number, atMs: number, speed: number) {
  const clock = { ms: atMs };
  const pace = new Pace(() => clock.ms, NS_PER_MS, speed);
  pace.rebase(anchorNs);
  return { clock, pace };
}

Deno.test("Pace never drifts, however late the wake-ups are", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(0.1, 1, 5, 20, 1_000),
      fc.array(fc.double({ min: 0, max: 250, noNaN: true }), { minLength: 50, maxLength: 200 }),
      (speed, lateness) => {
        const startNs = 2_764_800_000_000_000;
        const { pace, clock } = paceAt(startNs, 10, speed);
        let here = startNs;
        for (const late of lateness) {
          clock.ms += Math.max(0, pace.msUntil(here + CELL_NS)) + late;
          while (here + CELL_NS <= pace.due()) here += CELL_NS;
          const wantedNs = startNs + (clock.ms - 10) * 1e6 * speed;
          ok(here <= wantedNs + 1 && here > wantedNs - CELL_NS - 1_000);
        }
      },
    ),
    { seed: 20_261_121, numRuns: 200 },
  );
});

Deno.test("Pace.setSpeed() goes on from the time that is due, without a jump", () => {
  const { pace, clock } = paceAt(1_000, 0, 1);
  clock.ms = 2;
  strictEqual(pace.due(), 2_001_000);
  pace.setSpeed(10, pace.due());
  strictEqual(pace.due(), 2_001_000);
  strictEqual(pace.msUntil(22_001_000), 2);
  clock.ms = 3;
  strictEqual(pace.due(), 12_001_000);
});

Deno.test("Pace.rebase() forgets the past", () => {
  const { pace, clock } = paceAt(0, 0, 1);
  clock.ms = 1_000;
  pace.rebase(5_000_000);
  clock.ms = 1_001;
  strictEqual(pace.due(), 6_000_000);
  strictEqual(pace.msUntil(4_000_000), -2);
});

Deno.test("Pace.arrive() puts the goal at now, unless the schedule went on meanwhile", () => {
  for (const rebase of [true, false]) {
    const { pace, clock } = paceAt(0, 0, 1);
    pace.pause();
    pace.aim(0, 50 * NS_PER_MS, rebase);
    clock.ms = 20;
    deepStrictEqual(pace.goal, { from: 0, to: 50 * NS_PER_MS, rebase });
    pace.arrive();
    deepStrictEqual([pace.goal, pace.isPaused], [null, true]);
    strictEqual(pace.due(), (rebase ? 50 : 20) * NS_PER_MS);
  }
});
