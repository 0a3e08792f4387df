export { type BinTable, coreLayout, coreTable, gridLayout, gridTable } from "./bin_table.ts";
export { BinWriter } from "./bin_writer.ts";
