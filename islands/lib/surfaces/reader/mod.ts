export { type FromSurfaces, type ToSurfaces } from "../surface_protocol.ts";
export { SurfaceReader } from "../surface_reader.ts";
