import { activateAt, type ControlEntry, type ControlState } from "../../engine/regime/mod.ts";
import type { ControlLogRow } from "../../modules/control/mod.ts";

/** Newest log rows that a timeline is made of; older ones are summed up in the first. */
const MAX_ROWS = 10_000;

/** When a stored state comes into force, epoch ms; 0 for one that nobody wrote. */
export function activationOf(control: ControlState): number {
  return control.updated_at === 0 ? 0 : activateAt(control.updated_at);
}

/** The log row of a stored state. */
export function logRow(revision: number, control: ControlState): ControlLogRow {
  return { revision, activate_at: activationOf(control), snapshot: control };
}

/**
 * The timeline of a log. Activation never goes backwards with the revision: a row that was stamped by
 * a slower clock comes into force with the one before it, and of rows that activate together the
 * newest counts.
 *
 * @param rows Ascending by revision.
 * @param fallback In force when there are no rows.
 */
export function timelineOf(
  rows: readonly ControlLogRow[],
  fallback: ControlState,
): readonly ControlEntry[] {
  const entries: ControlEntry[] = [];
  for (const row of rows.slice(-MAX_ROWS)) {
    const last = entries.at(-1);
    const activate_at = Math.max(row.activate_at, last?.activate_at ?? 0);
    if (last?.activate_at === activate_at) entries.pop();
    entries.push({ activate_at, snapshot: row.snapshot });
  }
  return entries.length > 0 ? entries : [{ activate_at: 0, snapshot: fallback }];
}
