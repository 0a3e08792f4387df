import { deepEqual, ok, throws } from "node:assert/strict";
import { LabError } from "../error.ts";
import { emptyFields, world, writeWorldFields } from "../mod.ts";
import { WORLD_NAMES } from "./mod.ts";

const N = 60;
const GRID = { N, dx: 2 };

Deno.test("world() is a prefix of any longer world of its seed, and no other's", () => {
  for (const name of WORLD_NAMES) {
    const long = world(name, 5, 400);
    deepEqual(world(name, 5, 100).spot, long.spot.slice(0, 100), name);
    ok(world(name, 6, 400).spot.some((price, k) => price !== long.spot[k]), name);
  }
});

Deno.test("world() refuses unknown names, seeds past 32 bits and no ticks", () => {
  const field = (wanted: string) => (error: unknown) =>
    error instanceof LabError && error.field === wanted && error.code === "setting";
  throws(() => world("W7", 1, 10), field("world"));
  throws(() => world("walk", 2 ** 32, 10), field("seed"));
  throws(() => world("walk", NaN, 10), field("seed"));
  throws(() => world("walk", 1, 0), field("n"));
});

Deno.test("world() moves in `jumps` as in `flow` but for leaps of 20 ticks, 8 in 1,000", () => {
  const [flow, jumps] = [world("flow", 3, 6_000), world("jumps", 3, 6_000)];
  let leaps = 0;
  for (let k = 1; k < 6_000; k++) {
    const apart = (jumps.spot[k]! - jumps.spot[k - 1]!) - (flow.spot[k]! - flow.spot[k - 1]!);
    if (Math.abs(apart) > 1e-6) {
      leaps++;
      ok(Math.abs(Math.abs(apart) - 20) < 1e-6, String(apart));
    }
  }
  ok(leaps > 25 && leaps < 75, String(leaps));
});

Deno.test("writeWorldFields() has its well at the anchor and its current by the flow", () => {
  const made = world("revert", 11, 50);
  const fields = emptyFields(N);
  writeWorldFields(made, 5, GRID, fields);
  const deepest = fields.U.indexOf(Math.min(...fields.U));
  ok(Math.abs((deepest - N) * 2 - made.anchor[5]!) <= 1);
  ok(fields.C.every((current) => current === 4 * made.ofi[5]!));
  ok(fields.G.every((drag) => drag === 0.6) && fields.O.every((wall) => wall === 0));
});

Deno.test("writeWorldFields() of the wall's world is the drag alone", () => {
  const fields = emptyFields(N);
  writeWorldFields(world("wall", 11, 5), 2, GRID, fields);
  ok([fields.U, fields.C, fields.O].every((column) => column.every((cell) => cell === 0)));
});
