import { PROFILE_IDS, type ProfileId } from "../../regime/mod.ts";
import type { PacketFacts } from "../packet_facts.ts";
import type { ConfidenceBand, Direction } from "../../frames/mod.ts";
import { directionOf } from "./_direction.ts";
import { isBeforeEvent, measure, quoteQuality, ramp } from "./_measure.ts";
import { GUARD_COUNT, PROFILE_SPECS, type ProfileSpec, TERM_COUNT } from "./_model.ts";
import type { ReasonCode, SuppressionCode } from "./reasons.ts";

/** Least score of the first profile that is named. */
const MIN_SCORE = 0.42;
/** Least lead of its fit over the next one. */
const MIN_FIT_MARGIN = 0.06;
/** Fewest prints with a quote that a side can be told by. */
const LEAST_QUOTED = 3;
/** Least share of the fit that a term must have added, or a guard taken, to be given as a reason. */
const MIN_REASON = 0.04;

const PROFILES = PROFILE_IDS.length;
const ROUND = 1e6;

/** How the six profiles score one packet. Arrays are in canonical order of the profiles. */
export interface ProfileScoring {
  /** Fit, 0 to about 1. */
  readonly fits: readonly number[];
  /** Scores that rank, cut off at 1, rounded to 1e-6. */
  readonly scores: readonly number[];
  readonly bands: readonly ConfidenceBand[];
  readonly directions: readonly Direction[];
  readonly reasons: readonly (readonly ReasonCode[])[];
  /** Indices of the profiles, highest score first; ties in canonical order. */
  readonly order: readonly number[];
  /** Lead of the first profile's fit over the best other one; may be negative. */
  readonly margin: number;
  readonly suppressed: readonly SuppressionCode[];
  readonly abstained: boolean;
  /** Null when abstained. */
  readonly primary: ProfileId | null;
  /** Large enough to be published as an event at all. */
  readonly candidate: boolean;
}

// One scoring runs at a time and leaves nothing behind, so the scratch is shared.
const values = new Float64Array(TERM_COUNT);
const holds = new Uint8Array(GUARD_COUNT);
const fits = new Float64Array(PROFILES);
const scores = new Float64Array(PROFILES);

/** Band of a score. */
function bandOf(score: number): ConfidenceBand {
  if (score >= 0.72) return "high";
  return score >= 0.52 ? "medium" : "low";
}

/** Whether a premium in USD and a number of contracts are large enough for an event. */
export function isCandidateSize(premiumUsd: number, contracts: number): boolean {
  return premiumUsd >= 15_000 || (contracts >= 500 && premiumUsd >= 10_000);
}

/** Whether a packet is large enough to become an event. */
function isCandidate(facts: PacketFacts): boolean {
  return isCandidateSize(facts.premiumUsd, facts.totalSize);
}

/** Why no profile may be named, in fixed order; empty when one may. */
function suppressionsOf(facts: PacketFacts): SuppressionCode[] {
  const found: SuppressionCode[] = [];
  if (Math.round(facts.coverage * facts.printCount) < LEAST_QUOTED) {
    found.push("stale_or_missing_quote_context");
  }
  if (facts.legs === 1 && facts.insideRatio >= 0.7 && facts.aggressorRatio < 0.35) {
    found.push("inside_market_or_cross_like_execution");
  }
  if (facts.crossRatio >= 0.34) found.push("special_print_or_complex_context");
  return found;
}

/** Fit of a profile from the measured scratch, before any rounding. */
function fitOf(spec: ProfileSpec, termValues: Float64Array, guardHolds: Uint8Array): number {
  const { terms, guards } = spec;
  let fit = spec.base;
  for (let t = 0; t < terms.length; t++) fit += terms[t]!.weight * termValues[spec.termOffset + t]!;
  for (let g = 0; g < guards.length; g++) {
    if (guardHolds[spec.guardOffset + g] === 1) fit *= guards[g]!.factor;
  }
  return fit;
}

/** Largest fit besides one profile's. */
function bestOther(index: number): number {
  let best = -Infinity;
  for (let p = 0; p < PROFILES; p++) if (p !== index && fits[p]! > best) best = fits[p]!;
  return best;
}

