import type { Parent, Subtype } from "../parent.ts";

/** A row of the offline label file: what the generator meant, next to what it printed. */
export interface LabelRow {
  readonly slot: number;
  readonly trace_ids: readonly string[];
  readonly family: Parent["family"];
  readonly subtype: Subtype;
  readonly direction: Parent["direction"];
}

/** Label of a parent. @param traceIds Ids of its prints as they went out. */
export function labelRow(parent: Parent, traceIds: readonly string[]): LabelRow {
  const { slot, family, subtype, direction } = parent;
  return { slot, trace_ids: traceIds, family, subtype, direction };
}
