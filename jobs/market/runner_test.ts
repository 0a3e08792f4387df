import { deepStrictEqual, match, ok, rejects, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { FeedError } from "../feeds/mod.ts";
import { MarketBench, specOf } from "../testing/market_bench.ts";
import { TAPE_START_NS, tapeBytes, withTempDir } from "../testing/market_files.ts";

const SECOND_NS = 1_000_000_000n;

/** A file of a minute, written once. */
async function withMinute(fn: (path: string, bench: MarketBench) => Promise<void>): Promise<void> {
  await withTempDir(async (folder) => {
    const path = join(folder, "minute.dbn");
    await Deno.writeFile(path, MINUTE);
    const bench = new MarketBench();
    try {
      await fn(path, bench);
    } finally {
      await bench.stop();
    }
  });
}

const MINUTE = tapeBytes({ seconds: 60 });

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}

function at(seconds: number): string {
  return (TAPE_START_NS + BigInt(seconds) * SECOND_NS).toString();
}

Deno.test("MarketRunner paces a replay, pauses, steps by bins and resumes", async () => {
  await withMinute(async (path, bench) => {
    await bench.open(specOf(path));
    strictEqual(bench.state.phase, "live");
    await bench.advance(1_000);
    deepStrictEqual(bench.takeSeqs(), range(0, 10));
    strictEqual(await bench.command({ op: "pause" }), null);
    await bench.advance(10_000);
    deepStrictEqual([bench.state.phase, bench.takeSeqs()], ["paused", []]);
    strictEqual(await bench.command({ op: "step", bins: 1 }), null);
    deepStrictEqual([bench.state.phase, bench.takeSeqs()], ["paused", [10]]);
    strictEqual(await bench.command({ op: "step", bins: 100 }), null);
    deepStrictEqual([bench.state.phase, bench.takeSeqs()], ["paused", range(11, 111)]);
    strictEqual(await bench.command({ op: "resume" }), null);
    await bench.advance(1_000);
    deepStrictEqual(
      bench.takeSeqs(),
      range(111, 121),
      "time that passed in a pause is not made up",
    );
    match(await bench.command({ op: "step", bins: 1 }) ?? "", /^Cannot step as the feed is not/);
    match(
      await bench.command({ op: "regime", regime: "trend_up" }) ?? "",
      /^Cannot change the reg/,
    );
  });
});

Deno.test("MarketRunner changes speed without a jump, and forgives a lag", async () => {
  await withMinute(async (path, bench) => {
    await bench.open(specOf(path, { speed: 5 }));
    await bench.advance(1_000);
    strictEqual(bench.takeSeqs().length, 50);
    await bench.advance(10);
    strictEqual(await bench.command({ op: "speed", speed: 0.5 }), null);
    // 50 ms of the open bin have passed: the other 50 ms take 100 ms at half speed.
    await bench.advance(99);
    deepStrictEqual(bench.takeSeqs(), []);
    await bench.advance(2);
    deepStrictEqual(bench.takeSeqs(), [50]);
    strictEqual(bench.state.speed, 0.5);
    bench.clock.ms += 20_000;
    strictEqual(await bench.command({ op: "speed", speed: 1 }), null);
    ok(bench.state.lagMs <= 1_000);
    strictEqual(await bench.command({ op: "speed", speed: "max" }), null);
    strictEqual(bench.state.phase, "ended");
    strictEqual(bench.bins.at(-1)?.seq, 599);
  });
});

Deno.test("MarketRunner.setWatched() makes the bins of a second together until somebody follows", async () => {
  await withMinute(async (path, bench) => {
    await bench.open(specOf(path));
    bench.runner.setWatched(false);
    await bench.advance(950);
    deepStrictEqual([bench.takeSeqs(), bench.state.lagMs], [[], 0]);
    await bench.advance(50);
    deepStrictEqual(bench.takeSeqs(), range(0, 10));
    await bench.advance(750);
    deepStrictEqual(bench.takeSeqs(), []);
    bench.runner.setWatched(true);
    await bench.advance(1);
    deepStrictEqual(bench.takeSeqs(), range(10, 17), "what is due comes at once");
    await bench.advance(49);
    deepStrictEqual(bench.takeSeqs(), [17]);
  });
});

