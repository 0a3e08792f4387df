import { cursorOps } from "./cursor_ops.ts";
import { fnv1a } from "../../../engine/particle/forecast/mod.ts";
import { forecastOps } from "./forecast_ops.ts";
import { gridOps } from "./grid_ops.ts";
import { mediumOps } from "./medium_ops.ts";
import { type Op, SCOPE_LAYERS, type ScopeLayer } from "./ops.ts";
import { type ScopeGeometry, scopeGeometry } from "./scope_geometry.ts";
import type { ScopeSnapshot, ScopeView, ScopeWall } from "./scope_snapshot.ts";

/** A snapshot laid out. */
export interface Scene {
  readonly snapshot: ScopeSnapshot;
  readonly view: ScopeView;
  readonly geometry: ScopeGeometry;
  /** Crosshair, pixels from the left; null while it is away. */
  readonly crosshairPx: number | null;
  /** Gate that the crosshair stands in: its figures are written however narrow it is. */
  readonly selected: ScopeWall | null;
}

/** Returns what one canvas shows of a scene, back to front. */
export function layerOps(layer: ScopeLayer, scene: Scene): readonly Op[] {
  const { snapshot, view, geometry, crosshairPx, selected } = scene;
  switch (layer) {
    case "static":
      return gridOps(geometry, view);
    case "field":
      return mediumOps(snapshot, view, geometry);
    case "dynamic":
      return forecastOps(snapshot, geometry, selected);
    case "cursor":
      return cursorOps(geometry, crosshairPx, selected);
  }
}

/** Returns all that a scope shows of a snapshot, back to front: pure, so that it is tested without a canvas. */
export function buildDisplayList(snapshot: ScopeSnapshot, view: ScopeView): readonly Op[] {
  const geometry = scopeGeometry(snapshot, view);
  const scene = { snapshot, view, geometry, crosshairPx: null, selected: null };
  return SCOPE_LAYERS.flatMap((layer) => layerOps(layer, scene));
}

/** Hash of a display list, 8 hex digits: FNV-1a 32 of its text, numbers rounded to 0.01. */
export function listHash(ops: readonly Op[]): string {
  const rounded = (_: string, value: unknown) =>
    typeof value === "number" ? Math.round(100 * value) / 100 + 0 : value;
  return fnv1a(JSON.stringify(ops, rounded));
}
