import type { ProfileId } from "../../regime/mod.ts";
import type { Family, Subtype } from "../parent.ts";
import type { MoveRule, PlacementMix, Range, Template, TimingRule } from "./template_types.ts";

const ANY: MoveRule = { kind: "any" };
const MANY: Range = [1, 1e6];

const SWEEP: PlacementMix = [0.24, 0.54, 0.12, 0.07, 0.03];
const CHASE: PlacementMix = [0.2, 0.52, 0.16, 0.08, 0.04];
const EVENT_BUY: PlacementMix = [0.14, 0.54, 0.18, 0.1, 0.04];
const WRITE: PlacementMix = [0.02, 0.07, 0.25, 0.5, 0.16];
const PARITY_BUY: PlacementMix = [0.02, 0.16, 0.78, 0.04, 0];
const PARITY_SELL: PlacementMix = [0, 0.04, 0.78, 0.16, 0.02];
const HEDGE: PlacementMix = [0.14, 0.52, 0.18, 0.11, 0.05];
const NOISE: PlacementMix = [0.04, 0.16, 0.56, 0.18, 0.06];

const WAVES: TimingRule = { kind: "waves", gapMs: [1, 35], waveGapMs: [120, 250] };

function even(low: number, high: number): TimingRule {
  return { kind: "even", gapMs: [low, high] };
}

function excited(upToMs: number): TimingRule {
  return { kind: "excited", gapMs: [5, 30], upToMs, share: 0.68 };
}

type Row = Partial<Template> & Pick<Template, "weight" | "strike" | "expiry" | "prints"> & {
  readonly premiumUsd: Range;
  readonly placement: PlacementMix;
  readonly venues: Range;
  readonly timing: TimingRule;
};

function template(subtype: Subtype, family: Family, row: Row): Template {
  return {
    subtype,
    family,
    event: "none",
    legs: "single",
    right: "either",
    callShare: 0.5,
    side: 1,
    contracts: MANY,
    soldPlacement: null,
    ivShockPoints: [0, 0],
    move: ANY,
    spreadZ: [0, 0],
    stockShare: 0,
    ...row,
  };
}

function moneyness(low: number, high: number): Template["strike"] {
  return { kind: "moneyness", range: [low, high] };
}

function delta(low: number, high: number, offNearest: boolean): Template["strike"] {
  return { kind: "delta", range: [low, high], offNearest };
}

function nearest(steps: number, width: Range = [0, 0]): Template["strike"] {
  return { kind: "nearest", steps, width };
}

function days(low: number, high: number): Template["expiry"] {
  return { kind: "days", range: [low, high] };
}

const AFTER_EVENT: Template["expiry"] = { kind: "after-event", withinDays: 9 };

const INSTITUTIONAL: readonly Template[] = [
  template("call_sweep", "institutional_directional", {
    weight: 1.2,
    right: "C",
    strike: moneyness(1, 1.03),
    expiry: days(7, 35),
    prints: [6, 14],
    premiumUsd: [120e3, 900e3],
    placement: SWEEP,
    venues: [4, 7],
    ivShockPoints: [0.4, 1.2],
    spreadZ: [0.2, 1],
    timing: WAVES,
  }),
  template("put_sweep", "institutional_directional", {
    weight: 1.15,
    right: "P",
    strike: moneyness(1, 1.03),
    expiry: days(7, 35),
    prints: [6, 14],
    premiumUsd: [120e3, 900e3],
    placement: SWEEP,
    venues: [4, 7],
    ivShockPoints: [0.4, 1.2],
    spreadZ: [0.3, 1.2],
    timing: WAVES,
  }),
  template("ask_lift_accumulation", "institutional_directional", {
    weight: 0.95,
    right: "by-direction",
    strike: moneyness(0.99, 1.02),
    expiry: days(14, 45),
    prints: [5, 9],
    premiumUsd: [60e3, 250e3],
    placement: [0.08, 0.6, 0.2, 0.09, 0.03],
    venues: [2, 3],
    ivShockPoints: [0.1, 0.5],
    spreadZ: [0, 0.4],
    timing: even(300, 900),
  }),
  template("far_dated_conviction", "institutional_directional", {
    weight: 0.72,
    right: "by-direction",
    strike: moneyness(0.98, 1.06),
    expiry: days(60, 180),
    prints: [6, 9],
    premiumUsd: [150e3, 700e3],
    placement: [0.08, 0.52, 0.28, 0.1, 0.02],
    venues: [2, 4],
    ivShockPoints: [0, 0.4],
    spreadZ: [0.3, 1],
    timing: even(60, 900),
  }),
];