Deno.test("MarketRunner catches up after a short delay and starts anew after a sleep", async () => {
  await withMinute(async (path, bench) => {
    await bench.open(specOf(path));
    await bench.advance(1_000);
    bench.takeSeqs();
    bench.clock.ms += 5_000;
    bench.clock.wake();
    await bench.clock.asleep();
    deepStrictEqual(bench.takeSeqs(), range(10, 60));
    bench.clock.ms += 3_600_000;
    bench.clock.wake();
    await bench.clock.asleep();
    await bench.advance(1_000);
    const seqs = bench.takeSeqs();
    ok(seqs.length >= 10 && seqs.length <= 11, `${seqs.length}`);
    ok(bench.state.lagMs < 100);
  });
});

Deno.test("MarketRunner ends with the file, tells so, and goes on after a seek", async () => {
  await withMinute(async (path, bench) => {
    await bench.open(specOf(path, { speed: "max" }));
    deepStrictEqual([bench.state.phase, bench.takeSeqs()], ["ended", range(0, 600)]);
    ok(bench.logs.some((line) => line.event === "feed_ended"));
    match(await bench.command({ op: "pause" }) ?? "", /^Cannot pause as the recording ended$/);
    match(await bench.command({ op: "resume" }) ?? "", /^Cannot resume as the recording ended$/);
    match(await bench.command({ op: "step", bins: 1 }) ?? "", /not paused$/);
    strictEqual(bench.state.phase, "ended");
    strictEqual(await bench.command({ op: "speed", speed: 1 }), null);
    strictEqual(await bench.command({ op: "seek", tsNs: at(30) }), null);
    deepStrictEqual([bench.state.phase, bench.resets], ["live", ["sought"]]);
    strictEqual(bench.takeSeqs()[0], 0);
    await bench.advance(500);
    deepStrictEqual(bench.takeSeqs().length, 5);
  });
});

Deno.test("MarketRunner steps over the end of a file without hanging", async () => {
  await withMinute(async (path, bench) => {
    await bench.open(specOf(path));
    await bench.command({ op: "pause" });
    await bench.command({ op: "step", bins: 1_000 });
    deepStrictEqual([bench.state.phase, bench.takeSeqs().at(-1)], ["ended", 599]);
  });
});

Deno.test("MarketRunner steps when it was paused before the first bin", async () => {
  await withMinute(async (path, bench) => {
    void bench.runner.open(specOf(path));
    const paused = bench.send({ op: "pause" });
    await bench.clock.asleep();
    strictEqual(await paused, null);
    strictEqual(bench.state.phase, "paused");
    deepStrictEqual(bench.takeSeqs(), []);
    strictEqual(await bench.command({ op: "step", bins: 3 }), null);
    deepStrictEqual([bench.state.phase, bench.takeSeqs()], ["paused", [0, 1, 2]]);
  });
});

Deno.test("MarketRunner keeps a pause through a seek and refuses one outside the file", async () => {
  await withMinute(async (path, bench) => {
    await bench.open(specOf(path));
    await bench.command({ op: "pause" });
    strictEqual(await bench.command({ op: "seek", tsNs: at(20) }), null);
    strictEqual(bench.state.phase, "paused");
    strictEqual(bench.state.progress, null);
    ok(bench.states.some((state) => state.phase === "seeking" && state.progress !== null));
    const seqs = bench.takeSeqs();
    deepStrictEqual(seqs, range(0, seqs.length));
    strictEqual(seqs.length, 199, "the first event comes 6 ms after the file's start");
    for (const tsNs of [at(-1), at(61)]) {
      match(await bench.command({ op: "seek", tsNs }) ?? "", /^Cannot seek outside the file/);
    }
    deepStrictEqual([bench.state.phase, bench.takeSeqs()], ["paused", []]);
    strictEqual(await bench.command({ op: "seek", tsNs: bench.state.startNs ?? "" }), null);
    strictEqual(await bench.command({ op: "seek", tsNs: bench.state.endNs ?? "" }), null);
  });
});

