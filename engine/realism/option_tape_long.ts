import { deepEqual, ok } from "node:assert/strict";
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

/**
 * Sessions that the full sample leaves out, by seed, to the minute before the close: one before a closed
 * Friday, and a half day.
 */
const SESSIONS = [
  [13, 202604010, 389],
  [15, 202611270, 209],
] as const;

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
  // The shape of call prices is judged over the full sample: one large order fills a session's cases.
  ok(found.parity.share >= 0.99);
  ok(found.leak.tree <= found.leak.majority + 0.1);
}

for (const [seed, sessionId, minutes] of SESSIONS) {
  Deno.test(`the option tape of session ${sessionId}, seed ${seed}`, () => {
    const sample = sampleOptions({ seed, sessionId, fromMinute: 0, minutes });
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

Deno.test("five firehose minutes keep to the tick and to one print per id", () => {
  const sample = sampleOptions({ seed: 11, load: "firehose", fromMinute: 60, minutes: 5 });
  const { violations, parity, shape, locked, nbboPerSecond, printsPerMinute } = measure(sample);
  console.log(JSON.stringify({ nbboPerSecond, printsPerMinute, parity, shape, locked }));
  ok(violations === 0 && parity.share >= 0.99 && shape.share <= 0.005);
});
