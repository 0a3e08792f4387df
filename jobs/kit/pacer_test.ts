import { ok, strictEqual } from "node:assert/strict";
import fc from "fast-check";
import { Pacer } from "./pacer.ts";

const CELL_NS = 100_000_000;

Deno.test("Pacer never drifts, however late the wake-ups are", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(0.1, 1, 5, 20, 1_000),
      fc.array(fc.double({ min: 0, max: 250, noNaN: true }), { minLength: 50, maxLength: 200 }),
      (speed, lateness) => {
        const startNs = 2_764_800_000_000_000;
        const pacer = new Pacer(startNs, 10, speed);
        let nowMs = 10;
        let here = startNs;
        for (const late of lateness) {
          nowMs += Math.max(0, pacer.msUntil(here + CELL_NS, nowMs)) + late;
          while (here + CELL_NS <= pacer.dueNs(nowMs)) here += CELL_NS;
          const wantedNs = startNs + (nowMs - 10) * 1e6 * speed;
          ok(here <= wantedNs + 1 && here > wantedNs - CELL_NS - 1_000);
        }
      },
    ),
    { seed: 20_261_121, numRuns: 200 },
  );
});

Deno.test("Pacer.setSpeed() goes on from the time that is due, without a jump", () => {
  const pacer = new Pacer(1_000, 0, 1);
  strictEqual(pacer.dueNs(2), 2_001_000);
  pacer.setSpeed(10, 2);
  strictEqual(pacer.dueNs(2), 2_001_000);
  strictEqual(pacer.dueNs(3), 12_001_000);
  strictEqual(pacer.msUntil(22_001_000, 2), 2);
});

Deno.test("Pacer.rebase() forgets the past", () => {
  const pacer = new Pacer(0, 0, 1);
  pacer.rebase(5_000_000, 1_000);
  strictEqual(pacer.dueNs(1_001), 6_000_000);
  strictEqual(pacer.msUntil(4_000_000, 1_000), -1);
});
