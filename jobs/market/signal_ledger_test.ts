import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { tableFromIPC } from "apache-arrow";
import { DirectionalSignals } from "../../engine/signals/mod.ts";
import { MarketBench, specOf } from "../testing/market_bench.ts";
import { tapeBytes, withTempDir } from "../testing/market_files.ts";
import type { EncodedBin } from "./protocol.ts";

/** The signals of the bins as a reader of another make computes them from what was sent. */
function fromArrow(bins: readonly EncodedBin[]): readonly number[] {
  const signals = new DirectionalSignals(100);
  return bins.flatMap(({ arrow, header }) => {
    const table = tableFromIPC(arrow);
    const column = (name: string) => Float64Array.from(table.getChild(name) ?? [], Number);
    const { composite, ads, pfp, svac, warmup } = signals.update({
      k: Int32Array.from(table.getChild("k") ?? [], Number),
      vAdd: column("v_add"),
      vFill: column("v_fill"),
      vPull: column("v_pull"),
      vacuum: column("vacuum_variant"),
      spotHalfTick: JSON.parse(header).spot_half_tick,
    });
    return [composite, ads, pfp, svac, warmup];
  });
}

Deno.test("a market tells the signals of the bins that it sent, begun at the first asked for", async () => {
  await withTempDir(async (dir) => {
    const file = join(dir, "market.dbn");
    await Deno.writeFile(file, tapeBytes({ seconds: 60 }));
    const bench = new MarketBench();
    try {
      await bench.open(specOf(file, { speed: "max" }));
      await bench.advance(1_000);
      const { bins, runner } = bench;
      ok(bins.length >= 598);
      const last = bins.at(-1)?.seq ?? 0;
      for (const [from, to] of [[0, last], [last - 300, last], [17, 17]] as const) {
        const found = runner.signals(from, to);
        ok(found);
        deepStrictEqual(Array.from(found.values), fromArrow(bins.slice(from, to + 1)));
        const end = (i: number) => BigInt(JSON.parse(bins[i]?.header ?? "").bin_end_ns);
        deepStrictEqual([found.firstEndNs, found.lastEndNs], [end(from), end(to)]);
      }
      for (const [from, to] of [[0, last + 1], [5, 4], [-1, 3]] as const) {
        strictEqual(runner.signals(from, to), null, `${from} to ${to}`);
      }
      const half = bins.filter(({ header }) => JSON.parse(header).spot_half_tick).length;
      ok(half > 0 && half < bins.length, "both axes occur");
    } finally {
      await bench.stop();
    }
  });
});

Deno.test("after a seek only the bins sent since are known", async () => {
  await withTempDir(async (dir) => {
    const file = join(dir, "market.dbn");
    await Deno.writeFile(file, tapeBytes({ seconds: 60 }));
    const bench = new MarketBench();
    try {
      await bench.open(specOf(file, { start: "09:30:10" }));
      await bench.advance(5_000);
      strictEqual(await bench.command({ op: "seek", tsNs: bench.state.startNs ?? "" }), null);
      bench.bins.length = 0;
      await bench.advance(1_000);
      const seqs = bench.bins.map((bin) => bin.seq);
      ok(bench.runner.signals(seqs[0] ?? 0, seqs.at(-1) ?? 0));
      strictEqual(bench.runner.signals(seqs[0] ?? 0, 49), null);
    } finally {
      await bench.stop();
    }
  });
});
