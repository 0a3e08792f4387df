import {
  deepStrictEqual,
  match,
  notStrictEqual,
  ok,
  rejects,
  strictEqual,
} from "node:assert/strict";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { gridUpdate } from "../../../engine/frames/mod.ts";
import { QUADRATIC_PROJECTION, StreamPipeline } from "../../../engine/pressure/mod.ts";
import { openRun } from "../run_plan.ts";
import { openMarket } from "../../market/open.ts";
import { runReplay } from "../../research/replay/mod.ts";
import { runCapture } from "../../lake/capture/mod.ts";
import { captureOptions, marketFile } from "../../testing/captured.ts";
import { MarketBench, specOf, VirtualClock } from "../../testing/market_bench.ts";
import { tapeBytes, withTempDir } from "../../testing/market_files.ts";
import { samplePath, sampleTest } from "../../testing/samples.ts";
import { BookCache } from "./book_cache.ts";
import { decodeCheckpoint, encodeCheckpoint } from "./checkpoint_file.ts";
import { warmBook } from "./warm_book.ts";

/** Half a minute into the synthetic file, New York time. */
const START = "09:30:30";

/** A minute of a synthetic market, a folder for its cache, and what the cache refused. */
async function withCache(
  work: (file: string, dir: string, cache: BookCache, refused: string[]) => Promise<void>,
): Promise<void> {
  await withTempDir(async (dir) => {
    const file = join(dir, "market.dbn");
    await Deno.writeFile(file, MINUTE);
    const refused: string[] = [];
    await work(
      file,
      dir,
      new BookCache(dir, (_file, code, why) => refused.push(`${code}: ${why}`)),
      refused,
    );
  });
}

const MINUTE = tapeBytes({ seconds: 60 });

async function warm(cache: BookCache, file: string, start = START): Promise<string> {
  const common = { instrument: "", model: null, date: null, onWarning: () => {} };
  return (await warmBook(cache, { file, start, ...common })).path;
}

/** Runs a file from `start` for some seconds. @returns How it began, its state, and a hash of all bins. */
async function run(cache: BookCache | null, file: string, start: string, seconds: number) {
  const plan = { source: { kind: "file", path: file }, instrument: "", model: null } as const;
  const planned = await openRun(plan);
  const { feed, instrument } = planned;
  try {
    const startNs = planned.firstBin({ start, date: null }) ?? 0n;
    const bins = createHash("sha256");
    let count = 0;
    const pipeline = new StreamPipeline(instrument, {
      ...planned.timing(startNs),
      projection: QUADRATIC_PROJECTION,
      onBin: (frame) => {
        count++;
        bins.update(JSON.stringify(gridUpdate(frame, true)));
        for (
          const column of [...frame.engine, ...frame.projections, frame.score, frame.lastEventId]
        ) {
          bins.update(new Uint8Array(column.buffer, column.byteOffset, column.byteLength));
        }
      },
    });
    const how = await cache?.prepare({ file, feed, pipeline, instrument }) ?? "cold";
    const began = feed.position;
    const untilNs = startNs + BigInt(seconds) * 1_000_000_000n;
    while (await feed.pull(untilNs, 10_000, { mbo: (block) => pipeline.take(block) }) === "more");
    pipeline.closeUntil(Number(untilNs - planned.baseNs));
    return { how, began, count, bins: bins.digest("hex"), state: pipeline.hash() };
  } finally {
    feed.close();
  }
}

Deno.test("a run that begins from a warm book gives the same bins and the same state", async () => {
  await withCache(async (file, _dir, cache, refused) => {
    const cold = await run(cache, file, START, 25);
    deepStrictEqual([cold.how, cold.began, cold.count], ["cold", 0, 250]);
    await warm(cache, file);
    const resumed = await run(cache, file, START, 25);
    strictEqual(resumed.how, "resumed");
    ok(resumed.began > 1_000, `${resumed.began}`);
    deepStrictEqual([resumed.bins, resumed.state], [cold.bins, cold.state]);
    // Another time is another book.
    strictEqual((await run(cache, file, "09:30:31", 5)).how, "cold");
    deepStrictEqual(refused, []);
  });
});

Deno.test("openMarket() is done before the file of a kept book was read", async () => {
  await withCache(async (file, dir, cache) => {
    await warm(cache, file);
    const spec = specOf(file, { start: START, cacheDir: dir });
    const { market } = await openMarket(spec, new VirtualClock(), 0, {
      onBin: () => {},
      onWarning: () => {},
    });
    strictEqual(market.eventCount, 0);
    await market.step(market.emitAfterNs);
    ok(market.eventCount > 1_000, "the first step takes the book up");
    market.feed.close();
  });
});

