import { SUBTYPES } from "../tape/mod.ts";
import { PROFILE_IDS } from "../regime/mod.ts";
import type { LabelledPrint } from "./option_sample.ts";

/** Words that no raw record may contain. */
const FORBIDDEN: readonly string[] = [
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

/** Prints as columns: number of the family, and the answer to every question. */
interface Columns {
  readonly families: Uint8Array;
  readonly answers: readonly Uint8Array[];
}

function columnsOf(rows: readonly LabelledPrint[]): Columns {
  const names = [...new Set(rows.map(({ family }) => family))];
  return {
    families: Uint8Array.from(rows, ({ family }) => names.indexOf(family)),
    answers: questions(rows).map((test) => Uint8Array.from(rows, (row) => test(row) ? 1 : 0)),
  };
}

const MOST_FAMILIES = 8;

/** Sizes of the largest family among the rows with answer 0 and with answer 1, added. */
function splitCount(columns: Columns, rows: Uint32Array, answers: Uint8Array | null): number {
  const counts = new Uint32Array(2 * MOST_FAMILIES);
  for (const row of rows) {
    const index = MOST_FAMILIES * (answers?.[row] ?? 0) + (columns.families[row] ?? 0);
    counts[index] = (counts[index] ?? 0) + 1;
  }
  return Math.max(...counts.subarray(0, MOST_FAMILIES)) +
    Math.max(...counts.subarray(MOST_FAMILIES));
}

/** Rows of which a tree of this depth names the family rightly, chosen greedily on the rows themselves. */
function treeCount(columns: Columns, rows: Uint32Array, depth: number): number {
  const blind = splitCount(columns, rows, null);
  if (depth === 0 || rows.length === 0) return blind;
  let best = -1;
  let chosen: Uint8Array | null = null;
  for (const answers of columns.answers) {
    const right = splitCount(columns, rows, answers);
    if (right <= best) continue;
    best = right;
    chosen = answers;
  }
  if (chosen === null) return blind;
  const split = chosen;
  const side = (answer: number) => rows.filter((row) => split[row] === answer);
  return treeCount(columns, side(0), depth - 1) + treeCount(columns, side(1), depth - 1);
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
  const columns = columnsOf(rows);
  const all = Uint32Array.from(rows, (_, i) => i);
  return {
    majority: splitCount(columns, all, null) / rows.length,
    tree: treeCount(columns, all, 2) / rows.length,
  };
}
