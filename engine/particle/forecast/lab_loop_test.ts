import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { DEFAULT_LAB, type LabConfig, WEIGHTS } from "../config.ts";
import { LabError } from "../error.ts";
import { emptyFields, type NodalFields } from "../fields/mod.ts";
import { rollout } from "../motion/mod.ts";
import { type World, world, WorldMedium } from "../worlds/mod.ts";
import { LabLoop, type LabOptions, type LabTick } from "./mod.ts";

const CFG: LabConfig = { ...DEFAULT_LAB, N: 30, bandW: 60, bandMin: 20 };

interface Frame {
  readonly tick: number;
  readonly spot: number;
  readonly ofi: number;
  readonly fields: NodalFields;
}

function framesOf(made: World, missing: readonly number[] = []): readonly Frame[] {
  const medium = new WorldMedium(made, CFG);
  return Array.from(made.spot, (spot, tick) => ({
    tick,
    spot,
    ofi: made.ofi[tick]!,
    fields: structuredClone(medium.at(tick)),
  })).filter(({ tick }) => !missing.includes(tick));
}

const say = (loop: LabLoop, { tick, spot, ofi, fields }: Frame) =>
  loop.tick(tick, spot, ofi, fields);

function run(frames: readonly Frame[], options: LabOptions = {}): readonly LabTick[] {
  const loop = new LabLoop(CFG, "rls", options);
  return frames.map((frame) => say(loop, frame));
}

Deno.test("LabLoop.tick() knows nothing of the future", () => {
  const frames = framesOf(world("jumps", 3, 240));
  const whole = run(frames);
  const noise = framesOf(world("flow", 99, 240));
  for (let k = 3; k < 240; k += 4) {
    const prefix = frames.slice(0, k + 1);
    deepEqual(run(prefix), whole.slice(0, k + 1));
    const changed = run([...prefix, ...noise.slice(k + 1)]);
    deepEqual(changed.slice(0, k + 1), whole.slice(0, k + 1));
    if (k < 200) ok(changed.at(-1)!.x.some((x, h) => x !== whole.at(-1)!.x[h]));
  }
});

Deno.test("LabLoop.tick() scores what it said, when it comes, and learns before it speaks", () => {
  const frames = framesOf(world("jumps", 5, 400), [50, 51, 52, 90]);
  const loop = new LabLoop(CFG, "rls");
  const said = new Map<number, LabTick>();
  let before: ArrayLike<number> = loop.theta.slice();
  for (const frame of frames) {
    const now = say(loop, frame);
    for (const [origin, h, err] of now.resolved) {
      equal(origin + h, frame.tick); // no lesson before its target
      const spot = frames.find(({ tick }) => tick === origin)!.spot;
      equal(err, frame.spot - spot - said.get(origin)!.x[h - 1]!); // the value as it was said
    }
    const hasLearnt = now.theta.some((weight, j) => weight !== before[j]);
    equal(hasLearnt, now.resolved.length > 0);
    deepEqual(rollout(frame.fields, now.theta, now.vhat, CFG).x, now.x); // by the new weights
    for (const entry of loop.ledger.lastResolved ?? []) {
      const origin = said.get(entry.origin);
      deepEqual([entry.z[0], entry.y], [origin?.x[entry.h - 1], origin?.pub[entry.h - 1]]);
      deepEqual(entry.theta, origin?.theta);
    }
    said.set(frame.tick, now);
    before = now.theta;
  }
  ok(said.size > 300);
});

Deno.test("LabLoop.tick() expires origins over gaps, at most H stay open, and forgets the velocity", () => {
  const frames = framesOf(world("flow", 8, 100));
  const loop = new LabLoop(CFG, "rls");
  for (const frame of frames.slice(0, 40)) {
    say(loop, frame);
    ok(loop.ledger.openOrigins <= CFG.H);
  }
  equal(loop.expired, 0);
  const theta = loop.theta.slice();
  const after = say(loop, frames[60]!);
  deepEqual([after.vhat, after.resolved.length, loop.expired], [0, 0, CFG.H]);
  deepEqual(after.theta, theta); // a gap teaches and forgets nothing
  say(loop, frames[62]!);
  equal(loop.snapshot().resolved.length, 1); // the horizon that did arrive
  for (const tick of [63, 64]) say(loop, frames[tick]!);
  equal(loop.expired, CFG.H + 1); // origin 60 lacks its outcome at 61
  ok(say(loop, frames[64 + CFG.H]!).vhat !== 0);
  equal(say(loop, frames[65 + 2 * CFG.H]!).vhat, 0); // a tick more is too long ago
});

