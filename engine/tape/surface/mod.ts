export { baseVolatility, type SurfacePoint, surfaceVolatility } from "./iv_surface.ts";
export {
  contractDraws,
  contractKey,
  isHalved,
  stretchDistance,
  stretchStart,
} from "./quote_process.ts";
export { QUOTE_STATE, type QuoteState, writeEpisodes } from "./quote_states.ts";
