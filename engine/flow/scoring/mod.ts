export { log10, quoteQuality, ramp } from "./_measure.ts";
export {
  explainProfiles,
  type GuardEvidence,
  type ProfileEvidence,
  type ScoringEvidence,
  type TermEvidence,
} from "./explain_profiles.ts";
export {
  REASON_CODES,
  type ReasonCode,
  SUPPRESSION_CODES,
  type SuppressionCode,
} from "./reasons.ts";
export {
  bandOf,
  isCandidate,
  isCandidateSize,
  MIN_FIT_MARGIN,
  MIN_PROBABILITY,
  predictProfile,
  type ProfilePrediction,
  type ProfileScoring,
  scoreProfiles,
  suppressionsOf,
} from "./score_profiles.ts";
