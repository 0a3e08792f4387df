import type { ControlTimeline } from "../../engine/regime/mod.ts";

/**
 * Entries that turn one timeline into another by adding alone, or null when what was made before
 * `madeUntilMs` had to be other than it is. An entry may take the place of one that activates with it.
 */
export function newEntries(
  known: ControlTimeline,
  next: ControlTimeline,
  madeUntilMs: number,
): ControlTimeline | null {
  const isSame = (i: number) => JSON.stringify(known[i]) === JSON.stringify(next[i]);
  let common = 0;
  while (common < Math.min(known.length, next.length) && isSame(common)) common++;
  const added = next.slice(common);
  const first = added[0]?.activate_at ?? Infinity;
  const isLost = known.slice(common).some((entry) => entry.activate_at !== first);
  return isLost || first < madeUntilMs ? null : added;
}
