export { type ScopeGeometry, scopeGeometry } from "./scope_geometry.ts";
export {
  FIRST_ZOOM,
  MAX_ZOOM,
  type ScopeSnapshot,
  type ScopeView,
  type ScopeWall,
} from "./scope_snapshot.ts";
