import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { nearestStrike, strikeStep } from "../../options/mod.ts";
import {
  type ControlState,
  getSyntheticCoverageBoost,
  PRESET_IDS,
  PROFILE_IDS,
  type ProfileId,
  sessionById,
  SessionMarket,
  UNIVERSE,
} from "../../regime/mod.ts";
import { type Parent, SUBTYPES } from "../parent.ts";
import { Chain } from "./_contracts.ts";
import { CoupledPath, labelRow, SessionSchedule } from "./mod.ts";
import { TEMPLATES } from "./templates.ts";
import { getSyntheticSchedule } from "./synthetic_schedule.ts";
import { builtSchedules, controlWith, scheduleOf } from "./testing/sessions.ts";

const SESSION = 202601140;
const { openTs, closeTs, date } = sessionById(SESSION);
const DEFAULT = controlWith();

/** Counts in canonical order of the subtypes, from the first run of this version. */
const GOLDEN = {
  counts: [
    ...[56, 62, 55, 33, 51, 60, 67, 82, 74, 57, 47],
    ...[52, 78, 85, 60, 54, 58, 63, 82, 0, 0, 0],
  ],
  parents: 1176,
  prints: 13169,
};

function digest(parents: readonly Parent[]): string {
  return JSON.stringify(parents);
}

Deno.test("the schedule does not depend on how it is extended", () => {
  const whole = scheduleOf(SESSION, DEFAULT);
  whole.extendTo(closeTs);
  const chunks = scheduleOf(SESSION, DEFAULT);
  for (let ts = openTs + 1; ts < closeTs + 60_000; ts += 137_911) {
    chunks.extendTo(ts);
    chunks.extendTo(ts - 5_000);
  }
  chunks.extendTo(closeTs);
  strictEqual(digest(chunks.parents), digest(whole.parents));
  const until = openTs + 7_777_777;
  deepStrictEqual(
    getSyntheticSchedule(SESSION, DEFAULT, until),
    whole.parents.filter(({ ts }) => ts < until),
  );
});

Deno.test("the path is the same from a cold start and from the open", () => {
  const warm = new CoupledPath(scheduleOf(SESSION, DEFAULT));
  const seen: number[] = [];
  const at = openTs + 9_000_000;
  for (let ts = openTs; ts < at + 20_000; ts += 1_000) {
    for (const symbol of [0, 1, 6, 20]) {
      const mid = warm.mid(symbol, ts + 250);
      if (ts >= at) seen.push(mid);
    }
  }
  const cold = new CoupledPath(scheduleOf(SESSION, DEFAULT));
  const again: number[] = [];
  for (let ts = at; ts < at + 20_000; ts += 1_000) {
    for (const symbol of [0, 1, 6, 20]) again.push(cold.mid(symbol, ts + 250));
  }
  deepStrictEqual(again, seen);
});

Deno.test("a seed and a session make one schedule: counts by subtype", () => {
  const schedule = scheduleOf(SESSION, DEFAULT);
  schedule.extendTo(closeTs);
  const counts = SUBTYPES.map((subtype) =>
    schedule.parents.filter((parent) => parent.subtype === subtype).length
  );
  const prints = schedule.parents.reduce((sum, parent) => sum + parent.prints.length, 0);
  deepStrictEqual({ counts, parents: schedule.parents.length, prints }, GOLDEN);
});

function checkContracts(parent: Parent, chain: Chain): void {
  const root = UNIVERSE[parent.symbol]?.symbol ?? "";
  const expiries = chain.expiries(parent.symbol).map((expiry) => expiry.date);
  for (const { strike, expiry, contractId } of parent.legs) {
    strictEqual(strike % strikeStep(root), 0, contractId);
    strictEqual(nearestStrike(root, strike), strike, contractId);
    ok(expiries.includes(expiry), contractId);
    ok(contractId.startsWith(`${root}-`), contractId);
  }
}

function isOfSeveralLegs(conditions: readonly string[]): boolean {
  return conditions.some((code) => ["COMPLEX", "SPREAD", "BUYWRITE"].includes(code));
}

