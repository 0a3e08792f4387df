export { type Metric, prometheusText } from "./metrics.ts";
export { type Readiness, Terminal } from "./terminal.ts";
export type { State } from "./state.ts";
