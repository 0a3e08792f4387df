import { deepEqual, ok, strictEqual, throws } from "node:assert/strict";
import { Composer, DEFAULT_LAB, LabError } from "../mod.ts";
import { emptyFrame } from "../frames/market_frame.ts";
import { fullFrame } from "../testing/full_frame.ts";
import { type FeedFrame, FrameMedium } from "./mod.ts";
import { PRESETS, producer, type ProducerId, PRODUCERS, ProducerSet } from "../mod.ts";

const CFG = { ...DEFAULT_LAB, N: 60 };

/** Runs a set over frames and returns the medium of the last. */
function mediumOf(set: ProducerSet, frames: readonly FeedFrame[]) {
  const composer = new Composer(CFG);
  for (const each of frames) set.take(each, composer);
  return structuredClone(composer.fields);
}

const FRAMES = Array.from({ length: 130 }, (_, seed) => fullFrame(seed));

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
  const { C } = mediumOf(set, [fullFrame(1)]);
  strictEqual(C[0], 4 * 0.5 + 2 * (2 * 0.2));
});

Deno.test("ProducerSet.take() fades what a feed says as it ages, and drops it at 3 s", () => {
  const of = (ageS: number) => {
    const set = new ProducerSet(CFG, [{ id: "p-ofi", gain: 1 }]);
    return { value: mediumOf(set, [fullFrame(1, ageS)]).C[0]!, stale: [...set.stale] };
  };
  deepEqual(of(0.5), { value: 2, stale: [] });
  deepEqual(of(1.75), { value: 1, stale: [] });
  deepEqual(of(3), { value: 0, stale: ["p-ofi"] });
  deepEqual(of(Infinity), { value: 0, stale: ["p-ofi"] });
});

Deno.test("ProducerSet.take() holds a channel that is not there for stale, not for 0", () => {
  const set = new ProducerSet(CFG, PRESETS.full);
  const { gex, ...rest } = fullFrame(1);
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
  const [quiet, loud] = [fullFrame(400), fullFrame(400)];
  // Cells below the node that is compared: by themselves they would move the measure down, or up.
  quiet.profiles["vel.pressureGrad"].v.fill(0, 0, 300);
  loud.profiles["vel.pressureGrad"].v.fill(50, 0, 300);
  const [calm, shouted] = [mediumOf(one, [quiet]), mediumOf(other, [loud])];
  strictEqual(calm.C[CFG.N * 2]!, shouted.C[CFG.N * 2]!, "the far node has the same measure");
});

Deno.test("ProducerSet.take() silences a producer of bad values for 20 ticks", () => {
  const set = new ProducerSet(CFG, [{ id: "p-vac", gain: 1 }]);
  const broken = fullFrame(1);
  broken.profiles["vp.score"].v.fill(NaN);
  const { U } = mediumOf(set, [broken]);
  ok(U.every(Number.isFinite));
  for (let k = 2; k <= 21; k++) {
    ok(mediumOf(set, [fullFrame(k)]).U.every((value) => value === 0));
    deepEqual(set.guard.disabled(k), ["p-vac"]);
  }
  ok(mediumOf(set, [fullFrame(22)]).U.some((value) => value !== 0));
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

Deno.test("FrameMedium.take() raises obstacles where walls are seen, and remembers them", () => {
  const medium = new FrameMedium(CFG, PRESETS.full);
  for (const each of FRAMES) medium.take(each);
  const { O, U } = medium.take(fullFrame(130));
  ok(U.every((value) => Math.abs(value) <= CFG.clampU));
  const [wall] = medium.walls.book.walls;
  const node = CFG.N + Math.round((wall!.center - 20_000.5) / CFG.dx);
  ok(O[node]! > 1 && O[node]! > O[node - 8]!, `${O[node]} at the wall`);
  strictEqual(medium.walls.gex.walls.length, 2);
  const blind = fullFrame(131);
  blind.profiles["vel.omegaProm"].ageS = 10;
  ok(medium.take(blind).O[node]! > 1, "it does not go at once");
  ok(Math.abs(medium.walls.book.walls[0]!.S - 0.92 * wall!.S) < 1e-9, "but it fades");
});
