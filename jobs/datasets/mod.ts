export { BINS_COLUMNS, bucketColumns, isProjection, rowColumns } from "./columns.ts";
export { DatasetError } from "./dataset_error.ts";
export { checkComplete, DATASET_FILES, DatasetFolder, jsonText, MARKER } from "./dataset_folder.ts";
export { DatasetWriter, type DatasetWriterOptions } from "./dataset_writer.ts";
export type { WrittenFacts } from "./writer_protocol.ts";
export type { FileFacts } from "./parquet_file.ts";
