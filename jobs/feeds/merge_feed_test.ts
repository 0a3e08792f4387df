import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import { join } from "node:path";
import fc from "fast-check";
import { MBO_BYTES, MBO_WORD } from "../../engine/dbn/mod.ts";
import { drain, FAR_NS, feedSuite, KeptRecords, timeNs } from "../testing/feed_suite.ts";
import { TAPE_START_NS, tapeBytes, withTempDir } from "../testing/market_files.ts";
import { type FeedSink, isSeekable, type MarketFeed, type Pulled } from "./feed.ts";
import { mergeFeeds } from "./merge_feed.ts";
import { ReplayFeed } from "./replay_feed.ts";
import { SyntheticFeed } from "./synthetic_feed.ts";

const STRIDE_WORDS = MBO_BYTES / 4;

/** Records of a made-up feed; a gap below 0 goes back in time. */
function recordsOf(feed: number, gaps: readonly number[]): Uint32Array[] {
  let ns = 1n << 40n;
  return gaps.map((gap, i) => {
    ns += BigInt(gap) << 31n;
    const words = new Uint32Array(STRIDE_WORDS);
    words[MBO_WORD.TS_EVENT_LOW] = Number(ns & 0xffff_ffffn);
    words[MBO_WORD.TS_EVENT_HIGH] = Number(ns >> 32n);
    words[MBO_WORD.INSTRUMENT_ID] = feed;
    words[MBO_WORD.SEQUENCE] = i;
    return words;
  });
}

/** A recording in memory that delivers `step` records at once at most. */
class ScriptedFeed implements MarketFeed {
  readonly name = "scripted";
  readonly isSynthetic = true;
  readonly symbol = "";
  readonly symbolOf = () => null;
  readonly startNs = null;
  readonly endNs = null;
  readonly opensWithSnapshot = false;
  position = 0;
  readonly #records: readonly Uint32Array[];
  readonly #step: number;

  constructor(records: readonly Uint32Array[], step: number) {
    this.#records = records;
    this.#step = step;
  }

  pull(untilNs: bigint, maxRecords: number, sink: FeedSink): Promise<Pulled> {
    const most = Math.min(maxRecords, this.#step);
    for (let taken = 0; taken < most; taken++) {
      const words = this.#records[this.position];
      if (words === undefined) return Promise.resolve("ended");
      if (timeNs(words) >= untilNs) return Promise.resolve("due");
      this.position++;
      sink.mbo({ words, strideWords: STRIDE_WORDS, count: 1 });
    }
    return Promise.resolve("more");
  }

  rewind(position: number): Promise<void> {
    this.position = position;
    return Promise.resolve();
  }

  close(): void {}
}

/** All records sorted by (time, feed, place), where no record is earlier than one before it. */
function sortMerge(feeds: readonly (readonly Uint32Array[])[]): readonly string[] {
  const all = feeds.flatMap((records, feed) => {
    let latest = 0n;
    return records.map((words, place) => {
      const ns = timeNs(words);
      latest = ns > latest ? ns : latest;
      return { latest, feed, place, words };
    });
  });
  all.sort((a, b) =>
    a.latest < b.latest ? -1 : a.latest > b.latest ? 1 : a.feed - b.feed || a.place - b.place
  );
  return all.map(({ words }) => words.join());
}

const feedsOf = fc.array(
  fc.record({
    gaps: fc.array(fc.integer({ min: -1, max: 3 }), { maxLength: 40 }),
    step: fc.integer({ min: 1, max: 50 }),
  }),
  { minLength: 1, maxLength: 5 },
);

Deno.test("mergeFeeds() equals sorting all records by time and feed, however it is pulled", async () => {
  await fc.assert(
    fc.asyncProperty(feedsOf, fc.integer({ min: 1, max: 60 }), fc.nat(30), async (
      scripts,
      maxRecords,
      pauses,
    ) => {
      const records = scripts.map(({ gaps }, feed) => recordsOf(feed, gaps));
      const feed = mergeFeeds(records.map((own, i) => new ScriptedFeed(own, scripts[i]!.step)));
      const found = new KeptRecords();
      for (let pause = 0; pause < pauses; pause++) {
        await drain(feed, (1n << 40n) + (BigInt(pause) << 31n), maxRecords, found);
      }
      strictEqual(await drain(feed, FAR_NS, maxRecords, found), "ended");
      deepStrictEqual(found.texts(), sortMerge(records));
    }),
    { seed: 20_261_129, numRuns: 500 },
  );
});

Deno.test("a merged feed keeps what a feed promises", async (t) => {
  await withTempDir(async (folder) => {
    const write = async (name: string, bytes: Uint8Array) => {
      const path = join(folder, name);
      await Deno.writeFile(path, bytes);
      return path;
    };
    const second = tapeBytes({ seconds: 4, seed: 8, startNs: TAPE_START_NS + 500_000_000n });
    const paths = [
      await write("a.dbn", tapeBytes({ seconds: 4, seed: 7 })),
      await write("b.dbn", second),
    ];
    const cut = await write("cut.dbn", second.subarray(0, second.length - 10));
    const open = async (files: readonly string[]) =>
      mergeFeeds(await Promise.all(files.map((path) => ReplayFeed.open(path))));
    await feedSuite(t, {
      open: () => open(paths),
      untilNs: TAPE_START_NS + 10_000_000_000n,
      endless: false,
      openBroken: () => open([paths[0]!, cut]),
    });
  });
});

Deno.test("mergeFeeds() of a recording and a market without an end has no end and cannot go back", async () => {
  await withTempDir(async (folder) => {
    const path = join(folder, "a.dbn");
    await Deno.writeFile(path, tapeBytes({ seconds: 2 }));
    const feed = mergeFeeds([
      await ReplayFeed.open(path),
      new SyntheticFeed(3, null, TAPE_START_NS),
    ]);
    strictEqual(isSeekable(feed), false);
    strictEqual(feed.endNs, null);
    strictEqual(await drain(feed, TAPE_START_NS + 4_000_000_000n, 999, new KeptRecords()), "due");
    feed.close();
  });
  throws(() => mergeFeeds([]), RangeError);
});
