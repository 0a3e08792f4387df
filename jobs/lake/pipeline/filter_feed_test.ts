import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { MBO_WORD, type MboBlock } from "../../../engine/dbn/mod.ts";
import type { FeedSink, MarketFeed, Pulled } from "../../feeds/mod.ts";
import { FilterFeed } from "./filter_feed.ts";

/** A feed of one block whose records are told apart by their sequence numbers. */
class OneBlock implements MarketFeed {
  readonly name = "one";
  readonly symbol = "";
  readonly isSynthetic = false;
  readonly symbolOf = () => null;
  readonly startNs = null;
  readonly endNs = null;
  readonly opensWithSnapshot = false;
  readonly #ids: readonly number[];

  constructor(ids: readonly number[]) {
    this.#ids = ids;
  }

  pull(_untilNs: bigint, _maxRecords: number, sink: FeedSink): Promise<Pulled> {
    const words = new Uint32Array(14 * this.#ids.length);
    this.#ids.forEach((id, i) => {
      words[14 * i + MBO_WORD.INSTRUMENT_ID] = id;
      words[14 * i + MBO_WORD.SEQUENCE] = i;
    });
    sink.mbo({ words, strideWords: 14, count: this.#ids.length });
    return Promise.resolve("ended");
  }

  close(): void {}
}

async function sequencesOf(ids: readonly number[]): Promise<[number[], number]> {
  const kept: number[] = [];
  const feed = new FilterFeed(new OneBlock(ids), new Set([7, 9]));
  const mbo = ({ words, strideWords, count }: MboBlock) => {
    for (let i = 0; i < count; i++) kept.push(words[i * strideWords + MBO_WORD.SEQUENCE]!);
  };
  strictEqual(await feed.pull(1n, 10, { mbo }), "ended");
  return [kept, feed.others];
}

Deno.test("FilterFeed.pull() keeps the records of its instruments, in order, and counts others", async () => {
  deepStrictEqual(await sequencesOf([8, 7, 8, 9, 7]), [[1, 3, 4], 2]);
  deepStrictEqual(await sequencesOf([7, 9]), [[0, 1], 0]);
  deepStrictEqual(await sequencesOf([8, 8]), [[], 2]);
});
