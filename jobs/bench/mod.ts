export { BENCH_NAMES, type BenchOptions, runBench } from "./benches.ts";
export { type BenchRow, isMet, ratioOf } from "./row.ts";
export { rowJson, table } from "./table.ts";