const RETAIL: readonly Template[] = [
  template("0dte_call_chase", "retail_whale", {
    weight: 1.2,
    right: "C",
    strike: delta(0.1, 0.26, true),
    expiry: days(0, 1),
    prints: [18, 45],
    premiumUsd: [25e3, 120e3],
    placement: CHASE,
    venues: [5, 8],
    ivShockPoints: [2, 6],
    move: { kind: "target", range: [0.8, 2], sign: "up" },
    spreadZ: [0.8, 2],
    timing: excited(320),
  }),
  template("short_dated_put_panic", "retail_whale", {
    weight: 0.92,
    right: "P",
    strike: delta(0.1, 0.26, true),
    expiry: days(0, 5),
    prints: [14, 34],
    premiumUsd: [22e3, 100e3],
    placement: CHASE,
    venues: [5, 8],
    ivShockPoints: [2, 6],
    move: { kind: "target", range: [0.8, 2], sign: "down" },
    spreadZ: [1, 2.4],
    timing: excited(320),
  }),
  template("attention_contract_spike", "retail_whale", {
    weight: 0.84,
    right: "by-direction",
    callShare: 0.7,
    strike: delta(0.1, 0.3, true),
    expiry: days(1, 7),
    prints: [10, 25],
    premiumUsd: [20e3, 90e3],
    placement: [0.14, 0.46, 0.24, 0.11, 0.05],
    venues: [4, 7],
    ivShockPoints: [1.2, 3],
    spreadZ: [0.6, 1.6],
    timing: excited(420),
  }),
];

const EVENT: readonly Template[] = [
  template("earnings_vol_probe", "event_driven", {
    weight: 0.9,
    event: "future",
    legs: "straddle",
    strike: nearest(0),
    expiry: AFTER_EVENT,
    prints: [5, 9],
    premiumUsd: [50e3, 220e3],
    placement: [0.06, 0.5, 0.32, 0.09, 0.03],
    venues: [2, 3],
    ivShockPoints: [0.5, 1.5],
    spreadZ: [0.8, 1.8],
    timing: even(60, 700),
  }),
  template("pre_event_directional_ramp", "event_driven", {
    weight: 1.1,
    event: "future",
    right: "by-direction",
    strike: moneyness(1, 1.05),
    expiry: AFTER_EVENT,
    prints: [6, 12],
    premiumUsd: [90e3, 450e3],
    placement: EVENT_BUY,
    venues: [3, 5],
    ivShockPoints: [0.4, 1.2],
    move: { kind: "target", range: [0.3, 1.2], sign: "direction" },
    spreadZ: [0.8, 2],
    timing: even(40, 600),
  }),
  template("post_gap_followthrough", "event_driven", {
    weight: 0.88,
    event: "past",
    right: "by-direction",
    strike: moneyness(1, 1.03),
    expiry: days(7, 21),
    prints: [5, 10],
    premiumUsd: [70e3, 300e3],
    placement: EVENT_BUY,
    venues: [3, 4],
    ivShockPoints: [-0.3, 0.4],
    move: { kind: "target", range: [0.2, 1], sign: "direction" },
    spreadZ: [0.4, 1.2],
    timing: even(60, 700),
  }),
];

const VOLATILITY: readonly Template[] = [
  template("covered_call_overwrite", "vol_seller", {
    weight: 0.82,
    right: "C",
    side: -1,
    strike: delta(0.18, 0.35, false),
    expiry: days(25, 50),
    prints: [5, 9],
    premiumUsd: [80e3, 350e3],
    placement: WRITE,
    venues: [1, 3],
    ivShockPoints: [-0.8, -0.2],
    move: { kind: "calm", below: 0.8 },
    spreadZ: [-0.2, 0.3],
    timing: even(80, 900),
    stockShare: 0.35,
  }),
  template("cash_secured_put_write", "vol_seller", {
    weight: 0.82,
    right: "P",
    side: -1,
    strike: delta(0.18, 0.35, false),
    expiry: days(25, 50),
    prints: [5, 9],
    premiumUsd: [80e3, 350e3],
    placement: WRITE,
    venues: [1, 3],
    ivShockPoints: [-0.8, -0.2],
    move: { kind: "calm", below: 0.8 },
    spreadZ: [-0.2, 0.3],
    timing: even(80, 900),
  }),
  template("short_straddle_harvest", "vol_seller", {
    weight: 1.15,
    legs: "straddle",
    side: -1,
    strike: nearest(0),
    expiry: days(20, 45),
    prints: [5, 9],
    premiumUsd: [100e3, 400e3],
    placement: WRITE,
    venues: [1, 3],
    ivShockPoints: [-1, -0.3],
    move: { kind: "calm", below: 0.6 },
    spreadZ: [-0.2, 0.3],
    timing: even(40, 500),
  }),
];

