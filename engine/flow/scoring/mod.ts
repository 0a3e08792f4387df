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
  isCandidateSize,
  predictProfile,
  type ProfilePrediction,
  type ProfileScoring,
  scoreProfiles,
} from "./score_profiles.ts";
