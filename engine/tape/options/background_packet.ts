import { exp, log, pow } from "../../dmath/mod.ts";
import { venueOf } from "../../options/mod.ts";
import { extend, type Session, toUnit, UNIVERSE } from "../../regime/mod.ts";
import type { Placement } from "../parent.ts";
import { conditionsOf } from "../print_marks.ts";
import { roundLots } from "../round_lots.ts";
import { NOISE_TEMPLATES } from "../schedule/mod.ts";
import { meanLegs, packageShare } from "./background_legs.ts";
import type { BackgroundKind, BackgroundPacket, BackgroundPrint } from "./background_types.ts";
import type { Contract } from "./_contract.ts";

/** Premium that a small order never passes, all legs together, USD. */
const SMALL_CAP_USD = 7_000;
const PLAN_CAP_USD = 6_300;
/** No background print is cheaper, USD per share: a tick would be too much of the price. */
const LEAST_PRICE = 0.04;
const MID_SIZE_SHARE = 0.05;
const BLOCK_SHARE = 0.02;
const LARGEST_LOT = 5_000;
/** Time between the prints of a packet, ms: mostly machines, seldom people. */
const GAP_MS = [40, 1_200] as const;
const GAP_POWER = 2.2;

const SMALL: readonly BackgroundKind[] = [
  "single_print_mid",
  "two_sided_scalp",
  "stale_quote_noise",
];
const LARGE: readonly (readonly [kind: BackgroundKind, share: number])[] = [
  ["block", BLOCK_SHARE],
  ["mid_size", MID_SIZE_SHARE],
];
const PLACEMENTS: readonly Placement[] = ["AA", "A", "MID", "B", "BB"];
/** A leg fills where the net price of the order leaves it, mostly inside. */
const LEG_MIX = [0.02, 0.19, 0.58, 0.19, 0.02];
/** Small orders of several legs are of so many times as many contracts. Judged. */
const LEG_SIZE = 2;
/** Legs of a fill print within this, ms. */
const LEG_LAG_MS = 3;
const MID_SIZE_MIX = [0.02, 0.22, 0.5, 0.23, 0.03];
const BLOCK_MIX = [0, 0.05, 0.9, 0.05, 0];

/** Prints per order on average: what turns a rate of prints into one of orders. */
export const MEAN_PRINTS = meanPrints();

function meanPrints(): number {
  const legs = (kind: BackgroundKind) => 1 + packageShare(kind) * (meanLegs(kind) - 1);
  let weight = 0;
  let prints = 0;
  NOISE_TEMPLATES.forEach((template, i) => {
    const fills = (template.prints[0] + template.prints[1]) / 2;
    weight += template.weight;
    prints += template.weight * fills * legs(SMALL[i] ?? "single_print_mid");
  });
  const large = LARGE.reduce((sum, [kind, share]) => sum + share * legs(kind), 0);
  return (1 - MID_SIZE_SHARE - BLOCK_SHARE) * prints / weight + large;
}

/** Kind of the order that is drawn from a hash state. */
export function packetKind(draws: number): BackgroundKind {
  const u = toUnit(extend(draws, 10));
  if (u < BLOCK_SHARE) return "block";
  if (u < BLOCK_SHARE + MID_SIZE_SHARE) return "mid_size";
  const total = NOISE_TEMPLATES.reduce((sum, { weight }) => sum + weight, 0);
  let left = (u - BLOCK_SHARE - MID_SIZE_SHARE) / (1 - BLOCK_SHARE - MID_SIZE_SHARE) * total;
  for (let i = 0; i < SMALL.length; i++) {
    left -= NOISE_TEMPLATES[i]?.weight ?? 0;
    if (left < 0) return SMALL[i] ?? "single_print_mid";
  }
  return "single_print_mid";
}

/** Lots of a small order: mostly one to ten. */
export function smallLots(u: number, v: number): number {
  if (u < 0.68) return 1 + Math.floor(10 * v);
  if (u < 0.92) return 11 + Math.floor(40 * v);
  if (u < 0.99) return 51 + Math.floor(200 * v);
  return 251 + Math.floor(350 * v);
}

function placementOf(mix: readonly number[], u: number): Placement {
  let left = u;
  for (let i = 0; i < mix.length; i++) {
    left -= mix[i] ?? 0;
    if (left < 0) return PLACEMENTS[i] ?? "MID";
  }
  return "MID";
}

function logUniform(low: number, high: number, u: number): number {
  return exp(log(low) + u * (log(high) - log(low)));
}

function gapMs(u: number): number {
  return Math.round(logUniform(...GAP_MS, pow(u, GAP_POWER)));
}

/** Contracts of each leg, or 0 when they are too dear for its kind. @param price Of all legs, USD per share. */
function packetLots(
  kind: BackgroundKind,
  prints: number,
  { price, isMultiLeg }: { readonly price: number; readonly isMultiLeg: boolean },
  draws: number,
): number {
  const unit = price * 100;
  if (kind === "mid_size" || kind === "block") {
    const usd = kind === "block"
      ? logUniform(50e3, 400e3, toUnit(extend(draws, 11)))
      : logUniform(15e3, 60e3, toUnit(extend(draws, 11)));
    const lots = Math.round(usd / unit);
    return lots > LARGEST_LOT ? 0 : lots;
  }
  const most = Math.floor(PLAN_CAP_USD / unit);
  if (most < prints) return 0;
  let lots = 0;
  for (let i = 0; i < prints; i++) {
    const print = extend(extend(draws, 12), i);
    lots += smallLots(toUnit(extend(print, 1)), toUnit(extend(print, 2)));
  }
  return Math.min(most, isMultiLeg ? LEG_SIZE * lots : lots);
}

