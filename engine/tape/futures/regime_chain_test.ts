import { equal, ok } from "node:assert/strict";
import { RegimeChain, STEP_SEC } from "./regime_chain.ts";
import { PRESET_IDS, type PresetId, type RegimeId } from "../../regime/mod.ts";
import { FLOW_REGIMES, PRESET_WEIGHTS } from "./regimes.ts";

function visits(preset: PresetId, seconds: number, seed = 1): { regime: RegimeId; sec: number }[] {
  const chain = new RegimeChain({ seed, preset });
  const runs: { regime: RegimeId; sec: number }[] = [{ regime: chain.regime, sec: 0 }];
  for (let i = 0; i < seconds / STEP_SEC; i++) {
    const before = chain.regime;
    chain.step();
    if (chain.regime !== before) runs.push({ regime: chain.regime, sec: 0 });
    runs.at(-1)!.sec += STEP_SEC;
  }
  return runs;
}

Deno.test("RegimeChain dwells 20 s and more, 90 s on average, 60 s in a ramp", () => {
  const runs = visits("event_day", 40_000).slice(0, -1);
  const ramps = runs.filter(({ regime }) => regime === "event_ramp");
  const others = runs.filter(({ regime }) => regime !== "event_ramp");
  ok(ramps.length > 30);
  for (const { sec } of ramps) ok(Math.abs(sec - 60) < 0.1, `ramp of ${sec} s`);
  for (const { sec } of others) ok(sec > 19.9, `${sec} s`);
  const mean = others.reduce((sum, { sec }) => sum + sec, 0) / others.length;
  ok(Math.abs(mean - 90) < 12, `mean ${mean}`);
});

Deno.test("RegimeChain follows every ramp by the trend of its jump", () => {
  const chain = new RegimeChain({ seed: 6, preset: "event_day" });
  let jump = 0;
  let ramps = 0;
  for (let i = 0; i < 2_000_000 && ramps < 30; i++) {
    const before = chain.regime;
    chain.step();
    jump += chain.jumpTicks;
    if (before !== "event_ramp" || chain.regime === before) continue;
    ramps++;
    ok(Math.abs(jump) > 5.99, `jump ${jump}`);
    equal(chain.regime, jump > 0 ? "trend_up" : "trend_down");
    jump = 0;
  }
  equal(ramps, 30);
});

Deno.test("RegimeChain draws by the preset's weights", () => {
  for (const preset of PRESET_IDS) {
    const runs = visits(preset, 60_000);
    for (const regime of FLOW_REGIMES) {
      const weight = PRESET_WEIGHTS[preset][FLOW_REGIMES.indexOf(regime)]!;
      const seen = runs.filter((run) => run.regime === regime).length;
      if (weight === 0) equal(seen, 0, `${preset} ${regime}`);
      else ok(seen > 0, `${preset} ${regime}`);
    }
  }
  const dealer = visits("dealer_day", 60_000);
  const share = dealer.filter(({ regime }) => regime === "dealer_gamma").length / dealer.length;
  ok(share > 0.35 && share < 0.5, `${share}`);
});

Deno.test("RegimeChain moves parameters half the way in 5 s", () => {
  const chain = new RegimeChain({ seed: 1, preset: "quiet_range", regime: "arb_calm" });
  equal(chain.volatility, 0.6);
  chain.set("event_ramp");
  for (let i = 0; i < 500; i++) chain.step();
  ok(Math.abs(chain.volatility - 1.4) < 1e-9, `${chain.volatility}`);
  ok(Math.abs(chain.depth - (1.4 + 0.45) / 2) < 1e-9);
});

Deno.test("RegimeChain.set() holds a regime until null", () => {
  const chain = new RegimeChain({ seed: 1, preset: "balanced_demo" });
  chain.set("dealer_gamma");
  for (let i = 0; i < 100_000; i++) {
    chain.step();
    equal(chain.regime, "dealer_gamma");
  }
  equal(chain.held, true);
  chain.set(null);
  equal(chain.held, false);
  let left = false;
  for (let i = 0; i < 100_000 && !left; i++) {
    chain.step();
    left = chain.regime !== "dealer_gamma";
  }
  ok(left);
});

Deno.test("RegimeChain stays in a regime that it follows, and a followed ramp jumps once", () => {
  const chain = new RegimeChain({ seed: 4, preset: "balanced_demo" });
  chain.follow("event_ramp");
  let jump = 0;
  for (let second = 0; second < 600; second++) {
    chain.follow("event_ramp");
    for (let i = 0; i < 100; i++) {
      chain.step();
      jump += Math.abs(chain.jumpTicks);
    }
    equal(chain.regime, "event_ramp");
  }
  const once = jump;
  ok(once > 5.99);
  chain.follow("trend_up");
  chain.follow("event_ramp");
  for (let i = 0; i < 60 / STEP_SEC; i++) {
    chain.step();
    jump += Math.abs(chain.jumpTicks);
  }
  ok(jump > once + 5.99, "a new stretch has a jump of its own");
});
