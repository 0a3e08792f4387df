/**
 * Orders as tables of the lake, and tables as orders again.
 *
 * @example
 * ```ts
 * import { deepEqual } from "node:assert/strict";
 * import { MboTable } from "./mod.ts";
 *
 * const instruments = new Map([[4916, { symbol: "ESH6", option: null }]]);
 * const table = new MboTable(instruments, () => {});
 * table.take({ words: new Uint32Array(14), strideWords: 14, count: 1 });
 * deepEqual(table.others, 1);
 * ```
 *
 * @module
 */

export { type MboInstrument, MboTable } from "./mbo_table.ts";
export { mboBlockOf } from "./table_blocks.ts";
