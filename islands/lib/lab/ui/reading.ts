import type { MediumSample } from "../medium_sampler.ts";
import type { ScopeWall } from "../scope_snapshot.ts";

/** What lies under the crosshair. */
export interface Reading {
  readonly sample: MediumSample;
  /** The wall that it stands in. */
  readonly gate: ScopeWall | null;
}
