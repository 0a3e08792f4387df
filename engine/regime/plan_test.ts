import { deepStrictEqual, ok } from "node:assert/strict";
import { PRESET_IDS, type PresetId, REGIME_IDS } from "./control.ts";
import { REGIME_SHARE, regimeSegments } from "./plan.ts";
import { nextSession, sessionById } from "./sessions.ts";

const GOLDEN: Readonly<Record<PresetId, string>> = {
  balanced_demo:
    "0–30 mean_revert, 30–46 retail_chase, 46–70 mean_revert, 70–83 event_ramp, 83–93 trend_down, " +
    "93–111 event_ramp, 111–126 mean_revert, 126–144 event_ramp, 144–161 event_ramp, " +
    "161–185 mean_revert, 185–194 trend_down, 194–208 trend_down, 208–234 mean_revert, " +
    "234–260 arb_calm, 260–273 trend_down, 273–286 retail_chase, 286–311 dealer_gamma, " +
    "311–329 trend_down, 329–346 trend_up, 346–366 trend_up, 366–384 trend_down, " +
    "384–390 trend_down",
  event_day: "0–17 event_ramp, 17–35 trend_up, 35–52 trend_down",
  dealer_day: "0–10 event_ramp, 10–28 dealer_gamma, 28–48 dealer_gamma",
  retail_chase: "0–19 retail_chase, 19–34 retail_chase, 34–44 retail_chase",
  quiet_range: "0–19 mean_revert, 19–37 arb_calm, 37–60 dealer_gamma",
};

Deno.test("regimeSegments() gives the golden plans", () => {
  const session = sessionById(202601140);
  for (const [preset, golden] of Object.entries(GOLDEN)) {
    const expected = golden.split(", ");
    const made = regimeSegments(11, preset as PresetId, session)
      .slice(0, expected.length)
      .map((s) => `${s.from}–${s.to} ${REGIME_IDS[s.regime]}`);
    deepStrictEqual(made, expected);
  }
});

/** Regime shares of a hundred sessions under one preset, and the figures of its stays. */
function planFigures(preset: PresetId) {
  const time = new Float64Array(REGIME_IDS.length);
  let minutes = 0;
  let same = 0;
  let pairs = 0;
  let runs = 0;
  let fiveRegimes = 0;
  let session = sessionById(202601050);
  for (let i = 0; i < 100; i++) {
    const byMinute: number[] = [];
    for (const { from, to, regime } of regimeSegments(11 + i, preset, session)) {
      for (let m = from; m < to; m++) byMinute.push(regime);
    }
    byMinute.forEach((regime, m) => {
      time[regime] = (time[regime] ?? 0) + 1;
      if (m === 0 || byMinute[m - 1] !== regime) runs++;
      if (m + 5 < byMinute.length) pairs++;
      if (byMinute[m + 5] === regime) same++;
    });
    minutes += byMinute.length;
    if (new Set(byMinute).size >= 5) fiveRegimes++;
    session = nextSession(session, "et");
  }
  return {
    share: time.map((t) => t / minutes),
    same: same / pairs,
    run: minutes / runs,
    fiveRegimes,
  };
}

Deno.test("every preset spends its time in the regimes as its table says", () => {
  for (const preset of PRESET_IDS) {
    const { share } = planFigures(preset);
    REGIME_SHARE[preset].forEach((wanted, j) => {
      const got = share[j] ?? 0;
      ok(Math.abs(got - wanted) <= 0.04, `${preset} ${REGIME_IDS[j]}: ${got}, not ${wanted}`);
    });
  }
});

Deno.test("regimes last long enough to be seen and every session shows several", () => {
  const { same, run, fiveRegimes } = planFigures("balanced_demo");
  ok(same >= 0.65 && same <= 0.88, `same regime five minutes later: ${same}`);
  ok(run >= 12 && run <= 32, `mean run: ${run} minutes`);
  ok(fiveRegimes >= 99, `sessions with five regimes: ${fiveRegimes} of 100`);
});
