import { deepStrictEqual, ok, rejects, strictEqual, throws } from "node:assert/strict";
import { dirname, join } from "node:path";
import { compressZstd, concatBytes, MBO_WORD } from "../../engine/dbn/mod.ts";
import {
  TAPE_START_NS,
  tapeBytes,
  type TapeOptions,
  withTempDir,
} from "../testing/market_files.ts";
import { FeedError } from "./feed.ts";
import { ReplayFeed } from "./replay_feed.ts";
import { SyntheticFeed } from "./synthetic_feed.ts";

const FAR = 1n << 62n;

async function withTape(options: TapeOptions, fn: (path: string) => Promise<void>): Promise<void> {
  await withTempDir(async (folder) => {
    const path = join(folder, "tape.dbn");
    await Deno.writeFile(path, tapeBytes(options));
    await fn(path);
  });
}

/** Sequence numbers of the records, pulled in steps. */
async function pullAll(feed: ReplayFeed, maxRecords: number): Promise<readonly number[]> {
  const found: number[] = [];
  while (true) {
    const got = await feed.pull(FAR, maxRecords, (block) => {
      for (let i = 0; i < block.count; i++) {
        found.push(block.words[i * block.strideWords + MBO_WORD.SEQUENCE] ?? -1);
      }
    });
    if (got !== "more") return found;
  }
}

Deno.test("ReplayFeed gives every record once, in any steps, plain or compressed", async () => {
  await withTape({ seconds: 20 }, async (path) => {
    const feed = await ReplayFeed.open(path);
    ok(feed.share > 0 && feed.share < 1);
    const all = await pullAll(feed, 1_000_000);
    strictEqual(feed.position, all.length);
    strictEqual(feed.share, 1);
    ok(all.length > 10_000);
    await feed.rewind(0);
    deepStrictEqual(await pullAll(feed, 777), all);
    for (const position of [1, 4_681, 9_999, all.length]) {
      await feed.rewind(position);
      strictEqual(feed.position, position);
      deepStrictEqual(await pullAll(feed, 50_000), all.slice(position));
    }
    feed.close();
    const packed = `${path}.zst`;
    await Deno.writeFile(packed, concatBytes([...compressZstd([await Deno.readFile(path)])]));
    const zstd = await ReplayFeed.open(packed);
    deepStrictEqual(await pullAll(zstd, 1_000_000), all);
    strictEqual(zstd.startNs, feed.startNs);
    zstd.close();
  });
});

Deno.test("ReplayFeed.pull() never delivers a record at or after the time given", async () => {
  await withTape({ seconds: 10 }, async (path) => {
    const feed = await ReplayFeed.open(path);
    let last = 0n;
    for (let ms = 0; ms <= 10_500; ms += 250) {
      const untilNs = TAPE_START_NS + BigInt(ms) * 1_000_000n;
      await feed.pull(untilNs, 1_000_000, ({ words, strideWords, count }) => {
        for (let i = 0; i < count; i++) {
          const o = i * strideWords;
          const ts = (BigInt(words[o + MBO_WORD.TS_EVENT_HIGH] ?? 0) << 32n) |
            BigInt(words[o + MBO_WORD.TS_EVENT_LOW] ?? 0);
          ok(ts < untilNs && ts >= last);
          last = ts;
        }
      });
    }
    feed.close();
  });
});

Deno.test("ReplayFeed begins at the first record after the snapshot, not where metadata says", async () => {
  const cases: readonly TapeOptions[] = [
    { seconds: 2 },
    { seconds: 2, metaStartNs: 0n },
    { seconds: 2, metaStartNs: TAPE_START_NS - 86_400_000_000_000n },
    { seconds: 2, metaStartNs: (1n << 64n) - 1n, metaEndNs: (1n << 64n) - 1n },
  ];
  for (const options of cases) {
    await withTape(options, async (path) => {
      const feed = await ReplayFeed.open(path);
      const startNs = feed.startNs ?? 0n;
      ok(startNs > TAPE_START_NS && startNs < TAPE_START_NS + 1_000_000_000n, `${startNs}`);
      ok(feed.opensWithSnapshot);
      strictEqual(feed.position, 0);
      strictEqual(feed.symbolOf(-1), null);
      feed.close();
    });
  }
});

