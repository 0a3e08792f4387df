import { SUBTYPES } from "../../engine/tape/mod.ts";
import { PROFILE_IDS } from "../../engine/regime/mod.ts";
import type { LabelledPrint } from "./option_sample.ts";

/** Words that no raw record may contain. */
export const FORBIDDEN: readonly string[] = [
  ...SUBTYPES,
  ...PROFILE_IDS,
  "neutral_noise",
  "label",
  "scenario",
  "hidden",
  "EVENT_",
  "TEST",
  "family",
];

/** Forbidden words that a record's JSON contains. */
export function leaksIn(record: unknown): string[] {
  const text = JSON.stringify(record);
  return FORBIDDEN.filter((word) => text.includes(word));
}

type Test = (row: LabelledPrint) => boolean;

/** Yes-no questions about what a print shows besides price, size and time. */
function questions(rows: readonly LabelledPrint[]): Test[] {
  const tests: Test[] = [];
  const codes = new Set(rows.flatMap(({ print }) => print.conditions));
  const venues = new Set(rows.map(({ print }) => print.exchange));
  for (const code of codes) tests.push(({ print }) => print.conditions.includes(code));
  tests.push(({ print }) => print.conditions.length === 0);
  for (const venue of venues) tests.push(({ print }) => print.exchange === venue);
  for (let digit = 0; digit < 10; digit++) {
    tests.push(({ print }) => print.size % 10 === digit, ({ print }) => print.size % 10 < digit);
  }
  for (const letter of "0123456789abcdefghijklmnopqrstuvwxyz") {
    tests.push(({ print }) => print.trace_id.endsWith(letter));
    tests.push(({ print }) => print.trace_id.at(-2) === letter);
  }
  return tests;
}

function majorityCount(rows: readonly LabelledPrint[]): number {
  const counts = new Map<string, number>();
  for (const { family } of rows) counts.set(family, (counts.get(family) ?? 0) + 1);
  return Math.max(0, ...counts.values());
}

/** Prints of which a tree of this depth names the family rightly, chosen greedily on the prints themselves. */
function treeCount(rows: readonly LabelledPrint[], tests: readonly Test[], depth: number): number {
  let best = majorityCount(rows);
  if (depth === 0) return best;
  let chosen: Test | null = null;
  for (const test of tests) {
    const yes = rows.filter(test);
    const right = majorityCount(yes) + majorityCount(rows.filter((row) => !test(row)));
    if (right > best || chosen === null) {
      best = Math.max(best, right);
      chosen = test;
    }
  }
  if (chosen === null) return best;
  const split = chosen;
  const yes = rows.filter(split);
  const no = rows.filter((row) => !split(row));
  return Math.max(best, treeCount(yes, tests, depth - 1) + treeCount(no, tests, depth - 1));
}

/** How well what a print shows gives its family away. */
export interface LeakScore {
  /** Share of the most frequent family: what a blind guess gets right. */
  readonly majority: number;
  /** Share that a depth-2 decision tree on conditions, venue, trace id and size mod 10 gets right. */
  readonly tree: number;
}

/** Scores on the prints themselves, which favours the tree. */
export function leakScore(rows: readonly LabelledPrint[]): LeakScore {
  return {
    majority: majorityCount(rows) / rows.length,
    tree: treeCount(rows, questions(rows), 2) / rows.length,
  };
}
