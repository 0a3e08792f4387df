import { zstdDecompressSync } from "node:zlib";
import { asyncBufferFromFile, parquetReadObjects } from "hyparquet";

/** Rows of a Parquet file with Zstandard pages, as another program would read them. */
export async function parquetRows(path: string): Promise<Record<string, unknown>[]> {
  return await parquetReadObjects({
    file: await asyncBufferFromFile(path),
    compressors: { ZSTD: (input) => zstdDecompressSync(input) },
  });
}
