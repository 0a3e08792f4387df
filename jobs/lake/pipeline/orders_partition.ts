import type { MboBlock } from "../../../engine/dbn/mod.ts";
import { type MboInstrument, MboTable } from "../../../engine/surfaces/bronze/mod.ts";
import type { MarketFeed } from "../../feeds/mod.ts";
import type { LakeDataset } from "../contracts/mod.ts";
import type { PartitionInput, PartitionWriter } from "../partitions/mod.ts";
import type { StageWork } from "./stage_work.ts";

/** Later than any record, epoch ns. */
const FOREVER_NS = 1n << 63n;
const PULL_RECORDS = 8_192;

/** A table of the orders of some instruments, on its way into its partition. */
class OrdersPartition {
  readonly contract: string;
  readonly writer: PartitionWriter;
  readonly #table: MboTable;
  #seen = 0;

  constructor(
    contract: string,
    writer: PartitionWriter,
    instruments: ReadonlyMap<number, MboInstrument>,
  ) {
    this.contract = contract;
    this.writer = writer;
    this.#table = new MboTable(instruments, (frame) => writer.add(frame));
  }

  /** Records that are in the table. */
  get kept(): number {
    return this.#seen - this.#table.others;
  }

  take(block: MboBlock): void {
    this.#table.take(block);
    this.#seen += block.count;
  }

  finish(): void {
    this.#table.finish();
  }
}

/** Tables of orders that one reading fills. */
export interface OrdersOptions {
  readonly dataset: LakeDataset;
  /** Instruments by contract: a partition each. */
  readonly contracts: ReadonlyMap<string, ReadonlyMap<number, MboInstrument>>;
  readonly inputs: readonly PartitionInput[];
  /** A contract without a record has no partition; else that is an error. */
  readonly mayLack: boolean;
}

/**
 * Reads orders to their end into a partition per contract; closes the feed.
 *
 * @throws {PartitionError} `no_rows` when a contract has no record that must have one, or none has any.
 * @throws {DbnError} When a file is damaged.
 */
export async function writeOrders(
  work: StageWork,
  feed: MarketFeed,
  { dataset, contracts, inputs, mayLack }: OrdersOptions,
): Promise<void> {
  const partitions = [...contracts].map(([contract, instruments]) =>
    new OrdersPartition(contract, work.writer(dataset, contract), instruments)
  );
  let records = 0;
  const mbo = (block: MboBlock) => {
    records += block.count;
    for (const partition of partitions) partition.take(block);
  };
  try {
    while (await feed.pull(FOREVER_NS, PULL_RECORDS, { mbo }) !== "ended");
    for (const partition of partitions) partition.finish();
    const kept = partitions.reduce((sum, partition) => sum + partition.kept, 0);
    const lacksAll = kept === 0;
    for (const { contract, writer, kept } of partitions) {
      if (kept === 0 && mayLack && !lacksAll) writer.abort();
      else work.commit(dataset, contract, writer, inputs);
    }
    work.records += records;
    work.others += records - kept;
  } finally {
    for (const { writer } of partitions) writer.abort();
    feed.close();
  }
}