Deno.test("MarketRunner steps back in a replay that starts late without its beginning", async () => {
  await withTempDir(async (folder) => {
    const path = join(folder, "late.dbn");
    const bytes = tapeBytes({ seconds: 150 });
    await Deno.writeFile(path, bytes);
    const bench = new MarketBench();
    await bench.open(specOf(path, { start: "09:32:00" }));
    await bench.advance(2_000);
    strictEqual(await bench.command({ op: "pause" }), null);
    const seen = new Map(bench.bins.map((bin) => [bin.seq, bin.arrow.join()]));
    ok(seen.size >= 19, `${seen.size}`);
    // Half of the file is gone: nobody can come from there any more.
    const rest = new Uint8Array(bytes.length);
    rest.set(bytes.subarray(bytes.length >> 1), bytes.length >> 1);
    await Deno.writeFile(path, rest);
    bench.takeSeqs();
    const backNs = BigInt(bench.state.nowNs ?? 0) - SECOND_NS / 10n;
    strictEqual(await bench.command({ op: "seek", tsNs: `${backNs}` }), null);
    deepStrictEqual([bench.state.phase, bench.state.message], ["paused", null]);
    strictEqual(bench.state.nowNs, `${backNs}`);
    deepStrictEqual(bench.bins.map(({ seq }) => seq), range(0, seen.size - 1));
    for (const { seq, arrow } of bench.bins) strictEqual(arrow.join(), seen.get(seq), `bin ${seq}`);
    await bench.stop();
  });
});

Deno.test("MarketRunner gives up a seek and stands where it stood before", async () => {
  await withTempDir(async (folder) => {
    const path = join(folder, "long.dbn");
    await Deno.writeFile(path, tapeBytes({ seconds: 200 }));
    const bench = new MarketBench();
    await bench.open(specOf(path));
    match(await bench.command({ op: "cancel" }) ?? "", /^Cannot cancel as no seek is under way$/);
    await bench.advance(2_000);
    strictEqual(await bench.command({ op: "pause" }), null);
    const { nowNs } = bench.state;
    const sent = bench.takeSeqs();
    const before = bench.states.length;
    bench.onBreathe = () => {
      if (bench.state.phase !== "seeking" || (bench.state.progress ?? 0) > 0) return;
      bench.onBreathe = () => {};
      cancelled = bench.send({ op: "cancel" });
    };
    let cancelled: Promise<string | null> = Promise.resolve("never asked");
    strictEqual(await bench.command({ op: "seek", tsNs: at(199) }), null);
    strictEqual(await cancelled, null);
    await bench.clock.asleep();
    deepStrictEqual([bench.state.phase, bench.state.nowNs], ["paused", nowNs]);
    const times = bench.states.slice(before).map((state) => BigInt(state.nowNs ?? 0));
    ok(times.every((ns) => ns < BigInt(at(150))), "it never went all the way");
    deepStrictEqual(bench.takeSeqs(), sent);
    match(await bench.command({ op: "cancel" }) ?? "", /^Cannot cancel/);
    strictEqual(await bench.command({ op: "step", bins: 1 }), null);
    deepStrictEqual(bench.takeSeqs(), [sent.length]);
    await bench.stop();
  });
});

Deno.test("MarketRunner switches the model of a replay in place", async () => {
  await withMinute(async (path, bench) => {
    await bench.open(specOf(path));
    await bench.advance(500);
    await bench.command({ op: "pause" });
    const before = bench.state;
    bench.takeSeqs();
    strictEqual(await bench.command({ op: "model", model: "complete" }), null);
    deepStrictEqual(
      [bench.resets, bench.configs.length],
      [[], 1],
      "the same model changes nothing",
    );
    strictEqual(await bench.command({ op: "model", model: "compat" }), null);
    deepStrictEqual([bench.state.phase, bench.state.model], ["paused", "compat"]);
    deepStrictEqual(bench.resets, ["feed switched"]);
    strictEqual(bench.configs.at(-1)?.["pressure_model"], "compat");
    strictEqual(bench.state.nowNs, before.nowNs);
    deepStrictEqual(bench.takeSeqs(), range(0, 5));
    strictEqual(await bench.command({ op: "resume" }), null);
    await bench.advance(200);
    strictEqual(bench.takeSeqs().length, 2);
  });
});

