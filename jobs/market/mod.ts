export { warmupStart } from "./market.ts";
export { baseNsOf, engineProjection, startOf } from "./open.ts";

export type {
  EncodedBin,
  MarketSpec,
  PlanSpec,
  ProjectionModel,
  RuntimeConfig,
} from "./protocol.ts";

export { CommandError, KEPT_BINS, type MarketEvent, MarketSession } from "./session.ts";

export { SIGNAL_VALUES } from "./signal_ledger.ts";
