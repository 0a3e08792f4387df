export { type Confusion, INTENDED, READ } from "./confusion.ts";
export { LiveProbe } from "../../jobs/tape/live_probe.ts";
export { publicReport, type RealismReport } from "./report.ts";
export { groupOf, GROUPS, type RealismRow, valueText, verdict } from "./row.ts";
