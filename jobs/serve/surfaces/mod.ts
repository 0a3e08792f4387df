export { ARROW_STREAM, arrowAnswer, NEVER_NS } from "./arrow_answers.ts";
export { BootstrapQuery, type StreamPath, SurfaceParams, SurfaceQuery } from "./params.ts";
export { SurfaceHost } from "./surface_host.ts";
export { RING_WINDOWS } from "./window_ring.ts";
