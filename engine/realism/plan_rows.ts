import {
  nextSession,
  PRESET_IDS,
  type PresetId,
  REGIME_SHARE,
  regimeSegments,
  sessionById,
} from "../regime/mod.ts";
import { bound, type RealismRow, rowOf } from "./row.ts";

const FIRST_SESSION = 202601050;
const LATER_MINUTES = 5;

/** What the plans of some sessions look like. */
interface Plans {
  readonly minutes: number;
  /** Minutes in each regime, in canonical order. */
  readonly time: readonly number[];
  /** Minutes that are in the regime of five minutes earlier, and minutes that could be. */
  readonly same: number;
  readonly pairs: number;
  /** Changes from one regime to another, and the first of each session. */
  readonly stays: number;
  readonly withFive: number;
}

function plansOf(preset: PresetId, sessions: number, firstSeed: number): Plans {
  const time = REGIME_SHARE[preset].map(() => 0);
  let [minutes, same, pairs, stays, withFive] = [0, 0, 0, 0, 0];
  let session = sessionById(FIRST_SESSION);
  for (let i = 0; i < sessions; i++, session = nextSession(session, "et")) {
    const plan: number[] = [];
    for (const { from, to, regime } of regimeSegments(firstSeed + i, preset, session)) {
      for (let minute = from; minute < to; minute++) plan.push(regime);
    }
    plan.forEach((regime, minute) => {
      time[regime] = (time[regime] ?? 0) + 1;
      if (regime !== plan[minute - 1]) stays++;
      if (minute < LATER_MINUTES) return;
      pairs++;
      if (regime === plan[minute - LATER_MINUTES]) same++;
    });
    minutes += plan.length;
    if (new Set(plan).size >= 5) withFive++;
  }
  return { minutes, time, same, pairs, stays, withFive };
}

/** Greatest distance of a regime's share of time from its target. */
function distance(preset: PresetId, { time, minutes }: Plans): number {
  return Math.max(
    ...REGIME_SHARE[preset].map((wanted, j) => Math.abs((time[j] ?? 0) / minutes - wanted)),
  );
}

/** Rows of the regime plans of sessions in a row, each under a seed of its own. */
export function planRows(sessions: number, firstSeed: number): RealismRow[] {
  const plans = PRESET_IDS.map((preset) => [preset, plansOf(preset, sessions, firstSeed)] as const);
  const balanced = plansOf("balanced_demo", sessions, firstSeed);
  return [
    rowOf({
      id: "R2",
      name: "Sessions with five regimes or more; farthest share of time from its target, by preset",
      target: "≥ 0.99; ≤ 0.04",
      unit: "sessions per preset",
      n: sessions,
      least: 50,
    }, [
      bound("five", balanced.withFive / sessions, 0.99),
      ...plans.map(([preset, found]) => bound(preset, distance(preset, found), 0, 0.04)),
    ]),
    rowOf({
      id: "R3",
      name: "Regime the same five minutes later; mean stay (minutes)",
      target: "0.65 … 0.88; 12 … 32",
      unit: "minutes",
      n: balanced.minutes,
      least: 120,
    }, [
      bound("same", balanced.same / balanced.pairs, 0.65, 0.88),
      bound("stay", balanced.minutes / balanced.stays, 12, 32),
    ]),
  ];
}