function checkPrints(parent: Parent): void {
  const template = TEMPLATES.find(({ subtype }) => subtype === parent.subtype);
  ok(template !== undefined);
  const { prints, legs } = parent;
  strictEqual(prints[0]?.ts, parent.ts);
  let before = parent.ts;
  for (const print of prints) {
    ok(print.ts >= before && print.ts - before <= 1_400, `gap ${print.ts - before}`);
    ok(print.size >= 1 && Number.isInteger(print.size));
    const isTied = parent.stock !== null;
    deepStrictEqual(isOfSeveralLegs(print.conditions), legs.length > 1 || isTied);
    before = print.ts;
  }
  ok(before - parent.ts <= 6_000 && before < closeTs);
  ok(new Set(prints.map(({ venue }) => venue)).size <= template.venues[1]);
  for (let leg = 0; leg < legs.length; leg++) {
    const sizes = prints.filter((print) => print.leg === leg).map(({ size }) => size);
    strictEqual(sizes.reduce((sum, size) => sum + size, 0), legs[leg]?.size);
    ok(sizes.length >= (legs.length === 1 ? template.prints[0] : 2));
    ok(sizes.length <= template.prints[1]);
  }
  const size = legs[0]?.size ?? 0;
  ok(size >= template.contracts[0] && size <= template.contracts[1], `${parent.subtype} ${size}`);
  const share = prints.reduce((sum, print) => sum + print.share, 0);
  ok(Math.abs(share - 1) < 1e-9, `shares ${share}`);
}

Deno.test("every parent keeps to its template", () => {
  deepStrictEqual(TEMPLATES.map(({ subtype }) => subtype), [...SUBTYPES]);
  const schedule = scheduleOf(SESSION, DEFAULT);
  schedule.extendTo(closeTs);
  const chain = new Chain(schedule.session);
  for (const parent of schedule.parents) {
    checkContracts(parent, chain);
    checkPrints(parent);
  }
  const structures = schedule.parents.filter(({ legs }) => legs.length > 1);
  ok(structures.length > 100);
  for (const { legs, subtype, stock } of structures) {
    strictEqual(new Set(legs.map(({ contractId }) => contractId)).size, legs.length);
    if (subtype === "conversion_reversal") strictEqual(stock?.shares, 100 * (legs[0]?.size ?? 0));
  }
  ok(schedule.parents.every(({ family }) => family !== "neutral_noise"));
  ok(schedule.parents.some(({ legs }) => legs.some(({ expiry }) => expiry === date)));
});

Deno.test("parents come in bursts, at the rate of the preset", () => {
  const wanted = [2.77, 3.25, 3.13, 3.74, 1.88];
  for (const [i, preset] of PRESET_IDS.entries()) {
    let parents = 0;
    let minutes = 0;
    const gaps: number[] = [];
    for (const schedule of builtSchedules(3, { preset_id: preset })) {
      parents += schedule.parents.length;
      minutes += schedule.session.minutes;
      schedule.parents.forEach(({ ts }, k) => {
        if (k > 0) gaps.push(ts - (schedule.parents[k - 1]?.ts ?? 0));
      });
    }
    const rate = parents / minutes;
    ok(Math.abs(rate / (wanted[i] ?? 0) - 1) < 0.12, `${preset}: ${rate} a minute`);
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
    const variance = gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length;
    const variation = Math.sqrt(variance) / mean;
    ok(variation >= 1.05 && variation <= 2.2, `${preset}: variation ${variation}`);
  }
});

Deno.test("without assistance every boost is 1 and the window changes nothing", () => {
  const families = (change: Partial<ControlState>) => {
    const schedule = scheduleOf(SESSION, controlWith(change));
    schedule.extendTo(openTs + 7_200_000);
    return schedule.parents.map(({ family }) => family);
  };
  const plain = families({ coverage_assist: false, coverage_window_minutes: 10 });
  deepStrictEqual(families({ coverage_assist: false, coverage_window_minutes: 30 }), plain);
  const assisted = families({ coverage_window_minutes: 10 });
  strictEqual(assisted.length, plain.length);
  ok(assisted.some((family, i) => family !== plain[i]));
  const schedule = scheduleOf(SESSION, controlWith({ coverage_assist: false }));
  for (let ts = openTs; ts < closeTs; ts += 600_000) {
    schedule.extendTo(ts);
    const state = schedule.coverage.stateAt(ts, 20);
    for (const profile of PROFILE_IDS) {
      strictEqual(
        getSyntheticCoverageBoost(profile, state, schedule.market.timeline[0]!.snapshot),
        1,
      );
    }
  }
});

