export {
  baseVolatility,
  eventFactor,
  smileFactor,
  type SurfacePoint,
  surfaceVolatility,
  termFactor,
} from "./iv_surface.ts";
export {
  contractDraws,
  contractKey,
  isHalved,
  stretchDistance,
  stretchStart,
} from "./quote_process.ts";
export { QUOTE_STATE, type QuoteState, stateShares, writeEpisodes } from "./quote_states.ts";
