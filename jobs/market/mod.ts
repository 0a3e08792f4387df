export type { EncodedBin, MarketSpec, RuntimeConfig } from "./protocol.ts";

export { BACKFILL_BINS, CommandError, MarketSession, type SessionEvent } from "./session.ts";

export { SIGNAL_VALUES } from "./signal_ledger.ts";
