import { ok } from "node:assert/strict";
import { percentile } from "../../stats/mod.ts";
import { Gamma } from "./mod.ts";
import { GammaProfile } from "../profile/mod.ts";
import { optionValue } from "./testing/naive_gamma.ts";
import { randomOf } from "./testing/random_session.ts";
import { trueChain } from "./testing/true_chain.ts";

Deno.test("Gamma.close() is near the gamma of known volatilities, and the true zero gamma in its range", () => {
  const random = randomOf(7);
  const misses: number[] = [];
  const widths: number[] = [];
  let inside = 0;
  let crossings = 0;
  for (let day = 0; day < 20; day++) {
    for (const hours of [6.4, 5, 3, 1, 0.3]) {
      const truth = trueChain(random, hours);
      const { chain, quotes, windowEndNs, futurePoints, years, strikePoints, iv } = truth;
      const strikeRefInt = Math.floor((futurePoints + 2.5) / 5) * 5e9;
      const window = {
        futureInt: futurePoints * 1e9,
        strikeRefInt,
        spotRefInt: strikeRefInt,
        windowEndNs,
      };
      const { greeks, smile, summary } = new Gamma(chain)
        .close(chain, quotes, window, new Float64Array(122));
      strikePoints.forEach((strike, i) => {
        if (Math.abs(strike - futurePoints) > 50) return;
        const { gamma } = optionValue(true, futurePoints, strike, years, iv[i]!);
        misses.push(Math.abs(greeks.gamma[2 * i]! / gamma - 1));
      });
      const profile = new GammaProfile(61);
      const position = smile.callOpenInterest.map((calls, i) => calls - smile.putOpenInterest[i]!);
      profile.take(strikePoints, iv, position, years);
      const zeroInt = profile.zeroGamma(futurePoints) * 1e9;
      if (Number.isNaN(zeroInt)) continue;
      crossings++;
      if (zeroInt >= summary.zeroGammaLowInt && zeroInt <= summary.zeroGammaHighInt) inside++;
      widths.push(summary.zeroGammaHighInt - summary.zeroGammaLowInt);
    }
  }
  ok(percentile(misses, 50) < 0.01, `${percentile(misses, 50)}`);
  ok(crossings > 90 && inside >= 0.93 * crossings, `${inside} of ${crossings}`);
  ok(percentile(widths, 50) < 2.5e9, `${percentile(widths, 50)}`);
});