function printCount(kind: BackgroundKind, u: number): number {
  const template = NOISE_TEMPLATES[SMALL.indexOf(kind)];
  if (template === undefined) return 1;
  const [low, high] = template.prints;
  return low + Math.floor((high - low + 1) * u);
}

function mixOf(kind: BackgroundKind): readonly number[] {
  if (kind === "mid_size") return MID_SIZE_MIX;
  if (kind === "block") return BLOCK_MIX;
  return NOISE_TEMPLATES[SMALL.indexOf(kind)]?.placement ?? MID_SIZE_MIX;
}

/** Alternates the sides of a scalp; other kinds draw each print for itself. */
function placementAt(kind: BackgroundKind, i: number, draws: number): Placement {
  const u = toUnit(extend(extend(draws, 13), i));
  if (kind !== "two_sided_scalp") return placementOf(mixOf(kind), u);
  const buys = (toUnit(extend(draws, 14)) < 0.5) === (i % 2 === 0);
  const beyond = u < 0.08;
  return buys ? (beyond ? "AA" : "A") : beyond ? "BB" : "B";
}

/** One leg of an order: a contract and its model price, USD per share. */
export interface PricedLeg {
  readonly contract: Contract;
  readonly price: number;
}

/** What an order is drawn for. */
export interface OrderInputs {
  readonly kind: BackgroundKind;
  /** One of its legs is stock, which is not seen here. */
  readonly isTied: boolean;
  readonly session: Session;
  /** The second that it starts in, epoch ms. */
  readonly secondMs: number;
  readonly draws: number;
}

/** The fills of an order: when, how many contracts of each leg, and where. */
function fillsOf(
  { kind, secondMs, draws }: OrderInputs,
  lots: number,
  count: number,
  isFund: boolean,
) {
  const venues = 1 + (kind === "two_sided_scalp" && toUnit(extend(draws, 17)) < 0.5 ? 1 : 0);
  const fills: { ts: number; size: number; venue: string; draws: number }[] = [];
  let ts = secondMs + Math.floor(1_000 * toUnit(extend(draws, 16)));
  let left = lots;
  for (let i = 0; i < count; i++) {
    const print = extend(extend(draws, 18), i);
    if (i > 0) ts += gapMs(toUnit(extend(print, 1)));
    const even = Math.max(
      1,
      Math.floor(left / (count - i) * (0.6 + 0.8 * toUnit(extend(print, 2)))),
    );
    const part = i === count - 1 ? left : Math.min(even, left - (count - i - 1));
    left -= part;
    const size = roundLots(part, toUnit(extend(print, 4)));
    const venue = venueOf(toUnit(extend(extend(draws, 19), i % venues)), isFund);
    fills.push({ ts, size, venue, draws: print });
  }
  return fills;
}

/**
 * A background order that starts in a second, a packet for each leg; null when a leg is too cheap or all are
 * too dear for what was drawn. Every fill prints each leg once.
 */
export function drawOrder(
  legs: readonly PricedLeg[],
  inputs: OrderInputs,
): readonly BackgroundPacket[] | null {
  const { kind, isTied, session, draws } = inputs;
  let price = 0;
  for (const leg of legs) {
    if (leg.price < LEAST_PRICE) return null;
    price += leg.price;
  }
  const count = printCount(kind, toUnit(extend(draws, 15)));
  const isMultiLeg = isTied || legs.length > 1;
  const lots = packetLots(kind, count, { price, isMultiLeg }, draws);
  if (lots < count) return null;
  const isFund = UNIVERSE[legs[0]?.contract.symbol ?? 0]?.etf ?? false;
  const fills = fillsOf(inputs, lots, count, isFund);
  const isSmall = kind !== "mid_size" && kind !== "block";
  const order: BackgroundPacket[] = [];
  legs.forEach((leg, n) => {
    const prints = fills.map((fill, i): BackgroundPrint => {
      const own = extend(extend(fill.draws, 5), n);
      const ts = fill.ts + (n === 0 ? 0 : Math.floor(LEG_LAG_MS * toUnit(extend(own, 1))));
      const { size, venue } = fill;
      return {
        ts,
        size,
        placement: legs.length > 1
          ? placementOf(LEG_MIX, toUnit(extend(own, 2)))
          : placementAt(kind, i, draws),
        venue,
        conditions: conditionsOf({ ts, size, isMultiLeg, isTied }, session, toUnit(extend(own, 3))),
      };
    });
    order.push({
      contract: leg.contract,
      kind,
      ts: prints[0]?.ts ?? 0,
      lastTs: prints.at(-1)?.ts ?? 0,
      prints,
      lots,
      capUsd: isSmall ? SMALL_CAP_USD * leg.price / price : Infinity,
      order: legs.length > 1 ? order : null,
    });
  });
  return order;
}
