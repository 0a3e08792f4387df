import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { bootstrapBounds, METRIC } from "../calibration/mod.ts";
import { feed, readVectors, type VectorEvent } from "../testing/vectors.ts";
import { SurfaceWindows } from "../windows/mod.ts";
import { ASSUMPTIONS } from "../profile/mod.ts";
import { StrikeFlow } from "../windows/strike_flow.ts";
import { futurePriceInt, Gamma, GammaFlow } from "./mod.ts";
import { goldenSessions, type Row } from "./testing/sessions.ts";

const FUTURE = { instrumentId: 0, tickNano: 250_000_000 };
const FLOW_COLUMNS = {
  strike_price_int: "strikeInt",
  rel_ticks: "relTicks",
  add_qty_sum: "addQty",
  pull_qty_sum: "pullQty",
  fill_qty_sum: "fillQty",
  flow_abs: "flowAbs",
  flow_reinforce: "flowReinforce",
  flow_abs_norm: "flowAbsNorm",
  flow_reinforce_norm: "flowReinforceNorm",
  pull_rest_qty_sum: "pullRestQty",
  depth_total_sum: "depthTotal",
  pull_rest_intensity: "pullRestIntensity",
  pull_rest_intensity_norm: "pullRestIntensityNorm",
  flow_reinforce_signed: "flowReinforceSigned",
} as const;

function checkFlow(flow: GammaFlow, rows: readonly Row[], where: string): void {
  equal(flow.count, rows.length, where);
  rows.forEach((row, i) => {
    for (const [name, column] of Object.entries(FLOW_COLUMNS)) {
      const want = Number(row[name]);
      const is = flow[column][i]!;
      ok(
        Math.abs(is - want) <= 1e-12 * Math.max(1, Math.abs(want)),
        `${where}, ${name} of ${i}: ${is}`,
      );
    }
  });
}

/** Contracts that aggressors bought less those they sold by instrument, of all trades before a time. */
function boughtUntil(events: readonly VectorEvent[], endNs: number): Map<number, number> {
  const bought = new Map<number, number>();
  for (const [ts, id, action, side, , size] of events) {
    if (ts >= endNs || action !== "T" || side === "N") continue;
    bought.set(id, (bought.get(id) ?? 0) + (side === "B" ? size : -size));
  }
  return bought;
}

Deno.test("Gamma and GammaFlow say from the records what the golden sessions say", () => {
  const raw = readVectors<{ sessions: { base_ns: string; events: VectorEvent[] }[] }>(
    "options-sessions.json.gz",
  );
  let filled = 0;
  let positions = 0;
  goldenSessions().forEach(({ name, chain, windows: wanted }, i) => {
    const { base_ns, events } = raw.sessions[i]!;
    const gamma = new Gamma(chain);
    const flow = new GammaFlow();
    const bounds = bootstrapBounds();
    const signedVolume = new Float64Array(chain.instrumentId.length);
    let at = 0;
    const windows = new SurfaceWindows({
      baseNs: BigInt(base_ns),
      future: FUTURE,
      options: chain,
      onWindow: ({ future, quotes, strikeFlow, optionBooks, endNs }) => {
        const { window, summary, gex, gexFlow } = wanted[at++]!;
        optionBooks.forEach(({ trades }, row) =>
          signedVolume[row]! += trades.qtyBuy - trades.qtySell
        );
        const { strikeRefInt, spotRefInt } = future.row;
        const is = {
          futureInt: futurePriceInt(future.row),
          strikeRefInt,
          spotRefInt,
          windowEndNs: BigInt(base_ns) + BigInt(endNs),
        };
        deepEqual(is, window);
        const { surface, summary: got, exposure } = gamma.close(chain, quotes, is, signedVolume);
        equal(surface.count, gex.length);
        if (summary === null) equal(got.count, 0);
        else ok(Math.abs(got.gexTotal - summary.gex_total!) <= 1e-6 * summary.gex_call_total!);
        const bought = boughtUntil(events, endNs);
        for (let row = 0; row < exposure.count; row++) {
          if (ASSUMPTIONS[exposure.assumption[row]!]!.id !== "flow") continue;
          const strike = exposure.strikeInt[row]!;
          const customers = chain.instrumentId.reduce(
            (sum, id, option) =>
              sum + (chain.strikeInt[option] === strike ? bought.get(id) ?? 0 : 0),
            0,
          );
          equal(exposure.callPosition[row]! + exposure.putPosition[row]!, -customers + 0);
          if (customers !== 0) positions++;
        }
        flow.take(strikeFlow, bounds);
        checkFlow(flow, gexFlow, `${name}, window ${at}`);
        filled += flow.fillQty.reduce((a, b) => a + b);
      },
    });
    feed(windows, events);
    windows.finish();
    equal(at, wanted.length);
  });
  ok(filled > 0 && positions > 0);
});

Deno.test("GammaFlow.take() gives the worked example, and no rows without a spot", () => {
  const strikes = new StrikeFlow(12);
  strikes.moveTo(6_950e9);
  const cell = 12 * 4;
  [180, 0, 0, 0].forEach((add, i) => strikes.add[cell + i] = add);
  [50, 70, 0, 0].forEach((pull, i) => strikes.pull[cell + i] = pull);
  [0, 0, 15, 0].forEach((fill, i) => strikes.fill[cell + i] = fill);
  [0, 0, 0, 60].forEach((rest, i) => strikes.pullRest[cell + i] = rest);
  [300, 200, 300, 100].forEach((end, i) => strikes.end[cell + i] = end);
  const flow = new GammaFlow();
  flow.take(strikes, bootstrapBounds());
  const middle = [flow.flowAbs, flow.flowReinforce, flow.flowAbsNorm, flow.flowReinforceNorm]
    .map((column) => column[12]);
  deepEqual(middle, [315, 45, 0.63, 0.6125]);
  equal(flow.flowReinforceSigned[12], 0.225);
  ok(Math.abs(flow.pullRestIntensity[12]! - 0.0665926748) < 1e-10);
  ok(Math.abs(flow.pullRestIntensityNorm[12]! - 0.1331853496) < 1e-10);
  strikes.moveTo(0);
  flow.take(strikes, bootstrapBounds());
  equal(flow.count, 0);
});

Deno.test("GammaFlow.take() refuses a lattice that is too narrow, and inverted bounds", () => {
  const flow = new GammaFlow();
  throws(() => flow.take(new StrikeFlow(10), bootstrapBounds()), RangeError);
  const strikes = new StrikeFlow(12);
  strikes.moveTo(6_950e9);
  const bounds = bootstrapBounds();
  bounds.q95[METRIC.FLOW_ABS] = -1;
  throws(() => flow.take(strikes, bounds), RangeError);
});

Deno.test("futurePriceInt() is the mid of a book that can be trusted, else the spot", () => {
  const book = {
    bestBidInt: 1e9,
    bestAskInt: 2e9,
    midInt: 1.5e9,
    spotRefInt: 1.25e9,
    isBookValid: true,
  };
  equal(futurePriceInt(book), 1.5e9);
  equal(futurePriceInt({ ...book, isBookValid: false }), 1.25e9);
  equal(futurePriceInt({ ...book, bestBidInt: 2e9 }), 1.25e9);
  equal(futurePriceInt({ ...book, bestBidInt: 0, midInt: 0 }), 1.25e9);
  equal(futurePriceInt({ ...book, spotRefInt: 0 }), 0);
});
