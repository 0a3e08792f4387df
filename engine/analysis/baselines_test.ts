import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { ENG, type GridFrame } from "../frames/mod.ts";
import { AnalysisError } from "./error.ts";
import { detectEntries } from "./detect.ts";
import { directionalEdge } from "./band_edge.ts";
import { evaluateSignal, thresholdsFrom } from "./evaluate.ts";
import { FlowImbalance } from "./flow_imbalance.ts";
import { judgeAll } from "./outcomes.ts";
import { marketKinds } from "./strata.ts";
import { naiveDirections } from "./baselines.ts";
import { summariseStates } from "./summary.ts";

const TICK = 10_000_000;

/** A book with one level per side; prices in ticks. */
function frame(bid: number, bidSize: number, ask: number, askSize: number): GridFrame {
  const spot = ask;
  const depth = new Float64Array(11);
  if (bid > 0) depth[bid - spot + 5] = bidSize;
  depth[5] = askSize;
  const engine = Array.from({ length: 18 }, () => new Float64Array(11));
  engine[ENG.REST_DEPTH] = depth;
  return {
    binStartNs: 0,
    binEndNs: 0,
    baseNs: 0n,
    binSeq: 0,
    binEventCount: 0,
    eventId: 0,
    midPrice: 1,
    spotRefPriceInt: bid > 0 ? spot * TICK : 0,
    bestBidPriceInt: bid * TICK,
    bestAskPriceInt: ask * TICK,
    bookValid: true,
    spotHalfTick: false,
    k: Int32Array.from({ length: 11 }, (_, i) => i - 5),
    engine,
    score: new Float64Array(11),
    state: new Int8Array(11),
    lastEventId: new Float64Array(11),
    projections: [],
  };
}

Deno.test("FlowImbalance.update() counts what each side gained", () => {
  const flow = new FlowImbalance(TICK);
  strictEqual(flow.update(frame(100, 7, 101, 9)), 0, "the first bin has nothing before it");
  strictEqual(flow.update(frame(100, 10, 101, 9)), 3, "3 more at the bid");
  strictEqual(flow.update(frame(100, 10, 101, 14)), -5, "5 more at the ask");
  strictEqual(
    flow.update(frame(101, 4, 102, 6)),
    4 + 14,
    "bid up counts its queue, ask up frees its",
  );
  strictEqual(flow.update(frame(100, 2, 102, 6)), -4, "the lost bid queue");
  strictEqual(flow.update(frame(0, 0, 102, 6)), 0, "no two-sided book");
  strictEqual(flow.update(frame(100, 9, 102, 6)), 0, "nor before this one");
});

Deno.test("naiveDirections() follows the last change and the flow of a second", () => {
  const mid = Float64Array.from([100, 0, 100.5, 100.5, 100, 100, 100]);
  const flow = Float64Array.from([0, 0, 0, 5, -9, 0, 4]);
  const { lastMove, flow: byFlow } = naiveDirections(mid, flow, 500);
  deepStrictEqual([...lastMove], [1, 1, 1, 1, -1, -1, -1]);
  // Two bins of 500 ms: 0, 0, 0, 5, −4, −9, 4; where it is 0 the last move decides.
  deepStrictEqual([...byFlow], [1, 1, 1, 1, -1, -1, 1]);
});

Deno.test("detectEntries() takes NaN for flat and loses what the cooldown hides", () => {
  const edge = Float64Array.from([NaN, 1, NaN, 1, 0, -1, 0, 0, 1]);
  deepStrictEqual([...detectEntries(edge, 0.5, 4).bins], [1, 5]);
  deepStrictEqual([...detectEntries(edge, 0.5, 0).bins], [1, 3, 5, 8]);
});

Deno.test("directionalEdge() holds a band wider than the window to the window", () => {
  const asymmetry = Float64Array.from([0.1, 0.2, 0.3]);
  deepStrictEqual(
    directionalEdge(asymmetry, 1, 3, [99], [1]),
    directionalEdge(asymmetry, 1, 3, [3], [1]),
  );
});

Deno.test("thresholdsFrom() leaves out what is 0 or not there, and doubles", () => {
  deepStrictEqual(thresholdsFrom(Float64Array.from([NaN, 0, -2, 4]), [0, 50, 100]), [2, 3, 4]);
  deepStrictEqual(thresholdsFrom(Float64Array.from([NaN, 0]), [50]), []);
  deepStrictEqual(thresholdsFrom(Float64Array.from([1, 1]), [10, 90]), [1]);
});

Deno.test("evaluateSignal() splits every trade once by every kind of market", () => {
  const n = 4_000;
  const tsNs = Float64Array.from({ length: n }, (_, i) => 1_700e9 + i * 1e9);
  const mid = Float64Array.from(
    { length: n },
    (_, i) => 100 + 0.25 * Math.round(8 * Math.sin(i / 40)),
  );
  const spread = Float64Array.from({ length: n }, (_, i) => i % 3 === 0 ? 2 : 1);
  const rules = { tpTicks: 8, slTicks: 4, tickSize: 0.25, maxHoldBins: 300 } as const;
  const context = {
    tsNs,
    mid,
    table: judgeAll(mid, { ...rules, blankExit: "last" as const }),
    naive: naiveDirections(mid, new Float64Array(n), 1_000),
    kinds: marketKinds(mid, spread, tsNs, 1_000),
    partName: String,
    horizonsBins: [10, 100, 300],
    seed: 1,
  };
  // Buys at the bottom and sells at the top of a sine.
  const values = Float64Array.from({ length: n }, (_, i) => -Math.sin(i / 40));
  const rule = {
    signal: "ads",
    threshold: 0.95,
    thresholdSource: "fixed",
    cooldownBins: 5,
  } as const;
  const row = evaluateSignal(rule, values, context, 0);
  ok(row.n_signals >= 20);
  ok(row.tp_before_sl_rate > 0.95, "it knows the way; the window ends on its last trade");
  ok(row.tp_interval !== null && row.tp_interval.low > 0.8);
  ok(row.p_direction < 0.01 && row.p_entries < 0.01);
  deepStrictEqual(row.baselines.map((base) => base.n), Array(6).fill(row.n_signals));
  for (const by of ["direction", "activity", "spread", "time"]) {
    const own = row.strata.filter((stratum) => stratum.by === by);
    strictEqual(own.reduce((sum, stratum) => sum + stratum.n, 0), row.n_signals, by);
  }
  const curve = row.tp_by_horizon.map((point) => point.tp_rate);
  ok(curve[0]! < curve[1]! && curve[2] === row.tp_before_sl_rate, `${curve}`);
  strictEqual(row.trades.pnl_ticks.length, row.n_signals);
});

Deno.test("summariseStates() needs two bins", () => {
  throws(
    () => summariseStates(new Float64Array(21), new Int8Array(21), 21),
    (error) => error instanceof AnalysisError && error.code === "data",
  );
});
