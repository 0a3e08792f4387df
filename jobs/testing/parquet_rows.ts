import { zstdDecompressSync } from "node:zlib";
import { asyncBufferFromFile, parquetReadObjects } from "hyparquet";

/** Rows of a Parquet file, by its path or its bytes, with Zstandard pages, as another program would read them. */
export async function parquetRows(
  from: string | ArrayBuffer,
): Promise<Record<string, unknown>[]> {
  return await parquetReadObjects({
    file: typeof from === "string" ? await asyncBufferFromFile(from) : from,
    compressors: { ZSTD: (input) => zstdDecompressSync(input) },
  });
}
