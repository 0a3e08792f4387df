import type { RegimeId } from "../regime/mod.ts";
import { type Coupling, median, Tally } from "./coupling.ts";
import { type Bound, bound, type RealismRow, rowOf } from "./row.ts";

/** Parents of a regime below which its shares are not judged. */
const LEAST_PARENTS = 100;

/** Figures of the tape and of prices that belong to rows of coupling. NaN: not measured. */
export interface CouplingContext {
  /** Spread of event symbols over that of others of their tier, in event_ramp. */
  readonly eventSpread: number;
  /** Five-minute move of focus symbols in retail_chase over that in all regimes. */
  readonly chaseMove: number;
}

function tallyOf(map: ReadonlyMap<RegimeId, Tally>, regime: RegimeId): Tally {
  return map.get(regime) ?? new Tally();
}

/** Rows of coupling between parent orders and prices. */
export function couplingRows(found: Coupling, context: CouplingContext): RealismRow[] {
  return [
    directionRow(found),
    agreementRow(found),
    hedgeRow(found),
    ...regimeRows(found, context),
  ];
}

function directionRow({ directionalBy, directional, eventSingles }: Coupling): RealismRow {
  const bullish = (regime: RegimeId, low: number, high: number): Bound => {
    const { bullishFlow, parents } = tallyOf(directionalBy, regime);
    const value = bullishFlow / parents;
    return { of: regime, value, low, high, n: parents, least: LEAST_PARENTS };
  };
  return rowOf({
    id: "C1",
    name: "Bullish share of institutional and retail parents by regime; event singles as meant",
    target: "trend_up ≥ 0.72, trend_down ≤ 0.28, retail_chase ≥ 0.68, calm ones 0.42 … 0.58; " +
      "events ≥ 0.95",
    unit: "parents",
    n: directional.parents,
    least: LEAST_PARENTS,
  }, [
    bullish("trend_up", 0.72, 1),
    bullish("trend_down", 0, 0.28),
    bullish("retail_chase", 0.68, 1),
    bullish("mean_revert", 0.42, 0.58),
    bullish("dealer_gamma", 0.42, 0.58),
    bullish("arb_calm", 0.42, 0.58),
    {
      ...bound("events", eventSingles.matched / eventSingles.all, 0.95),
      n: eventSingles.all,
      least: 20,
    },
  ]);
}

function agreementRow({ directional, directionalBy, neutral }: Coupling): RealismRow {
  const agreeing = (of: string, tally: Tally, low: number, high = 1): Bound => ({
    of,
    value: tally.agreeing / tally.parents,
    low,
    high,
    n: tally.parents,
    least: 4 * LEAST_PARENTS,
  });
  return rowOf({
    id: "C2",
    name: "Prices that move with the parent over the next three minutes",
    target: "directional ≥ 0.57; trends and retail_chase ≥ 0.60; sellers and arbitrage 0.46 … 0.54",
    unit: "parents",
    n: directional.parents,
    least: 4 * LEAST_PARENTS,
  }, [
    agreeing("directional", directional, 0.57),
    agreeing("trend_up", tallyOf(directionalBy, "trend_up"), 0.6),
    agreeing("trend_down", tallyOf(directionalBy, "trend_down"), 0.6),
    agreeing("retail_chase", tallyOf(directionalBy, "retail_chase"), 0.6),
    agreeing("neutral", neutral, 0.46, 0.54),
  ]);
}

function hedgeRow({ hedgeMoves, hedgesWithMove }: Coupling): RealismRow {
  return rowOf({
    id: "C3",
    name: "Hedges that follow the sign of the minute before them; median size of that move (σ)",
    target: "≥ 0.95; ≥ 1.2",
    unit: "hedges",
    n: hedgeMoves.length,
    least: 30,
  }, [
    bound("sign", hedgesWithMove / hedgeMoves.length, 0.95),
    bound("size", median(hedgeMoves), 1.2),
  ]);
}

function regimeRows({ by, all }: Coupling, context: CouplingContext): RealismRow[] {
  const against = (regime: RegimeId, share: (tally: Tally) => number) =>
    share(tallyOf(by, regime)) / share(all);
  const parents = (regime: RegimeId) => tallyOf(by, regime).parents;
  const head = (regime: RegimeId) => ({
    unit: "parents of the regime",
    n: parents(regime),
    least: LEAST_PARENTS,
  });
  const calm = tallyOf(by, "arb_calm");
  return [
    rowOf({
      ...head("event_ramp"),
      id: "C4",
      name: "event_ramp: share of event parents against the mean; spread of event symbols",
      target: "≥ 1.5; ≥ 1.2",
    }, [
      bound("share", against("event_ramp", (tally) => tally.event / tally.parents), 1.5),
      bound("spread", context.eventSpread, 1.2),
    ]),
    rowOf({
      ...head("dealer_gamma"),
      id: "C5",
      name: "dealer_gamma: share of prints of parents near expiry and the money against the mean",
      target: "≥ 1.4",
    }, [bound("", against("dealer_gamma", (tally) => tally.nearPrints / tally.prints), 1.4)]),
    rowOf({
      ...head("arb_calm"),
      id: "C6",
      name:
        "arb_calm: share of parents with several legs against the mean; mean move before arbitrage",
      target: "≥ 1.3; ± 0.15",
    }, [
      bound("legs", against("arb_calm", (tally) => tally.multiLeg / tally.parents), 1.3),
      {
        ...bound("move", calm.arbitrageMoveZ / calm.arbitrage, -0.15, 0.15),
        n: calm.arbitrage,
        least: LEAST_PARENTS,
      },
    ]),
    rowOf({
      ...head("retail_chase"),
      id: "C7",
      name:
        "retail_chase: cheap short calls, volatility bid and moves of focus symbols against the mean",
      target: "≥ 1.4, ≥ 1.25, ≥ 1.3",
    }, [
      bound("calls", against("retail_chase", (tally) => tally.cheapCalls / tally.parents), 1.4),
      bound("volatility", against("retail_chase", (tally) => tally.ivShock / tally.parents), 1.25),
      bound("move", context.chaseMove, 1.3),
    ]),
  ];
}