function shares(change: Partial<ControlState>): Map<string, number> {
  const found = new Map<string, number>();
  let all = 0;
  for (const schedule of builtSchedules(5, change)) {
    for (const { family } of schedule.parents) {
      found.set(family, (found.get(family) ?? 0) + 1);
      all++;
    }
  }
  for (const [family, count] of found) found.set(family, count / all);
  return found;
}

Deno.test("a weight moves its profile's share and starves no other", () => {
  const baseline = shares({});
  const weights = (profile: ProfileId, weight: 0.6 | 1.6) => ({
    profile_weights: { ...DEFAULT.profile_weights, [profile]: weight },
  });
  const ratio = (found: Map<string, number>, profile: ProfileId) =>
    (found.get(profile) ?? 0) / (baseline.get(profile) ?? 1);
  const high = shares(weights("vol_seller", 1.6));
  const low = shares(weights("vol_seller", 0.6));
  const up = ratio(high, "vol_seller");
  ok(up >= 1.15 && up <= 1.6, `high: ${up}`);
  const down = ratio(low, "vol_seller");
  ok(down >= 0.6 && down <= 0.85, `low: ${down}`);
  for (const profile of PROFILE_IDS) {
    if (profile !== "vol_seller") ok(ratio(high, profile) >= 0.88, `${profile} starves`);
  }
});

Deno.test("every profile is covered in every window of twenty minutes", () => {
  for (const schedule of builtSchedules(3)) {
    for (let ts = openTs + 1_200_000; ts <= schedule.session.closeTs; ts += 60_000) {
      const end = ts - openTs + schedule.session.openTs;
      if (end > schedule.session.closeTs) break;
      const { profile_hit_counts: hits } = schedule.coverage.stateAt(end, 20);
      for (const profile of PROFILE_IDS) ok(hits[profile] > 0, `${profile} missing at ${end}`);
    }
  }
});

Deno.test("a control entry leaves earlier slots alone and equals a cold start with it", () => {
  const entry = {
    activate_at: openTs + 1_800_000,
    snapshot: controlWith({ preset_id: "retail_chase", shared_seed: 12 }),
  };
  const live = scheduleOf(SESSION, DEFAULT);
  live.extendTo(entry.activate_at + 40_000);
  live.addControl(entry);
  live.extendTo(openTs + 5_400_000);
  const plain = scheduleOf(SESSION, DEFAULT);
  plain.extendTo(openTs + 5_400_000);
  const before = ({ ts }: Parent) => ts < entry.activate_at + 45_000;
  deepStrictEqual(live.parents.filter(before), plain.parents.filter(before));
  ok(live.parents.some(({ preset }) => preset === "retail_chase"));
  const timeline = [...plain.market.timeline, entry];
  const cold = new SessionSchedule(new SessionMarket(plain.session, timeline, "et"));
  cold.extendTo(openTs + 5_400_000);
  strictEqual(digest(cold.parents), digest(live.parents));
  throws(() => live.addControl({ ...entry, activate_at: openTs }), RangeError);
});

Deno.test("a label names the parent's prints and nothing else of it", () => {
  const schedule = scheduleOf(SESSION, DEFAULT);
  schedule.extendTo(openTs + 600_000);
  const [parent] = schedule.parents;
  ok(parent !== undefined);
  deepStrictEqual(labelRow(parent, ["a", "b"]), {
    slot: 0,
    trace_ids: ["a", "b"],
    family: parent.family,
    subtype: parent.subtype,
    direction: parent.direction,
  });
});
