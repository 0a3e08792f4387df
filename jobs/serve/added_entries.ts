import type { ControlEntry, ControlTimeline } from "../../engine/regime/mod.ts";

/**
 * Entries of a timeline that an older one has not. Two writes within a second activate together: the
 * second one is new all the same. What lies before the older one's end is the past and is left out.
 */
export function addedEntries(
  known: ControlTimeline,
  timeline: ControlTimeline,
): readonly ControlEntry[] {
  const last = known.at(-1)?.activate_at ?? -Infinity;
  const told = new Set(known.map((entry) => JSON.stringify(entry)));
  return timeline.filter((entry) => entry.activate_at >= last && !told.has(JSON.stringify(entry)));
}
