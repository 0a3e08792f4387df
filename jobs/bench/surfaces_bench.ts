import { benchWindows } from "../../engine/surfaces/windows/windows_bench.ts";
import { input } from "./engine_bench.ts";
import type { BenchRow } from "./row.ts";
import { surfacePassRows } from "./surface_pass_bench.ts";
import { surfacePhysicsRows } from "./surface_physics_bench.ts";

const TICK_NANO = 10_000_000;
/** Records of ES in a busy second. */
const BUSY = 1_000;

/** Times the surfaces, against full rescans. */
export function surfaceRows(now: () => number): BenchRow[] {
  const { bytes, what } = input();
  const { records, recordsPerSecond, naiveRecords, naiveRecordsPerSecond } = benchWindows(
    now,
    bytes,
    TICK_NANO,
    { recordsPerWindow: BUSY },
  );
  return [...surfacePassRows(now), {
    name: "surfaces",
    what: `decode, book, band and rows of depth and flow, ${BUSY} records a window`,
    unit: "records/s",
    measured: recordsPerSecond,
    baseline: {
      what: "maps of objects, depth and best prices from all orders",
      value: naiveRecordsPerSecond,
    },
    reach: { bound: "at least", value: 2e6 },
    note: `${what} of ${records} records drawn together, best of 7; the baseline its first ` +
      `${naiveRecords}, the same rows`,
  }, ...surfacePhysicsRows(now)];
}
