/** What is stored and sent, without the code that encodes it: for threads that need the columns alone. */
export type { Column, ColumnType } from "./column.ts";
export type { GridFrame } from "./grid_frame.ts";
export { BIN_HEADER_COLUMNS, ENG, ENGINE_COLUMNS, pressureGridColumns } from "./pressure_grid.ts";
