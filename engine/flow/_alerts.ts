import { BoundedMap, type Touched } from "./_bounded_map.ts";
import { classifierId } from "./_event.ts";
import type { Alert, AlertHit, ProfileScore, SmartMoneyEvent } from "../frames/mod.ts";
import { log10, ramp } from "./scoring/mod.ts";

const LEAST_PROFILE_SCORE = 0.52;
const LEAST_PREMIUM = 25_000;
/** Repeats of one underlying, profile and direction within so long are one alert. */
const MERGE_MS = 90_000;
const NOVELTY_MINUTES = 15;
const MOST_PRINTS = 64;
const CAP = 10_000;
const TTL_MS = 3_600_000;

class Open implements Touched {
  touchedTs: number;
  readonly firstTs: number;
  alert: Alert;
  refs: Set<string>;
  prints = 0;
  merged = 1;

  constructor(alert: Alert, refs: Set<string>, ts: number) {
    this.alert = alert;
    this.refs = refs;
    this.firstTs = ts;
    this.touchedTs = ts;
  }
}

class LastAlert implements Touched {
  touchedTs = 0;
}

/**
 * Severity of an alert's score. A named event scores 55 by its profile and quotes alone, so the bounds
 * stand where a sixth of the alerts of an ordinary session are high and half are medium.
 */
export function severityOf(score: number): "high" | "medium" | "low" {
  return score >= 84 ? "high" : score >= 70 ? "medium" : "low";
}

/** Score 0…100 of an alert; `minutesSince` the last one of the same underlying and profile. */
function alertScore(
  profileScore: number,
  premiumUsd: number,
  quality: number,
  minutesSince: number,
): number {
  const sum = 0.45 * profileScore + 0.25 * ramp(log10(premiumUsd), 4.7, 6.2) + 0.15 * quality +
    0.15 * ramp(minutesSince, 0, NOVELTY_MINUTES);
  return Math.round(100 * Math.min(1, Math.max(0, sum)));
}

/**
 * Turns events into alerts. A repeat within 90 s of the first alert of its underlying, profile and
 * direction goes out as the same alert again, under the same trace id, with both events as evidence.
 */
export class Alerts {
  readonly #open = new BoundedMap<Open>(CAP, TTL_MS);
  readonly #last = new BoundedMap<LastAlert>(CAP, TTL_MS);

  get size(): number {
    return this.#open.size + this.#last.size;
  }

  /** The alert to send for an event, or null when it is none. */
  of(
    event: SmartMoneyEvent,
    hits: readonly ProfileScore[],
    quality: number,
    seq: number,
  ): Alert | null {
    const [first] = event.profile_scores;
    const premium = Number(event.features["total_premium"] ?? 0);
    if (event.abstained || first === undefined || first.score < LEAST_PROFILE_SCORE) {
      return null;
    }
    if (premium < LEAST_PREMIUM) return null;
    const ts = event.source_ts;
    const pair = `${event.underlying_id}:${first.profile_id}`;
    const before = this.#last.get(pair);
    const minutes = before === undefined ? Infinity : Math.abs(ts - before.touchedTs) / 60_000;
    const score = alertScore(first.score, premium, quality, minutes);
    const last = before ?? new LastAlert();
    last.touchedTs = Math.max(ts, last.touchedTs);
    this.#last.set(pair, last);

    const key = `${pair}:${event.primary_direction}`;
    const open = this.#open.get(key);
    if (open !== undefined && Math.abs(ts - open.firstTs) <= MERGE_MS) {
      return merge(open, event, hits, score, seq);
    }
    return this.#start(key, event, hits, score, seq);
  }

  #start(
    key: string,
    event: SmartMoneyEvent,
    hits: readonly ProfileScore[],
    score: number,
    seq: number,
  ): Alert {
    const alert: Alert = {
      source_ts: event.source_ts,
      ingest_ts: event.ingest_ts,
      seq,
      trace_id: `alert:${event.event_id}`,
      score,
      severity: severityOf(score),
      hits: hits.map(hitOf),
      evidence_refs: [],
      underlying_id: event.underlying_id,
      ...(event.primary_profile_id === null
        ? {}
        : { primary_profile_id: event.primary_profile_id }),
      probability: event.probability,
      profile_scores: event.profile_scores,
    };
    const open = new Open(alert, new Set(), event.source_ts);
    open.alert = { ...alert, evidence_refs: refsWith(open, event) };
    this.#open.set(key, open);
    return open.alert;
  }

  sweep(nowMs: number): void {
    this.#open.sweep(nowMs);
    this.#last.sweep(nowMs);
  }
}

function hitOf(score: ProfileScore): AlertHit {
  return {
    classifier_id: classifierId(score),
    score: score.score,
    direction: score.direction,
    explanations: score.reasons,
  };
}

/** Adds an event, its packets and its prints to an alert's evidence: at most 64 prints in all. */
function refsWith(open: Open, event: SmartMoneyEvent): string[] {
  const { refs } = open;
  refs.add(event.event_id);
  for (const id of event.packet_ids) refs.add(id);
  for (const id of event.member_print_ids) {
    if (open.prints >= MOST_PRINTS) break;
    if (refs.has(id)) continue;
    refs.add(id);
    open.prints++;
  }
  return [...refs];
}

function merge(
  open: Open,
  event: SmartMoneyEvent,
  hits: readonly ProfileScore[],
  score: number,
  seq: number,
): Alert {
  open.merged++;
  open.touchedTs = event.source_ts;
  const stronger = score > open.alert.score;
  const kept = stronger ? hits.map(hitOf) : open.alert.hits.map(withoutCount);
  const best = Math.max(score, open.alert.score);
  open.alert = {
    ...open.alert,
    ingest_ts: event.ingest_ts,
    seq,
    score: best,
    severity: severityOf(best),
    hits: kept.map((hit, index) =>
      index > 0
        ? hit
        : { ...hit, explanations: [...hit.explanations, `merged_count:${open.merged}`] }
    ),
    evidence_refs: refsWith(open, event),
    ...(stronger ? { probability: event.probability, profile_scores: event.profile_scores } : {}),
  };
  return open.alert;
}

function withoutCount(hit: AlertHit): AlertHit {
  return {
    ...hit,
    explanations: hit.explanations.filter((text) => !text.startsWith("merged_count:")),
  };
}
