import { join } from "node:path";
import { type Column, type Frame, LayoutError } from "../../../engine/frames/contract.ts";
import { contractSha256, type LakeDataset } from "../contracts/mod.ts";
import { fileSha256, GroupReader, type RowRange } from "../parquet/mod.ts";
import { type PartitionManifest, readManifest } from "./manifest.ts";
import { PartitionError } from "./partition_error.ts";
import { PARTITION_FILES, partitionFolder, type PartitionOf } from "./partition_place.ts";

/** A complete partition, read a row group at a time. */
export class PartitionReader {
  readonly manifest: PartitionManifest;
  readonly #dataset: LakeDataset;
  readonly #path: string;
  readonly #groups: GroupReader;

  private constructor(
    dataset: LakeDataset,
    path: string,
    manifest: PartitionManifest,
    groups: GroupReader,
  ) {
    this.#dataset = dataset;
    this.#path = path;
    this.manifest = manifest;
    this.#groups = groups;
  }

  /**
   * @throws {PartitionError} `not_there` when it is not complete, `contract` when its table was another
   * then, `damaged` when files are missing, cannot be read, or are not as the manifest says.
   */
  static async open(
    lake: string,
    dataset: LakeDataset,
    of: PartitionOf,
  ): Promise<PartitionReader> {
    const { manifest } = readManifest(lake, dataset, of);
    const path = join(partitionFolder(lake, dataset, of), PARTITION_FILES.DATA);
    if (manifest.contract_sha256 !== contractSha256(dataset.table)) {
      const text = `Cannot read "${path}" as its contract is not that of ${dataset.key} any more`;
      throw new PartitionError("contract", text);
    }
    const groups = await GroupReader.open(path).catch((cause) => {
      throw new PartitionError("damaged", `Cannot read "${path}"`, { cause });
    });
    const reader = new PartitionReader(dataset, path, manifest, groups);
    reader.#checkFile();
    return reader;
  }

  /** Row groups, in order. */
  get groups(): readonly RowRange[] {
    return this.#groups.groups;
  }

  /**
   * Rows of a group.
   *
   * @param names Columns that are wanted; all of them when left out.
   * @throws {PartitionError} `damaged` when they cannot be read.
   * @throws {LayoutError} When the table lacks a column.
   */
  async read(group: RowRange, names?: readonly string[]): Promise<Frame> {
    const { table } = this.#dataset;
    const columns = names?.map((name) => this.#column(name)) ?? table.columns;
    try {
      const { columns: arrays, valid } = await this.#groups.read(columns, group);
      return { layout: table.name, header: [], columns: arrays, valid };
    } catch (cause) {
      throw new PartitionError("damaged", `Cannot read "${this.#path}"`, { cause });
    }
  }

  /** All rows, a group at a time. @throws {PartitionError} `damaged` when they cannot be read. */
  async *frames(): AsyncGenerator<Frame> {
    for (const group of this.groups) yield await this.read(group);
  }

  /** Whether the file is byte for byte the one that was written. */
  isUntouched(): boolean {
    return fileSha256(this.#path) === this.manifest.content_sha256;
  }

  #column(name: string): Column {
    const column = this.#dataset.table.columns.find((each) => each.name === name);
    if (column !== undefined) return column;
    throw new LayoutError("column", name, `a column of ${this.#dataset.key}`);
  }

  #checkFile(): void {
    const names = this.#dataset.table.columns.map(({ name }) => name);
    const isSame = [...this.#groups.types.keys()].join() === names.join();
    if (isSame && this.#groups.rows === this.manifest.row_count) return;
    const text = `Cannot read "${this.#path}" as it is not what its manifest says`;
    throw new PartitionError("damaged", text);
  }
}
