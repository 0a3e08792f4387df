/**
 * The medium at the nodes of the grid, and what it is between them.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { Stencil, wallsToO } from "./mod.ts";
 *
 * const O = wallsToO({ N: 10, dx: 2 }, 20_000, [{ center: 20_004, sigma: 4, S: 3 }]);
 * const stencil = new Stencil(10, 2);
 * stencil.moveTo(4);
 * equal(stencil.value(O), 3);
 * ```
 *
 * @module
 */

export { emptyFields, type NodalFields } from "./nodal_fields.ts";
export { Stencil } from "./stencil.ts";
export { writeNodalForce } from "./nodal_force.ts";
export { type Barrier, wallsToO } from "./walls_to_o.ts";
export {
  compose,
  Composer,
  type Contribution,
  type FieldConfig,
  type FieldName,
} from "./compose.ts";
export { FieldGuard, type FieldGuardState } from "./field_guard.ts";
