import { join } from "node:path";
import type { Frame } from "../../../engine/frames/contract.ts";
import { contractSha256, type LakeDataset } from "../contracts/mod.ts";
import { chunkOf, contractName, ParquetFile } from "../parquet/mod.ts";
import { manifestText, type PartitionInput, type PartitionManifest } from "./manifest.ts";
import { PartitionError } from "./partition_error.ts";
import {
  folderValues,
  PARTITION_FILES,
  partitionFolder,
  type PartitionOf,
} from "./partition_place.ts";
import { RowCheck } from "./row_check.ts";
import { RowGroups } from "./row_groups.ts";
import { TempFolder } from "./temp_folder.ts";

/** What a partition was made of, and by what. */
export interface PartitionMaking {
  readonly inputs: readonly PartitionInput[];
  /** Version of the program. */
  readonly codeVersion: string;
}

/**
 * Writes one partition beside its place and puts it there when it is whole: until then nothing of it can
 * be seen, and one that stood there before stays. The same rows give the same bytes, however they come.
 */
export class PartitionWriter {
  readonly #dataset: LakeDataset;
  readonly #of: PartitionOf;
  readonly #folder: TempFolder;
  readonly #file: ParquetFile;
  readonly #check: RowCheck;
  readonly #groups: RowGroups;

  /**
   * @throws {PartitionError} `bad_name` when a part of its name is none.
   * @throws {Deno.errors} When the folder cannot be made.
   */
  constructor(lake: string, dataset: LakeDataset, of: PartitionOf) {
    const { table } = dataset;
    this.#dataset = dataset;
    this.#of = of;
    this.#folder = new TempFolder(partitionFolder(lake, dataset, of));
    this.#file = new ParquetFile(
      join(this.#folder.path, PARTITION_FILES.DATA),
      table.columns,
      { "lotus.contract": contractName(table) },
    );
    this.#check = new RowCheck(table, folderValues(dataset, of));
    this.#groups = new RowGroups(table, ({ columns, valid }) => {
      const chunks = table.columns.map((column, i) => chunkOf(column, columns[i]!, valid[i]!));
      this.#file.writeGroup(chunks);
    });
  }

  /**
   * Takes rows, of which nothing is kept but copies. They come in the order of the table's key.
   *
   * @throws {PartitionError} `contract`, `not_finite`, `folder_value` or `order` when they are not as
   * the table promises; the partition is to be aborted then.
   * @throws {Deno.errors} When the disk does not take them.
   */
  add(frame: Frame): void {
    this.#check.take(frame);
    this.#groups.take(frame);
  }

  /**
   * Ends the partition and puts it in its place.
   *
   * @throws {PartitionError} `no_rows` when it has none: an empty partition would hide that its stage
   * found nothing.
   */
  commit({ inputs, codeVersion }: PartitionMaking): PartitionManifest {
    this.#groups.finish();
    const { rows, sha256 } = this.#file.finish();
    const { key, table, stage, contract } = this.#dataset;
    const { symbol, dt } = this.#of;
    if (rows === 0) {
      this.abort();
      const text = `Cannot write a partition without rows: ${key} of ${symbol} on ${dt}`;
      throw new PartitionError("no_rows", text);
    }
    const manifest: PartitionManifest = {
      dataset: key,
      dt,
      hour: null,
      row_count: rows,
      contract_path: contract,
      contract_sha256: contractSha256(table),
      inputs: [...inputs],
      stage,
      engine_mode: "lotus",
      code_version: codeVersion,
      content_sha256: sha256,
    };
    const at = (name: string) => join(this.#folder.path, name);
    Deno.writeTextFileSync(at(PARTITION_FILES.MANIFEST), manifestText(manifest));
    Deno.writeTextFileSync(at(PARTITION_FILES.SUCCESS), "");
    this.#folder.putInPlace();
    return manifest;
  }

  /** Removes what was written. Does nothing after {@link PartitionWriter.commit}. */
  abort(): void {
    this.#file.close();
    this.#folder.remove();
  }
}
