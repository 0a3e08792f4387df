import { MBO_WORD, type MboBlock } from "../../../engine/dbn/mod.ts";
import type { FeedSink, MarketFeed, Pulled } from "../../feeds/mod.ts";

/** A feed of some instruments only. */
export class FilterFeed implements MarketFeed {
  readonly name: string;
  readonly symbol: string;
  readonly isSynthetic: boolean;
  readonly startNs: bigint | null;
  readonly endNs: bigint | null;
  readonly opensWithSnapshot: boolean;
  readonly symbolOf: MarketFeed["symbolOf"];
  /** Records of other instruments so far. */
  others = 0;
  readonly #feed: MarketFeed;
  readonly #ids: { has(instrumentId: number): boolean };
  #words = new Uint32Array(0);

  /** @param feed Closed with this one. @param ids Of the instruments that stay. */
  constructor(feed: MarketFeed, ids: { has(instrumentId: number): boolean }) {
    this.#feed = feed;
    this.#ids = ids;
    this.name = feed.name;
    this.symbol = feed.symbol;
    this.isSynthetic = feed.isSynthetic;
    this.startNs = feed.startNs;
    this.endNs = feed.endNs;
    this.opensWithSnapshot = feed.opensWithSnapshot;
    this.symbolOf = feed.symbolOf;
  }

  async pull(untilNs: bigint, maxRecords: number, sink: FeedSink): Promise<Pulled> {
    return await this.#feed.pull(untilNs, maxRecords, {
      mbo: (block) => {
        const kept = this.#keep(block);
        if (kept.count > 0) sink.mbo(kept);
      },
    });
  }

  close(): void {
    this.#feed.close();
  }

  #keep(block: MboBlock): MboBlock {
    const { words, strideWords, count } = block;
    if (this.#words.length < count * strideWords) {
      this.#words = new Uint32Array(count * strideWords);
    }
    let kept = 0;
    for (let i = 0; i < count; i++) {
      const at = i * strideWords;
      if (!this.#ids.has(words[at + MBO_WORD.INSTRUMENT_ID]!)) continue;
      const into = kept++ * strideWords;
      for (let word = 0; word < strideWords; word++) this.#words[into + word] = words[at + word]!;
    }
    this.others += count - kept;
    return kept === count ? block : { words: this.#words, strideWords, count: kept };
  }
}
