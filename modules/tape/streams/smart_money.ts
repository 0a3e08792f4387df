import { z } from "zod";
import { EVENT, exampleHead, PACKET, PRINT, PROBABILITY, SCORE } from "./_examples.ts";
import {
  Direction,
  head,
  probability,
  ProfileId,
  ProfileScore,
  texts,
  underlying,
} from "./_fields.ts";
import { decimal, epoch, flag, list } from "../_query.ts";
import { defineStream } from "./stream.ts";

/** One reading of a packet or structure. */
export const SmartMoneyEvent = z.object({
  ...head,
  event_id: z.string(),
  packet_ids: texts,
  member_print_ids: texts,
  underlying_id: underlying,
  event_kind: z.enum(["single_leg_event", "multi_leg_event"]),
  event_window_ms: z.number(),
  features: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  profile_scores: z.array(ProfileScore).readonly().describe("All six, highest score first"),
  primary_profile_id: ProfileId.nullable(),
  probability,
  primary_direction: Direction,
  abstained: z.boolean(),
  suppressed_reasons: texts,
}).meta({ id: "SmartMoneyEvent" });

/** Smart-money events. */
export const SMART_MONEY = defineStream({
  name: "smart-money",
  title: "smart-money events",
  type: "smart-money",
  record: SmartMoneyEvent,
  bucketMs: 120_000,
  lateMs: 30_000,
  query: {
    profile: list(ProfileId, 6).optional().describe("Primary profiles"),
    direction: list(
      z.enum(["bullish", "bearish", "neutral", "mixed", "unknown"], "must be a direction"),
      5,
    ).optional().describe("Primary directions"),
    min_score: decimal(0, 1).optional().describe("Least score of the top profile"),
    include_abstained: flag.optional().describe("False leaves out events without a profile"),
    since_ts: epoch.optional().describe("Oldest source_ts that is wanted, epoch ms"),
  },
  live: {
    profile: z.array(ProfileId).min(1).max(6).optional(),
    direction: z.array(Direction).min(1).max(5).optional(),
    min_score: z.number().min(0).max(1).optional(),
    include_abstained: z.boolean().optional(),
  },
  tests(filters) {
    const tests: ((row: z.infer<typeof SmartMoneyEvent>) => boolean)[] = [];
    const { profile, direction, min_score, include_abstained, since_ts } = filters;
    if (since_ts !== undefined) tests.push((row) => row.source_ts >= since_ts);
    if (profile !== undefined) {
      const profiles = new Set<string | null>(profile);
      tests.push((row) => profiles.has(row.primary_profile_id));
    }
    if (direction !== undefined) {
      const directions = new Set(direction);
      tests.push((row) => directions.has(row.primary_direction));
    }
    if (min_score !== undefined) {
      tests.push((row) => (row.profile_scores[0]?.score ?? 0) >= min_score);
    }
    if (include_abstained === false) tests.push((row) => !row.abstained);
    return tests;
  },
  channels: { "smart-money": { snapshot: 300, hot: false, staleAfterMs: null } },
  paths: {
    current: "/flow/smart-money",
    history: "smart-money",
    replay: "smart-money",
    ws: "smart-money",
  },
  example: {
    ...exampleHead(`smartmoney:${PACKET}`, 48_213),
    event_id: EVENT,
    packet_ids: [PACKET],
    member_print_ids: [PRINT],
    underlying_id: "NVDA",
    event_kind: "single_leg_event",
    event_window_ms: 576,
    features: { contract_count: 1, print_count: 11, total_premium: 331_200, days_to_event: null },
    profile_scores: [SCORE],
    primary_profile_id: "institutional_directional",
    probability: PROBABILITY,
    primary_direction: "bullish",
    abstained: false,
    suppressed_reasons: [],
  },
});