const ARBITRAGE: readonly Template[] = [
  template("parity_vertical", "arbitrage", {
    weight: 1,
    legs: "vertical",
    side: 0,
    strike: nearest(1, [1, 1]),
    expiry: days(14, 45),
    prints: [5, 9],
    premiumUsd: [60e3, 300e3],
    placement: PARITY_BUY,
    soldPlacement: PARITY_SELL,
    venues: [1, 2],
    ivShockPoints: [-0.1, 0.1],
    move: { kind: "calm", below: 0.6 },
    spreadZ: [-0.1, 0.2],
    timing: even(5, 120),
  }),
  template("conversion_reversal", "arbitrage", {
    weight: 0.76,
    legs: "conversion",
    side: 0,
    strike: moneyness(0.99, 1.01),
    expiry: days(14, 60),
    prints: [5, 9],
    premiumUsd: [60e3, 300e3],
    placement: PARITY_BUY,
    soldPlacement: PARITY_SELL,
    venues: [1, 2],
    ivShockPoints: [-0.1, 0.1],
    move: { kind: "calm", below: 0.6 },
    spreadZ: [-0.1, 0.2],
    timing: even(5, 120),
    stockShare: 1,
  }),
  template("box_spread", "arbitrage", {
    weight: 0.66,
    legs: "box",
    side: 0,
    strike: nearest(1, [1, 3]),
    expiry: days(20, 90),
    prints: [5, 9],
    premiumUsd: [80e3, 500e3],
    placement: [0, 0.06, 0.88, 0.06, 0],
    venues: [1, 2],
    ivShockPoints: [-0.1, 0.1],
    move: { kind: "calm", below: 0.6 },
    spreadZ: [-0.1, 0.2],
    timing: even(5, 120),
  }),
];

const HEDGING: readonly Template[] = [
  template("gamma_pinch_call_hedge", "hedge_reactive", {
    weight: 0.92,
    right: "C",
    strike: nearest(0),
    expiry: days(0, 1),
    prints: [8, 20],
    premiumUsd: [60e3, 400e3],
    contracts: [800, 8_000],
    placement: HEDGE,
    venues: [3, 6],
    ivShockPoints: [0.2, 1.2],
    move: { kind: "target", range: [1.3, 2.6], sign: "up" },
    spreadZ: [0.5, 1.4],
    timing: excited(400),
  }),
  template("reactive_put_wall", "hedge_reactive", {
    weight: 1.15,
    right: "P",
    strike: nearest(0),
    expiry: days(0, 1),
    prints: [8, 20],
    premiumUsd: [60e3, 400e3],
    contracts: [800, 8_000],
    placement: HEDGE,
    venues: [3, 6],
    ivShockPoints: [0.2, 1.4],
    move: { kind: "target", range: [1.4, 3], sign: "down" },
    spreadZ: [0.7, 1.8],
    timing: excited(400),
  }),
  template("dealer_unwind", "hedge_reactive", {
    weight: 0.88,
    right: "against-move",
    side: -1,
    strike: nearest(0),
    expiry: days(0, 2),
    prints: [6, 16],
    premiumUsd: [50e3, 300e3],
    contracts: [700, 6_000],
    placement: [0.03, 0.1, 0.2, 0.5, 0.17],
    venues: [3, 5],
    ivShockPoints: [-1, -0.2],
    move: { kind: "target", range: [1.2, 2.2], sign: "as-it-moved" },
    spreadZ: [0.2, 0.9],
    timing: excited(460),
  }),
];

const NEUTRAL: readonly Template[] = [
  template("single_print_mid", "neutral_noise", {
    weight: 1.2,
    side: 0,
    strike: moneyness(0.97, 1.03),
    expiry: days(0, 60),
    prints: [1, 1],
    premiumUsd: [500, 5_000],
    contracts: [1, 60],
    placement: NOISE,
    venues: [1, 1],
    spreadZ: [-0.3, 0.4],
    timing: even(0, 0),
  }),
  template("two_sided_scalp", "neutral_noise", {
    weight: 1,
    side: 0,
    strike: moneyness(0.97, 1.03),
    expiry: days(0, 60),
    prints: [2, 5],
    premiumUsd: [800, 7_000],
    contracts: [4, 120],
    placement: [0.04, 0.46, 0, 0.46, 0.04],
    venues: [1, 2],
    spreadZ: [-0.3, 0.4],
    timing: even(40, 1_200),
  }),
  template("stale_quote_noise", "neutral_noise", {
    weight: 0.86,
    side: 0,
    strike: moneyness(0.97, 1.03),
    expiry: days(0, 60),
    prints: [1, 3],
    premiumUsd: [600, 5_500],
    contracts: [1, 80],
    placement: NOISE,
    venues: [1, 1],
    spreadZ: [-0.3, 0.4],
    timing: even(40, 1_200),
  }),
];

/** The templates of the six public profiles, by profile, each in canonical order. */
export const PROFILE_TEMPLATES: Readonly<Record<ProfileId, readonly Template[]>> = {
  institutional_directional: INSTITUTIONAL,
  retail_whale: RETAIL,
  event_driven: EVENT,
  vol_seller: VOLATILITY,
  arbitrage: ARBITRAGE,
  hedge_reactive: HEDGING,
};

/** The templates of what must stay below the gate; the background stream draws from them. */
export const NOISE_TEMPLATES: readonly Template[] = NEUTRAL;

/** All 22 templates in the order of {@link SUBTYPES}. */
export const TEMPLATES: readonly Template[] = [
  ...INSTITUTIONAL,
  ...RETAIL,
  ...EVENT,
  ...VOLATILITY,
  ...ARBITRAGE,
  ...HEDGING,
  ...NEUTRAL,
];
