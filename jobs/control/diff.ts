import { type ControlState, PROFILE_IDS } from "../../engine/regime/mod.ts";

/** What an operator decides: a control state without the server's stamps. */
export type ControlContent = Omit<ControlState, "updated_at" | "updated_by">;

/** Every difference in content as `field old->new`, in a fixed order; empty when there is none. */
export function controlDiff(from: ControlContent, to: ControlContent): string {
  const changes: string[] = [];
  const note = (name: string, a: unknown, b: unknown) => {
    if (a !== b) changes.push(`${name} ${a}->${b}`);
  };
  note("preset_id", from.preset_id, to.preset_id);
  note("coverage_assist", from.coverage_assist, to.coverage_assist);
  note("coverage_window_minutes", from.coverage_window_minutes, to.coverage_window_minutes);
  note("shared_seed", from.shared_seed, to.shared_seed);
  for (const id of PROFILE_IDS) {
    note(`profile_weights.${id}`, from.profile_weights[id], to.profile_weights[id]);
  }
  return changes.join(", ");
}