sampleTest("a warm book gives the same bins and state on the crude-oil file", async (samples) => {
  await withCache(async (_file, _dir, cache, refused) => {
    const file = samplePath(samples, "CLX5_mbo.dbn");
    const cold = await run(null, file, "16:12", 60);
    await warm(cache, file, "16:12");
    const resumed = await run(cache, file, "16:12", 60);
    strictEqual(resumed.how, "resumed");
    deepStrictEqual([resumed.count, resumed.bins, resumed.state], [600, cold.bins, cold.state]);
    deepStrictEqual(refused, []);
  });
});

Deno.test("lotus replay and the server's replay use a warm book and show the same", async () => {
  await withCache(async (file, dir, cache) => {
    const replay = async (own?: BookCache) => {
      const bins = join(dir, "bins.jsonl");
      const { summary } = await runReplay({
        file,
        instrument: "",
        start: START,
        date: null,
        speed: "max",
        mode: "serve",
        model: null,
        bins,
        projection: { form: "quadratic", cubicScale: 1 / 6, dampingLambda: 0 },
        clock: new VirtualClock(),
        ...(own !== undefined && { cache: own }),
      });
      return [summary.state_hash, await Deno.readTextFile(bins)];
    };
    const serve = async (cacheDir?: string) => {
      const bench = new MarketBench();
      try {
        await bench.open(
          specOf(file, { start: START, ...(cacheDir !== undefined && { cacheDir }) }),
        );
        await bench.advance(5_000);
        return bench.bins.map((
          { header, arrow },
        ) => [header, createHash("sha256").update(arrow).digest("hex")]);
      } finally {
        await bench.stop();
      }
    };
    const [replayed, served] = [await replay(), await serve()];
    strictEqual(served.length, 50);
    await warm(cache, file);
    deepStrictEqual(await replay(cache), replayed);
    deepStrictEqual(await serve(dir), served);
  });
});

Deno.test("lotus capture begins from a warm book and stores the same dataset", async () => {
  await withTempDir(async (dir) => {
    const file = await marketFile(dir, 100);
    const refused: string[] = [];
    const cache = new BookCache(dir, (_file, code) => refused.push(code));
    const capture = async (name: string, own?: BookCache) => {
      const { manifest } = await runCapture({
        ...captureOptions(file, join(dir, name)),
        start: "09:31",
        end: "09:31:20",
        ...(own !== undefined && { cache: own }),
      });
      return manifest;
    };
    const cold = await capture("cold");
    await warm(cache, file, "09:31");
    // The manifest holds the hashes of both files.
    deepStrictEqual(await capture("resumed", cache), cold);
    deepStrictEqual(refused, []);
  });
});

Deno.test("a run from a warm book warns where the run without it does", async () => {
  await withCache(async (file, dir, cache) => {
    const shipped = new URL("../../../fixtures/instruments/es.yaml", import.meta.url);
    const instrument = join(dir, "narrow.yaml");
    const text = await Deno.readTextFile(shipped);
    const narrow = text.replace(/^n_absolute_ticks: \d+$/m, "n_absolute_ticks: 21")
      .replace(/^grid_radius_ticks: \d+$/m, "grid_radius_ticks: 5");
    await Deno.writeTextFile(instrument, narrow);
    const replay = async (own?: BookCache) => {
      const told: string[] = [];
      await runReplay({
        file,
        instrument,
        start: "09:30:25",
        date: null,
        speed: "max",
        mode: "serve",
        model: null,
        bins: null,
        projection: { form: "quadratic", cubicScale: 1 / 6, dampingLambda: 0 },
        clock: new VirtualClock(),
        onWarning: (message) => told.push(message),
        ...(own !== undefined && { cache: own }),
      });
      return told;
    };
    const cold = await replay();
    const start = "09:30:25";
    await warmBook(cache, {
      file,
      start,
      instrument,
      model: null,
      date: null,
      onWarning: () => {},
    });
    const resumed = await replay(cache);
    // The warnings of the warm-up were told when the book was built; the rest are the same.
    ok(resumed.length > 0 && cold.length > resumed.length, `${cold.length}, ${resumed.length}`);
    deepStrictEqual(resumed, cold.slice(cold.length - resumed.length));
  });
});