Deno.test("LabLoop.restore() goes on as if it had not been interrupted, at every tick", () => {
  const options = { isGuarded: true, lattice: 0.5, moveSq: "learned" } as const;
  const frames = framesOf(world("jumps", 21, 160), [70, 71, 72, 73, 74, 75, 100]);
  for (const mode of ["rls", "nsgd"] as const) {
    const whole = new LabLoop(CFG, mode, options);
    const states = frames.map((frame) => {
      say(whole, frame);
      return structuredClone(whole.save());
    });
    for (let at = 0; at < states.length; at++) {
      const loop = new LabLoop(CFG, mode, options);
      loop.restore(states[at]!);
      const last = Math.min(at + 6, frames.length - 1);
      for (const frame of frames.slice(at + 1, last + 1)) say(loop, frame);
      deepEqual(loop.save(), states[last], `from tick ${frames[at]!.tick}`);
    }
  }
});

Deno.test("LabLoop.digest is the same for the same frames and another for others", () => {
  const digest = (seed: number) => {
    const loop = new LabLoop(CFG, "rls");
    for (const frame of framesOf(world("flow", seed, 60))) say(loop, frame);
    return loop.digest;
  };
  equal(digest(1), digest(1));
  ok(digest(1) !== digest(2));
});

Deno.test("LabLoop.tick() refuses what must count as missing, and has changed nothing then", () => {
  const loop = new LabLoop(CFG, "rls");
  const fields = emptyFields(CFG.N);
  loop.tick(10, 20_000, 0, fields);
  const state = () => JSON.stringify(loop.save());
  const before = state();
  const bad = emptyFields(CFG.N);
  bad.G[7] = NaN;
  for (
    const [field, tick, spot, ofi, medium] of [
      ["tick", 10, 20_000, 0, fields],
      ["tick", 9, 20_000, 0, fields],
      ["tick", 11.5, 20_000, 0, fields],
      ["spot", 11, 0, 0, fields],
      ["spot", 11, NaN, 0, fields],
      ["spot", 11, Infinity, 0, fields],
      ["ofi", 11, 20_000, NaN, fields],
      ["U", 11, 20_000, 0, emptyFields(CFG.N + 1)],
      ["G", 11, 20_000, 0, bad],
    ] as const
  ) {
    const isNamed = (error: unknown) =>
      error instanceof LabError && error.code === "data" && error.field === field;
    throws(() => loop.tick(tick, spot, ofi, medium), isNamed, field);
  }
  equal(state(), before);
});

Deno.test("LabLoop refuses constants out of range by their names", () => {
  for (
    const change of [
      { H: 0 },
      { H: 65 },
      { N: 3 },
      { nSub: 1.5 },
      { dt: 0 },
      { lam: 1 },
      { bandMin: 61 },
      { R: [1, 2, 3] },
      { lo: [-2.5, -0.1, 0, -2.5, -2.5, -1, -1.5] },
      { theta0: [9, 0, 0, 0, 0, 0, 0] },
      { stepMax: [0, 1, 1, 1, 1, 1, 1] },
    ]
  ) {
    const [field] = Object.keys(change);
    const isNamed = (error: unknown) => error instanceof LabError && error.field === field;
    throws(() => new LabLoop({ ...CFG, ...change }, "rls"), isNamed, field);
  }
});

