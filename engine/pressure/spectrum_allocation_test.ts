import { ok } from "node:assert/strict";
import { Spectrum } from "./spectrum.ts";
import { BENCH_PARAMS, createForces } from "./spectrum_bench.ts";

const TICKS = 200;
const BINS = 200;
/** One boxed double per tick and bin would be 3,200; what remains is the timestamp argument. */
const MAX_BYTES_PER_BIN = 500;
/** Rounds that the optimising compiler gets to catch up on a busy machine. */
const MAX_ROUNDS = 60;

Deno.test("Spectrum.update() allocates nothing per tick once its windows are full", () => {
  const spectrum = new Spectrum(BENCH_PARAMS);
  const forces = createForces(BENCH_PARAMS.nTicks, TICKS);
  let bin = 0;
  let bytesPerBin = Infinity;
  for (let round = 0; round < MAX_ROUNDS && bytesPerBin > MAX_BYTES_PER_BIN; round++) {
    const before = Deno.memoryUsage().heapUsed;
    for (let i = 0; i < BINS; i++) {
      forces.step(bin);
      spectrum.update(bin * 1e8, forces.pressure, forces.vacuum, forces.active, TICKS);
      bin++;
    }
    const grown = Deno.memoryUsage().heapUsed - before;
    // A collection in between makes the heap shrink and says nothing.
    if (grown >= 0 && bin >= 10 * BINS) bytesPerBin = Math.min(bytesPerBin, grown / BINS);
  }
  ok(bytesPerBin <= MAX_BYTES_PER_BIN, `${bytesPerBin} bytes per bin`);
});
