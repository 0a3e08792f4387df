import { PROFILE_IDS, type ProfileId } from "../../regime/mod.ts";
import type { PacketFacts } from "../packet_facts.ts";
import { measure } from "./_measure.ts";
import { GUARD_COUNT, PROFILE_SPECS, TERM_COUNT } from "./_model.ts";
import type { ReasonCode } from "./reasons.ts";
import { leadFactor, type ProfileScoring, qualityFactor, scoreProfiles } from "./score_profiles.ts";

/** What one term adds to a fit. */
export interface TermEvidence {
  readonly id: string;
  readonly weight: number;
  /** 0…1. */
  readonly value: number;
  /** weight × value, before the guards. */
  readonly contribution: number;
  readonly reason: ReasonCode | null;
}

/** A factor on a fit and whether it applies. */
export interface GuardEvidence {
  readonly id: string;
  readonly factor: number;
  readonly applies: boolean;
  readonly reason: ReasonCode | null;
}

/** How one profile came to its score: fit = (base + Σ contributions) × Π factors that apply. */
export interface ProfileEvidence {
  readonly profile: ProfileId;
  readonly base: number;
  readonly terms: readonly TermEvidence[];
  readonly guards: readonly GuardEvidence[];
  readonly fit: number;
  /** Lead of the fit over the best other one, and the factor made of it. */
  readonly lead: number;
  readonly leadFactor: number;
  readonly qualityFactor: number;
  /** fit × lead factor × quality factor: a score that ranks, 0 to some 1.3. */
  readonly score: number;
  /** The score as records hold it: cut off at 1, rounded to 1e-6. */
  readonly stored: number;
}

/** The scores of a packet with everything that went into them. */
export interface ScoringEvidence {
  readonly scoring: ProfileScoring;
  /** In canonical order of the profiles. */
  readonly profiles: readonly ProfileEvidence[];
}

/** Scores a packet and tells every term and guard of every profile, for people who ask why. */
export function explainProfiles(facts: PacketFacts): ScoringEvidence {
  const scoring = scoreProfiles(facts);
  const values = new Float64Array(TERM_COUNT);
  const holds = new Uint8Array(GUARD_COUNT);
  measure(facts, values, holds);
  const profiles = PROFILE_SPECS.map((spec, index): ProfileEvidence => {
    const fit = scoring.fits[index]!;
    const lead = fit - Math.max(...scoring.fits.filter((_, other) => other !== index));
    return {
      profile: PROFILE_IDS[index]!,
      base: spec.base,
      terms: spec.terms.map(({ id, weight, reason }, t) => {
        const value = values[spec.termOffset + t]!;
        return { id, weight, value, contribution: weight * value, reason };
      }),
      guards: spec.guards.map(({ id, factor, reason }, g) => ({
        id,
        factor,
        applies: holds[spec.guardOffset + g] === 1,
        reason,
      })),
      fit,
      lead,
      leadFactor: leadFactor(lead),
      qualityFactor: qualityFactor(facts),
      score: fit * leadFactor(lead) * qualityFactor(facts),
      stored: scoring.scores[index]!,
    };
  });
  return { scoring, profiles };
}
