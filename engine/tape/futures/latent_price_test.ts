import { equal, ok } from "node:assert/strict";
import { LatentPrice } from "./latent_price.ts";
import { RegimeChain } from "./regime_chain.ts";
import type { RegimeId } from "../../regime/mod.ts";

function run(regime: RegimeId, startTicks: number, seconds: number, seed = 1): number[] {
  const chain = new RegimeChain({ seed, preset: "balanced_demo", regime });
  chain.set(regime);
  const price = new LatentPrice(seed, startTicks, 100);
  return Array.from({ length: seconds }, () => {
    for (let i = 0; i < 100; i++) {
      chain.step();
      price.step(chain, 0);
    }
    return price.ticks;
  });
}

function deviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

Deno.test("LatentPrice diffuses by 0.743 v ticks per square-root second", () => {
  for (
    const [regime, volatility] of [["arb_calm", 0.6], ["trend_up", 1], [
      "retail_chase",
      1.4,
    ]] as const
  ) {
    const path = run(regime, 27_800, 2_000);
    const sigma = deviation(path.slice(1).map((x, i) => x - path[i]!));
    ok(Math.abs(sigma / (0.743 * volatility) - 1) < 0.06, `${regime}: ${sigma}`);
  }
});

Deno.test("LatentPrice drifts with the trends", () => {
  // 60 min: 150 and -180 ticks of drift against a deviation of 45 to 54
  ok(run("trend_up", 27_800, 3_600).at(-1)! > 27_830);
  ok(run("trend_down", 27_800, 3_600).at(-1)! < 27_770);
});

Deno.test("LatentPrice is pulled to the nearest strike by dealer_gamma alone", () => {
  const near = (regime: RegimeId) =>
    run(regime, 27_840, 1_200).slice(200).filter((x) => {
      return Math.abs(x - Math.round(x / 100) * 100) <= 6;
    }).length;
  ok(near("dealer_gamma") > 750, `${near("dealer_gamma")}`);
  ok(near("arb_calm") < 600, `${near("arb_calm")}`);
});

Deno.test("LatentPrice goes along a path, its own way where that has no price, and strays around both", () => {
  const chain = new RegimeChain({ seed: 2, preset: "balanced_demo", regime: "arb_calm" });
  const price = new LatentPrice(2, 27_801, 100);
  const path = (ns: number) => ns < 60e9 ? 27_801 + ns / 1e9 : NaN;
  price.follow(path);
  const strays: number[] = [];
  for (let i = 1; i < 6_000; i++) {
    price.step(chain, i * 1e7);
    equal(price.ticks, path(i * 1e7));
    if (i > 3_000) strays.push(price.soughtTicks - price.ticks);
  }
  // A tick a second, of which a third is gone too far; most of it is back a second later.
  ok(Math.abs(price.deviationTicks - 1) < 0.1, `${price.deviationTicks}`);
  ok(Math.abs(deviation(strays) - 0.36) < 0.1, `${deviation(strays)}`);
  const later = strays.slice(100).reduce((sum, x, i) => sum + x * strays[i]!, 0) / strays.length;
  ok(Math.abs(later) < 0.03, `${later}`);
  for (let i = 6_000; i < 9_000; i++) price.step(chain, i * 1e7);
  ok(price.ticks !== path(59.99e9) && Math.abs(price.ticks - 27_861) < 20, `${price.ticks}`);
});