/** How much of a fit counts, by its lead over the best other one: 0.55…1. */
export function leadFactor(lead: number): number {
  return 0.55 + 0.45 * ramp(lead, -0.1, 0.45);
}

/** How much of a fit counts, by the quotes behind it: 0.75…1. */
export function qualityFactor(facts: PacketFacts): number {
  return 0.75 + 0.25 * quoteQuality(facts);
}

/** Fills the scratch and returns the index of the profile that scores highest. */
function run(facts: PacketFacts): number {
  measure(facts, values, holds);
  for (let p = 0; p < PROFILES; p++) fits[p] = fitOf(PROFILE_SPECS[p]!, values, holds);
  const quality = qualityFactor(facts);
  let top = 0;
  for (let p = 0; p < PROFILES; p++) {
    const score = Math.min(1, fits[p]! * leadFactor(fits[p]! - bestOther(p)) * quality);
    scores[p] = Math.round(score * ROUND) / ROUND;
    if (scores[p]! > scores[top]!) top = p;
  }
  return top;
}

function mayName(top: number): boolean {
  return scores[top]! >= MIN_SCORE && fits[top]! - bestOther(top) >= MIN_FIT_MARGIN;
}

/**
 * Scores the six profiles for one closed packet or structure. Pure: equal facts give equal bits.
 *
 * @see docs/methods/smart-money.md
 */
export function scoreProfiles(facts: PacketFacts): ProfileScoring {
  const top = run(facts);
  const suppressed = suppressionsOf(facts);
  const abstained = suppressed.length > 0 || !mayName(top);
  const found = [...scores];
  const order = found.map((_, index) => index);
  order.sort((a, b) => found[b]! - found[a]! || a - b);
  return {
    fits: [...fits],
    scores: found,
    bands: found.map(bandOf),
    directions: PROFILE_IDS.map((profile) => directionOf(profile, facts)),
    reasons: PROFILE_SPECS.map((spec) => reasonsOf(spec, facts)),
    order,
    margin: fits[top]! - bestOther(top),
    suppressed,
    abstained,
    primary: abstained ? null : PROFILE_IDS[top]!,
    candidate: isCandidate(facts),
  };
}

/** Codes of the terms and guards that counted, from the scratch; a code stands once. */
function reasonsOf(spec: ProfileSpec, facts: PacketFacts): ReasonCode[] {
  const found: ReasonCode[] = [];
  let guarded = 1;
  let fit = spec.base;
  for (let t = 0; t < spec.terms.length; t++) {
    fit += spec.terms[t]!.weight * values[spec.termOffset + t]!;
  }
  for (let g = 0; g < spec.guards.length; g++) {
    if (holds[spec.guardOffset + g] === 1) guarded *= spec.guards[g]!.factor;
  }
  for (let t = 0; t < spec.terms.length; t++) {
    const term = spec.terms[t]!;
    const added = term.weight * values[spec.termOffset + t]! * guarded;
    if (added < MIN_REASON) continue;
    if (term.reason !== null) push(found, term.reason);
    if (term.id === "event") pushEvent(found, added, facts);
    if (term.id === "volatility_fits_event" && isBeforeEvent(facts)) push(found, "iv_shock");
    if (term.id === "parity" && facts.stockLinked) push(found, "parity_linked_stock");
  }
  for (let g = 0; g < spec.guards.length; g++) {
    const guard = spec.guards[g]!;
    if (holds[spec.guardOffset + g] === 0) continue;
    if (guard.reason !== null && fit * (1 - guard.factor) >= MIN_REASON) push(found, guard.reason);
    fit *= guard.factor;
  }

  return found;
}

function pushEvent(found: ReasonCode[], added: number, facts: PacketFacts): void {
  if (!isBeforeEvent(facts)) {
    push(found, "post_event_followthrough");
    return;
  }
  push(found, "event_calendar_alignment");
  push(found, "expiry_after_event");
  const concentration = ramp(1 - (facts.daysToEvent ?? 21) / 21, 0, 1);
  if (added * concentration >= MIN_REASON) push(found, "pre_event_concentration");
}

function push(found: ReasonCode[], reason: ReasonCode): void {
  if (!found.includes(reason)) found.push(reason);
}
