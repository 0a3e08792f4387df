import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { newYorkNs } from "../../engine/clock/mod.ts";
import { MarketBench, specOf, VirtualClock } from "../testing/market_bench.ts";
import { TAPE_START_NS, tapeBytes, withTempDir } from "../testing/market_files.ts";
import { samplePath, sampleTest } from "../testing/samples.ts";
import { openMarket } from "./open.ts";
import type { EncodedBin, MarketSpec } from "./protocol.ts";

/** The bins of an uninterrupted run up to a number, by sequence number. */
async function uninterrupted(spec: MarketSpec, count: number): Promise<readonly EncodedBin[]> {
  const bins: EncodedBin[] = [];
  const { market, liveFromNs } = await openMarket(spec, new VirtualClock(), 1_200, {
    onBin: (bin) => bins.push(bin),
    onWarning: () => {},
  });
  if (liveFromNs !== null) { while (!await market.step(liveFromNs)); }
  while (bins.length < count && !market.ended) {
    await market.step(market.closedUntilNs + 6.4e9 || 2 ** 53 - 1);
  }
  market.feed.close();
  return bins;
}

const NO_BYTES = new Uint8Array();

function withoutLive(header: string): string {
  return header.replace(/,?"live":(true|false)/, "");
}

/** Whether every bin that was sent equals the uninterrupted run's, byte by byte. */
function assertSame(sent: readonly EncodedBin[], truth: readonly EncodedBin[]): void {
  for (const bin of sent) {
    const want = truth[bin.seq];
    ok(want !== undefined, `bin ${bin.seq}`);
    strictEqual(withoutLive(bin.header), withoutLive(want.header));
    if (!bytesEqual(bin.arrow, want.arrow)) throw new Error(`The bytes of bin ${bin.seq} differ`);
    strictEqual(bin.parts.length, want.parts.length);
    bin.parts.forEach(({ header, arrow }, i) => {
      const part = want.parts[i]!;
      strictEqual(withoutLive(header), withoutLive(part.header));
      if (!bytesEqual(arrow ?? NO_BYTES, part.arrow ?? NO_BYTES)) {
        throw new Error(`The ${part.name} of bin ${bin.seq} differ`);
      }
    });
  }
}

