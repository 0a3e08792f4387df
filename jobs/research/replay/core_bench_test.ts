import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { tapeBytes, withTempDir } from "../../testing/market_files.ts";
import { VirtualClock } from "../../testing/market_bench.ts";
import { samplePath, sampleTest } from "../../testing/samples.ts";
import {
  benchCore,
  coreBenchLines,
  type CoreBenchOptions,
  type CoreBenchResult,
} from "./core_bench.ts";

function bench(file: string, more: Partial<CoreBenchOptions> = {}): Promise<CoreBenchResult> {
  const clock = new VirtualClock();
  // Every look at the progress takes a millisecond, so that the rates are known.
  const onProgress = () => {
    clock.ms += 1;
  };
  return benchCore({
    file,
    instrument: "",
    start: null,
    date: null,
    model: null,
    maxBins: 0,
    failOnOutOfRange: false,
    clock,
    onProgress,
    ...more,
  });
}

Deno.test("benchCore() counts bins, events and span, and stops at the bins asked for", async () => {
  await withTempDir(async (dir) => {
    const file = join(dir, "market.dbn");
    await Deno.writeFile(file, tapeBytes({ seconds: 20 }));
    const all = await bench(file);
    ok(all.bins >= 198 && all.bins <= 200, `${all.bins}`);
    ok(Math.abs(all.replay_span_s - all.bins / 10) < 1e-9);
    deepStrictEqual([all.instrument, all.date, all.start], ["ESH6", "2026-03-10", "09:30:00"]);
    strictEqual(all.rows_per_grid, 8_192);
    ok(Math.abs(all.bins_per_s * all.wall_s - all.bins) < 1e-6);
    ok(Math.abs(all.events_per_s * all.wall_s - all.last_event_id) < 1e-6);
    const some = await bench(file, { maxBins: 30 });
    deepStrictEqual([some.bins, some.replay_span_s], [30, 3]);
    ok(some.last_event_id > 0 && some.last_event_id < all.last_event_id);
    const late = await bench(file, { start: "09:30:15", maxBins: 10 });
    deepStrictEqual([late.start, late.bins], ["09:30:15", 10]);
    const text = coreBenchLines(some);
    for (
      const line of [/^rows per grid +8,192$/m, /^bins emitted +30$/m, /^replay span +3\.000 s$/m]
    ) {
      ok(line.test(text), text);
    }
  });
});

Deno.test("benchCore() in strict mode ends at the first price outside the grid", async () => {
  await withTempDir(async (dir) => {
    const file = join(dir, "market.dbn");
    await Deno.writeFile(file, tapeBytes({ seconds: 5 }));
    const shipped = new URL("../../../fixtures/instruments/es.yaml", import.meta.url);
    const instrument = join(dir, "narrow.yaml");
    const text = await Deno.readTextFile(shipped);
    ok(/^n_absolute_ticks: \d+$/m.test(text));
    await Deno.writeTextFile(
      instrument,
      text.replace(/^n_absolute_ticks: \d+$/m, "n_absolute_ticks: 21")
        .replace(/^grid_radius_ticks: \d+$/m, "grid_radius_ticks: 5"),
    );
    strictEqual((await bench(file, { instrument })).rows_per_grid, 21);
    await rejects(bench(file, { instrument, failOnOutOfRange: true }), { code: "out_of_range" });
  });
});

sampleTest("benchCore() takes the crude-oil file", async (dir) => {
  const file = samplePath(dir, "CLX5_mbo.dbn");
  const result = await bench(file, { model: "compat", maxBins: 500 });
  deepStrictEqual([result.bins, result.instrument], [500, "CLX5"]);
});
