import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { newYorkNs } from "../../../engine/clock/mod.ts";
import type { MarketSpec } from "../protocol.ts";
import { createLogger, Hub } from "../../kit/mod.ts";
import { MarketSession } from "../session.ts";
import { MarketBench, specOf } from "../../testing/market_bench.ts";
import { tapeBytes, withTempDir } from "../../testing/market_files.ts";
import { elapsedUs } from "./latency_line.ts";
import { LatencyMeter } from "./latency_meter.ts";
import { type LatencySettings } from "./settings.ts";
import { Rolling } from "./rolling.ts";

const MINUTE = tapeBytes({ seconds: 60 });

/** Every field of a line, in order. */
const FIELDS = [
  "ts_wall_ns",
  "product_type",
  "symbol",
  "dt",
  "bin_seq",
  "bin_start_ns",
  "bin_end_ns",
  "bin_event_count",
  "event_id",
  "bin_first_ingest_wall_ns",
  "bin_last_ingest_wall_ns",
  "grid_ready_wall_ns",
  "queue_put_start_wall_ns",
  "queue_put_done_wall_ns",
  "first_ingest_to_grid_ready_us",
  "last_ingest_to_grid_ready_us",
  "grid_ready_to_queue_put_done_us",
  "first_ingest_to_queue_put_done_us",
  "last_ingest_to_queue_put_done_us",
  "queue_block_us",
];

type Line = Readonly<Record<string, string | number | null>>;

async function lines(path: string): Promise<readonly Line[]> {
  const text = await Deno.readTextFile(path);
  ok(text === "" || text.endsWith("\n"));
  return text.split("\n").filter((line) => line !== "").map((line) => JSON.parse(line));
}

function settings(path: string, more: Partial<LatencySettings> = {}): LatencySettings {
  return { path, from: null, to: null, summaryEvery: 200, ...more };
}

/** Plays some seconds of the synthetic minute with a meter; handing a bin over takes 2 ms. */
async function play(
  dir: string,
  own: LatencySettings,
  seconds: number,
  more: Partial<MarketSpec> = {},
): Promise<MarketBench> {
  const file = join(dir, "market.dbn");
  await Deno.writeFile(file, MINUTE);
  const bench = new MarketBench();
  bench.onBin = () => {
    bench.clock.ms += 2;
  };
  bench.runner.measure(own);
  try {
    await bench.open(specOf(file, more));
    await bench.advance(seconds * 1_000);
  } finally {
    await bench.stop();
  }
  return bench;
}

Deno.test("elapsedUs() and Rolling.percentiles() give the golden values", () => {
  const golden = JSON.parse(
    Deno.readTextFileSync(
      new URL("../../../fixtures/vacuum-pressure/unit-math.json", import.meta.url),
    ),
  );
  for (const { start, end, us } of golden.latency_us) strictEqual(elapsedUs(start, end), us);
  const { values, p50_p95_p99: expected } = golden.percentile;
  const rolling = new Rolling(values.length);
  strictEqual(rolling.percentiles(), null);
  for (const value of [1e9, ...values, null]) rolling.add(value);
  const { p50, p95, p99 } = rolling.percentiles() ?? { p50: 0, p95: 0, p99: 0 };
  [p50, p95, p99].forEach((value, i) => ok(Math.abs(value - expected[i]) < 1e-9, `${value}`));
});

Deno.test("a measured market appends one line per bin with all fields", async () => {
  await withTempDir(async (dir) => {
    const path = join(dir, "deep", "folder", "latency.jsonl");
    const bench = await play(dir, settings(path), 5);
    const seen = await lines(path);
    deepStrictEqual(seen.map((line) => line["bin_seq"]), bench.bins.map((bin) => bin.seq));
    ok(seen.length >= 40);
    for (const [i, line] of seen.entries()) {
      deepStrictEqual(Object.keys(line), FIELDS);
      deepStrictEqual([line["dt"], line["symbol"], line["product_type"]], [
        "2026-03-10",
        "ESH6",
        "future_mbo",
      ]);
      strictEqual(line["queue_block_us"], 2_000);
      strictEqual(line["ts_wall_ns"], line["queue_put_done_wall_ns"]);
      strictEqual(line["bin_event_count"] === 0, line["bin_first_ingest_wall_ns"] === null);
      const header = JSON.parse(bench.bins[i]?.header ?? "");
      deepStrictEqual(
        [line["bin_event_count"], line["event_id"]],
        [header.bin_event_count, header.event_id],
      );
    }
    // Epoch ns are whole in the text, though no JSON number of JavaScript holds them.
    const first = JSON.parse(bench.bins[0]?.header ?? "");
    match(await Deno.readTextFile(path), new RegExp(`"bin_end_ns":${first.bin_end_ns},`));
    // The private times leave the producer in no message.
    ok(!bench.bins.some((bin) => bin.header.includes("wall_ns")));
  });
});

Deno.test("a second run appends, and an empty bin has no ingest", async () => {
  await withTempDir(async (dir) => {
    const path = join(dir, "latency.jsonl");
    await play(dir, settings(path), 2);
    const before = (await lines(path)).length;
    await play(dir, settings(path), 2);
    strictEqual((await lines(path)).length, 2 * before);
    const meter = new LatencyMeter(settings(join(dir, "one.jsonl")), () => 5, {
      onSummary: () => {},
      onFailure: () => {},
    });
    meter.times.gridReady();
    meter.times.queuePutStart();
    meter.times.queuePutDone();
    meter.take({ ...BIN, startNs: 1n, endNs: 2n });
    meter.close();
    const [line] = await lines(join(dir, "one.jsonl"));
    deepStrictEqual(
      [line?.["bin_last_ingest_wall_ns"], line?.["last_ingest_to_queue_put_done_us"]],
      [null, null],
    );
    strictEqual(line?.["queue_block_us"], 0);
  });
});

