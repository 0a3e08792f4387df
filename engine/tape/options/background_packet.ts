import { exp, log, pow } from "../../dmath/mod.ts";
import { extend, toUnit } from "../../regime/mod.ts";
import { NOISE_TEMPLATES, VENUES } from "../schedule/mod.ts";
import type { Placement } from "../parent.ts";
import type { BackgroundKind, BackgroundPacket, BackgroundPrint } from "./background_types.ts";
import type { Contract } from "./_contract.ts";

/** Premium that a small packet never passes, USD. */
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
const PLACEMENTS: readonly Placement[] = ["AA", "A", "MID", "B", "BB"];
const MID_SIZE_MIX = [0.02, 0.22, 0.5, 0.23, 0.03];
const BLOCK_MIX = [0, 0.05, 0.9, 0.05, 0];

/** Prints per packet on average: what turns a rate of prints into one of packets. */
export const MEAN_PRINTS = meanPrints();

function meanPrints(): number {
  let weight = 0;
  let prints = 0;
  for (const template of NOISE_TEMPLATES) {
    weight += template.weight;
    prints += template.weight * (template.prints[0] + template.prints[1]) / 2;
  }
  const large = MID_SIZE_SHARE + BLOCK_SHARE;
  return (1 - large) * prints / weight + large;
}

/** Kind of the packet that is drawn from a hash state. */
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

/** Codes that background prints carry now and then, with their shares. */
const CODES: readonly (readonly [code: string, share: number])[] = [
  ["ISO", 0.12],
  ["AUTO-EX", 0.1],
  ["COMPLEX", 0.03],
  ["SPREAD", 0.03],
  ["BUYWRITE", 0.004],
  ["LATE", 0.008],
  ["AUCTION", 0.004],
  ["CROSS", 0.003],
];
const SHARED_CODES: readonly (readonly string[])[] = CODES.map(([code]) => [code]);
const NO_CODE: readonly string[] = [];
const LATE: readonly string[] = ["LATE"];
const CROSS: readonly string[] = ["CROSS"];
const AUCTION: readonly string[] = ["AUCTION"];

function conditionsOf(kind: BackgroundKind, u: number): readonly string[] {
  if (kind === "block") return u < 0.6 ? CROSS : AUCTION;
  if (kind === "stale_quote_noise" && u > 0.95) return LATE;
  let left = u;
  for (let i = 0; i < CODES.length; i++) {
    left -= CODES[i]?.[1] ?? 0;
    if (left < 0) return SHARED_CODES[i] ?? NO_CODE;
  }
  return NO_CODE;
}

function logUniform(low: number, high: number, u: number): number {
  return exp(log(low) + u * (log(high) - log(low)));
}

function gapMs(u: number): number {
  return Math.round(logUniform(...GAP_MS, pow(u, GAP_POWER)));
}

/** Lots of a whole packet, or 0 when the contract is too dear for its kind. */
function packetLots(kind: BackgroundKind, prints: number, price: number, draws: number): number {
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
  return Math.min(most, lots);
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

/**
 * A background packet of a contract that starts in a second, or null when the contract is too cheap or too
 * dear for what was drawn. @param price Model price, USD per share.
 */
export function drawPacket(
  contract: Contract,
  kind: BackgroundKind,
  price: number,
  secondMs: number,
  draws: number,
): BackgroundPacket | null {
  if (price < LEAST_PRICE) return null;
  const count = printCount(kind, toUnit(extend(draws, 15)));
  const lots = packetLots(kind, count, price, draws);
  if (lots < count) return null;
  const prints: BackgroundPrint[] = [];
  let ts = secondMs + Math.floor(1_000 * toUnit(extend(draws, 16)));
  const first = ts;
  let left = lots;
  const venues = 1 + (kind === "two_sided_scalp" && toUnit(extend(draws, 17)) < 0.5 ? 1 : 0);
  for (let i = 0; i < count; i++) {
    const print = extend(extend(draws, 18), i);
    if (i > 0) ts += gapMs(toUnit(extend(print, 1)));
    const even = Math.max(
      1,
      Math.floor(left / (count - i) * (0.6 + 0.8 * toUnit(extend(print, 2)))),
    );
    const size = i === count - 1 ? left : Math.min(even, left - (count - i - 1));
    left -= size;
    const venue = extend(extend(draws, 19), i % venues);
    prints.push({
      ts,
      size,
      placement: placementAt(kind, i, draws),
      venue: VENUES[Math.floor(toUnit(venue) * VENUES.length)] ?? VENUES[0],
      conditions: conditionsOf(kind, toUnit(extend(print, 3))),
    });
  }
  const small = kind !== "mid_size" && kind !== "block";
  return {
    contract,
    kind,
    ts: first,
    lastTs: ts,
    prints,
    lots,
    capUsd: small ? SMALL_CAP_USD : Infinity,
  };
}
