export {
  baseVolatility,
  eventFactor,
  smileFactor,
  type SurfacePoint,
  surfaceVolatility,
  termFactor,
} from "./iv_surface.ts";
