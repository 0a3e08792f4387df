import { deepEqual, equal, ok } from "node:assert/strict";
import { MoveScale, Volatility } from "./mod.ts";

Deno.test("MoveScale.take() knows no jump among the first 50 moves, then one beyond eight scales", () => {
  const jumps = (at: number, leap: number) => {
    const moves = new MoveScale();
    for (let k = 0; k <= at; k++) moves.take(k, k === at ? k % 2 + leap : k % 2);
    return moves.isJump;
  };
  deepEqual([jumps(50, 100), jumps(51, 100), jumps(60, 5)], [false, true, false]);
});

Deno.test("MoveScale.take() takes no move under four ticks for a jump, however still the mid", () => {
  const moves = new MoveScale();
  for (let k = 0; k < 3_000; k++) moves.take(k, 500);
  moves.take(3_000, 504);
  equal(moves.isJump, false);
  moves.take(3_001, 499.5);
  equal(moves.isJump, true);
  deepEqual([moves.hasJumpedSince(3_000), moves.hasJumpedSince(3_001)], [true, false]);
});

Deno.test("MoveScale.take() makes no move of a gap", () => {
  const moves = new MoveScale();
  moves.take(0, 500);
  moves.take(2, 900);
  deepEqual([Number.isNaN(moves.move), moves.isJump], [true, false]);
  moves.take(3, 901);
  equal(moves.move, 1);
  const restored = new MoveScale();
  restored.restore(structuredClone(moves.save()));
  for (const each of [moves, restored]) each.take(4, 903);
  deepEqual(restored.save(), moves.save());
});

Deno.test("MoveScale.scale follows a lasting shift and hardly a single leap", () => {
  const moves = new MoveScale();
  for (let k = 0; k < 2_000; k++) moves.take(k, 500 + k % 2);
  const calm = moves.scale;
  ok(Math.abs(calm - 1) < 1e-9);
  moves.take(2_000, 900);
  ok(moves.scale < 1.005);
  for (let k = 2_001; k < 6_000; k++) moves.take(k, 900 + 4 * (k % 2));
  ok(Math.abs(moves.scale - 4) < 0.6, String(moves.scale));
});

Deno.test("Volatility.pace tells a lively stretch from a calm one within 0.5 and 2", () => {
  const volatility = new Volatility();
  equal(volatility.pace, 1);
  let last = NaN;
  const walk = (ticks: number, size: number) => {
    for (let k = 0; k < ticks; k++) {
      const spot = 500 + size * (k % 2);
      volatility.take(spot, spot - last);
      last = spot;
    }
    return volatility.pace;
  };
  ok(Math.abs(walk(3_000, 1) - 1) < 0.02);
  equal(walk(100, 6), 2);
  ok(Math.abs(volatility.variance - 36) < 6);
  equal(walk(600, 0.1), 0.5);
});