const BIN = { productType: "future_mbo", symbol: "ESH6", seq: 0, eventCount: 0, eventId: 0 };

Deno.test("LatencyMeter measures the bins of its window on every New York day", async () => {
  await withTempDir(async (dir) => {
    const cases: readonly [string | null, string | null, readonly string[]][] = [
      [null, null, ["08:59", "09:24", "09:25", "09:39", "09:40"]],
      ["09:25", null, ["09:25", "09:39", "09:40"]],
      [null, "09:40", ["08:59", "09:24", "09:25", "09:39"]],
      ["09:25", "09:40", ["09:25", "09:39"]],
    ];
    for (const [i, [from, to, expected]] of cases.entries()) {
      const path = join(dir, `${i}.jsonl`);
      const meter = new LatencyMeter(settings(path, { from, to }), () => 0, {
        onSummary: () => {},
        onFailure: () => {},
      });
      // The clocks go forward between the two days.
      for (const date of ["2026-03-07", "2026-03-08"]) {
        for (const time of ["08:59", "09:24", "09:25", "09:39", "09:40"]) {
          // The bin of 09:24 ends at 09:25:00 exactly: it is no part of a window from then on.
          const startNs = newYorkNs(date, time === "09:24" ? "09:24:59" : time);
          meter.take({
            ...BIN,
            eventId: Number(time.replace(":", "")),
            startNs,
            endNs: startNs + 1_000_000_000n,
          });
        }
      }
      meter.close();
      const seen = await lines(path);
      const ids = expected.map((time) => Number(time.replace(":", "")));
      deepStrictEqual(seen.map((line) => line["event_id"]), [...ids, ...ids], `case ${i}`);
      deepStrictEqual(
        new Set(seen.map((line) => line["dt"])),
        new Set(["2026-03-07", "2026-03-08"]),
      );
    }
  });
});

Deno.test("a summary is logged every so many bins and at the end, and told each second", async () => {
  await withTempDir(async (dir) => {
    const bench = await play(dir, settings(join(dir, "l.jsonl"), { summaryEvery: 15 }), 4);
    const logged = bench.logs.filter(({ event }) => event === "producer_latency");
    const bins = bench.bins.length;
    deepStrictEqual(
      logged.map(({ fields }) => fields["bins"]),
      [
        ...Array.from({ length: Math.floor(bins / 15) }, (_, i) => 15 * (i + 1)),
        ...bins % 15 > 0 ? [bins] : [],
      ],
    );
    for (const { fields } of logged) strictEqual(fields["queue_block_us_p99"], 2_000);
    const told = bench.latencies.at(-1);
    deepStrictEqual([told?.writes, told?.queueBlockUs?.p50], [true, 2_000]);
  });
});

Deno.test("a full disk ends the measuring with one warning, and the market goes on", async () => {
  await withTempDir(async (dir) => {
    const bench = await play(dir, settings("/dev/full"), 5);
    const warned = bench.logs.filter(({ event }) => event === "latency_off");
    strictEqual(warned.length, 1);
    match(String(warned[0]?.fields["message"]), /^Cannot write \/dev\/full: No space left/);
    ok(bench.bins.length >= 40);
    strictEqual(bench.latencies.at(-1)?.writes, false);
  });
});

Deno.test("a folder in place of the file ends the measuring before it begins", async () => {
  await withTempDir(async (dir) => {
    const bench = await play(dir, settings(dir), 1);
    deepStrictEqual(
      bench.logs.filter(({ event }) => event === "latency_off").length,
      1,
    );
    ok(bench.bins.length >= 8);
  });
});

Deno.test("MarketSession.stop() waits until the lines of its worker are written", async () => {
  await withTempDir(async (dir) => {
    const file = join(dir, "market.dbn");
    await Deno.writeFile(file, MINUTE);
    const path = join(dir, "latency.jsonl");
    const written: string[] = [];
    const session = new MarketSession(specOf(file, { speed: "max" }), {
      hub: new Hub(),
      log: createLogger("test", {
        level: "info",
        human: false,
        now: () => new Date(0),
        write: (line) => written.push(line),
      }),
      nowMs: () => performance.now(),
      autoAck: true,
      latency: settings(path, { summaryEvery: 1_000_000 }),
    });
    const ended = new Promise<void>((resolve) => {
      session.events.subscribe((event) => {
        if (event.type === "state" && event.state.phase === "ended") resolve();
      });
    });
    await ended;
    await session.stop();
    const seen = await lines(path);
    strictEqual(seen.length, session.totals.bins);
    ok(seen.length >= 590);
    for (const line of seen) {
      for (const [name, value] of Object.entries(line)) {
        if (name.endsWith("_us") && value !== null) ok(Number(value) >= 0, name);
      }
    }
    ok(written.some((line) => line.includes('"producer_latency"')), "a summary at the end");
    ok((session.latency?.bins ?? 0) > 0);
  });
});