// One market for three steps, as its history of two minutes costs more than all of them.
Deno.test("MarketRunner on a synthetic market", async (t) => {
  await withMinute(async (path, bench) => {
    await bench.open(specOf("synthetic", { regime: "arb_calm" }));
    await t.step("makes two minutes of history, then follows the wall clock", async () => {
      strictEqual(bench.state.phase, "live");
      const history = bench.bins.splice(0);
      ok(history.length >= 1_195 && history.length <= 1_200, `${history.length}`);
      ok(history.every((bin) => JSON.parse(bin.header).live === false));
      await bench.advance(1_000);
      const live = bench.bins.splice(0);
      ok(live.length === 10 && live.every((bin) => JSON.parse(bin.header).live === true));
      strictEqual(await bench.command({ op: "regime", regime: "trend_down" }), null);
      await bench.advance(100);
      strictEqual(bench.state.regime, "trend_down");
      match(await bench.command({ op: "seek", tsNs: at(0) }) ?? "", /only moves forward$/);
    });
    await t.step("lets a paused one go on where it stood", async () => {
      await bench.command({ op: "pause" });
      await bench.advance(20_000);
      bench.takeSeqs();
      bench.send({ op: "step", bins: 1 });
      bench.send({ op: "resume" });
      await bench.advance(1_000);
      const count = bench.takeSeqs().length;
      ok(count >= 10 && count <= 12, `${count} bins in a second`);
    });
    await t.step("switches to a file: reset, new control frame, new bins", async () => {
      await bench.open(specOf(path));
      deepStrictEqual(bench.resets, ["feed switched"]);
      deepStrictEqual([bench.state.kind, bench.state.name], ["replay", "minute.dbn"]);
      strictEqual(bench.configs.length, 2);
      await bench.advance(500);
      deepStrictEqual(bench.takeSeqs(), range(0, 5));
    });
  });
});

Deno.test("MarketRunner catches up with the wall clock what making the history took", async () => {
  const bench = new MarketBench();
  bench.onBreathe = () => {
    if (bench.state.phase === "seeking") bench.clock.ms += 50;
  };
  await bench.open(specOf("synthetic", { regime: "arb_calm" }));
  await bench.advance(500);
  const last = bench.bins.at(-1);
  ok(last !== undefined);
  const behindNs = bench.clock.wallNs() - BigInt(JSON.parse(last.header).bin_end_ns);
  ok(behindNs >= 0n && behindNs < SECOND_NS / 5n, `${behindNs} ns behind`);
  await bench.stop();
});

Deno.test("MarketRunner starts a synthetic market again under another model, paused or not", async () => {
  const bench = new MarketBench();
  await bench.open(specOf("synthetic", { regime: "arb_calm", model: "compat" }));
  await bench.command({ op: "pause" });
  bench.takeSeqs();
  strictEqual(await bench.command({ op: "model", model: "complete" }), null);
  deepStrictEqual([bench.state.phase, bench.state.model], ["paused", "complete"]);
  deepStrictEqual(bench.resets, ["feed switched"]);
  ok(bench.takeSeqs().length >= 1_195);
  await bench.stop();
});

Deno.test("MarketRunner tells a missing or broken file as a state and lives on", async () => {
  await withMinute(async (path, bench) => {
    await bench.open(specOf(`${path}.gone`));
    strictEqual(bench.state.phase, "error");
    match(bench.state.message ?? "", /^Cannot replay as the file does not exist/);
    match(await bench.command({ op: "pause" }) ?? "", /^Cannot obey as no feed is open$/);
    ok(bench.logs.some((line) => line.level === "error" && line.event === "feed_failed"));
    await Deno.writeTextFile(`${path}.garbage.dbn`, "this is no market file at all");
    await bench.open(specOf(`${path}.garbage.dbn`));
    strictEqual(bench.state.phase, "error");
    match(bench.state.message ?? "", /^Cannot read DBN/);
    await bench.open(specOf(path));
    deepStrictEqual([bench.state.phase, bench.state.message], ["live", null]);
    await bench.advance(1_000);
    strictEqual(bench.takeSeqs().length, 10);
  });
});

