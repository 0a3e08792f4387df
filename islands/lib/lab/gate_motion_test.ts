import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { GateMotion, hasGateEvent } from "./gate_motion.ts";
import type { Op } from "./ops.ts";
import { scopeGeometry } from "./scope_geometry.ts";
import type { ScopeSnapshot } from "./scope_snapshot.ts";
import { drawnSnapshot } from "./testing/drawn_scope.ts";

const VIEW = { w: 1_120, h: 630, zoom: 8 };
const CALM = drawnSnapshot();
const [FIRST] = CALM.walls;

/** So many ticks later, the first wall at a strength. */
function later(ticks: number, S: number): ScopeSnapshot {
  return { ...CALM, tick: CALM.tick! + ticks, walls: [{ ...FIRST!, S }] };
}

function opsAt(motion: GateMotion, snapshot: ScopeSnapshot, ms: number): readonly Op[] {
  return motion.ops({ snapshot, geometry: scopeGeometry(snapshot, VIEW) }, ms);
}

/** Height of the meter's filled part. */
function filled(ops: readonly Op[]): number | undefined {
  return ops.flatMap((op) => op.kind === "rect" && op.ink === "wear-fill" ? [op.at[3]] : [])[0];
}

Deno.test("GateMotion eases a meter from the strength before, for 400 ms, out by a cubic", () => {
  const [motion, after] = [new GateMotion(false), later(1, 6)];
  motion.note(CALM, after, 1_000);
  const height = scopeGeometry(after, VIEW).gates[0]!.meter[3];
  const shareAt = (ms: number) => (filled(opsAt(motion, after, ms)) ?? NaN) / height;
  ok(Math.abs(shareAt(1_000) - 0.55) < 1e-12);
  ok(Math.abs(shareAt(1_200) - (0.55 + 0.05 * 0.875)) < 1e-12);
  strictEqual(filled(opsAt(motion, after, 1_400)), undefined);
  strictEqual(motion.restMs(1_399), 0);
  strictEqual(motion.restMs(1_400), null);
});

Deno.test("GateMotion glows for 600 ms after a large change alone", () => {
  const alphas = (S: number, ms: number) => {
    const [motion, after] = [new GateMotion(false), later(1, S)];
    motion.note(CALM, after, 0);
    return opsAt(motion, after, ms).filter(({ ink }) => ink === "gate-edge").map((op) => op.alpha);
  };
  deepStrictEqual(alphas(6.5, 300), [0.175, 0.175]);
  deepStrictEqual(alphas(6.5, 600), []);
  deepStrictEqual(alphas(5.9, 300), []);
});

Deno.test("GateMotion glows on through the next tick", () => {
  const [motion, event, next] = [new GateMotion(false), later(1, 9), later(2, 8.9)];
  motion.note(CALM, event, 0);
  motion.note(event, next, 500);
  const glow = opsAt(motion, next, 550).find(({ ink }) => ink === "gate-edge");
  ok(Math.abs(glow!.alpha - 0.35 / 12) < 1e-12);
});

Deno.test("GateMotion takes a jump in time for no change", () => {
  const [motion, after] = [new GateMotion(false), later(7, 9)];
  motion.note(CALM, after, 0);
  deepStrictEqual(opsAt(motion, after, 10), []);
  strictEqual(motion.restMs(10), null);
});

Deno.test("GateMotion stands still where no motion is wanted: an outline for two seconds", () => {
  const [motion, after] = [new GateMotion(true), later(1, 9)];
  motion.note(CALM, after, 0);
  const [first, last] = [opsAt(motion, after, 0), opsAt(motion, after, 1_999)];
  deepStrictEqual(first, last);
  deepStrictEqual(first.map((op) => op.kind === "line" && op.width), [2, 2]);
  strictEqual(motion.restMs(500), 1_500);
  deepStrictEqual(opsAt(motion, after, 2_000), []);
});

Deno.test("hasGateEvent() tells walls that changed by a twentieth of the most, and new ones", () => {
  strictEqual(hasGateEvent(CALM, later(1, 5.9)), false);
  strictEqual(hasGateEvent(CALM, later(1, 6.1)), true);
  const born = { ...CALM, walls: [...CALM.walls, { id: 9, center: 20_000, sigma: 3, S: 0.8 }] };
  strictEqual(hasGateEvent(CALM, born), true);
});
