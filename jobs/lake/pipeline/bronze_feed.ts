import { mboBlockOf } from "../../../engine/surfaces/bronze/mod.ts";
import type { ColumnArray } from "../../../engine/frames/contract.ts";
import { type FeedSink, type MarketFeed, type Pulled, RecordQueue } from "../../feeds/mod.ts";
import type { LakeDataset } from "../contracts/mod.ts";
import { type PartitionOf, PartitionReader } from "../partitions/mod.ts";

/** Texts and terms that say who an order is of; the records know it by its number. */
const UNREAD = ["symbol", "underlying", "right", "strike", "expiration", "rtype"];

/** A partition of orders as a feed: the records that it was made of. */
export class BronzeFeed implements MarketFeed {
  readonly name: string;
  readonly symbol: string;
  readonly isSynthetic: boolean;
  readonly symbolOf = () => null;
  readonly startNs = null;
  readonly endNs = null;
  readonly opensWithSnapshot = true;
  readonly #reader: PartitionReader;
  readonly #dataset: LakeDataset;
  readonly #queue = new RecordQueue();
  #next = 0;

  private constructor(dataset: LakeDataset, of: PartitionOf, reader: PartitionReader) {
    this.name = `${dataset.key} of ${of.symbol} on ${of.dt}`;
    this.symbol = of.symbol;
    this.isSynthetic = of.source === "synthetic";
    this.#dataset = dataset;
    this.#reader = reader;
  }

  /** @throws {PartitionError} When the partition is not there or cannot be trusted. */
  static async open(lake: string, dataset: LakeDataset, of: PartitionOf): Promise<BronzeFeed> {
    return new BronzeFeed(dataset, of, await PartitionReader.open(lake, dataset, of));
  }

  async pull(untilNs: bigint, maxRecords: number, sink: FeedSink): Promise<Pulled> {
    const high = Number(untilNs >> 32n);
    const low = Number(untilNs & 0xffff_ffffn);
    const queue = this.#queue;
    for (let room = maxRecords; room > 0;) {
      if (queue.isEmpty && !await this.#fill()) return "ended";
      const count = queue.before(high, low, room);
      if (count === 0) return "due";
      room -= count;
      sink.mbo(queue.take(count));
    }
    return "more";
  }

  close(): void {}

  async #fill(): Promise<boolean> {
    const group = this.#reader.groups[this.#next];
    if (group === undefined) return false;
    this.#next++;
    const { columns: all } = this.#dataset.table;
    const wanted = all.filter(({ name }) => !UNREAD.includes(name));
    const { columns } = await this.#reader.read(group, wanted.map(({ name }) => name));
    const byName = new Map(wanted.map(({ name }, i) => [name, columns[i]!]));
    const none: ColumnArray = [];
    this.#queue.clear();
    this.#queue.add(mboBlockOf({ columns: all.map(({ name }) => byName.get(name) ?? none) }));
    return true;
  }
}
