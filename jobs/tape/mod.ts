export { DataLockError, lockData } from "../kit/data_lock.ts";
export { columnsOf, type RowFacts } from "./_columns.ts";
export { comparePlace, type Cursor, isRaw, rowsOf, TapeRow } from "./row.ts";
export {
  type BackendMode,
  backendMode,
  type TapeServiceFigures,
  type TapeServiceStatus,
} from "./service_status.ts";
export {
  type ControlFeed,
  type TapeConfig,
  TapeService,
  type TapeServiceOptions,
} from "./tape_service.ts";
export { runFile, RunLog } from "./run_log.ts";
