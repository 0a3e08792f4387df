export { ColumnWriter, type RowColumns } from "./row_columns.ts";
export { rowsOf } from "./read_columns.ts";
export { type TapeServiceFigures, type TapeServiceStatus } from "./service_status.ts";
export { type TapeConfig } from "./tape_spec.ts";
export { type ControlFeed, TapeService, type TapeServiceOptions } from "./tape_service.ts";
export { type FlowSpec } from "./protocol.ts";
export { type CreateFlow } from "./source.ts";
