import { join } from "node:path";
import { BLACK76 } from "./black76_suite.ts";
import { CALIBRATION } from "./calibration_suite.ts";
import { ANCHORS, BOOKS, FIELDS, PHYSICS } from "./future_suites.ts";
import { readGolden } from "./golden_file.ts";
import { COMPOSITIONS } from "./particle/composition_suite.ts";
import { CLOUDS, DRAWS } from "./particle/draws_suite.ts";
import { EVALUATION } from "./particle/evaluation_suite.ts";
import { LOOPS } from "./particle/loop_suite.ts";
import { PRODUCED } from "./particle/producers_suite.ts";
import { ROLLOUTS } from "./particle/rollout_suite.ts";
import { SCOPE } from "./particle/scope_suite.ts";
import { SKILLS } from "./particle/skills_suite.ts";
import { WALLS } from "./particle/walls_suite.ts";
import { WORLDS } from "./particle/worlds_suite.ts";
import { REFERENCE } from "./reference_suite.ts";
import { SESSIONS } from "./session_suite.ts";
import type { Suite } from "./suite.ts";
import { Tally } from "./tally.ts";

/** Every kind of golden numbers that the engine is held to. */
const SUITES: readonly Suite[] = [
  ANCHORS,
  BOOKS,
  PHYSICS,
  FIELDS,
  SESSIONS,
  CALIBRATION,
  BLACK76,
  REFERENCE,
  SCOPE,
  DRAWS,
  CLOUDS,
  EVALUATION,
  PRODUCED,
  WORLDS,
  ROLLOUTS,
  COMPOSITIONS,
  WALLS,
  LOOPS,
  SKILLS,
];

/** What a file of golden numbers came to. */
export interface FileChecked {
  readonly file: string;
  /** What it holds, in words. */
  readonly holds: string;
  readonly tally: Tally;
}

/** Names of the files of golden numbers in a folder, sorted. */
export function goldenFiles(dir: string): readonly string[] {
  return [...Deno.readDirSync(dir)].filter(({ name }) => /\.json(\.gz)?$/.test(name))
    .map(({ name }) => name).sort();
}

/** Holds the engine to a file. A file of no known kind and one that cannot be read is a miss. */
export function checkFile(dir: string, file: string): FileChecked {
  const tally = new Tally();
  let holds = "";
  try {
    const document = readGolden(join(dir, file));
    const suites = SUITES.filter(({ isOf }) => isOf(document));
    holds = suites.map(({ name }) => name).join(", ");
    for (const { check } of suites) check(document, tally);
    tally.same(suites.length > 0 && tally.checks > 0, true, `${file} holds known numbers`);
  } catch (error) {
    tally.same(String(error), "no error", file);
  }
  return { file, holds, tally };
}
