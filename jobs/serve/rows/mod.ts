export { StoreHistory } from "./history.ts";
export { LiveHub } from "./live_hub.ts";
export { StreamHub } from "./stream_hub.ts";
