import { changedFields, type ControlContent } from "../../engine/regime/mod.ts";

/** Every difference in content as `field old->new`, in a fixed order; empty when there is none. */
export function controlDiff(from: ControlContent, to: ControlContent): string {
  return changedFields(from, to)
    .map((change) => `${change.field} ${change.from}->${change.to}`).join(", ");
}
