import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { type ControlState, DEFAULT_CONTROL, PROFILE_IDS, PROFILE_WEIGHTS } from "./control.ts";
import { getSyntheticCoverageBoost, type SyntheticCoverageState } from "./coverage_boost.ts";
import { getSyntheticScenarioWeights } from "./scenario_weights.ts";
import { sessionById } from "./sessions.ts";
import { getSyntheticSessionState, getSyntheticUnderlyingState } from "./state.ts";
import { UNIVERSE } from "./universe.ts";

const { openTs } = sessionById(202601140);

Deno.test("states are equal for equal arguments and lie in their ranges", () => {
  for (let minute = 0; minute < 390; minute += 13) {
    const ts = openTs + minute * 60_000;
    const state = getSyntheticSessionState(ts, DEFAULT_CONTROL);
    deepStrictEqual(getSyntheticSessionState(ts, { ...DEFAULT_CONTROL, updated_at: 9 }), state);
    strictEqual(state.session_minute, minute);
    strictEqual(state.seed_bucket, Math.floor(ts / 300_000));
    ok(state.focus_symbols.length >= 2 && state.focus_symbols.length <= 5);
    for (const { symbol, price } of UNIVERSE) {
      const one = getSyntheticUnderlyingState(symbol, ts, DEFAULT_CONTROL, state);
      ok(one.bid < one.mid && one.mid < one.ask);
      strictEqual(one.bid, Math.round(one.bid * 100) / 100);
      ok(Math.abs(one.ask - one.bid - one.spread) < 1e-9);
      ok(one.spread / price < 0.01, `${symbol}: ${one.spread}`);
      ok(one.offExchangeBias >= 0.08 && one.offExchangeBias <= 0.92);
      ok(Math.abs(one.moveZ * one.sigma1mBps - one.move60Bps) < 1e-9);
    }
  }
});

Deno.test("the tape's own path moves the state of an underlying", () => {
  const ts = openTs + 600_000;
  const state = getSyntheticSessionState(ts, DEFAULT_CONTROL);
  const path = (_: number, at: number) => at >= ts ? 101 : 100;
  const one = getSyntheticUnderlyingState("DIS", ts, DEFAULT_CONTROL, state, path);
  ok(Math.abs(one.mid - 101) <= 0.05);
  ok(Math.abs(one.move60Bps - 100) < 1e-9);
});

Deno.test("family weights follow the regime, the operators and the symbol", () => {
  const state = {
    ...getSyntheticSessionState(openTs, DEFAULT_CONTROL),
    regime: "retail_chase" as const,
    session_phase: "open" as const,
    focus_symbols: ["SPY"],
    event_symbols: ["AAPL"],
  };
  const weights = (symbol: string, control: ControlState = DEFAULT_CONTROL) =>
    getSyntheticScenarioWeights(symbol, openTs, control, state);
  strictEqual(weights("KO").retail_whale, 1.72 * 1.08);
  ok(Math.abs(weights("SPY").retail_whale - 1.72 * 1.14 * 1.08) < 1e-12);
  ok(Math.abs(weights("AAPL").event_driven - 0.90 * 1.36) < 1e-12);
  for (const profile of PROFILE_IDS) {
    for (const weight of PROFILE_WEIGHTS) {
      const control = {
        ...DEFAULT_CONTROL,
        profile_weights: { ...DEFAULT_CONTROL.profile_weights, [profile]: weight },
      };
      ok(Math.abs(weights("KO", control)[profile] - weight * weights("KO")[profile]) < 1e-12);
    }
  }
  strictEqual(weights("KO").neutral_noise, 0.72);
  const quiet = { ...DEFAULT_CONTROL, preset_id: "quiet_range" as const };
  strictEqual(weights("KO", quiet).neutral_noise, 0.72 * 1.18);
});

function coverage(count: number, ageMinutes: number | null): SyntheticCoverageState {
  const now_ts = openTs + 3_600_000;
  const each = <T>(value: T, own: T) =>
    Object.fromEntries(
      PROFILE_IDS.map((profile) => [profile, profile === "arbitrage" ? own : value]),
    ) as Record<typeof PROFILE_IDS[number], T>;
  return {
    profile_hit_counts: each(8, count),
    last_hit_ts: each<number | null>(
      now_ts,
      ageMinutes === null ? null : now_ts - ageMinutes * 60_000,
    ),
    now_ts,
    session_open_ts: openTs,
  };
}

Deno.test("the boost grows with absence from 1 to 4 and stays 1 when the assistance is off", () => {
  const boost = (count: number, age: number | null, control = DEFAULT_CONTROL) =>
    getSyntheticCoverageBoost("arbitrage", coverage(count, age), control);
  strictEqual(boost(8, 0), 1);
  strictEqual(boost(4, 0), 1.375);
  strictEqual(boost(0, null), 4);
  ok(Math.abs(boost(8, 7.5) - (1 + 3 * 0.75 * 0.25)) < 1e-12);
  let last = 0;
  for (let age = 0; age <= 20; age++) {
    const now = boost(2, age);
    ok(now >= last && now >= 1 && now <= 4);
    last = now;
  }
  strictEqual(boost(0, null, { ...DEFAULT_CONTROL, coverage_assist: false }), 1);
});
