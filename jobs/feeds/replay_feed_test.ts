import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert/strict";
import { dirname, join } from "node:path";
import {
  compressZstd,
  concatBytes,
  encodeMetadata,
  newMetadata,
  SCHEMA_MIXED,
} from "../../engine/dbn/mod.ts";
import { drain, FAR_NS, feedSuite, KeptRecords, NO_SINK } from "../testing/feed_suite.ts";
import {
  TAPE_START_NS,
  tapeBytes,
  type TapeOptions,
  withTempDir,
} from "../testing/market_files.ts";
import { ReplayFeed } from "./replay_feed.ts";

async function withTape(options: TapeOptions, fn: (path: string) => Promise<void>): Promise<void> {
  await withTempDir(async (folder) => {
    const path = join(folder, "tape.dbn");
    await Deno.writeFile(path, tapeBytes(options));
    await fn(path);
  });
}

for (const packed of [false, true]) {
  Deno.test(`ReplayFeed keeps what a feed promises, ${packed ? "compressed" : "plain"}`, async (t) => {
    await withTempDir(async (folder) => {
      const bytes = tapeBytes({ seconds: 6 });
      const path = join(folder, packed ? "tape.dbn.zst" : "tape.dbn");
      const broken = join(folder, "broken.dbn");
      const stored = packed ? concatBytes([...compressZstd([bytes])]) : bytes;
      await Deno.writeFile(path, stored);
      await Deno.writeFile(broken, bytes.subarray(0, bytes.length - 10));
      await feedSuite(t, {
        open: () => ReplayFeed.open(path),
        untilNs: TAPE_START_NS + 10_000_000_000n,
        endless: false,
        openBroken: () => ReplayFeed.open(broken),
      });
    });
  });
}

Deno.test("ReplayFeed.share tells how much of the file was read", async () => {
  await withTape({ seconds: 20 }, async (path) => {
    const feed = await ReplayFeed.open(path);
    ok(feed.share > 0 && feed.share < 1);
    strictEqual(await feed.pull(FAR_NS, Infinity, NO_SINK), "ended");
    strictEqual(feed.share, 1);
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
      ok(feed.isSynthetic); // the file says so itself
      strictEqual(feed.position, 0);
      strictEqual(feed.symbolOf(-1), null);
      feed.close();
    });
  }
});

Deno.test("ReplayFeed.open() looks at the beginning only, whatever records lie there", async () => {
  await withTempDir(async (folder) => {
    const path = join(folder, "mixed.dbn");
    const head = encodeMetadata(newMetadata({
      dataset: "TEST",
      schema: SCHEMA_MIXED,
      startNs: TAPE_START_NS,
    }));
    // The longest record that there is, of a type that nobody knows.
    const unknown = new Uint8Array(1_020);
    unknown.set([255, 0x77]);
    await Deno.writeFile(path, concatBytes([head, ...new Array(40_000).fill(unknown)]));
    const feed = await ReplayFeed.open(path);
    ok(feed.share < 0.5, `${feed.share} of the file`);
    strictEqual(feed.startNs, TAPE_START_NS);
    strictEqual(feed.isSynthetic, false);
    strictEqual(await feed.pull(FAR_NS, 10, NO_SINK), "ended");
    feed.close();
  });
});

Deno.test("ReplayFeed.open() refuses what it cannot replay", async () => {
  await rejects(ReplayFeed.open("/nowhere/x.dbn"), { name: "FeedError", code: "not_found" });
  await withTape({ seconds: 1, schema: "trades" }, async (path) => {
    await rejects(
      ReplayFeed.open(path),
      /^FeedError: Cannot replay .* not hold market-by-order records but trades: "tape.dbn"$/,
    );
    const bytes = tapeBytes({ seconds: 8 });
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
    strictEqual(await empty.pull(FAR_NS, 10, NO_SINK), "ended");
    empty.close();
  });
});

Deno.test("ReplayFeed gives every whole record before damage, also after a rewind", async () => {
  await withTape({ seconds: 5 }, async (path) => {
    const bytes = await Deno.readFile(path);
    await Deno.writeFile(path, bytes.subarray(0, bytes.length - 10));
    const feed = await ReplayFeed.open(path);
    const headBytes = 8 + new DataView(bytes.buffer).getUint32(4, true);
    for (let turn = 0; turn < 2; turn++) {
      const kept = new KeptRecords();
      await rejects(feed.pull(FAR_NS, 1_000_000, kept), /the input ends after 46 of its bytes/);
      strictEqual(kept.count, (bytes.length - headBytes) / 56 - 1);
      ok(feed.problem !== null);
      await feed.rewind(0);
    }
    feed.close();
  });
});

Deno.test("ReplayFeed.rewind() reads a plain file again from near the place, not from its start", async () => {
  await withTape({ seconds: 120 }, async (path) => {
    const feed = await ReplayFeed.open(path);
    const whole = new KeptRecords();
    strictEqual(await drain(feed, FAR_NS, 50_000, whole), "ended");
    const { size } = await Deno.stat(path);
    ok(size > 1_000_000, `${size} bytes`);
    // The first half is gone: whoever reads it finds records of length zero.
    const half = new Uint8Array(size);
    half.set(tapeBytes({ seconds: 120 }).subarray(size / 2), size / 2);
    await Deno.writeFile(path, half);
    const position = Math.floor(whole.count * 0.9);
    await feed.rewind(position);
    const rest = new KeptRecords();
    strictEqual(await drain(feed, FAR_NS, 999, rest), "ended");
    ok(rest.count > 1_000);
    deepStrictEqual(rest.texts(), whole.texts(position));
    feed.close();
  });
});
