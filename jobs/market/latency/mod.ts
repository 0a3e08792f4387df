export { BinTimes } from "./bin_times.ts";
export { latencyFields, LatencyMeter, type LatencySummary } from "./latency_meter.ts";
export type { LatencySettings } from "./settings.ts";
