import { SURFACE_STREAMS, type SurfaceStream } from "../../engine/frames/surfaces/mod.ts";

/**
 * What a surface's rows are told from. `ticks`: `rel_ticks` from the spot; `buckets`: `bucket_rel` from the
 * spot's bucket of two ticks; `spot`: rows without a place, that name the spot; `strikes`: the strike nearest
 * to the spot; `none`: neither.
 */
export type SurfaceAnchor = "ticks" | "buckets" | "spot" | "strikes" | "none";

const ANCHORS = {
  snap: "spot",
  wall: "ticks",
  vacuum: "ticks",
  physics: "ticks",
  gex: "strikes",
  bucket_radar: "buckets",
  velocity: "ticks",
  options: "strikes",
  gex_flow: "strikes",
  options_wall: "none",
  options_flow: "none",
  options_detail: "strikes",
  gex_summary: "none",
  window_stats: "none",
  physics_fields: "ticks",
  exposure: "strikes",
  gex_profile: "strikes",
  smile: "none",
} as const satisfies Readonly<Record<string, SurfaceAnchor>>;

/** Name of a surface that is streamed. */
export type SurfaceName = keyof typeof ANCHORS;

/** A surface that is streamed, with what its rows are told from. */
export interface Surface extends SurfaceStream {
  readonly name: SurfaceName;
  readonly anchor: SurfaceAnchor;
}

/** Every surface, in the order in which they are sent. */
export const SURFACES: readonly Surface[] = SURFACE_STREAMS.map((stream) => {
  const name = stream.name as SurfaceName;
  return { ...stream, name, anchor: ANCHORS[name] };
});

/** Their names, in that order. */
export const SURFACE_NAMES: readonly SurfaceName[] = SURFACES.map(({ name }) => name);

/** The surface that makes most of a window: it lies last in its buffer, so that it can be cut off. */
export const LARGEST_SURFACE: SurfaceName = "physics_fields";

/** So many of the newest windows are kept with it: two minutes. */
export const WINDOWS_WITH_LARGEST = 120;