Deno.test("MarketRunner shows what comes before damage, and can go back in it", async () => {
  await withMinute(async (path, bench) => {
    const cut = MINUTE.slice(0, Math.floor(MINUTE.length / 2) + 3);
    await Deno.writeFile(path, cut);
    await bench.open(specOf(path, { speed: "max" }));
    strictEqual(bench.state.phase, "error");
    match(bench.state.message ?? "", /the input ends after/);
    const shown = bench.takeSeqs();
    ok(shown.length > 100 && shown.length < 400, `${shown.length}`);
    match(await bench.command({ op: "resume" }) ?? "", /^Cannot resume as the feed failed/);
    await bench.command({ op: "speed", speed: 1 });
    strictEqual(await bench.command({ op: "seek", tsNs: at(10) }), null);
    deepStrictEqual([bench.state.phase, bench.state.message], ["live", null]);
    ok(bench.takeSeqs().length >= 99);
    // A record of length zero in the middle of a chunk: the records before it count.
    const zero = MINUTE.slice();
    zero.fill(0, zero.length - 56 * 1_000, zero.length - 56 * 999);
    await Deno.writeFile(path, zero);
    await bench.open(specOf(path, { speed: "max" }));
    strictEqual(bench.state.phase, "error");
    match(bench.state.message ?? "", /^Cannot read record \d+ as its length/);
    strictEqual(bench.state.events, (MINUTE.length - HEAD_BYTES) / 56 - 1_000);
  });
});

const HEAD_BYTES = 8 + new DataView(MINUTE.buffer).getUint32(4, true);

Deno.test("MarketRunner obeys the last of two opens that overlap, and answers both", async () => {
  await withMinute(async (path, bench) => {
    const first = bench.runner.open(specOf("synthetic", { regime: "arb_calm" }));
    await bench.open(specOf(path));
    deepStrictEqual([(await first).kind, bench.state.kind], ["synthetic", "replay"]);
    await bench.advance(500);
    deepStrictEqual(bench.takeSeqs(), range(0, 5));
  });
});

Deno.test("MarketRunner lets the running feed go on when another one cannot be opened", async () => {
  await withMinute(async (path, bench) => {
    await bench.open(specOf(path));
    await bench.advance(500);
    deepStrictEqual(bench.takeSeqs(), range(0, 5));
    const told = [bench.resets.length, bench.configs.length];
    await Deno.writeTextFile(`${path}.garbage.dbn`, "this is no market file at all");
    for (const [source, code] of [["gone", "not_found"], ["garbage", "unreadable"]]) {
      await rejects(
        bench.runner.open(specOf(`${path}.${source}.dbn`)),
        (error) => error instanceof FeedError && error.code === code,
      );
    }
    deepStrictEqual([bench.resets.length, bench.configs.length], told, "nobody saw anything");
    await bench.advance(500);
    deepStrictEqual([bench.state.phase, bench.state.name], ["live", "minute.dbn"]);
    deepStrictEqual(bench.takeSeqs(), range(5, 10));
  });
});

Deno.test("MarketRunner waits for acknowledgements, also at speed max", async () => {
  await withMinute(async (path, bench) => {
    bench.acks = false;
    await bench.open(specOf(path, { speed: "max", maxInFlight: 32 }));
    ok(bench.bins.length >= 32 && bench.bins.length < 32 + 64, `${bench.bins.length}`);
    await bench.advance(60_000);
    ok(bench.bins.length < 32 + 64);
    strictEqual(await bench.command({ op: "pause" }), null);
    strictEqual(bench.state.phase, "paused");
    strictEqual(await bench.command({ op: "resume" }), null);
    const seen: number[] = [];
    while (bench.bins.length > 0) {
      const seqs = bench.takeSeqs();
      seen.push(...seqs);
      bench.ack(seqs.length);
      await bench.advance(0);
    }
    deepStrictEqual([bench.state.phase, seen], ["ended", range(0, 600)]);
  });
});

Deno.test("MarketRunner reports once a second while nothing happens", async () => {
  await withMinute(async (path, bench) => {
    await bench.open(specOf(path));
    await bench.command({ op: "pause" });
    const before = bench.states.length;
    await bench.advance(10_000);
    const told = bench.states.length - before;
    ok(told >= 9 && told <= 11, `${told}`);
  });
});
