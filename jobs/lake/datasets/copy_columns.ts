import {
  asyncBufferFromFile,
  type ColumnChunk,
  type FileMetaData,
  parquetMetadataAsync,
} from "hyparquet";
import { ByteWriter, ParquetWriter } from "hyparquet-writer";
import { z } from "zod";
import { DatasetError } from "./dataset_error.ts";
import { COLUMNS_KEY, CREATED_BY, type FileFacts, HashingFile, STAMP_KEY } from "../parquet/mod.ts";

const Described = z.array(z.looseObject({ name: z.string() }));

/** A Parquet file's footer. @throws {DatasetError} `damaged` when it is none. */
export async function readFooter(path: string): Promise<FileMetaData> {
  try {
    return await parquetMetadataAsync(await asyncBufferFromFile(path));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new DatasetError("damaged", `Cannot read a Parquet file: "${path}": ${why}`, { cause });
  }
}

/** Names of a flat file's columns, in order. */
export function columnNames(footer: FileMetaData): readonly string[] {
  return footer.schema.slice(1).map(({ name }) => name);
}

/**
 * Writes a file with some columns of another. The compressed pages are copied as they are, so the
 * values cannot change and little is held in memory.
 *
 * @param names Columns to keep, in the order of the source.
 * @throws {DatasetError} When the source is damaged.
 */
export async function copyColumns(
  source: string,
  target: string,
  names: ReadonlySet<string>,
): Promise<FileFacts> {
  const footer = await readFooter(source);
  const from = Deno.openSync(source);
  const to = new HashingFile(target);
  try {
    const bytes = new ByteWriter(1 << 16);
    const schema = footer.schema.slice(1).filter(({ name }) => names.has(name));
    const told = footer.key_value_metadata ?? [];
    const described = told.find(({ key }) => key === COLUMNS_KEY)?.value;
    const stamps = told.filter(({ key }) => key === STAMP_KEY);
    const parquet = new ParquetWriter({
      writer: bytes,
      schema: [{ name: "root", num_children: schema.length }, ...schema],
      codec: "ZSTD",
      createdBy: CREATED_BY,
      ...(described !== undefined && {
        kvMetadata: [{ key: COLUMNS_KEY, value: keptColumns(described, names) }, ...stamps],
      }),
    });
    const flush = () => {
      to.write(bytes.getBytes());
      bytes.index = 0;
    };
    for (const group of footer.row_groups) {
      const start = bytes.offset;
      const columns = group.columns.filter((chunk) => names.has(nameOf(chunk)))
        .map((chunk) => copyChunk(chunk, from, bytes));
      let total = 0n;
      for (const { meta_data } of columns) total += meta_data?.total_uncompressed_size ?? 0n;
      parquet.row_groups.push({
        columns,
        total_byte_size: total,
        num_rows: group.num_rows,
        total_compressed_size: BigInt(bytes.offset - start),
      });
      parquet.num_rows += group.num_rows;
      flush();
    }
    parquet.finish();
    flush();
    return { rows: Number(footer.num_rows), bytes: to.bytes, sha256: to.finish() };
  } finally {
    from.close();
    to.close();
  }
}

function nameOf(chunk: ColumnChunk): string {
  return chunk.meta_data?.path_in_schema[0] ?? "";
}

function keptColumns(described: string, names: ReadonlySet<string>): string {
  const columns = Described.parse(JSON.parse(described));
  return JSON.stringify(columns.filter(({ name }) => names.has(name)));
}

function copyChunk(chunk: ColumnChunk, from: Deno.FsFile, to: ByteWriter): ColumnChunk {
  const meta = chunk.meta_data;
  if (meta === undefined) {
    throw new DatasetError("damaged", "Cannot copy a column without metadata");
  }
  const { dictionary_page_offset: dictionary, data_page_offset: data } = meta;
  const start = dictionary !== undefined && dictionary < data ? dictionary : data;
  const shift = BigInt(to.offset) - start;
  const content = new Uint8Array(Number(meta.total_compressed_size));
  from.seekSync(start, Deno.SeekMode.Start);
  for (let at = 0; at < content.length;) {
    const got = from.readSync(content.subarray(at));
    if (got === null) throw new DatasetError("damaged", "Cannot copy a column that is cut short");
    at += got;
  }
  to.appendBytes(content);
  return {
    file_offset: start + shift,
    meta_data: {
      ...meta,
      data_page_offset: data + shift,
      ...(dictionary !== undefined && { dictionary_page_offset: dictionary + shift }),
    },
  };
}
