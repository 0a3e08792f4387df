/** What a thread runs of the tape: the pipeline and its rows, without the service that hosts it. */
export { createFlow } from "./flow.ts";
export { ColumnWriter } from "./row_columns.ts";
export { type CreateFlow } from "./source.ts";
export { SLICE_MS } from "./tape_runner.ts";
