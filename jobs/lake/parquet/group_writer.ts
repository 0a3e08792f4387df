import { constants, zstdCompressSync } from "node:zlib";
import type { ColumnChunk, SchemaElement } from "hyparquet";
import { ByteWriter, ParquetWriter } from "hyparquet-writer";
import { writePageHeader } from "hyparquet-writer/src/datapage.js";
import { type Column, COLUMN_TYPES, describedColumn } from "../../../engine/frames/contract.ts";
import type { Chunk } from "./chunk.ts";

/** Zstandard level: the lowest, as files are written while a market runs. */
const ZSTD = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/** What readers see as the writing program. */
export const CREATED_BY = "lotus terminal";

/** Key under which our files describe their columns. */
export const COLUMNS_KEY = "lotus.columns";

/** Key under which our files say what kind of data they hold and from where. */
export const STAMP_KEY = "lotus.provenance";

/** Takes a file's bytes as they come. */
export interface ByteSink {
  /** Takes all of the bytes, which are not valid after the call. */
  write(bytes: Uint8Array): void;
}

/**
 * Writes a Parquet file group by group: what is held is one group. Pages are compressed with Zstandard;
 * names, units and meanings stand in the file's key-value metadata. The same values give the same bytes.
 */
export class GroupWriter {
  readonly #columns: readonly Column[];
  readonly #sink: ByteSink;
  readonly #bytes = new ByteWriter(1 << 20);
  readonly #parquet: ParquetWriter;
  #rows = 0;

  /** @param metadata What else the file tells of itself, by key. */
  constructor(
    sink: ByteSink,
    columns: readonly Column[],
    metadata: Readonly<Record<string, string>> = {},
  ) {
    this.#columns = columns;
    this.#sink = sink;
    const described = JSON.stringify(columns.map(describedColumn));
    this.#parquet = new ParquetWriter({
      writer: this.#bytes,
      schema: [{ name: "root", num_children: columns.length }, ...columns.map(element)],
      codec: "ZSTD",
      createdBy: CREATED_BY,
      kvMetadata: [
        { key: COLUMNS_KEY, value: described },
        ...Object.entries(metadata).map(([key, value]) => ({ key, value })),
      ],
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

  /** Writes the footer. */
  finish(): void {
    this.#parquet.finish();
    this.#flush();
  }

  #writeColumn(column: Column, chunk: Chunk): ColumnChunk {
    const start = this.#bytes.offset;
    let uncompressed = 0;
    const { dictionary, encoding, levels, values, nulls, data } = chunk;
    if (dictionary !== null) {
      uncompressed += this.#writePage(dictionary.bytes, (sizes) => ({
        type: "DICTIONARY_PAGE",
        ...sizes,
        dictionary_page_header: { num_values: dictionary.count, encoding: "PLAIN" },
      }));
    }
    const dataStart = this.#bytes.offset;
    uncompressed += this.#writePage(levels === null ? data : joined(levels, data), (sizes) => ({
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
    const bounds = min !== undefined && max !== undefined && { min_value: min, max_value: max };
    return {
      file_offset: BigInt(start),
      meta_data: {
        type: COLUMN_TYPES[column.type].parquet,
        encodings: dictionary === null ? [encoding, "RLE"] : ["PLAIN", encoding, "RLE"],
        path_in_schema: [column.name],
        codec: "ZSTD",
        num_values: BigInt(values),
        total_uncompressed_size: BigInt(uncompressed),
        total_compressed_size: BigInt(this.#bytes.offset - start),
        data_page_offset: BigInt(dataStart),
        ...(dictionary !== null && { dictionary_page_offset: BigInt(start) }),
        ...((bounds || column.nullable) && {
          statistics: { ...bounds, null_count: BigInt(nulls) },
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
    this.#sink.write(this.#bytes.getBytes());
    this.#bytes.index = 0;
  }
}

interface PageSizes {
  readonly uncompressed_page_size: number;
  readonly compressed_page_size: number;
}

type PageHeader = Parameters<typeof writePageHeader>[1];

function joined(levels: Uint8Array, data: Uint8Array): Uint8Array {
  const page = new Uint8Array(levels.length + data.length);
  page.set(levels);
  page.set(data, levels.length);
  return page;
}

function element({ name, type, nullable }: Column): SchemaElement {
  const { parquet, annotation } = COLUMN_TYPES[type];
  return {
    name,
    type: parquet,
    repetition_type: nullable ? "OPTIONAL" : "REQUIRED",
    ...(annotation !== null && { converted_type: annotation }),
  };
}
