/**
 * The properties of the synthetic market, measured next to what they should be.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { verdict } from "./mod.ts";
 *
 * // A row passes, misses, or has seen too little to be judged.
 * const row = { id: "T1", name: "gaps", target: "0", unit: "prints", n: 5, values: [] };
 * equal(verdict({ ...row, pass: null }), "too little data");
 * ```
 *
 * @module
 */

export { type Confusion, INTENDED, READ } from "./confusion.ts";
export { publicReport, type RealismReport } from "./report.ts";
export { groupOf, GROUPS, type RealismRow, type RowNeed, valueText, verdict } from "./row.ts";
export { FuturesBook, type JudgedEvent, type LabelOf, OutsideAudit } from "./outside/mod.ts";
export { determinismRows } from "./determinism_rows.ts";
export { planRows } from "./plan_rows.ts";
export { eachOf, presetRows, type Sessions, strainRow } from "./preset_rows.ts";
export { RunTotals } from "./run_totals.ts";
export { judgedEvents, type JudgedStretch } from "./judged_run.ts";
export { measureSession } from "./session_run.ts";
export { Tallies } from "./tallies.ts";
export { weightRow } from "./weight_rows.ts";