function bytesEqual(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Seeks to seconds after the start, lets a second pass each time, and compares all bins. */
async function checkSeeks(spec: MarketSpec, seconds: readonly number[], binCount: number) {
  const truth = await uninterrupted(spec, binCount);
  const bench = new MarketBench();
  await bench.open(spec);
  const startNs = BigInt(bench.state.startNs ?? 0);
  for (const second of seconds) {
    bench.bins.length = 0;
    const tsNs = (startNs + BigInt(second) * 1_000_000_000n).toString();
    strictEqual(await bench.command({ op: "seek", tsNs }), null);
    await bench.advance(1_000);
    const history = bench.bins.filter((bin) => JSON.parse(bin.header).live === false);
    const live = bench.bins.filter((bin) => JSON.parse(bin.header).live === true);
    ok(live.length >= 9 && live.length <= 11, `${second} s: ${live.length} live bins`);
    strictEqual(live[0]?.seq, second * 10, `${second} s`);
    const first = bench.bins[0]?.seq ?? -1;
    deepStrictEqual(bench.bins.map((bin) => bin.seq), bench.bins.map((_bin, i) => first + i));
    ok(history.length <= 1_201);
    assertSame(bench.bins, truth);
  }
  await bench.stop();
}

Deno.test("Market gives the same bytes after any seek as without one", async () => {
  await withTempDir(async (folder) => {
    const path = join(folder, "a.dbn");
    await Deno.writeFile(path, tapeBytes({ seconds: 150, regime: "mean_revert" }));
    // Farther than the two minutes of history that a seek sends, back, far again, and to the start.
    await checkSeeks(specOf(path), [140, 20, 130, 0], 1_500);
  });
});

sampleTest("Market gives the same bytes after any seek in a recording", async (dir) => {
  const spec = specOf(samplePath(dir, "CLX5_mbo.dbn"));
  await checkSeeks(spec, [400, 60, 350, 200], 4_020);
});

Deno.test("MarketRunner keeps recorded time at speeds 1, 5 and 20 under late wake-ups", async () => {
  await withTempDir(async (folder) => {
    const path = join(folder, "a.dbn");
    await Deno.writeFile(path, tapeBytes({ seconds: 62 }));
    for (const speed of [1, 5, 20]) {
      const bench = new MarketBench();
      const arrivals: { readonly atMs: number; readonly endNs: number }[] = [];
      let firstEnd = 0n;
      bench.onBin = (bin) => {
        const end = BigInt(JSON.parse(bin.header).bin_end_ns);
        if (firstEnd === 0n) firstEnd = end;
        arrivals.push({ atMs: bench.clock.ms, endNs: Number(end - firstEnd) });
        bench.bins.length = 0;
      };
      await bench.open(specOf(path, { speed }));
      let n = 0;
      await bench.advance(60_000 / speed, () => (n = (n * 31 + 7) % 40));
      ok(arrivals.length >= 595, `${arrivals.length}`);
      const startMs = bench.clock.ms - 60_000 / speed;
      for (const { atMs, endNs } of arrivals) {
        const lateMs = atMs - startMs - (endNs + 1e8) / 1e6 / speed;
        ok(lateMs > -1, `a bin came ${-lateMs} ms early`);
        ok(lateMs < 41, `a bin came ${lateMs} ms late`);
      }
      // Wake-ups on time again: whatever is left is drift.
      await bench.advance(1_000 / speed);
      const last = arrivals.at(-1);
      ok(last !== undefined && last.endNs > 60e9);
      const driftMs = last.atMs - startMs - (last.endNs + 1e8) / 1e6 / speed;
      ok(Math.abs(driftMs) < 0.001 * 60_000 / speed, `${driftMs} ms at speed ${speed}`);
      await bench.stop();
    }
  });
});

sampleTest(
  "MarketRunner at speed max obeys a pause inside the daily halt",
  async (dir) => {
    const bench = new MarketBench();
    const path = samplePath(dir, "CLX5_mbo.dbn");
    // Five seconds before the daily halt of 45 minutes.
    await bench.open(specOf(path, { start: "16:59:55" }));
    strictEqual(bench.bins.length, 0);
    let steps = 0;
    let sentAtStep = -1;
    let pausedAtStep = -1;
    bench.onBreathe = () => {
      steps++;
      if (bench.bins.length > 500 && sentAtStep < 0) {
        sentAtStep = steps;
        bench.send({ op: "pause" });
      }
      if (pausedAtStep < 0 && bench.states.at(-1)?.phase === "paused") pausedAtStep = steps;
    };
    await bench.command({ op: "speed", speed: "max" });
    strictEqual(bench.state.phase, "paused");
    ok(sentAtStep > 0);
    ok(bench.bins.length < 500 + 3 * 64, `${bench.bins.length} bins until the pause`);
    const inHalt = JSON.parse(bench.bins.at(-1)?.header ?? "{}");
    strictEqual(inHalt.bin_event_count, 0);
    await bench.stop();
  },
);

sampleTest("Market starts a recording at a New York time after a warm-up", async (dir) => {
  const path = samplePath(dir, "CLX5_mbo.dbn");
  const bins = await uninterrupted(specOf(path, { start: "16:00" }), 20);
  strictEqual(
    JSON.parse(bins[0]?.header ?? "{}").bin_start_ns,
    newYorkNs("2025-09-24", "16:00").toString(),
  );
  strictEqual(bins[0]?.seq, 0);
  ok(JSON.parse(bins[0]?.header ?? "{}").book_valid);
  const inHalt = await uninterrupted(specOf(path, { start: "17:10", date: "2025-09-24" }), 20);
  ok(inHalt.length < 200, `one step closed ${inHalt.length} bins of the halt`);
  strictEqual(JSON.parse(inHalt[0]?.header ?? "{}").bin_event_count, 0);
});

Deno.test("MarketRunner refuses a start outside the file and another day, and says which it holds", async () => {
  await withTempDir(async (folder) => {
    const path = join(folder, "a.dbn");
    await Deno.writeFile(path, tapeBytes({ seconds: 20 }));
    const bench = new MarketBench();
    const refused: readonly [Partial<MarketSpec>, RegExp][] = [
      [
        { start: "09:29" },
        /^Cannot start at 2026-03-10 09:29 New York time as the file runs from 2026-03-10 09:30:00 to 2026-03-10 09:30:20$/,
      ],
      [{ start: "16:00" }, /^Cannot start at 2026-03-10 16:00/],
      [
        { date: "2026-03-11" },
        /^Cannot replay 2026-03-11 as the file holds 2026-03-10, New York dates$/,
      ],
      [{ date: "2026-03-09", start: "09:30" }, /^Cannot replay 2026-03-09/],
    ];
    for (const [more, message] of refused) {
      await bench.open(specOf(path, more));
      strictEqual(bench.state.phase, "error");
      match(bench.state.message ?? "", message);
    }
    await bench.open(specOf(path, { date: "2026-03-10" }));
    strictEqual(bench.state.phase, "live");
    await bench.open(specOf(path, { date: "2026-03-10", start: "09:30:10" }));
    strictEqual(bench.state.phase, "live");
    strictEqual(bench.state.startNs, (TAPE_START_NS + 10_000_000_000n).toString());
    await bench.advance(300);
    deepStrictEqual(bench.bins.map((bin) => bin.seq), [0, 1, 2]);
    match(
      await bench.command({ op: "seek", tsNs: (TAPE_START_NS + 5_000_000_000n).toString() }) ?? "",
      /^Cannot seek outside the file/,
    );
    // The metadata promises an hour: the records end before the start.
    await Deno.writeFile(
      path,
      tapeBytes({ seconds: 20, metaEndNs: TAPE_START_NS + 3_600_000_000_000n }),
    );
    await bench.open(specOf(path, { start: "10:00", speed: "max" }));
    strictEqual(bench.state.phase, "error");
    match(
      bench.state.message ?? "",
      /^Cannot show a\.dbn as it has no event at or after the given start$/,
    );
    await bench.stop();
  });
});
