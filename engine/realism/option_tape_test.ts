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

const SAMPLES: readonly OptionSample[] = [
  sampleOptions({ seed: 11, fromMinute: 15, minutes: 20 }),
  sampleOptions({ seed: 12, fromMinute: 150, minutes: 20, sessionId: 202601160 }),
  sampleOptions({ seed: 13, fromMinute: 365, minutes: 20, sessionId: 202603270 }),
];

Deno.test("option prints come in bursts but not to a beat", () => {
  for (const sample of SAMPLES) {
    const variation = mean([...backgroundVariation(sample.prints).values()]);
    ok(variation >= 1.1 && variation <= 3, `variation ${variation}`);
    ok(distinctGaps(sample.prints) >= 200);
    for (const lag of [1_000, 5_000]) {
      const rho = countAutocorrelation(sample, lag);
      ok(Math.abs(rho) <= 0.12, `lag ${lag}: ${rho}`);
    }
    ok(longestSilence(sample) <= 12_000);
  }
});

Deno.test("labelled prints are a small part of the tape", () => {
  const prints = SAMPLES.flatMap((sample) => sample.prints);
  const share = labelledShare(prints);
  ok(share >= 0.05 && share <= 0.18, `share ${share}`);
});

Deno.test("every price is on tick, every strike on step, every expiry on a trading day", () => {
  for (const sample of SAMPLES) deepEqual(listingViolations(sample), []);
});

Deno.test("quotes move without prints, rarely lock, and keep parity and shape", () => {
  for (const sample of SAMPLES) {
    ok(updatesWithoutPrint(sample) >= 0.85);
    const { byCount, byTime } = lockedShares(sample);
    ok(byCount <= 0.0015 && byTime <= 0.001, `locked ${byCount} ${byTime}`);
    const parity = parityKept(sample);
    ok(parity.cases > 500 && parity.share >= 0.99, `parity ${parity.share}`);
    ok(callShapeBroken(sample).share <= 0.005);
  }
});

Deno.test("few prints find no quote of two sides that is at most half a minute old", () => {
  let without = 0;
  let prints = 0;
  for (const sample of SAMPLES) {
    const standing = new Map<string, { readonly ts: number; readonly bid: number }>();
    let next = 0;
    for (const { print } of sample.prints) {
      for (; (sample.nbbo[next]?.ts ?? Infinity) <= print.ts; next++) {
        const quote = sample.nbbo[next];
        if (quote !== undefined) standing.set(quote.option_contract_id, quote);
      }
      // Before its first minute a sample has not seen what stands.
      if (print.ts < sample.fromTs + 60_000) continue;
      const quote = standing.get(print.option_contract_id);
      prints++;
      if (quote === undefined || quote.bid === 0 || print.ts - quote.ts > 30_000) without++;
    }
  }
  ok(without > 0 && without <= 0.06 * prints, `${without} of ${prints}`);
});

Deno.test("background packets of small kinds stay below their cap", () => {
  const premium = new Map<string, { usd: number; ts: number }>();
  for (const sample of SAMPLES) {
    for (const { print, subtype } of sample.prints) {
      if (!/^(single|two_sided|stale)/.test(subtype)) continue;
      const key = print.option_contract_id;
      const last = premium.get(key);
      const usd = print.price * print.size * 100;
      const sum = last !== undefined && print.ts - last.ts <= 1_500 ? last.usd + usd : usd;
      premium.set(key, { usd: sum, ts: print.ts });
      ok(sum <= 7_000, `${key} ${sum}`);
    }
  }
});

Deno.test("no record says what the generator meant", () => {
  for (const { prints, nbbo } of SAMPLES) {
    for (const { print } of prints) deepEqual(leaksIn(print), []);
    for (const quote of nbbo) deepEqual(leaksIn(quote), []);
  }
  const { majority, tree } = leakScore(SAMPLES.flatMap((sample) => sample.prints));
  ok(tree <= majority + 0.1, `tree ${tree}, majority ${majority}`);
});
