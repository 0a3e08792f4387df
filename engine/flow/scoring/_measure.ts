import { log } from "../../dmath/mod.ts";
import type { PacketFacts } from "../packet_facts.ts";

const LN10 = 2.302585092994046;

/** A crowd's prints are smaller than this on average, USD. */
const LARGE_PRINT_USD = 12_000;

/** Position of x between a and b, cut to 0…1. */
export function ramp(x: number, a: number, b: number): number {
  const share = (x - a) / (b - a);
  return share > 0 ? (share < 1 ? share : 1) : 0;
}

/** Base-ten logarithm by the same arithmetic on every machine. */
export function log10(x: number): number {
  return log(x) / LN10;
}

/** How far the quotes behind a packet can be trusted, 0…1. */
export function quoteQuality(facts: PacketFacts): number {
  return ramp(facts.coverage * (1 - facts.staleRatio), 0, 1);
}

/** Whether the contract is short-dated and at the money. */
function isNear(facts: PacketFacts): boolean {
  const { dteDays, strikeRank, absDelta } = facts;
  if (dteDays > 2) return false;
  return strikeRank === 0 || (absDelta !== null && absDelta >= 0.36 && absDelta <= 0.66);
}

/** Whether a scheduled event lies between now and a nearby expiry. */
export function isBeforeEvent(facts: PacketFacts): boolean {
  const { daysToEvent, dteDays, expiryAfterEvent } = facts;
  return daysToEvent !== null && expiryAfterEvent === true && dteDays <= daysToEvent + 10;
}

/** Strength of the event context: 1 for an expiry just after an event, 0.92 after one, else 0. */
function eventStrength(facts: PacketFacts): number {
  if (isBeforeEvent(facts)) {
    return 1 - 0.25 * ramp(facts.dteDays - (facts.daysToEvent ?? 0), 3, 10);
  }
  return facts.pastEvent ? 0.92 : 0;
}

function volatilityFitsEvent(facts: PacketFacts): boolean {
  if (isBeforeEvent(facts)) return facts.ivShock > 0.003;
  return facts.pastEvent && facts.ivShock < 0.006;
}

function isStraddle(facts: PacketFacts): boolean {
  return facts.structure === "straddle" || facts.structure === "strangle";
}

/** Least lead of one side's share that makes a packet one-sided: few prints need a plainer one. */
function leastLean(printCount: number): number {
  return printCount < 6 ? 0.4 : 0.32;
}

/** What several profiles need, derived once. */
interface Derived {
  readonly lp: number;
  readonly q: number;
  readonly dominant: number;
  readonly near: boolean;
  readonly absMoveZ: number;
  readonly structure: boolean;
  readonly single: boolean;
  readonly shortLowDelta: boolean;
  readonly thin: boolean;
  readonly twoSided: boolean;
}

function derive(facts: PacketFacts): Derived {
  const { buyRatio, sellRatio, aggressorRatio, absDelta } = facts;
  const single = facts.legs === 1;
  return {
    lp: ramp(log10(facts.premiumUsd), 4.4, 5.5),
    q: quoteQuality(facts),
    dominant: aggressorRatio * Math.max(buyRatio, sellRatio),
    near: isNear(facts),
    absMoveZ: Math.abs(facts.moveZ ?? 0),
    structure: facts.structure !== null,
    single,
    shortLowDelta: facts.dteDays <= 7 && absDelta !== null && absDelta <= 0.32,
    thin: facts.printCount < 3 && facts.premiumUsd < 250_000,
    twoSided: single && Math.abs(buyRatio - sellRatio) < leastLean(facts.printCount),
  };
}

/**
 * Writes the value of every term and whether every guard holds, in the order of the profile table.
 *
 * @param values Shape [TERM_COUNT], each 0…1.
 * @param holds Shape [GUARD_COUNT], 0 or 1.
 */
export function measure(facts: PacketFacts, values: Float64Array, holds: Uint8Array): void {
  const derived = derive(facts);
  const event = eventStrength(facts);
  writeValues(facts, derived, event, values);
  writeGuards(facts, derived, event > 0, holds);
}

