export {
  benchCore,
  coreBenchLines,
  type CoreBenchOptions,
  type CoreBenchResult,
} from "./core_bench.ts";
export { type ReplayOptions, type ReplayResult, runReplay } from "./replay.ts";
export { type ReplaySummary, summaryLines } from "./summary.ts";
