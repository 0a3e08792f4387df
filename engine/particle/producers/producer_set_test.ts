import { deepEqual, ok, strictEqual, throws } from "node:assert/strict";
import { Composer, DEFAULT_LAB, LabError } from "../mod.ts";
import { emptyFrame } from "../frames/market_frame.ts";
import type { FeedFrame } from "./mod.ts";
import { PRESETS, producer, type ProducerId, PRODUCERS, ProducerSet } from "../mod.ts";

const CFG = { ...DEFAULT_LAB, N: 60 };

/** A frame whose every channel is fresh; values change with the seed. */
function frame(seed: number, ageS = 0.1) {
  const values = (length: number, f: (j: number) => number) =>
    Float32Array.from({ length }, (_, j) => f(j));
  const profile = (radius: number, f: (j: number) => number) => ({
    x0: -radius,
    step: 1,
    refTicks: 20_000,
    v: values(2 * radius + 1, f),
    ageS,
  });
  const wave = (j: number) => Math.sin(j / 7 + 0.37 * seed);
  const number = (v: number) => ({ v, ageS });
  return {
    tick: seed,
    spotTicks: 20_000.5,
    scalars: {
      "book.microOffset": number(0.3),
      "flow.ofiNorm": number(0.5),
      "vp.netEdge": number(3),
      "vp.forceTotal": number(10),
      "vp.signal": number(0.2),
      "gex.neutral": number(0.4),
      push: number(0.1),
    },
    profiles: {
      "vp.score": profile(50, wave),
      "vp.depth": profile(50, (j) => 100 + 30 * wave(j) + (j === 62 ? 500 : 0)),
      "vel.pressureGrad": profile(200, wave),
      "vel.nu": profile(200, (j) => 1 + Math.abs(wave(j))),
      "vel.omegaProm": profile(200, (j) => 3 * Math.exp(-(((j - 190) / 8) ** 2) / 2)),
      "vel.reinforce": profile(200, () => 0.25),
      "opt.velocity": { ...profile(12, wave), x0: -240, step: 20 },
    },
    gex: {
      count: 2,
      ticks: Float64Array.of(19_990, 20_010),
      absNorm: Float32Array.of(0.5, 1),
      imb: Float32Array.of(0.4, -0.2),
      reinforceNorm: Float32Array.of(0.4, 0.9),
      pullRestNorm: Float32Array.of(0, 0.5),
      ageS,
    },
  };
}

/** Runs a set over frames and returns the medium of the last. */
function mediumOf(set: ProducerSet, frames: readonly FeedFrame[]) {
  const composer = new Composer(CFG);
  for (const each of frames) set.take(each, composer);
  return structuredClone(composer.fields);
}

const FRAMES = Array.from({ length: 130 }, (_, seed) => frame(seed));

Deno.test("ProducerSet.take() has every producer's field and walls once all are warm", () => {
  const set = new ProducerSet(CFG, PRESETS.full);
  mediumOf(set, FRAMES.slice(0, 100));
  deepEqual(set.warming, ["p-omega"]);
  const { U, C, G } = mediumOf(set, FRAMES);
  deepEqual([...set.warming, ...set.stale, ...set.guard.disabled(129)], []);
  ok([U, C, G].every((field) => field.every(Number.isFinite) && field.some((v) => v !== 0)));
  const [wall] = set.observations.book;
  strictEqual(set.observations.book.length, 1);
  ok(Math.abs(wall!.center - 19_990) < 12 && wall!.r === 0.5, JSON.stringify(wall));
  deepEqual(set.observations.gex.map(({ center }) => center), [19_990, 20_010]);
});

Deno.test("ProducerSet.take() adds what each producer makes by itself", () => {
  const set = new ProducerSet(CFG, [{ id: "p-ofi", gain: 1 }, { id: "p-signal", gain: 2 }]);
  const { C } = mediumOf(set, [frame(1)]);
  strictEqual(C[0], 4 * 0.5 + 2 * (2 * 0.2));
});

