export type { EncodedBin, MarketSpec, RuntimeConfig } from "./protocol.ts";

export { CommandError, KEPT_BINS, type MarketEvent, MarketSession } from "./session.ts";

export { SIGNAL_VALUES } from "./signal_ledger.ts";
