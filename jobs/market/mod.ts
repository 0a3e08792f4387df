export {
  type EncodedBin,
  type MarketSpec,
  type RuntimeConfig,
  STREAM_PARTS,
  type StreamPart,
} from "./protocol.ts";

export { CommandError, KEPT_BINS, type MarketEvent, MarketSession } from "./session.ts";

export { SIGNAL_VALUES } from "./signal_ledger.ts";