Deno.test("ProducerSet.take() fades what a feed says as it ages, and drops it at 3 s", () => {
  const of = (ageS: number) => {
    const set = new ProducerSet(CFG, [{ id: "p-ofi", gain: 1 }]);
    return { value: mediumOf(set, [frame(1, ageS)]).C[0]!, stale: [...set.stale] };
  };
  deepEqual(of(0.5), { value: 2, stale: [] });
  deepEqual(of(1.75), { value: 1, stale: [] });
  deepEqual(of(3), { value: 0, stale: ["p-ofi"] });
  deepEqual(of(Infinity), { value: 0, stale: ["p-ofi"] });
});

Deno.test("ProducerSet.take() holds a channel that is not there for stale, not for 0", () => {
  const set = new ProducerSet(CFG, PRESETS.full);
  const { gex, ...rest } = frame(1);
  const { C } = mediumOf(set, [{ ...rest, profiles: {}, gex: { ...gex, count: 0 } }]);
  deepEqual(set.stale, ["p-vac", "p-nu", "p-omega", "p-vel", "p-gex", "p-gexpin"]);
  ok(C[0] !== 0);
});

Deno.test("ProducerSet.take() finds everything stale in a frame of the market that nothing fed", () => {
  const set = new ProducerSet(CFG, PRESETS.full);
  const sizes = { pressure: 101, velocity: 401, options: 25, gamma: 25 };
  const { U, C, G } = mediumOf(set, [{ ...emptyFrame(sizes), tick: 1 }]);
  strictEqual(set.stale.length, PRESETS.full.length - 2, "all but the drag and the diffusion");
  ok([U, C].every((field) => field.every((value) => value === 0)) && G[0] === 0.6);
});

Deno.test("ProducerSet.take() never measures a frame by itself", () => {
  const [one, other] = [new ProducerSet(CFG, PRESETS.full), new ProducerSet(CFG, PRESETS.full)];
  mediumOf(one, FRAMES);
  mediumOf(other, FRAMES);
  const [quiet, loud] = [frame(400), frame(400)];
  // Cells below the node that is compared: by themselves they would move the measure down, or up.
  quiet.profiles["vel.pressureGrad"].v.fill(0, 0, 300);
  loud.profiles["vel.pressureGrad"].v.fill(50, 0, 300);
  const [calm, shouted] = [mediumOf(one, [quiet]), mediumOf(other, [loud])];
  strictEqual(calm.C[CFG.N * 2]!, shouted.C[CFG.N * 2]!, "the far node has the same measure");
});

Deno.test("ProducerSet.take() silences a producer of bad values for 20 ticks", () => {
  const set = new ProducerSet(CFG, [{ id: "p-vac", gain: 1 }]);
  const broken = frame(1);
  broken.profiles["vp.score"].v.fill(NaN);
  const { U } = mediumOf(set, [broken]);
  ok(U.every(Number.isFinite));
  for (let k = 2; k <= 21; k++) {
    ok(mediumOf(set, [frame(k)]).U.every((value) => value === 0));
    deepEqual(set.guard.disabled(k), ["p-vac"]);
  }
  ok(mediumOf(set, [frame(22)]).U.some((value) => value !== 0));
});

Deno.test("ProducerSet.restore() goes on bit for bit", () => {
  const [straight, resumed] = [
    new ProducerSet(CFG, PRESETS.full),
    new ProducerSet(CFG, PRESETS.full),
  ];
  mediumOf(straight, FRAMES.slice(0, 125));
  resumed.restore(structuredClone(straight.save()));
  deepEqual(mediumOf(resumed, FRAMES.slice(125)), mediumOf(straight, FRAMES.slice(125)));
  deepEqual(resumed.observations, straight.observations);
});

Deno.test("every preset names producers that are there, and each producer one target", () => {
  for (const preset of Object.values(PRESETS)) {
    for (const { id } of preset) strictEqual(PRODUCERS[id].id, id);
  }
  for (const { target } of Object.values(PRODUCERS)) ok(/^[UCGOWD]$/.test(target));
});

Deno.test("producer() refuses a name that it does not know", () => {
  const isFault = (error: unknown) => error instanceof LabError && error.field === "producer";
  throws(() => producer("p-none" as ProducerId, {} as never, CFG), isFault);
  throws(() => producer("toString" as ProducerId, {} as never, CFG), isFault);
});

Deno.test("producer() of p-vol is half the variance of moves over their time", () => {
  strictEqual(producer("p-vol", { variance: 2 }, CFG), 2);
  strictEqual(producer("p-vol", { variance: 0 }, CFG), 0.01);
});
