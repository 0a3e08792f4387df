import { ok, strictEqual } from "node:assert/strict";
import { Stencil, writeNodalForce } from "../../../engine/particle/fields/mod.ts";
import { MediumSampler, wallAt, wallBeside } from "./medium_sampler.ts";
import { drawnSnapshot } from "./testing/drawn_scope.ts";

const SNAPSHOT = drawnSnapshot();

Deno.test("MediumSampler.at() gives what the engine samples, to 1e-6, beyond the ends too", () => {
  const { N, dx, theta } = SNAPSHOT;
  const sampler = new MediumSampler(SNAPSHOT);
  const stencil = new Stencil(N, dx);
  const doubles = (name: "U" | "O" | "C" | "G") => Float64Array.from(SNAPSHOT[name]);
  const forceOf = (energy: Float64Array) => {
    const force = new Float64Array(energy.length);
    writeNodalForce(energy, dx, force);
    return force;
  };
  for (const x of [-900, -400, -17.3, 0, 0.01, 24, 31.999, 400, 900]) {
    stencil.moveTo(x);
    const sample = sampler.at(x);
    for (const name of ["U", "O", "C", "G"] as const) {
      ok(Math.abs(sample[name] - stencil.value(doubles(name))) <= 1e-6, `${name} at ${x}`);
    }
    const force = theta[0]! * stencil.value(forceOf(doubles("U"))) +
      theta[3]! * stencil.value(forceOf(doubles("O")));
    ok(Math.abs(sample.force - force) <= 1e-6, `force at ${x}`);
  }
});

Deno.test("wallAt() takes the nearest wall within whose width a place lies", () => {
  strictEqual(wallAt(SNAPSHOT, 20)?.id, 3);
  strictEqual(wallAt(SNAPSHOT, 19.9), null);
  const twins = [...SNAPSHOT.walls, { id: 9, center: SNAPSHOT.spot + 22, sigma: 8, S: 1 }];
  strictEqual(wallAt({ ...SNAPSHOT, walls: twins }, 22.4)?.id, 9);
});

Deno.test("wallBeside() goes from wall to wall by their centres", () => {
  strictEqual(wallBeside(SNAPSHOT, 0, 1)?.id, 3);
  strictEqual(wallBeside(SNAPSHOT, 24, 1), null);
  strictEqual(wallBeside(SNAPSHOT, 24, -1)?.kind, "gex");
});
