import { deepStrictEqual, ok } from "node:assert/strict";
import { MoveScale } from "../moves/mod.ts";
import { world } from "../worlds/mod.ts";
import { Baselines } from "./mod.ts";

const OPTIONS = { H: 4, lam: 0.999, kappa: 5, emaBeta: 0.1 };
const { spot, ofi } = world("jumps", 4, 900);

function copyOf(row: Baselines["row"]) {
  return structuredClone(row);
}

Deno.test("Baselines.tick() goes on from a saved state bit for bit, whatever the tick", () => {
  for (const stop of [0, 1, 3, 57, 400]) {
    const straight = new Baselines(OPTIONS);
    for (let k = 0; k <= stop; k++) straight.tick(k, spot[k]!, ofi[k]!);
    const resumed = new Baselines(OPTIONS);
    resumed.restore(structuredClone(straight.save()));
    for (let k = stop + 1; k < stop + 60; k++) {
      const wanted = copyOf(straight.tick(k, spot[k]!, ofi[k]!));
      deepStrictEqual(copyOf(resumed.tick(k, spot[k]!, ofi[k]!)), wanted);
    }
  }
});

Deno.test("Baselines.tick() foretells no move from a move that it did not see", () => {
  const baselines = new Baselines(OPTIONS);
  for (let k = 0; k < 300; k++) baselines.tick(k, spot[k]!, ofi[k]!);
  const { lastv, ar1, ema } = copyOf(baselines.row);
  ok(lastv[0] !== 0 && ar1[0] !== 0);
  const after = baselines.tick(302, spot[302]!, ofi[302]!);
  deepStrictEqual([...after.lastv, ...after.ar1], new Array(8).fill(0));
  deepStrictEqual(after.ema, ema, "a move that is missing does not count as one of 0");
});

Deno.test("Baselines.tick() learns what the flow does, and a leap of price teaches it nothing", () => {
  const flow = world("flow", 4, 6_000);
  const [calm, leaping] = [new Baselines(OPTIONS), new Baselines(OPTIONS)];
  let shift = 0;
  for (let k = 0; k < 6_000; k++) {
    if (k % 500 === 499) shift += 500;
    calm.tick(k, flow.spot[k]!, flow.ofi[k]!);
    leaping.tick(k, flow.spot[k]! + shift, flow.ofi[k]!);
  }
  const perFlow = (of: Baselines) => of.row.ofi[3]! / flow.ofi[5_999]!;
  ok(perFlow(calm) > 0.5 && perFlow(calm) < 2.5, `${perFlow(calm)} ticks in 2 s`);
  ok(Math.abs(perFlow(leaping) - perFlow(calm)) < 0.1, `${perFlow(leaping)}`);
  ok(Math.abs(leaping.row.ema[0]!) < 2, "the mean move neither");
});

Deno.test("Baselines.step() is tick() with the moves of its caller", () => {
  const [own, told, moves] = [new Baselines(OPTIONS), new Baselines(OPTIONS), new MoveScale()];
  for (let k = 0; k < 400; k++) {
    if (k % 90 === 89) continue;
    moves.take(k, spot[k]!);
    const wanted = copyOf(own.tick(k, spot[k]!, ofi[k]!));
    deepStrictEqual(copyOf(told.step(k, spot[k]!, ofi[k]!, moves)), wanted);
  }
});
