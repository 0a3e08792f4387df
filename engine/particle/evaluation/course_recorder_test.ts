import { deepEqual, deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { sampleTest } from "../../../jobs/testing/samples.ts";
import { DEFAULT_LAB } from "../config.ts";
import { LabLoop } from "../forecast/mod.ts";
import { emptyFrame, type MarketFrame } from "../frames/market_frame.ts";
import { readSample, SampleRig } from "../frames/testing/sample_rig.ts";
import { FrameMedium, PRESETS } from "../producers/mod.ts";
import { world } from "../worlds/mod.ts";
import { CourseRecorder, labReport, runCourse } from "./mod.ts";

const CFG = { ...DEFAULT_LAB, N: 60 };
const FIRST = 3_517_484_400;
const BURN = 100;

/** Frames whose book tells of a world's flow; the third tenth of the ticks is missing. */
function framesOf(n: number): readonly MarketFrame[] {
  const { spot, ofi } = world("flow", 11, n);
  const frames = Array.from({ length: n }, (_, k) => {
    const frame = emptyFrame({ pressure: 101, velocity: 401, options: 25, gamma: 25 });
    Object.assign(frame, { tick: FIRST + k, spotTicks: spot[k], valid: true });
    Object.assign(frame.scalars["flow.ofiNorm"], { v: ofi[k], ageS: 0 });
    Object.assign(frame.scalars["book.microOffset"], { v: 0.2, ageS: 0 });
    return frame;
  });
  return [...frames.slice(0, n / 5), ...frames.slice(0.3 * n)];
}

function recorded(frames: readonly MarketFrame[]) {
  const [medium, recorder] = [new FrameMedium(CFG, PRESETS.book), new CourseRecorder()];
  for (const frame of frames) recorder.take(frame, medium.take(frame));
  return recorder;
}

Deno.test("CourseRecorder.course() runs to the digest of the frames as they came", () => {
  const frames = framesOf(1_000);
  const [medium, loop] = [new FrameMedium(CFG, PRESETS.book), new LabLoop(CFG, "rls")];
  for (const frame of frames) {
    loop.advance(frame.tick, frame.spotTicks, frame.scalars["flow.ofiNorm"].v, medium.take(frame));
  }
  const course = recorded(frames).course();
  const { digest, ticks } = runCourse(course, CFG, { burn: BURN });
  deepEqual([digest, ticks], [loop.digest, 900]);
  strictEqual(course.scalars.length, 2, "channels that nothing fed are no columns");
  ok(Number.isNaN(course.spot[250]));
});

Deno.test("CourseRecorder.placebo() has the prices, and no skill", () => {
  const recorder = recorded(framesOf(5_000));
  const [course, rotated] = [recorder.course(), recorder.placebo()];
  deepStrictEqual(rotated.spot, course.spot);
  strictEqual(rotated.ofi[0], course.ofi[2_750], "row 2,250 of those that are there");
  const { skill, placebo } = labReport(course, rotated, CFG);
  ok(skill.published[2]! > 0.02, String(skill.published));
  ok(Math.abs(placebo.published[2]!) < 0.005, String(placebo.published));
});

Deno.test("FrameMedium.restore() goes on bit for bit", () => {
  const frames = framesOf(200);
  const [straight, resumed] = [
    new FrameMedium(CFG, PRESETS.full),
    new FrameMedium(CFG, PRESETS.full),
  ];
  for (const frame of frames.slice(0, 150)) straight.take(frame);
  resumed.restore(structuredClone(straight.save()));
  for (const frame of frames.slice(150)) {
    deepEqual(structuredClone(resumed.take(frame)), structuredClone(straight.take(frame)));
  }
});

sampleTest("labReport() of the real file's beginning covers what it says", (dir) => {
  const [medium, recorder] = [new FrameMedium(CFG, PRESETS.book), new CourseRecorder()];
  const onFrame = (frame: MarketFrame) => {
    if (frame.valid) recorder.take(frame, medium.take(frame));
  };
  new SampleRig({ onFrame }).feed(readSample(dir, 9_000));
  const options = { lattice: 0.5, moveSq: "learned", isGuarded: true, seed: 1 } as const;
  const report = labReport(recorder.course(), recorder.placebo(), CFG, options);
  const { coverage, jumps, ticks, placebo } = report;
  ok(ticks > 1_500 && jumps <= 0.01 * ticks, `${jumps} of ${ticks}`);
  ok(coverage.scaled.every((share) => Math.abs(share - 0.8) < 0.04), String(coverage.scaled));
  ok(placebo.published.every((of) => Math.abs(of) < 0.01), String(placebo.published));
});
