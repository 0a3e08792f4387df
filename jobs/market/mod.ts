export {
  type EncodedBin,
  type MarketSpec,
  type RuntimeConfig,
  STREAM_PARTS,
  type StreamPart,
} from "./protocol.ts";

export { CommandError, KEPT_BINS, type MarketEvent, MarketSession } from "./session.ts";

export { SIGNAL_VALUES } from "./signal_ledger.ts";

export {
  LARGEST_SURFACE,
  type Surface,
  SURFACE_NAMES,
  type SurfaceAnchor,
  type SurfaceName,
  SURFACES,
  WINDOWS_WITH_LARGEST,
} from "./surface_names.ts";
export {
  packOf,
  packWindow,
  type SurfaceFrames,
  type SurfaceWindow,
  type WindowHead,
} from "./surface_window.ts";
