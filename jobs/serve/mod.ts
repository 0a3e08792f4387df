export { MarketHost, type Readiness } from "./market_host.ts";
export type { State } from "./state.ts";
export { type StatusGroup, type StatusMark, statusOf, type StatusRow } from "./status.ts";
