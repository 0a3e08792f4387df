import { ASSUMPTIONS as ALL } from "../../../engine/surfaces/profile/mod.ts";
import type { Assumption } from "./surface_store.ts";

/** What can be assumed of the dealers, in the order of the switch. */
export const ASSUMPTIONS: readonly Assumption[] = ["naive", "short", "flow"];

/** The same in words, as they stand beside every number that follows from it. */
export const ASSUMPTION_WORDS: Readonly<Record<Assumption, string>> = {
  naive: wordsOf("naive"),
  short: wordsOf("short"),
  flow: wordsOf("flow"),
};

function wordsOf(assumption: Assumption): string {
  return ALL.find(({ id }) => id === assumption)?.words ?? assumption;
}