function writeValues(f: PacketFacts, d: Derived, event: number, out: Float64Array): void {
  const { lp, q, dominant, near } = d;
  const { dteDays, venueCount, absDelta, ivShock, printCount, buyRatio, sellRatio } = f;
  let i = 0;
  // institutional_directional
  out[i++] = lp;
  out[i++] = ramp(dominant, 0.4, 0.8);
  out[i++] = ramp(venueCount, 1, 4);
  out[i++] = ramp(dteDays, 4, 14);
  out[i++] = absDelta !== null && absDelta >= 0.25 && absDelta <= 0.8 ? 1 : 0;
  out[i++] = q;
  out[i++] = ramp(buyRatio, 0.55, 0.85);
  // retail_whale
  out[i++] = dteDays <= 7 && absDelta !== null ? ramp(0.36 - absDelta, 0, 0.16) : 0;
  out[i++] = ramp(printCount, 5, 14);
  out[i++] = ramp(ivShock, 0.004, 0.02);
  out[i++] = ramp(f.aggressorRatio * buyRatio, 0.35, 0.7);
  out[i++] = ramp(3.2 - f.avgPrice, 0, 2);
  out[i++] = ramp(venueCount, 2, 5);
  out[i++] = q;
  // event_driven
  out[i++] = event;
  out[i++] = lp;
  out[i++] = ramp(dominant, 0.3, 0.7);
  out[i++] = ramp(venueCount, 1, 3);
  out[i++] = q;
  out[i++] = volatilityFitsEvent(f) ? 1 : 0;
  // vol_seller
  out[i++] = ramp(f.aggressorRatio * sellRatio, 0.25, 0.6);
  out[i++] = isStraddle(f) && f.netVega < -0.2 ? 1 : 0;
  out[i++] = ramp(dteDays, 10, 24);
  out[i++] = ramp(-ivShock, 0, 0.004);
  out[i++] = lp;
  out[i++] = q;
  out[i++] = d.single && sellRatio >= 0.6 && absDelta !== null && absDelta <= 0.4 ? 1 : 0;
  // arbitrage
  out[i++] = d.structure ? 1 : 0;
  out[i++] = ramp(f.symmetry, 0.85, 0.97);
  out[i++] = 1 - ramp(Math.abs(f.netVega), 0.1, 0.4);
  out[i++] = 1 - (f.stockLinked ? 0 : ramp(Math.abs(f.netDelta), 0.25, 0.6));
  out[i++] = ramp(f.insideRatio, 0.3, 0.6);
  out[i++] = q;
  out[i++] = f.structure === "box" || f.stockLinked ? 1 : 0;
  // hedge_reactive
  out[i++] = near ? 1 : 0;
  out[i++] = ramp(d.absMoveZ, 0.6, 1.6);
  out[i++] = ramp(f.totalSize, 300, 1_500);
  out[i++] = near && sideFitsMove(f) ? 1 : 0;
  out[i++] = ramp(printCount, 3, 8);
  out[i++] = q;
}

/** A hedge buys what the move makes it short of: calls after a rise, puts after a fall; an unwind sells. */
function sideFitsMove(f: PacketFacts): boolean {
  if (f.moveBps === null || f.right === null) return false;
  const withMove = (f.right === "C") === (f.moveBps > 0);
  return withMove === (f.buyRatio >= f.sellRatio);
}

function writeGuards(f: PacketFacts, d: Derived, eventContext: boolean, out: Uint8Array): void {
  const { structure, near, thin, twoSided } = d;
  const { buyRatio: buy, sellRatio: sell, dteDays } = f;
  const straddle = isStraddle(f);
  let i = 0;
  // institutional_directional
  out[i++] = bit(structure);
  out[i++] = bit(sell > buy);
  out[i++] = bit(d.shortLowDelta);
  out[i++] = bit(near);
  out[i++] = bit(eventContext);
  i = shared(out, i, thin, twoSided);
  out[i++] = bit(f.orphanLeg);
  // retail_whale
  out[i++] = bit(structure);
  out[i++] = bit(dteDays > 7);
  out[i++] = bit(near);
  out[i++] = bit(f.premiumUsd > LARGE_PRINT_USD * f.printCount);
  out[i++] = bit(sell > buy);
  i = shared(out, i, thin, twoSided);
  out[i++] = bit(f.orphanLeg);
  // event_driven
  out[i++] = bit(sell > buy + 0.1);
  out[i++] = bit(near && !isBeforeEvent(f));
  out[i++] = bit(structure && !straddle);
  i = shared(out, i, thin, twoSided);
  out[i++] = bit(f.orphanLeg);
  // vol_seller
  out[i++] = bit(buy > sell);
  out[i++] = bit(structure && !straddle);
  out[i++] = bit(dteDays <= 5);
  i = shared(out, i, thin, twoSided);
  // arbitrage
  out[i++] = bit(!structure);
  out[i++] = bit(f.structure === "straddle" && !f.stockLinked);
  i = shared(out, i, thin, twoSided);
  // hedge_reactive
  out[i++] = bit(structure);
  out[i++] = bit(dteDays > 5);
  shared(out, i, thin, twoSided);
}

function shared(out: Uint8Array, at: number, thin: boolean, twoSided: boolean): number {
  out[at] = bit(thin);
  out[at + 1] = bit(twoSided);
  return at + 2;
}

function bit(condition: boolean): 0 | 1 {
  return condition ? 1 : 0;
}
