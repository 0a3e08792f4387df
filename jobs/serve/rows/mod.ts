export { StoreHistory } from "./history.ts";
export { LiveHost, type LiveHostOptions, type Served, type SocketRequest } from "./live_host.ts";
export { LiveHub } from "./live_hub.ts";
export { liveMetrics } from "./live_metrics.ts";
