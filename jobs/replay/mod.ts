export { type ReplayOptions, type ReplayResult, runReplay } from "./replay.ts";
export { ReplayError } from "./source.ts";
export { type ReplaySummary, summaryLines } from "./summary.ts";
