export type { Column, ColumnType } from "./column.ts";
export { arrowSchema, GridEncoder } from "./arrow.ts";
export { BIN_HEADER_COLUMNS, ENG, ENGINE_COLUMNS, pressureGridColumns } from "./pressure_grid.ts";
export type { GridFrame } from "./grid_frame.ts";
export { type GridUpdate, gridUpdate } from "./pressure_wire.ts";