Deno.test("a seek back behind a warm start begins at the file's start again", async () => {
  await withCache(async (file, dir, cache) => {
    await warm(cache, file);
    const bench = new MarketBench();
    try {
      await bench.open(specOf(file, { start: START, cacheDir: dir }));
      await bench.advance(3_000);
      const first = bench.bins.splice(0).map((bin) => bin.header);
      strictEqual(await bench.command({ op: "seek", tsNs: bench.state.startNs ?? "" }), null);
      await bench.advance(3_000);
      const again = bench.bins.filter((bin) => bin.live).map((bin) => bin.header);
      deepStrictEqual(again.slice(0, 25), first.slice(0, 25));
    } finally {
      await bench.stop();
    }
  });
});

Deno.test("a damaged checkpoint is refused with one line and built anew", async () => {
  await withCache(async (file, _dir, cache, refused) => {
    const path = await warm(cache, file);
    const good = await Deno.readFile(path);
    const { bins } = await run(null, file, START, 5);
    const flipped = (at: number) => good.with(at, good[at]! ^ 0x10);
    const middle = good.length >> 1;
    const cases: readonly Uint8Array[] = [
      new Uint8Array(),
      new TextEncoder().encode("no book in here"),
      good.subarray(0, good.length - 1),
      ...[0, 9, 60, middle, good.length - 1].map(flipped),
      otherState(good),
    ];
    for (const [i, bytes] of cases.entries()) {
      await Deno.writeFile(path, bytes);
      const seen = await run(cache, file, START, 5);
      deepStrictEqual([i, seen.how, seen.bins], [i, "rebuilt", bins]);
      strictEqual(refused.length, 1, `case ${i}`);
      match(refused.pop() ?? "", /^damaged: /);
      deepStrictEqual(await Deno.readFile(path), good, `case ${i} is not built anew`);
    }
    strictEqual((await run(cache, file, START, 5)).how, "resumed");
  });
});

/** A checkpoint whose checksum holds and whose depth does not. */
function otherState(good: Uint8Array): Uint8Array {
  const stored = decodeCheckpoint(good);
  const bytes = stored.state.bytes.slice();
  const doubles = new Float64Array(bytes.buffer);
  const at = doubles.findIndex((value) => value > 1 && value < 1e6);
  ok(at >= 0);
  doubles.fill(77, at, at + 200);
  return encodeCheckpoint({ ...stored, state: { ...stored.state, bytes } });
}

Deno.test("a foreign or outdated checkpoint is refused, whatever its name says", async () => {
  await withCache(async (file, dir, cache, refused) => {
    const path = await warm(cache, file);
    const stored = decodeCheckpoint(await Deno.readFile(path));
    const { bins } = await run(null, file, START, 5);
    const cases: readonly [Partial<typeof stored.key>, RegExp][] = [
      [{ engine: "0" }, /^outdated: it was made by engine version 0/],
      [{ file_sha256: "0".repeat(64) }, /^foreign: it was made of another file$/],
      [{ instrument_sha256: "0".repeat(64) }, /^foreign: it was made for another instrument$/],
      [{ start_ns: "1" }, /^foreign: it was made for another time$/],
    ];
    for (const [change, message] of cases) {
      await Deno.writeFile(
        path,
        encodeCheckpoint({ ...stored, key: { ...stored.key, ...change } }),
      );
      const seen = await run(cache, file, START, 5);
      deepStrictEqual([seen.how, seen.bins], ["rebuilt", bins]);
      match(refused.splice(0).join(), message);
    }
    // The same name and time, another market: the book of the first one is not taken for it.
    await Deno.writeFile(file, tapeBytes({ seconds: 60, seed: 8 }));
    const other = await run(cache, file, START, 5);
    deepStrictEqual([other.how, refused], ["rebuilt", ["foreign: it was made of another file"]]);
    notStrictEqual(other.bins, bins);
    strictEqual(Array.from(Deno.readDirSync(join(dir, "cache", "book"))).length, 2);
  });
});

Deno.test("warmBook() refuses a start with nothing before or after it", async () => {
  await withCache(async (file, _dir, cache) => {
    await rejects(warm(cache, file, "09:30:00"), { code: "no_boundary" });
    await rejects(warm(cache, file, "09:40:00"), { code: "out_of_range" });
    await rejects(warm(cache, `${file}.gone.dbn`), { code: "not_found" });
  });
});
