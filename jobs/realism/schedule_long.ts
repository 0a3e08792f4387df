import { ok } from "node:assert/strict";
import {
  type ControlState,
  PROFILE_IDS,
  type ProfileId,
  REGIME_IDS,
  type RegimeId,
} from "../../engine/regime/mod.ts";
import { CoupledPath } from "../../engine/tape/schedule/mod.ts";
import { addCoupling, emptyCoupling, median, type Tally } from "./coupling.ts";
import { builtSchedules } from "../../engine/tape/schedule/testing/sessions.ts";

/** Sessions of the full sample: seeds 11 to 70 over two weeks. */
const SESSIONS = 60;
/** Sessions per weight of the share test: seeds 11 to 30. */
const WEIGHT_SESSIONS = 20;

const coupling = emptyCoupling();
for (const schedule of builtSchedules(SESSIONS)) addCoupling(coupling, schedule);
const { directional, directionalBy, by, all, neutral, hedgeMoves } = coupling;

function bullish(regime: RegimeId): number {
  const tally = directionalBy.get(regime);
  return tally === undefined ? 0 : tally.bullishFlow / tally.parents;
}

function agreement(regime: RegimeId): number {
  const tally = directionalBy.get(regime);
  return tally === undefined ? 0 : tally.agreeing / tally.parents;
}

Deno.test("flow direction by regime over the full sample", () => {
  for (const regime of REGIME_IDS) {
    console.log(regime, "bullish", bullish(regime), "agreement", agreement(regime));
  }
  ok(bullish("trend_up") >= 0.72);
  ok(bullish("trend_down") <= 0.28);
  ok(bullish("retail_chase") >= 0.68);
  for (const regime of ["mean_revert", "dealer_gamma", "arb_calm"] as const) {
    ok(bullish(regime) >= 0.42 && bullish(regime) <= 0.58, regime);
  }
  ok(coupling.eventSingles.matched / coupling.eventSingles.all >= 0.95);
});

Deno.test("agreement of flow and price over the full sample", () => {
  const led = directional.agreeing / directional.parents;
  const unled = neutral.agreeing / neutral.parents;
  console.log("directional", led, directional.parents, "neutral", unled, neutral.parents);
  ok(led >= 0.57);
  for (const regime of ["trend_up", "trend_down", "retail_chase"] as const) {
    ok(agreement(regime) >= 0.6, `${regime} ${agreement(regime)}`);
  }
  ok(unled >= 0.46 && unled <= 0.54);
});

Deno.test("hedges and regimes over the full sample", () => {
  const against = (regime: RegimeId, of: (tally: Tally) => number) => {
    const tally = by.get(regime);
    const ratio = tally === undefined ? 0 : of(tally) / of(all);
    console.log(regime, ratio);
    return ratio;
  };
  ok(coupling.hedgesWithMove / hedgeMoves.length >= 0.95);
  ok(median(hedgeMoves) >= 1.2);
  ok(against("event_ramp", (tally) => tally.event / tally.parents) >= 1.5);
  ok(against("dealer_gamma", (tally) => tally.nearPrints / tally.prints) >= 1.4);
  ok(against("arb_calm", (tally) => tally.multiLeg / tally.parents) >= 1.3);
  ok(against("retail_chase", (tally) => tally.cheapCalls / tally.parents) >= 1.4);
  ok(against("retail_chase", (tally) => tally.ivShock / tally.parents) >= 1.25);
  const calm = by.get("arb_calm");
  ok(Math.abs((calm?.arbitrageMoveZ ?? 0) / (calm?.arbitrage ?? 1)) <= 0.15);
});

function shares(change: Partial<ControlState>): Map<string, number> {
  const found = new Map<string, number>();
  let parents = 0;
  for (const schedule of builtSchedules(WEIGHT_SESSIONS, change)) {
    for (const { family } of schedule.parents) found.set(family, (found.get(family) ?? 0) + 1);
    parents += schedule.parents.length;
  }
  for (const [family, count] of found) found.set(family, count / parents);
  return found;
}

Deno.test("every weight moves its own share and starves no other", () => {
  const normal = shares({});
  const ratio = (found: Map<string, number>, profile: ProfileId) =>
    (found.get(profile) ?? 0) / (normal.get(profile) ?? 1);
  const weights = { ...Object.fromEntries(PROFILE_IDS.map((id) => [id, 1])) };
  for (const profile of PROFILE_IDS) {
    const change = (weight: number) => ({
      profile_weights: { ...weights, [profile]: weight } as ControlState["profile_weights"],
    });
    const high = shares(change(1.6));
    const low = shares(change(0.6));
    const others = PROFILE_IDS.filter((other) => other !== profile);
    const worst = Math.min(...others.map((other) => ratio(high, other)));
    console.log(profile, "high", ratio(high, profile), "low", ratio(low, profile), "rest", worst);
    ok(ratio(high, profile) >= 1.15 && ratio(high, profile) <= 1.6);
    ok(ratio(low, profile) >= 0.6 && ratio(low, profile) <= 0.85);
    ok(worst >= 0.88);
  }
});

Deno.test("a session's schedule and the path of its forty symbols take at most 200 ms", () => {
  const times: number[] = [];
  for (const schedule of builtSchedules(5)) schedule.extendTo(Infinity);
  for (let i = 0; i < 5; i++) {
    const start = performance.now();
    const [schedule] = builtSchedules(1);
    if (schedule === undefined) continue;
    const path = new CoupledPath(schedule);
    const { openTs, closeTs } = schedule.session;
    let sum = 0;
    for (let ts = openTs; ts < closeTs; ts += 1_000) {
      for (let symbol = 0; symbol < 40; symbol++) sum += path.mid(symbol, ts);
    }
    ok(sum > 0);
    times.push(performance.now() - start);
  }
  console.log("ms", times);
  ok(median(times) <= 200);
});
