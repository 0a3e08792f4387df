import { ok } from "node:assert/strict";
import { builtSchedules } from "../tape/schedule/testing/sessions.ts";
import { addCoupling, emptyCoupling, median } from "./coupling.ts";

const coupling = emptyCoupling();
for (const schedule of builtSchedules(12)) addCoupling(coupling, schedule);
const { directional, directionalBy, by, all, neutral, hedgeMoves } = coupling;

function share(part: number, of: number): number {
  return part / of;
}

Deno.test("directional flow leans with the regime", () => {
  const bullish = (regime: Parameters<typeof directionalBy.get>[0]) => {
    const tally = directionalBy.get(regime);
    return share(tally?.bullishFlow ?? 0, tally?.parents ?? 0);
  };
  ok(bullish("trend_up") >= 0.72, `trend_up ${bullish("trend_up")}`);
  ok(bullish("trend_down") <= 0.28, `trend_down ${bullish("trend_down")}`);
  ok(bullish("retail_chase") >= 0.68, `retail_chase ${bullish("retail_chase")}`);
  for (const regime of ["mean_revert", "dealer_gamma", "arb_calm"] as const) {
    ok(bullish(regime) >= 0.42 && bullish(regime) <= 0.58, `${regime} ${bullish(regime)}`);
  }
  const { matched, all: singles } = coupling.eventSingles;
  ok(share(matched, singles) >= 0.95);
});

Deno.test("price follows directional flow and ignores the rest", () => {
  const led = share(directional.agreeing, directional.parents);
  const chance = 0.5 + 4 * Math.sqrt(0.25 / directional.parents);
  ok(led > chance, `agreement ${led} of ${directional.parents}`);
  const unled = share(neutral.agreeing, neutral.parents);
  ok(unled >= 0.46 && unled <= 0.54, `neutral ${unled}`);
});

Deno.test("hedges follow a move", () => {
  ok(share(coupling.hedgesWithMove, hedgeMoves.length) >= 0.95);
  ok(median(hedgeMoves) >= 1.2, `median ${median(hedgeMoves)}`);
});

Deno.test("each regime has the flow that it is named for", () => {
  const against = (
    regime: Parameters<typeof by.get>[0],
    of: (tally: typeof all) => number,
  ) => {
    const tally = by.get(regime);
    return tally === undefined ? 0 : of(tally) / of(all);
  };
  const event = against("event_ramp", (tally) => tally.event / tally.parents);
  ok(event >= 1.5, `event share ${event}`);
  const near = against("dealer_gamma", (tally) => tally.nearPrints / tally.prints);
  ok(near >= 1.4, `near share ${near}`);
  const multi = against("arb_calm", (tally) => tally.multiLeg / tally.parents);
  ok(multi >= 1.3, `multi-leg share ${multi}`);
  const calls = against("retail_chase", (tally) => tally.cheapCalls / tally.parents);
  ok(calls >= 1.4, `cheap calls ${calls}`);
  const shock = against("retail_chase", (tally) => tally.ivShock / tally.parents);
  ok(shock >= 1.25, `volatility shock ${shock}`);
  const calm = by.get("arb_calm");
  const move = (calm?.arbitrageMoveZ ?? 0) / (calm?.arbitrage ?? 1);
  ok(Math.abs(move) <= 0.15, `mean move ${move}`);
});
