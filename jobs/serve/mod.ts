export { createGuard, SOCKET_LIMITS } from "./create_guard.ts";
export { explainError } from "./explain_error.ts";
export { FeedNews } from "./feed_news.ts";
export { MarketHost } from "./market_host.ts";
export type { State, SurfaceState } from "./state.ts";
export { type StatusGroup, type StatusMark, statusOf, type StatusRow } from "./status.ts";
export { SurfaceHost } from "./surfaces/mod.ts";
