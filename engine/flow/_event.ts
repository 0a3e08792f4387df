import { PROFILE_IDS } from "../regime/mod.ts";
import type { Measured } from "./_measured.ts";
import { UNNUMBERED } from "./_row_numbers.ts";
import type {
  ClassifierHit,
  ProfileScore,
  SmartMoneyEvent,
  SmartMoneyFeatures,
} from "../frames/mod.ts";
import { type ProfileScoring, stepOf, SYNTHETIC_MAP } from "./scoring/mod.ts";

/** Least score of a hit besides the first profile's, and most hits of one event. */
const LEAST_HIT = 0.5;
const MOST_HITS = 3;

/** What is known of a named profile's being right on a synthetic tape; null where nothing is. */
function probabilityOf({ primary, order, scores }: ProfileScoring, isSynthetic: boolean) {
  const [top] = order;
  if (!isSynthetic || primary === null || top === undefined) return null;
  return stepOf(SYNTHETIC_MAP, scores[top]!).probability;
}

/**
 * Builds the event of a scored packet or structure.
 *
 * @param isSynthetic Whether a generator made the tape: what was learned from it holds nowhere else.
 */
export function buildEvent(
  m: Measured,
  features: SmartMoneyFeatures,
  scoring: ProfileScoring,
  ingestTs: number,
  isSynthetic: boolean,
): SmartMoneyEvent {
  const kind = m.structure === null ? "single_leg_event" : "multi_leg_event";
  const scores = scoring.order.map((index): ProfileScore => ({
    profile_id: PROFILE_IDS[index]!,
    score: scoring.scores[index]!,
    confidence_band: scoring.bands[index]!,
    direction: scoring.directions[index]!,
    reasons: scoring.reasons[index]!,
  }));
  return {
    source_ts: m.startTs,
    ingest_ts: ingestTs,
    seq: UNNUMBERED,
    trace_id: `smartmoney:${m.id}`,
    event_id: `smartmoney:${kind}:${m.id}`,
    packet_ids: [m.id, ...m.legs.map((leg) => leg.id)],
    member_print_ids: m.members,
    underlying_id: m.underlyingId,
    event_kind: kind,
    event_window_ms: m.endTs - m.startTs,
    features,
    profile_scores: scores,
    primary_profile_id: scoring.primary,
    probability: probabilityOf(scoring, isSynthetic),
    primary_direction: scoring.abstained ? "unknown" : scores[0]?.direction ?? "unknown",
    abstained: scoring.abstained,
    suppressed_reasons: scoring.suppressed,
  };
}

/** Scores of an event that are hits: the named profile and others from 0.50, at most three. */
export function hitScores(event: SmartMoneyEvent): readonly ProfileScore[] {
  if (event.abstained) return [];
  return event.profile_scores
    .filter(({ profile_id, score }) =>
      profile_id === event.primary_profile_id || score >= LEAST_HIT
    )
    .slice(0, MOST_HITS);
}

/** Name of the classifier that a profile's hits are under. */
export function classifierId(score: ProfileScore): string {
  return `smart_money_${score.profile_id}`;
}

/** The classifier hit of one score of an event. */
export function buildHit(event: SmartMoneyEvent, score: ProfileScore): ClassifierHit {
  const id = classifierId(score);
  return {
    source_ts: event.source_ts,
    ingest_ts: event.ingest_ts,
    seq: UNNUMBERED,
    trace_id: `hit:${id}:${event.event_id}`,
    classifier_id: id,
    score: score.score,
    direction: score.direction,
    explanations: score.reasons,
    underlying_id: event.underlying_id,
    event_id: event.event_id,
  };
}
