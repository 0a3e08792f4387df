import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert/strict";
import { DbnError, FLAG, MBO_BYTES, MBO_WORD, type MboBlock } from "../../engine/dbn/mod.ts";
import { type FeedSink, isSeekable, type MarketFeed, type Pulled } from "../feeds/mod.ts";

/** Words of a record without its send time. */
const STRIDE_WORDS = MBO_BYTES / 4;

/** Later than any record of a file, epoch ns. */
export const FAR_NS = 1n << 62n;

/** A sink that drops everything. */
export const NO_SINK: FeedSink = { mbo: () => {} };

/** A sink that keeps a copy of every record, without its send time. */
export class KeptRecords implements FeedSink {
  readonly #parts: Uint32Array[] = [];

  mbo({ words, strideWords, count }: MboBlock): void {
    for (let i = 0; i < count; i++) {
      this.#parts.push(words.slice(i * strideWords, i * strideWords + STRIDE_WORDS));
    }
  }

  /** Records so far. */
  get count(): number {
    return this.#parts.length;
  }

  /** Epoch ns of every record but those of snapshots, which tell of orders from before. */
  timesNs(): readonly bigint[] {
    return this.#parts.filter((words) => !isOfSnapshot(words)).map(timeNs);
  }

  /** The records from one on, as text that is equal exactly when their bytes are. */
  texts(from = 0): readonly string[] {
    return this.#parts.slice(from).map((words) => words.join());
  }
}

function isOfSnapshot(words: Uint32Array): boolean {
  return ((words[MBO_WORD.FLAGS_CHANNEL_ACTION_SIDE] ?? 0) & FLAG.SNAPSHOT) !== 0;
}

/** Epoch ns of a record in words. */
export function timeNs(words: Uint32Array): bigint {
  const low = BigInt(words[MBO_WORD.TS_EVENT_LOW] ?? 0);
  return (BigInt(words[MBO_WORD.TS_EVENT_HIGH] ?? 0) << 32n) | low;
}

/** A kind of feed under test. */
export interface FeedUnderTest {
  /** A feed that stands before its first record; equal at every call. */
  open(): Promise<MarketFeed>;
  /** Everything before this is compared, epoch ns; it lies after the end of a feed that ends. */
  readonly untilNs: bigint;
  readonly endless: boolean;
  /** A feed whose source breaks before `untilNs`; null for one that cannot. */
  readonly openBroken: (() => Promise<MarketFeed>) | null;
}

/** Pulls until nothing before `untilNs` is left. */
export async function drain(
  feed: MarketFeed,
  untilNs: bigint,
  maxRecords: number,
  sink: FeedSink,
): Promise<Pulled> {
  let got: Pulled = "more";
  while (got === "more") got = await feed.pull(untilNs, maxRecords, sink);
  return got;
}

/** Opens a feed, uses it and closes it. */
async function withFeed<T>(feed: MarketFeed, use: (feed: MarketFeed) => Promise<T>): Promise<T> {
  try {
    return await use(feed);
  } finally {
    feed.close();
  }
}

/** A sink that must not be told of anything. */
function unwanted(): FeedSink {
  return { mbo: ({ count }) => ok(count === 0, `${count} records too many`) };
}

async function checkSteps(under: FeedUnderTest, whole: KeptRecords): Promise<void> {
  for (const [maxRecords, parts] of [[1, 3], [777, 11], [50_000, 2]] as const) {
    await withFeed(await under.open(), async (feed) => {
      const startNs = feed.startNs ?? 0n;
      const found = new KeptRecords();
      for (let part = 1; part <= parts; part++) {
        const untilNs = startNs + (under.untilNs - startNs) * BigInt(part) / BigInt(parts);
        await drain(feed, untilNs, maxRecords, found);
      }
      deepStrictEqual(found.texts(), whole.texts(), `${maxRecords} at a time, ${parts} stretches`);
    });
  }
}

async function checkTimes(under: FeedUnderTest, whole: KeptRecords): Promise<void> {
  await withFeed(await under.open(), async (feed) => {
    const startNs = feed.startNs ?? 0n;
    const stepNs = (under.untilNs - startNs) / 40n;
    let last = 0n;
    let count = 0;
    for (let untilNs = startNs; untilNs <= under.untilNs; untilNs += stepNs) {
      const found = new KeptRecords();
      await drain(feed, untilNs, 5_000, found);
      for (const ns of found.timesNs()) {
        ok(ns < untilNs && ns >= last, `${ns} after ${last}, before ${untilNs}`);
        last = ns;
      }
      count += found.count;
      if (await feed.pull(untilNs, 5_000, unwanted()) === "ended") break;
    }
    const due = whole.timesNs().filter((ns) => ns < under.untilNs - stepNs).length;
    ok(count >= due, `${count} of ${due} records came in time`);
  });
}

async function checkEnd(under: FeedUnderTest): Promise<void> {
  await withFeed(await under.open(), async (feed) => {
    const how = under.endless ? "due" : "ended";
    strictEqual(await drain(feed, under.untilNs, 5_000, NO_SINK), how);
    strictEqual(await feed.pull(under.untilNs, 5_000, unwanted()), how, "and again");
    strictEqual(under.endless, feed.endNs === null);
  });
}

/** Goes back to positions that were saved on the way, and to others. */
async function checkSeek(under: FeedUnderTest, whole: KeptRecords): Promise<void> {
  await withFeed(await under.open(), async (feed) => {
    if (!isSeekable(feed)) return ok(under.endless, "a feed that ends is a recording");
    strictEqual(feed.position, 0);
    await feed.pull(FAR_NS, 1_234, NO_SINK);
    const saved = feed.position;
    ok(saved >= 1_234 && saved < whole.count);
    await drain(feed, FAR_NS, 5_000, NO_SINK);
    strictEqual(feed.position, whole.count);
    for (const position of [saved, 0, 1, whole.count - 1, whole.count]) {
      await feed.rewind(position);
      strictEqual(feed.position, position);
      const rest = new KeptRecords();
      await drain(feed, FAR_NS, 999, rest);
      deepStrictEqual(rest.texts(), whole.texts(position), `from record ${position}`);
    }
  });
}

/** What comes before the damage is the feed; then a typed error says what is wrong, as often as asked. */
async function checkBroken(under: FeedUnderTest, whole: KeptRecords): Promise<void> {
  const feed = await under.openBroken?.();
  if (feed === undefined) return;
  await withFeed(feed, async () => {
    const found = new KeptRecords();
    await rejects(drain(feed, FAR_NS, 5_000, found), DbnError);
    ok(found.count > 0);
    deepStrictEqual(found.texts(), whole.texts().slice(0, found.count));
    await rejects(drain(feed, FAR_NS, 5_000, unwanted()), DbnError);
  });
}

/** The promises of a feed and its roles, each as a step of one test. */
export async function feedSuite(t: Deno.TestContext, under: FeedUnderTest): Promise<void> {
  const whole = new KeptRecords();
  const first = await under.open();
  await withFeed(first, (feed) => drain(feed, under.untilNs, 1_000_000, whole));
  ok(whole.count > 2_000, `${whole.count} records`);
  await t.step("gives the same bytes in any steps", () => checkSteps(under, whole));
  await t.step("keeps to order and time", () => checkTimes(under, whole));
  await t.step("says when nothing is left", () => checkEnd(under));
  await t.step("goes on from a position as a run from the open", () => checkSeek(under, whole));
  await t.step("gives what comes before damage, then says so", () => checkBroken(under, whole));
}
