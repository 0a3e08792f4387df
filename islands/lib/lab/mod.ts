export { scopeGeometry } from "./scope_geometry.ts";
export type { ScopeSnapshot, ScopeView } from "./scope_snapshot.ts";
