import { ok } from "node:assert/strict";
import { Band } from "../band.ts";
import { benchPhysics, FastSurfaces, fillAt } from "./physics_bench.ts";

/** A boxed double per row or cell would be 16,000 and more; what remains is a handful of arguments. */
const MAX_BYTES_PER_WINDOW = 500;
const WINDOWS = 100;
const noTime = () => 0;
/** Rounds that the optimising compiler gets to catch up on a busy machine. */
const MAX_ROUNDS = 60;

Deno.test("benchPhysics() times both ways, and they agree", () => {
  let clockMs = 0;
  const result = benchPhysics(() => clockMs++, { windows: 12, naiveWindows: 6, warm: 2 });
  ok(result.maxDifference <= 1e-11, String(result.maxDifference));
  ok(result.rows > 500, String(result.rows));
  for (const { p50 } of [result.fields.fast, result.fields.naive, result.levels.naive]) ok(p50 > 0);
});

Deno.test("close() of fields, levels, radar and calibration allocates nothing per window", () => {
  const bands = Array.from({ length: 8 }, (_, i) => fillAt(new Band(600), 36 + i));
  const surfaces = new FastSurfaces(bands[0]!, WINDOWS);
  let bytesPerWindow = Infinity;
  for (let round = 0; round < MAX_ROUNDS && bytesPerWindow > MAX_BYTES_PER_WINDOW; round++) {
    const before = Deno.memoryUsage().heapUsed;
    for (let i = 0; i < WINDOWS; i++) surfaces.close(bands[i % 8]!, i, noTime);
    const grown = Deno.memoryUsage().heapUsed - before;
    // A collection in between makes the heap shrink and says nothing.
    if (grown >= 0 && round >= 5) bytesPerWindow = Math.min(bytesPerWindow, grown / WINDOWS);
  }
  ok(bytesPerWindow <= MAX_BYTES_PER_WINDOW, `${bytesPerWindow} bytes per window`);
});
