import { deepEqual, ok } from "node:assert/strict";
import { PRESET_IDS } from "../../engine/regime/mod.ts";
import { leakScore, leaksIn } from "./leaks.ts";
import { callShapeBroken, lockedShares, parityKept, updatesWithoutPrint } from "./option_quotes.ts";
import { type OptionSample, sampleOptions } from "./option_sample.ts";
import {
  backgroundVariation,
  countAutocorrelation,
  distinctGaps,
  labelledShare,
  listingViolations,
  longestSilence,
} from "./option_timing.ts";
import { mean } from "./series.ts";

/** Whole sessions of the sample, by seed: before an expiry, on one, before a closed Friday, on a half day. */
const SESSIONS = [
  [11, 202601140],
  [12, 202601160],
  [13, 202604010],
  [14, 202606180],
  [15, 202611270],
] as const;
const SESSION_MINUTES = 389;

function measure(sample: OptionSample) {
  const variations = [...backgroundVariation(sample.prints).values()];
  const seconds = (sample.untilTs - sample.fromTs) / 1_000;
  return {
    printsPerMinute: 60 * sample.prints.length / seconds,
    nbboPerSecond: sample.nbbo.length / seconds,
    variation: [Math.min(...variations), mean(variations), Math.max(...variations)],
    gaps: distinctGaps(sample.prints),
    beat: [1_000, 5_000].map((lag) => countAutocorrelation(sample, lag)),
    labelled: labelledShare(sample.prints),
    silenceMs: longestSilence(sample),
    violations: listingViolations(sample).length,
    withoutPrint: updatesWithoutPrint(sample),
    locked: lockedShares(sample),
    parity: parityKept(sample),
    shape: callShapeBroken(sample),
    leak: leakScore(sample.prints),
    leakOfLabelled: leakScore(sample.prints.filter(({ slot }) => slot >= 0)),
  };
}

function check(found: ReturnType<typeof measure>): void {
  const [, variation = 0] = found.variation;
  ok(variation >= 1.1 && variation <= 3);
  ok(found.gaps >= 200);
  for (const rho of found.beat) ok(Math.abs(rho) <= 0.1, `beat ${rho}`);
  ok(found.labelled >= 0.05 && found.labelled <= 0.18, `labelled ${found.labelled}`);
  ok(found.silenceMs <= 12_000);
  ok(found.violations === 0);
  ok(found.withoutPrint >= 0.85);
  ok(found.locked.byCount <= 0.001 && found.locked.byTime <= 0.001);
  ok(found.parity.share >= 0.99 && found.shape.share <= 0.005);
  ok(found.leak.tree <= found.leak.majority + 0.1);
}

for (const [seed, sessionId] of SESSIONS) {
  Deno.test(`the option tape of session ${sessionId}, seed ${seed}`, () => {
    const sample = sampleOptions({ seed, sessionId, fromMinute: 0, minutes: SESSION_MINUTES });
    const found = measure(sample);
    console.log(JSON.stringify(found));
    check(found);
    for (const { print } of sample.prints) deepEqual(leaksIn(print), []);
    for (const quote of sample.nbbo) deepEqual(leaksIn(quote), []);
    const ids = new Set(sample.nbbo.map(({ trace_id }) => trace_id));
    for (const { print } of sample.prints) ids.add(print.trace_id);
    ok(ids.size === sample.nbbo.length + sample.prints.length);
  });
}

Deno.test("every preset keeps its rate of background prints", () => {
  for (const preset of PRESET_IDS) {
    const rates: number[] = [];
    for (const seed of [11, 12, 13]) {
      const sample = sampleOptions({ seed, preset, fromMinute: 0, minutes: SESSION_MINUTES });
      const background = sample.prints.filter(({ slot }) => slot < 0).length;
      rates.push(background / SESSION_MINUTES);
    }
    console.log(
      preset,
      "background prints per minute",
      rates.map((rate) => rate.toFixed(0)).join(),
    );
  }
});

Deno.test("five firehose minutes keep to the tick and to one print per id", () => {
  const sample = sampleOptions({ seed: 11, load: "firehose", fromMinute: 60, minutes: 5 });
  const { violations, parity, shape, locked, nbboPerSecond, printsPerMinute } = measure(sample);
  console.log(JSON.stringify({ nbboPerSecond, printsPerMinute, parity, shape, locked }));
  ok(violations === 0 && parity.share >= 0.99 && shape.share <= 0.005);
});
