export { ExperimentCharts, HitCharts } from "./OtherCharts.tsx";
export { RegimeCharts } from "./RegimeCharts.tsx";
export { loadResult, type StoredResult } from "./result.ts";
