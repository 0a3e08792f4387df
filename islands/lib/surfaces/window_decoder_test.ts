import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import type { Table } from "apache-arrow";
import { SurfaceReader as StreamOfSurfaces } from "../../../jobs/testing/surface_reader.ts";
import { SurfaceRig } from "../../../jobs/testing/surface_rig.ts";
import { LADDER, PLANE } from "./cell_planes.ts";
import { readSurfaceText, SurfaceWireError } from "./surface_wire.ts";
import { LIVE_SURFACES, pastSurfaces, WindowDecoder } from "./window_decoder.ts";

/** One window of the real stream: its messages, and what the library makes of them. */
async function windowOf(
  query: string,
  options: ConstructorParameters<typeof SurfaceRig>[0] = {},
): Promise<{
  readonly endS: number;
  readonly messages: ReadonlyMap<string, Uint8Array>;
  readonly tables: ReadonlyMap<string, Table>;
}> {
  const rig = new SurfaceRig({ ...options, sizes: { levels: 300, options: 122 } });
  try {
    rig.close(2);
    const reader = new StreamOfSurfaces(`${rig.wsUrl}/v1/velocity/stream?ext=1&${query}`);
    const { endNs, names, arrows, tables } = await reader.next();
    await reader.stream.close();
    const messages = new Map(names.map((name, i) => [name, arrows[i]!]));
    return { endS: Number(BigInt(endNs) / 1_000_000_000n), messages, tables };
  } finally {
    await rig.stop();
  }
}

function values(table: Table | undefined, column: string): readonly number[] {
  return [...table?.getChild(column) ?? []].map(Number);
}

Deno.test("WindowDecoder.decode() puts every row of the stream at its tick and strike", async () => {
  const { endS, messages, tables } = await windowOf(`surfaces=${LIVE_SURFACES}`);
  const window = new WindowDecoder().decode(endS, 250_000_000, true, messages);
  const snap = tables.get("snap");
  strictEqual(window.spotTick, values(snap, "spot_ref_price_int")[0]! / 250_000_000);
  const rowAt = (plane: number, tick: number) => window.cells[plane + tick + 400]!;
  const sums = new Map<number, number>();
  const velocity = tables.get("velocity");
  values(velocity, "rel_ticks").forEach((tick, i) =>
    sums.set(tick, (sums.get(tick) ?? 0) + values(velocity, "liquidity_velocity")[i]!)
  );
  ok(sums.size > 200);
  for (let tick = -400; tick <= 400; tick++) {
    const wanted = sums.get(tick);
    if (wanted === undefined) ok(Number.isNaN(rowAt(PLANE.VELOCITY, tick)));
    else ok(Math.abs(rowAt(PLANE.VELOCITY, tick) - wanted) < 1e-6, `${tick}`);
  }
  const wall = tables.get("wall");
  const sides = [...wall?.getChild("side") ?? []];
  values(wall, "rel_ticks").forEach((tick, i) => {
    const depth = values(wall, "depth_qty_rest")[i]!;
    strictEqual(rowAt(PLANE.WALL, tick) + 0, (sides[i] === "A" ? depth : -depth) + 0);
  });
  const gex = tables.get("gex");
  const places = values(gex, "rel_ticks").map((tick) => tick / 20 + 12);
  deepStrictEqual(
    places.map((place) => window.ladder[LADDER.CALLS + place]),
    values(gex, "gex_call_abs"),
  );
  const blocked = tables.get("bucket_radar");
  values(blocked, "bucket_rel").forEach((bucket, i) => {
    strictEqual(window.cells[PLANE.BLOCKED + bucket + 200], values(blocked, "blocked_level")[i]);
  });
  deepStrictEqual(
    [...window.chain!.smile.strikeInt],
    values(tables.get("smile"), "strike_price_int"),
  );
  const zero = values(tables.get("gex_summary"), "zero_gamma_price_int")[0]!;
  strictEqual(window.facts.zeroGamma, zero * 1e-9);
});

Deno.test("WindowDecoder.decode() reads a window of the past, and one without options", async () => {
  const past = await windowOf(`surfaces=${pastSurfaces(["wall"])}`);
  const window = new WindowDecoder().decode(past.endS, 250_000_000, true, past.messages);
  deepStrictEqual([window.loaded, window.chain], [1, null]);
  ok(window.cells.subarray(PLANE.WALL, PLANE.WALL + 801).some((depth) => depth !== 0));
  ok(Number.isNaN(window.cells[PLANE.VACUUM + 400]!));
  const none = await windowOf(`surfaces=${LIVE_SURFACES}`, { hasOptions: false });
  const without = new WindowDecoder().decode(none.endS, 250_000_000, false, none.messages);
  deepStrictEqual([without.strikeTick, without.chain, without.facts.zeroGamma], [0, null, NaN]);
  ok(without.spotTick > 0 && without.ladder.every(Number.isNaN));
});

Deno.test("WindowDecoder.decode() refuses a window that lacks a surface, or holds another one", async () => {
  const { endS, messages } = await windowOf(`surfaces=${LIVE_SURFACES}`);
  const decoder = new WindowDecoder();
  const decode = (change: (messages: Map<string, Uint8Array>) => void) => {
    const changed = new Map(messages);
    change(changed);
    return () => decoder.decode(endS, 250_000_000, true, changed);
  };
  throws(decode((all) => all.delete("velocity")), SurfaceWireError);
  throws(decode((all) => all.set("velocity", messages.get("smile")!)), SurfaceWireError);
  throws(decode((all) => all.set("snap", Uint8Array.of(1, 2, 3))), SurfaceWireError);
  decode(() => {})();
});

Deno.test("readSurfaceText() names the field at fault", () => {
  const good = { type: "batch_start", window_end_ts_ns: "1767709801000000000", surfaces: ["snap"] };
  deepStrictEqual(readSurfaceText(JSON.stringify(good)), {
    type: "batch_start",
    endS: 1_767_709_801,
    surfaces: ["snap"],
  });
  const bad: readonly (readonly [object, string])[] = [
    [{ ...good, window_end_ts_ns: 5 }, "window_end_ts_ns"],
    [{ ...good, window_end_ts_ns: "1767709801000000001" }, "window_end_ts_ns"],
    [{ ...good, surfaces: [1] }, "surfaces"],
    [{ type: "surface_header" }, "surface"],
    [{ type: "status", speed: 1, tick_int: 0 }, "tick_int"],
    [{ type: "nonsense" }, "type"],
  ];
  for (const [message, field] of bad) {
    throws(() => readSurfaceText(JSON.stringify(message)), { field });
  }
  throws(() => readSurfaceText("{"), SurfaceWireError);
});
