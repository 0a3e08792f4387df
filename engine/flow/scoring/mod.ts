/**
 * Profiles of the trader behind a packet: scores, guards and reasons.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { isCandidateSize, ramp } from "./mod.ts";
 *
 * equal(ramp(75, 50, 100), 0.5); // how a measure becomes the term of a score
 * equal(isCandidateSize(14_999, 499), false); // premium in USD, contracts
 * ```
 *
 * @module
 */

export { log10, quoteQuality, ramp } from "./_measure.ts";
export {
  explainProfiles,
  type GuardEvidence,
  type ProfileEvidence,
  type ScoringEvidence,
  type TermEvidence,
} from "./explain_profiles.ts";
export { type ReasonCode, type SuppressionCode } from "./reasons.ts";
export {
  type MapSample,
  type MapStep,
  type MeasuredBin,
  type ScoreMap,
  stepOf,
} from "./score_map.ts";
export { SYNTHETIC_MAP } from "./synthetic_map.ts";
export { isCandidateSize, type ProfileScoring, scoreProfiles } from "./score_profiles.ts";
