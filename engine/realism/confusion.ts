import { PROFILE_IDS, type ProfileId } from "../regime/mod.ts";
import type { Family } from "../tape/mod.ts";

/** What was meant: the six profiles and background flow. */
export const INTENDED: readonly Family[] = [...PROFILE_IDS, "neutral_noise"];

/** How it was read: the six profiles, an event that names none, no event at all. */
export const READ: readonly (ProfileId | "abstained" | "none")[] = [
  ...PROFILE_IDS,
  "abstained",
  "none",
];

/** Parents and background packets of a stretch by what was meant (rows) and how it was read (columns). */
export interface Confusion {
  readonly fromTs: number;
  readonly untilTs: number;
  /** Counts, a row per entry of {@link INTENDED}, a column per entry of {@link READ}. */
  readonly counts: readonly (readonly number[])[];
}

/** An empty table that can be counted into. */
export function emptyCounts(): number[][] {
  return INTENDED.map(() => READ.map(() => 0));
}

/** Counts one case. */
export function countCase(
  counts: number[][],
  intended: Family,
  read: (typeof READ)[number],
  times = 1,
): void {
  const row = counts[INTENDED.indexOf(intended)];
  const column = READ.indexOf(read);
  if (row !== undefined) row[column] = (row[column] ?? 0) + times;
}
