import {
  controlAt,
  type ControlEntry,
  type ControlState,
  type ControlTimeline,
  PROFILE_IDS,
} from "./control.ts";

/** What an operator decides: a control state without the server's stamps. */
export type ControlContent = Omit<ControlState, "updated_at" | "updated_by">;

/** One field of a control state that differs. */
export interface FieldChange {
  /** Name as in the state; `profile_weights.<profile>` for a weight. */
  readonly field: string;
  readonly from: string | number | boolean;
  readonly to: string | number | boolean;
}

/** What has to be computed anew: nothing, who trades what and when, or the latent market itself. */
export type ControlReach = "nothing" | "schedule" | "market";

/** What it means that one control timeline takes the place of another. */
export interface ControlChange {
  /** Epoch ms from which they differ: Infinity when they never do, −Infinity when they always did. */
  readonly fromMs: number;
  /** Fields that differ at some time, in a fixed order, each with its first difference. */
  readonly fields: readonly FieldChange[];
  readonly moves: ControlReach;
  /**
   * Entries from `fromMs` on that bring whoever has made nothing of that time from the one timeline to
   * the other; null when no addition does, as an entry is gone that came into force at another time.
   */
  readonly added: readonly ControlEntry[] | null;
}

/** Fields that move the latent market; the others move the schedule of what is traded in it. */
const MARKET_FIELDS: readonly string[] = ["preset_id", "shared_seed"];

/** Every difference in content between two control states, in a fixed order; empty when there is none. */
export function changedFields(from: ControlContent, to: ControlContent): readonly FieldChange[] {
  const changes: FieldChange[] = [];
  const note = (field: string, a: FieldChange["from"], b: FieldChange["to"]) => {
    if (a !== b) changes.push({ field, from: a, to: b });
  };
  note("preset_id", from.preset_id, to.preset_id);
  note("coverage_assist", from.coverage_assist, to.coverage_assist);
  note("coverage_window_minutes", from.coverage_window_minutes, to.coverage_window_minutes);
  note("shared_seed", from.shared_seed, to.shared_seed);
  for (const id of PROFILE_IDS) {
    note(`profile_weights.${id}`, from.profile_weights[id], to.profile_weights[id]);
  }
  return changes;
}

/**
 * Tells what a change of the control timeline means: which fields differ, from when, and what has to be
 * computed anew. An entry may take the place of one that activates with it. A timeline that has dropped
 * its oldest entries begins with the state that sums them up, and its past has not changed.
 */
export function controlChange(known: ControlTimeline, next: ControlTimeline): ControlChange {
  const kept = sinceStartOf(known, next);
  let common = 0;
  while (common < kept.length && common < next.length && isSame(kept[common], next[common])) {
    common++;
  }
  const instants = [...kept.slice(common), ...next.slice(common)]
    .map((entry) => entry.activate_at).sort((a, b) => a - b);
  // The first state of a timeline is in force for all time before the second.
  if (common === 0) instants.unshift(-Infinity);
  const byField = new Map<string, FieldChange>();
  let fromMs = Infinity;
  for (const tsMs of instants) {
    for (const change of changedFields(controlAt(kept, tsMs), controlAt(next, tsMs))) {
      fromMs = Math.min(fromMs, tsMs);
      if (!byField.has(change.field)) byField.set(change.field, change);
    }
  }
  const fields = [...byField.values()];
  const matters = (entry: ControlEntry) => entry.activate_at >= fromMs;
  const added = next.slice(common).filter(matters);
  const replaces = (entry: ControlEntry) => entry.activate_at === added[0]?.activate_at;
  const isAddition = fromMs > -Infinity && kept.slice(common).filter(matters).every(replaces);
  return { fromMs, fields, moves: reachOf(fields), added: isAddition ? added : null };
}

function reachOf(fields: readonly FieldChange[]): ControlReach {
  if (fields.length === 0) return "nothing";
  return fields.some(({ field }) => MARKET_FIELDS.includes(field)) ? "market" : "schedule";
}

/** The part of a timeline from the entry that another one begins with. */
function sinceStartOf(timeline: ControlTimeline, [first]: ControlTimeline): ControlTimeline {
  const at = timeline.findIndex((entry) => isSame(entry, first));
  return at > 0 ? timeline.slice(at) : timeline;
}

function isSame(a: ControlEntry | undefined, b: ControlEntry | undefined): boolean {
  return a?.activate_at === b?.activate_at && a !== undefined && b !== undefined &&
    changedFields(a.snapshot, b.snapshot).length === 0;
}
