export type { Column, ColumnType } from "./column.ts";
export { BIN_HEADER_COLUMNS, ENG, ENGINE_COLUMNS, pressureGridColumns } from "./pressure_grid.ts";
export type { GridFrame } from "./grid_frame.ts";
