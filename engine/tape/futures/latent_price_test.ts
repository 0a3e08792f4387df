import { ok } from "node:assert/strict";
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
      price.step(chain);
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

Deno.test("LatentPrice comes to its anchor and leaves it when there is none", () => {
  const chain = new RegimeChain({ seed: 2, preset: "balanced_demo", regime: "arb_calm" });
  chain.set("arb_calm");
  const price = new LatentPrice(2, 27_801, 100);
  price.setAnchor(27_901);
  const run = (seconds: number) => {
    for (let i = 0; i < seconds * 100; i++) {
      chain.step();
      price.step(chain);
    }
    return price.ticks;
  };
  ok(Math.abs(run(300) - 27_901) < 20, `${price.ticks}`);
  price.setAnchor(NaN);
  const left = Array.from({ length: 60 }, () => Math.abs(run(60) - 27_901));
  ok(Math.max(...left) > 20, `${Math.max(...left)}`);
});
