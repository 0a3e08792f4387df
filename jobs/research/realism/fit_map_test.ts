import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { ROOT } from "../../house/sources.ts";
import { fitMap, measuredBins, stepsOf } from "./fit_map.ts";
import { type JudgedSample, judgedSample, type SampledEvent } from "./judged_sample.ts";
import { checkText, withMap } from "./map_text.ts";

/** Events whose scores are 0.42 to 1, right the more often the higher they are. */
function madeSample(firstSeed: number, count: number): JudgedSample {
  const events = Array.from({ length: count }, (_, i): SampledEvent => {
    const score = 0.42 + 0.58 * i / count;
    const isRight = (i * 7 + firstSeed) % 10 < Math.floor(10 * score);
    return { preset: "balanced_demo", profile: "arbitrage", probability: null, score, isRight };
  });
  return { of: { firstSeed, seeds: 10, sessions: 50, events: count }, events };
}

Deno.test("stepsOf() begins at 0, rises, and means what was right of all events", () => {
  const { events } = madeSample(1, 3_000);
  const steps = stepsOf(events, 200);
  strictEqual(steps[0]?.from, 0);
  ok(steps.length >= 3);
  steps.forEach((step, i) => {
    ok(step.events >= 200);
    ok(i === 0 || step.probability > (steps[i - 1]?.probability ?? 1));
  });
  const right = events.filter(({ isRight }) => isRight).length;
  const said = steps.reduce((sum, { probability, events }) => sum + probability * events, 0);
  ok(Math.abs(said - right) < 1, `${said} said, ${right} right`);
});

Deno.test("stepsOf() hold nothing for certain", () => {
  const all = (isRight: boolean) => stepsOf(Array(999).fill({ score: 0.7, isRight }));
  deepStrictEqual(all(true), [{ from: 0, probability: 0.999, events: 999 }]);
  deepStrictEqual(all(false), [{ from: 0, probability: 0.001, events: 999 }]);
});

Deno.test("measuredBins() tell by tenth of the score what was said, what was right and how many there were", () => {
  const steps = [
    { from: 0, probability: 0.5, events: 1 },
    { from: 0.75, probability: 0.9, events: 1 },
  ];
  const of = (score: number, right: number, count: number) =>
    Array.from({ length: count }, (_, i) => ({ score, isRight: i < right }));
  const { error, bins } = measuredBins(steps, [
    ...of(0.63, 6, 10),
    ...of(0.71, 4, 5),
    ...of(0.77, 4, 5),
  ]);
  deepStrictEqual(bins, [
    { from: 0.6, events: 10, right: 0.6, said: 0.5 },
    { from: 0.7, events: 10, right: 0.8, said: 0.7 },
  ]);
  strictEqual(error, 0.1);
});

Deno.test("withMap() is the module with another map, and checkText() tells its error", async () => {
  const unseen = madeSample(11, 2_000);
  const map = fitMap(madeSample(1, 3_000), unseen, "2026-02-03");
  ok(map.measured.error <= 0.02, `${map.measured.error}`);
  const frozen = await Deno.readTextFile(join(ROOT, "engine/flow/scoring/synthetic_map.ts"));
  const source = withMap(frozen, map).replace(/^import.*$/m, "type ScoreMap = object;");
  const module = await import(`data:text/typescript,${encodeURIComponent(source)}`);
  deepStrictEqual(module.SYNTHETIC_MAP, map);
  const text = checkText(map, unseen);
  match(text, /Calibration error 0\.0\d+ on 2000 events of seeds 11 to 20, 50 sessions/);
  match(text, /\| preset balanced_demo \| 2000 \|/);
  match(text, /\| profile arbitrage \| 2000 \|/);
});

Deno.test("judgedSample() judges named events of a session per preset", () => {
  const { of, events } = judgedSample(1, 1, () => {}, { starts: [5], warmMinutes: 1, minutes: 2 });
  strictEqual(of.sessions, 5);
  strictEqual(of.events, events.length);
  ok(new Set(events.map(({ preset }) => preset)).size > 1);
  for (const { score } of events) ok(score >= 0.42 && score <= 1);
  ok(events.filter(({ isRight }) => isRight).length > events.length / 2);
});
