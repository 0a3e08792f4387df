import { deepEqual, equal, ok, throws } from "node:assert/strict";
import {
  chainOf,
  committedSessions,
  feed,
  FUTURE,
  type VectorEvent,
} from "../../../jobs/testing/vectors/surface_events.ts";
import { bootstrapBounds, METRIC } from "../calibration/mod.ts";
import { SurfacePass } from "../pass/mod.ts";
import { ASSUMPTIONS } from "../profile/mod.ts";
import { StrikeFlow } from "../windows/strike_flow.ts";
import { futurePriceInt, GammaFlow } from "./mod.ts";

/** Contracts that aggressors bought less those they sold by instrument, of all trades before a time. */
function boughtUntil(events: readonly VectorEvent[], endNs: number): Map<number, number> {
  const bought = new Map<number, number>();
  for (const [ts, id, action, side, , size] of events) {
    if (ts >= endNs || action !== "T" || side === "N") continue;
    bought.set(id, (bought.get(id) ?? 0) + (side === "B" ? size : -size));
  }
  return bought;
}

Deno.test("Gamma.close() says of the flow that dealers hold the other side of all trades", () => {
  let positions = 0;
  for (const session of committedSessions()) {
    const chain = chainOf(session);
    const pass = new SurfacePass({
      baseNs: BigInt(session.base_ns),
      future: FUTURE,
      chain,
      isGenerated: true,
      onWindow: ({ windows: { endNs }, gamma: { exposure } }) => {
        const bought = boughtUntil(session.events, endNs);
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
      },
    });
    feed(pass.windows, session.events);
    pass.finish();
  }
  ok(positions > 0);
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
