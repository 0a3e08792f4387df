import type { Frame } from "../../../engine/frames/contract.ts";
import type { LakeDataset } from "../contracts/mod.ts";
import {
  isComplete,
  type PartitionInput,
  partitionInput,
  type PartitionManifest,
  type PartitionOf,
  PartitionWriter,
} from "../partitions/mod.ts";
import type { RawDay } from "./raw_files.ts";
import { rootOf } from "./symbols.ts";
import { CODE_VERSION, datasetsOf, SET } from "./tables.ts";
import type { PipelineTask } from "./task.ts";

/** A partition that was made. */
export interface MadePartition {
  readonly dataset: LakeDataset;
  readonly symbol: string;
  readonly manifest: PartitionManifest;
}

/** A task under way: what it is to make, what it made, and what it counted. */
export class StageWork {
  readonly lake: string;
  readonly task: PipelineTask;
  readonly day: RawDay;
  readonly made: MadePartition[] = [];
  /** Records of orders that were read. */
  records = 0;
  /** Of these, those of other instruments. */
  others = 0;
  /** Options of the chain whose open interest nothing tells. */
  withoutOpenInterest = 0;

  constructor(lake: string, task: PipelineTask) {
    this.lake = lake;
    this.task = task;
    const { source, symbol, dt } = task;
    this.day = { lake, source, root: rootOf(symbol), dt };
  }

  /** The day's partition of a contract. */
  of(contract: string = this.task.symbol): PartitionOf {
    const { source, dt } = this.task;
    return { source, symbol: contract, dt };
  }

  /** Whether a dataset is to be made: it is asked for, and not there or to be made again. */
  isWanted(dataset: LakeDataset, contract: string = this.task.symbol): boolean {
    const { task, lake } = this;
    const isKept = !task.overwrite || task.stage === "bronze";
    return datasetsOf(task).includes(dataset) &&
      !(isKept && isComplete(lake, dataset, this.of(contract)));
  }

  /** A partition of the day as an input. @throws {PartitionError} `input_not_ready`. */
  input(dataset: LakeDataset, contract: string = this.task.symbol): PartitionInput {
    return partitionInput(this.lake, dataset, this.of(contract));
  }

  writer(dataset: LakeDataset, contract: string = this.task.symbol): PartitionWriter {
    return new PartitionWriter(this.lake, dataset, this.of(contract));
  }

  /** Ends a partition and notes it. @throws {PartitionError} `no_rows` when it has none. */
  commit(
    dataset: LakeDataset,
    contract: string,
    writer: PartitionWriter,
    inputs: readonly PartitionInput[],
  ): void {
    const { stage, session } = this.task;
    const isOfSession = stage !== "bronze" && dataset !== SET.STATISTICS_CLEAN;
    const manifest = writer.commit({
      inputs,
      codeVersion: CODE_VERSION,
      ...(isOfSession && { session }),
    });
    this.made.push({ dataset, symbol: contract, manifest });
  }

  /** Writes a partition of one frame. @throws {PartitionError} When its rows are not as its table promises. */
  put(
    dataset: LakeDataset,
    frame: Frame,
    inputs: readonly PartitionInput[],
    contract: string = this.task.symbol,
  ): void {
    const writer = this.writer(dataset, contract);
    try {
      writer.add(frame);
      this.commit(dataset, contract, writer, inputs);
    } catch (error) {
      writer.abort();
      throw error;
    }
  }
}