Deno.test("ReplayFeed.open() refuses what it cannot replay", async () => {
  await rejects(ReplayFeed.open("/nowhere/x.dbn"), { name: "FeedError", code: "not_found" });
  await withTape({ seconds: 1, schema: "trades" }, async (path) => {
    await rejects(
      ReplayFeed.open(path),
      /^FeedError: Cannot replay .* not hold market-by-order records but trades: "tape.dbn"$/,
    );
    const bytes = tapeBytes({ seconds: 1 });
    const headBytes = 8 + new DataView(bytes.buffer).getUint32(4, true);
    // The damage at the end is never read: the first records tell.
    ok(bytes.length - headBytes > 131_072);
    await Deno.writeFile(path, concatBytes([bytes.subarray(headBytes), new Uint8Array(64)]));
    await rejects(ReplayFeed.open(path), /^FeedError: Cannot replay a fragment without metadata/);
    await Deno.writeFile(path, new Uint8Array(0));
    await rejects(
      ReplayFeed.open(path),
      /^FeedError: Cannot replay as the file is empty: "tape.dbn"$/,
    );
    const folder = dirname(path);
    await rejects(ReplayFeed.open(folder), /^FeedError: Cannot replay as this is a folder: /);
    await Deno.writeTextFile(`${path}.txt`, "x");
    await rejects(ReplayFeed.open(`${path}.txt`), /its name is not \*\.dbn or \*\.dbn\.zst: /);
    await Deno.writeFile(path, bytes.subarray(0, headBytes - 1));
    await rejects(ReplayFeed.open(path), /^DbnError: /);
    await Deno.writeFile(path, bytes.subarray(0, headBytes));
    const empty = await ReplayFeed.open(path);
    strictEqual(await empty.pull(FAR, 10, () => {}), "ended");
    throws(() => empty.setRegime("trend_up"), FeedError);
    empty.close();
  });
});

Deno.test("ReplayFeed gives what comes before damage, then says what is wrong", async () => {
  await withTape({ seconds: 5 }, async (path) => {
    const bytes = await Deno.readFile(path);
    await Deno.writeFile(path, bytes.subarray(0, bytes.length - 10));
    const feed = await ReplayFeed.open(path);
    const headBytes = 8 + new DataView(bytes.buffer).getUint32(4, true);
    const whole = (bytes.length - headBytes) / 56 - 1;
    for (let turn = 0; turn < 2; turn++) {
      let count = 0;
      await rejects(
        feed.pull(FAR, 1_000_000, (block) => count += block.count),
        /the input ends after 46 of its bytes/,
      );
      strictEqual(count, whole);
      ok(feed.problem !== null);
      await rejects(feed.pull(FAR, 10, () => {}), /the input ends/);
      await feed.rewind(0);
    }
    feed.close();
  });
});

Deno.test("SyntheticFeed gives the same records for any steps of time", () => {
  const run = async (stepMs: number): Promise<number> => {
    const feed = new SyntheticFeed(5, "mean_revert", TAPE_START_NS);
    let hash = 0;
    for (let ms = stepMs; ms <= 3_000; ms += stepMs) {
      const untilNs = TAPE_START_NS + BigInt(ms) * 1_000_000n;
      while (
        await feed.pull(untilNs, 500, ({ words, strideWords, count }) => {
          for (let i = 0; i < count * strideWords; i++) {
            hash = Math.imul(hash ^ (words[i] ?? 0), 31);
          }
        }) === "more"
      );
    }
    ok(feed.position > 1_000);
    return hash;
  };
  return Promise.all([run(100), run(1_500), run(50)]).then(([a, b, c]) => {
    strictEqual(a, b);
    strictEqual(a, c);
  });
});
