import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { Hub } from "../../kit/mod.ts";
import { LARGEST_SURFACE, SURFACE_NAMES } from "../../market/mod.ts";
import { FULL, ScriptedSurfaces } from "../../testing/scripted_surfaces.ts";
import { RING_WINDOWS, WindowRing } from "./window_ring.ts";

/** Memory that half an hour of a full session may take, bytes. */
const MOST_BYTES = 150e6;

Deno.test("WindowRing keeps every value of packed windows, but for the largest surface", () => {
  const ring = new WindowRing(new Hub());
  const script = new ScriptedSurfaces();
  ring.add(script.next());
  const [window] = [ring.windows.last];
  ok(window !== null);
  const rowsOf = () => SURFACE_NAMES.map((name) => structuredClone(window.rowsOf(name)));
  const before = rowsOf();
  ok(before.every((rows) => rows !== null && rows.rows > 0));
  window.pack();
  const after = rowsOf();
  SURFACE_NAMES.forEach((name, i) => {
    deepStrictEqual(after[i], name === LARGEST_SURFACE ? null : before[i], name);
  });
});

Deno.test("WindowRing holds half an hour of a full session in 150 MB", () => {
  const ring = new WindowRing(new Hub());
  const script = new ScriptedSurfaces({ sizes: FULL });
  for (let i = 0; i < 160; i++) ring.add(script.next());
  const { windows } = ring;
  const sizes = Array.from({ length: 160 }, (_, i) => windows.at(i)?.bytes ?? NaN);
  const [packed, raw] = [sizes[0] ?? NaN, sizes.at(-1) ?? NaN];
  const isPacked = sizes.filter((size) => size < raw / 2).length;
  strictEqual(isPacked, 160 - 120);
  const bytes = 120 * raw + (RING_WINDOWS - 120) * packed;
  console.log(`ring: ${(bytes / 1e6).toFixed(1)} MB, a window ${raw} bytes, packed ${packed}`);
  ok(bytes < MOST_BYTES, `${bytes}`);
});

Deno.test("WindowRing.from() finds the first window that ends at a time or later, gaps or not", () => {
  const ring = new WindowRing(new Hub());
  const script = new ScriptedSurfaces();
  const ends: bigint[] = [];
  for (const skip of [0, 0, 5, 0, 2]) {
    ring.add(script.next(skip));
    ends.push(script.endNs);
  }
  for (let k = 0n; k < 15n; k++) {
    const asked = ends[0]! - 2_000_000_000n + k * 1_000_000_000n;
    const first = ends.findIndex((end) => end >= asked);
    strictEqual(ring.from(asked), first < 0 ? ends.length : first);
  }
});