Deno.test("LabLoop takes the scale of its ridges from 600 moves and starts again but for the weights", () => {
  const made = world("flow", 4, 640);
  const small = made.spot.map((spot) => 20_000 + (spot - 20_000) / 8);
  const loop = new LabLoop(CFG, "rls", { moveSq: "learned" });
  const frames = framesOf({ ...made, spot: small });
  for (const frame of frames.slice(0, 600)) say(loop, frame);
  equal(loop.moveSq, 1);
  const before = loop.save();
  const after = say(loop, frames[600]!); // the 600th move
  let sum = 0;
  for (let k = 1; k <= 600; k++) sum += (small[k]! - small[k - 1]!) ** 2;
  ok(Math.abs(loop.moveSq - sum / 600) < 1e-12, String(loop.moveSq));
  deepEqual(after.blend, new Float64Array(3 * CFG.H));
  const { theta, curvature } = loop.save().learner;
  curvature.forEach((value, i) =>
    equal(value, i % (WEIGHTS + 1) === 0 ? 100 * loop.moveSq : 0, `A[${i}]`)
  );
  theta.forEach((weight, j) => ok(Math.abs(weight - before.learner.theta[j]!) <= 0.05));
  for (const frame of frames.slice(601)) say(loop, frame);
  ok(loop.snapshot().blend.some((weight) => weight > 0));
});

Deno.test("LabLoop takes up the weights of the session before", () => {
  const first = new LabLoop(CFG, "rls");
  for (const frame of framesOf(world("flow", 4, 100))) say(first, frame);
  const { learner } = structuredClone(first.save());
  const next = new LabLoop(CFG, "rls", { learner, moveSq: 0.5 });
  deepEqual(next.theta, first.theta);
  deepEqual(next.save().learner.curvature, learner.curvature);
  equal(next.snapshot().band[1], 0); // bands start again
});

/** Published and raw skill at each horizon over the origins from `from` on. */
function skills(spot: Float64Array, said: readonly LabTick[], from: number) {
  return Array.from({ length: CFG.H }, (_, h) => {
    let [walk, raw, pub] = [0, 0, 0];
    for (let k = from; k + h + 1 < spot.length; k++) {
      const act = spot[k + h + 1]! - spot[k]!;
      walk += act ** 2;
      raw += (act - said[k]!.x[h]!) ** 2;
      pub += (act - said[k]!.pub[h]!) ** 2;
    }
    return { raw: 1 - raw / walk, pub: 1 - pub / walk };
  });
}

Deno.test("LabLoop.tick() outlives 200 ticks of spikes with its skill", () => {
  const made = world("flow", 11, 6_000);
  const spikes = made.spot.map((spot, k) =>
    k >= 2_000 && k < 2_200 ? spot + (k % 2 === 0 ? 50 : -50) : spot
  );
  const cfg = { ...DEFAULT_LAB, N: 30 };
  const [calm, spiked] = [made.spot, spikes].map((spot) => {
    const loop = new LabLoop(cfg, "rls");
    return framesOf({ ...made, spot }).map((frame) => {
      const before = loop.theta.slice();
      const said = say(loop, frame);
      said.theta.forEach((weight, j) => {
        ok(weight >= cfg.lo[j]! && weight <= cfg.hi[j]!);
        ok(Math.abs(weight - before[j]!) <= cfg.stepMax[j]! + 1e-12);
      });
      return said;
    });
  }) as [LabTick[], LabTick[]];
  const [good, bad] = [skills(made.spot, calm, 3_400), skills(spikes, spiked, 3_400)];
  good.forEach(({ raw, pub }, h) => {
    ok(Math.abs(bad[h]!.pub - pub) <= 0.003, `published ${pub}, ${bad[h]!.pub}`);
    ok(Math.abs(bad[h]!.raw - raw) <= 0.01, `raw ${raw}, ${bad[h]!.raw}`);
  });
});

Deno.test("LabLoop.tick() under guard is silent while the medium clips and speaks again after", () => {
  const made = world("flow", 11, 800);
  const frames = framesOf(made).map((frame) => {
    if (frame.tick < 700 || frame.tick >= 705) return frame;
    const fields = emptyFields(CFG.N);
    fields.C.fill(frame.ofi);
    for (let i = 0; i < fields.U.length; i++) fields.U[i] = (i & 2) * 400;
    return { ...frame, fields };
  });
  const said = run(frames, { isGuarded: true });
  ok(said[699]!.pub.some((y) => y !== 0));
  equal(said[699]!.isUnstable, false);
  ok(said[704]!.flags.fClip > 2);
  for (let k = 704; k < 724; k++) {
    equal(said[k]!.isUnstable, true);
    ok(said[k]!.pub.every((y) => y === 0));
  }
  equal(said[724]!.isUnstable, false);
  ok(run(frames)[710]!.pub.some((y) => y !== 0)); // a lab without guard goes on
});
