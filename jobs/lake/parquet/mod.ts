export { chunkOf, repeatedChunk } from "./chunk.ts";
export { contractName } from "./contract_name.ts";
export { GroupReader, type RowRange } from "./group_reader.ts";
export { COLUMNS_KEY, CREATED_BY, STAMP_KEY } from "./group_writer.ts";
export { fileSha256, HashingFile } from "./hashing_file.ts";
export { parquetBytes } from "./parquet_bytes.ts";
export { type FileFacts, ParquetFile } from "./parquet_file.ts";
