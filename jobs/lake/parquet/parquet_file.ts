import type { Column } from "../../../engine/frames/contract.ts";
import type { Chunk } from "./chunk.ts";
import { GroupWriter } from "./group_writer.ts";
import { HashingFile } from "./hashing_file.ts";

/** What a finished file came to. */
export interface FileFacts {
  readonly rows: number;
  readonly bytes: number;
  /** Hex digits. */
  readonly sha256: string;
}

/** A new Parquet file on disk, written group by group. */
export class ParquetFile {
  readonly #file: HashingFile;
  readonly #groups: GroupWriter;

  /**
   * @param path File to make; it must not exist.
   * @param metadata What the file tells of itself besides its columns, by key.
   * @throws {Deno.errors.AlreadyExists} When it does.
   */
  constructor(
    path: string,
    columns: readonly Column[],
    metadata?: Readonly<Record<string, string>>,
  ) {
    this.#file = new HashingFile(path);
    this.#groups = new GroupWriter(this.#file, columns, metadata);
  }

  /** Bytes written so far. */
  get bytes(): number {
    return this.#groups.bytes;
  }

  /**
   * Writes one row group: the columns in order, all of one length.
   *
   * @throws {Deno.errors} When the disk does not take it.
   */
  writeGroup(chunks: readonly Chunk[]): void {
    this.#groups.writeGroup(chunks);
  }

  /** Writes the footer and makes sure that the disk has it all. */
  finish(): FileFacts {
    this.#groups.finish();
    const { rows, bytes } = this.#groups;
    return { rows, bytes, sha256: this.#file.finish() };
  }

  /** Closes the file as it is. Does nothing after {@link ParquetFile.finish}. */
  close(): void {
    this.#file.close();
  }
}
