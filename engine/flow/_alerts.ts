import { BoundedMap, type Touched } from "./_bounded_map.ts";
import { Chain } from "./_chain.ts";
import { classifierId } from "./_event.ts";
import type { Alert, AlertHit, ProfileScore, SmartMoneyEvent } from "../frames/mod.ts";
import { UNNUMBERED } from "./_row_numbers.ts";
import { log10, ramp } from "./scoring/mod.ts";

const LEAST_PROFILE_SCORE = 0.52;
const LEAST_PREMIUM = 25_000;
/** Repeats of one underlying, profile and direction within so long are one alert. */
const MERGE_MS = 90_000;
/** An alert counts as new after so long without one of its underlying and profile. */
const NOVELTY_MINUTES = 4;
const MOST_PRINTS = 64;
const CAP = 10_000;
/** Nothing older than this counts, ms. */
const TTL_MS = Math.max(NOVELTY_MINUTES * 60_000, MERGE_MS);

/** After so long a reading of whole events, ms, the alerts are those of any longer one. */
export const ALERT_MEMORY_MS = Math.max(NOVELTY_MINUTES * 60_000, 3 * MERGE_MS);

class Open implements Touched {
  touchedTs = 0;
  readonly chain = new Chain();
  firstTs = -Infinity;
  alert: Alert | null = null;
  refs = new Set<string>();
  prints = 0;
  merged = 1;
}

class LastAlert implements Touched {
  touchedTs = -Infinity;
}

/**
 * Severity of an alert's score. A named event scores 55 by its profile and quotes alone, so the bounds
 * stand where a tenth of the alerts of an ordinary session are high and less than half are medium.
 */
export function severityOf(score: number): "high" | "medium" | "low" {
  return score >= 86 ? "high" : score >= 72 ? "medium" : "low";
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
 * Times are those at which events went out, as these never fall.
 */
export class Alerts {
  readonly #open = new BoundedMap<Open>(CAP, TTL_MS);
  readonly #last = new BoundedMap<LastAlert>(CAP, TTL_MS);

  get size(): number {
    return this.#open.size + this.#last.size;
  }

  /** The alert to send for an event, or null when it is none. */
  of(event: SmartMoneyEvent, hits: readonly ProfileScore[], quality: number): Alert | null {
    const [first] = event.profile_scores;
    const premium = Number(event.features["total_premium"] ?? 0);
    if (event.abstained || first === undefined || first.score < LEAST_PROFILE_SCORE) {
      return null;
    }
    if (premium < LEAST_PREMIUM) return null;
    const ts = event.ingest_ts;
    const pair = `${event.underlying_id}:${first.profile_id}`;
    const last = entry(this.#last, pair, () => new LastAlert());
    const score = alertScore(first.score, premium, quality, (ts - last.touchedTs) / 60_000);
    last.touchedTs = ts;

    const open = entry(this.#open, `${pair}:${event.primary_direction}`, () => new Open());
    open.touchedTs = ts;
    const begins = open.chain.begins(ts, MERGE_MS, MERGE_MS) || ts - open.firstTs > MERGE_MS;
    const { alert } = open;
    return begins || alert === null
      ? start(open, event, hits, score)
      : merge(open, alert, event, hits, score);
  }

  sweep(nowMs: number): void {
    this.#open.sweep(nowMs);
    this.#last.sweep(nowMs);
  }
}

/** The entry of a key, made when there is none. */
function entry<V extends Touched>(map: BoundedMap<V>, key: string, make: () => V): V {
  let found = map.get(key);
  if (found === undefined) map.set(key, found = make());
  return found;
}

function start(
  open: Open,
  event: SmartMoneyEvent,
  hits: readonly ProfileScore[],
  score: number,
): Alert {
  open.firstTs = event.ingest_ts;
  open.refs = new Set();
  open.prints = 0;
  open.merged = 1;
  return open.alert = {
    source_ts: event.source_ts,
    ingest_ts: event.ingest_ts,
    seq: UNNUMBERED,
    trace_id: `alert:${event.event_id}`,
    score,
    severity: severityOf(score),
    hits: hits.map(hitOf),
    evidence_refs: refsWith(open, event),
    underlying_id: event.underlying_id,
    ...(event.primary_profile_id === null ? {} : { primary_profile_id: event.primary_profile_id }),
    probability: event.probability,
    profile_scores: event.profile_scores,
  };
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
  before: Alert,
  event: SmartMoneyEvent,
  hits: readonly ProfileScore[],
  score: number,
): Alert {
  open.merged++;
  const stronger = score > before.score;
  const kept = stronger ? hits.map(hitOf) : before.hits.map(withoutCount);
  const best = Math.max(score, before.score);
  return open.alert = {
    ...before,
    ingest_ts: event.ingest_ts,
    seq: UNNUMBERED,
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
}

function withoutCount(hit: AlertHit): AlertHit {
  return {
    ...hit,
    explanations: hit.explanations.filter((text) => !text.startsWith("merged_count:")),
  };
}
