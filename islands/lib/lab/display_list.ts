import { fnv1a } from "../../../engine/particle/mod.ts";
import { forecastOps } from "./forecast_ops.ts";
import { gridOps } from "./grid_ops.ts";
import { mediumOps } from "./medium_ops.ts";
import type { Op } from "./ops.ts";
import { scopeGeometry } from "./scope_geometry.ts";
import type { ScopeSnapshot, ScopeView } from "./scope_snapshot.ts";

/**
 * Returns all that a scope shows of a snapshot, back to front: pure, so that it is tested without a canvas.
 *
 * @param selected Gate whose figures are written however narrow it is; null: none.
 */
export function buildDisplayList(
  snapshot: ScopeSnapshot,
  view: ScopeView,
  selected: number | null = null,
): readonly Op[] {
  const geometry = scopeGeometry(snapshot, view);
  return [
    ...gridOps(geometry, view.w, view.h),
    ...mediumOps(snapshot, view, geometry),
    ...forecastOps(snapshot, geometry, selected),
  ];
}

/** Hash of a display list, 8 hex digits: FNV-1a 32 of its text, numbers rounded to 0.01. */
export function listHash(ops: readonly Op[]): string {
  const rounded = (_: string, value: unknown) =>
    typeof value === "number" ? Math.round(100 * value) / 100 + 0 : value;
  return fnv1a(JSON.stringify(ops, rounded));
}
