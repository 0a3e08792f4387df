import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import {
  type ControlEntry,
  DEFAULT_CONTROL,
  fixedTimeline,
  type PresetId,
} from "../../engine/regime/mod.ts";
import { MBO_WORD, type MboBlock } from "../../engine/dbn/mod.ts";
import { SYNTH_FUTURE, TapeAudit } from "../../engine/tape/futures/mod.ts";
import { feedSuite, NO_SINK } from "../testing/feed_suite.ts";
import { LatentPlan, type PlanSpec } from "./latent_plan.ts";
import { SyntheticFeed } from "./synthetic_feed.ts";

Deno.test("SyntheticFeed keeps what a feed promises", async (t) => {
  const startNs = BigInt(OPEN_MS) * 1_000_000n;
  for (const spec of [null, planSpec()]) {
    await feedSuite(t, {
      open: () =>
        Promise.resolve(
          new SyntheticFeed(5, null, startNs, spec === null ? null : new LatentPlan(spec)),
        ),
      untilNs: startNs + 5_000_000_000n,
      endless: true,
      openBroken: null,
    });
  }
});

Deno.test("SyntheticFeed holds the regime that it was opened with", async () => {
  const startNs = 1_767_709_800_000_000_000n;
  const feed = new SyntheticFeed(3, "retail_chase", startNs);
  await feed.pull(startNs + 400_000_000_000n, Infinity, NO_SINK);
  strictEqual(feed.regime, "retail_chase");
  const planned = new SyntheticFeed(3, null, startNs);
  const seen = new Set<string>();
  for (let s = 1n; s <= 40n; s++) {
    await planned.pull(startNs + s * 10_000_000_000n, Infinity, NO_SINK);
    seen.add(planned.regime);
  }
  strictEqual(seen.size > 1, true);
});

const OPEN_MS = Date.UTC(2026, 0, 14, 14, 30);

function planSpec(preset: PresetId = "balanced_demo"): PlanSpec {
  return {
    timeline: fixedTimeline({ ...DEFAULT_CONTROL, preset_id: preset }),
    clock: "loop",
  };
}

Deno.test("SyntheticFeed follows the regimes of the latent market and its index from second to second", async () => {
  const startNs = BigInt(OPEN_MS) * 1_000_000n;
  const plan = new LatentPlan(planSpec());
  const feed = new SyntheticFeed(3, null, startNs, new LatentPlan(planSpec()));
  const audit = new TapeAudit(startNs, SYNTH_FUTURE.tickNano, true);
  const sink = { ...NO_SINK, mbo: (block: MboBlock) => readFuture(audit, block) };
  const mids: number[] = [];
  const index: number[] = [];
  for (let second = 1; second <= 1_800; second++) {
    const tsMs = OPEN_MS + second * 1_000;
    await feed.pull(BigInt(tsMs) * 1_000_000n, Infinity, sink);
    strictEqual(feed.regime, plan.at(tsMs - 1_000)?.regime);
    mids.push((audit.bestBid + audit.bestAsk) / 2);
    index.push(plan.at(tsMs)?.index ?? NaN);
  }
  const [at1, at60] = [1, 60].map((lag) => correlation(moves(mids, lag), moves(index, lag)));
  ok(at1 !== undefined && at1 >= 0.8, `${at1} at 1 s`);
  ok(at60 !== undefined && at60 >= 0.9, `${at60} at 60 s`);
});

/** Replays the records of the future alone. */
function readFuture(audit: TapeAudit, { words, strideWords, count }: MboBlock): void {
  for (let at = 0; at < count * strideWords; at += strideWords) {
    if (words[at + MBO_WORD.INSTRUMENT_ID] === SYNTH_FUTURE.instrumentId) audit.record(words, at);
  }
}

function moves(values: readonly number[], lag: number): number[] {
  return values.slice(lag).map((value, i) => value - (values[i] ?? NaN));
}

function correlation(x: readonly number[], y: readonly number[]): number {
  const product = (a: readonly number[], b: readonly number[]) =>
    a.reduce((sum, value, i) => sum + value * (b[i] ?? NaN), 0);
  return product(x, y) / Math.sqrt(product(x, x) * product(y, y));
}

Deno.test("SyntheticFeed takes a preset over at the next whole minute after its activation", async () => {
  const startNs = BigInt(OPEN_MS) * 1_000_000n;
  const follow = async (entry: ControlEntry | null) => {
    const feed = new SyntheticFeed(3, null, startNs, new LatentPlan(planSpec()));
    const seen: string[] = [];
    for (let second = 0; second < 1_800; second++) {
      if (second === 600 && entry !== null) feed.follow([...planSpec().timeline, entry]);
      await feed.pull(BigInt(OPEN_MS + (second + 1) * 1_000) * 1_000_000n, Infinity, NO_SINK);
      seen.push(feed.regime);
    }
    return seen;
  };
  const quiet = { ...DEFAULT_CONTROL, preset_id: "quiet_range" } as const;
  const plain = await follow(null);
  const steered = await follow({ activate_at: OPEN_MS + 603_000, snapshot: quiet });
  const plan = new LatentPlan(planSpec());
  plan.follow([...planSpec().timeline, { activate_at: OPEN_MS + 603_000, snapshot: quiet }]);
  deepStrictEqual(steered.slice(0, 660), plain.slice(0, 660));
  strictEqual(steered[700], plan.at(OPEN_MS + 700_000)?.regime);
  ok(steered.some((regime, second) => regime !== plain[second]));
});

Deno.test("SyntheticFeed keeps a regime held by hand until it is let go", async () => {
  const startNs = BigInt(OPEN_MS) * 1_000_000n;
  const plan = new LatentPlan(planSpec());
  const feed = new SyntheticFeed(3, null, startNs, plan);
  const planned = plan.at(OPEN_MS)?.regime;
  const held = planned === "trend_up" ? "trend_down" : "trend_up";
  feed.setRegime(held);
  await feed.pull(startNs + 5_000_000_000n, Infinity, NO_SINK);
  deepStrictEqual([feed.regime, feed.regimeHeld], [held, true]);
  feed.setRegime(null);
  await feed.pull(startNs + 6_000_000_000n, Infinity, NO_SINK);
  const [ticks, index] = [feed.latentTicks, plan.at(OPEN_MS + 5_990)?.index ?? NaN];
  await feed.pull(startNs + 7_000_000_000n, Infinity, NO_SINK);
  deepStrictEqual([feed.regime, feed.regimeHeld], [planned, false]);
  const wanted = ticks * (plan.at(OPEN_MS + 6_990)?.index ?? NaN) / index;
  ok(Math.abs(feed.latentTicks - wanted) < 1e-6, "goes on from where it was, as the index does");
});
