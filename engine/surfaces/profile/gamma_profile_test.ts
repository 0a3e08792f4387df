import { equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { GammaProfile } from "./gamma_profile.ts";
import { zeroGammaOf } from "../gamma/testing/naive_gamma.ts";

const YEARS = 0.0003;

function profileOf(strikes: readonly number[], position: readonly number[], iv = 0.2) {
  const profile = new GammaProfile(strikes.length);
  const ivs = new Float64Array(strikes.length).fill(iv);
  profile.take(Float64Array.from(strikes), ivs, Float64Array.from(position), YEARS);
  return profile;
}

Deno.test("GammaProfile.zeroGamma() finds the crossing that a scan of the whole grid finds", () => {
  let far = 0;
  let none = 0;
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -900, max: 900 }), { minLength: 2, maxLength: 41 }),
      fc.integer({ min: -60, max: 60 }),
      fc.double({ min: 0.02, max: 0.6, noNaN: true }),
      (position, shift, iv) => {
        const middle = 6_950 + shift;
        const strikes = position.map((_, i) => middle + 5 * (i - (position.length >> 1)));
        const profile = profileOf(strikes, position, iv);
        const is = profile.zeroGamma(6_950.125);
        const want = zeroGammaOf((points) => profile.at(points), 6_950.125);
        equal(is, want);
        if (Math.abs(want - 6_950.125) > 50) far++;
        if (Number.isNaN(want)) none++;
      },
    ),
    { seed: 4, numRuns: 3_000 },
  );
  ok(far > 20 && none > 100, `${far} far, ${none} none`);
});

Deno.test("GammaProfile.zeroGamma() is none far from every strike, where only noise is left", () => {
  ok(Number.isNaN(profileOf([6_000, 6_005], [-10, 10]).zeroGamma(6_950)));
  ok(Number.isNaN(profileOf([6_950], [0]).zeroGamma(6_950)));
  ok(Number.isNaN(profileOf([6_950], [7]).zeroGamma(6_950)));
});
