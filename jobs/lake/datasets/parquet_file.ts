import { constants, zstdCompressSync } from "node:zlib";
import type { ColumnChunk, SchemaElement } from "hyparquet";
import { ByteWriter, ParquetWriter } from "hyparquet-writer";
import { writePageHeader } from "hyparquet-writer/src/datapage.js";
import type { Column, ColumnType } from "../../../engine/frames/contract.ts";
import type { Chunk } from "./_chunk.ts";
import { HashingFile } from "./_hashing_file.ts";

/** Zstandard level: the lowest, as files are written while a market runs. */
const ZSTD = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/** What readers see as the writing program. */
export const CREATED_BY = "lotus terminal";

type Physical = "INT32" | "INT64" | "DOUBLE" | "BOOLEAN";

const PHYSICAL: Readonly<Record<ColumnType, Physical>> = {
  i8: "INT32",
  i32: "INT32",
  i64: "INT64",
  f64: "DOUBLE",
  bool: "BOOLEAN",
};

/** What a finished file came to. */
export interface FileFacts {
  readonly rows: number;
  readonly bytes: number;
  /** Hex digits. */
  readonly sha256: string;
}

/**
 * A Parquet file that is written group by group: what is held is one group. Every column is required
 * and compressed with Zstandard; names, units and meanings stand in the file's key-value metadata.
 * The same values give the same bytes.
 */
export class ParquetFile {
  readonly #columns: readonly Column[];
  readonly #file: HashingFile;
  readonly #bytes = new ByteWriter(1 << 20);
  readonly #parquet: ParquetWriter;
  #rows = 0;

  /**
   * @param path File to make; it must not exist.
   * @throws {Deno.errors.AlreadyExists} When it does.
   */
  constructor(path: string, columns: readonly Column[]) {
    this.#columns = columns;
    this.#file = new HashingFile(path);
    this.#parquet = new ParquetWriter({
      writer: this.#bytes,
      schema: [{ name: "root", num_children: columns.length }, ...columns.map(element)],
      codec: "ZSTD",
      createdBy: CREATED_BY,
      kvMetadata: [{ key: "lotus.columns", value: JSON.stringify(columns) }],
    });
  }

  /** Bytes written so far. */
  get bytes(): number {
    return this.#bytes.offset;
  }

  /** Rows written so far. */
  get rows(): number {
    return this.#rows;
  }

  /**
   * Writes one row group: the columns in order, all of one length.
   *
   * @throws {Deno.errors} When the disk does not take it.
   */
  writeGroup(chunks: readonly Chunk[]): void {
    const rows = chunks[0]?.values ?? 0;
    const start = this.#bytes.offset;
    const columns = chunks.map((chunk, i) => this.#writeColumn(this.#columns[i]!, chunk));
    let total = 0n;
    for (const { meta_data } of columns) total += meta_data?.total_uncompressed_size ?? 0n;
    this.#parquet.row_groups.push({
      columns,
      total_byte_size: total,
      num_rows: BigInt(rows),
      total_compressed_size: BigInt(this.#bytes.offset - start),
    });
    this.#parquet.num_rows += BigInt(rows);
    this.#rows += rows;
    this.#flush();
  }

  /** Writes the footer and makes sure that the disk has it all. */
  finish(): FileFacts {
    this.#parquet.finish();
    this.#flush();
    return { rows: this.#rows, bytes: this.#bytes.offset, sha256: this.#file.finish() };
  }

  /** Closes the file as it is. Does nothing after {@link ParquetFile.finish}. */
  close(): void {
    this.#file.close();
  }

  #writeColumn(column: Column, chunk: Chunk): ColumnChunk {
    const start = this.#bytes.offset;
    let uncompressed = 0;
    const { dictionary, encoding, values, data } = chunk;
    if (dictionary !== null) {
      uncompressed += this.#writePage(dictionary.bytes, (sizes) => ({
        type: "DICTIONARY_PAGE",
        ...sizes,
        dictionary_page_header: { num_values: dictionary.count, encoding: "PLAIN" },
      }));
    }
    const dataStart = this.#bytes.offset;
    uncompressed += this.#writePage(data, (sizes) => ({
      type: "DATA_PAGE",
      ...sizes,
      data_page_header: {
        num_values: values,
        encoding,
        definition_level_encoding: "RLE",
        repetition_level_encoding: "RLE",
      },
    }));
    const { min, max } = chunk;
    return {
      file_offset: BigInt(start),
      meta_data: {
        type: PHYSICAL[column.type],
        encodings: dictionary === null ? [encoding, "RLE"] : ["PLAIN", encoding, "RLE"],
        path_in_schema: [column.name],
        codec: "ZSTD",
        num_values: BigInt(values),
        total_uncompressed_size: BigInt(uncompressed),
        total_compressed_size: BigInt(this.#bytes.offset - start),
        data_page_offset: BigInt(dataStart),
        ...(dictionary !== null && { dictionary_page_offset: BigInt(start) }),
        ...(min !== undefined && max !== undefined && {
          statistics: { min_value: min, max_value: max, null_count: 0n },
        }),
      },
    };
  }

  /** Returns the size of header and content before compression. */
  #writePage(content: Uint8Array, header: (sizes: PageSizes) => PageHeader): number {
    const compressed = zstdCompressSync(content, ZSTD);
    const start = this.#bytes.offset;
    writePageHeader(
      this.#bytes,
      header({
        uncompressed_page_size: content.length,
        compressed_page_size: compressed.length,
      }),
    );
    const headerBytes = this.#bytes.offset - start;
    this.#bytes.appendBytes(compressed);
    return headerBytes + content.length;
  }

  #flush(): void {
    this.#file.write(this.#bytes.getBytes());
    this.#bytes.index = 0;
  }
}

interface PageSizes {
  readonly uncompressed_page_size: number;
  readonly compressed_page_size: number;
}

type PageHeader = Parameters<typeof writePageHeader>[1];

function element({ name, type }: Column): SchemaElement {
  return {
    name,
    type: PHYSICAL[type],
    repetition_type: "REQUIRED",
    ...(type === "i8" && { converted_type: "INT_8" as const }),
  };
}
