import { z } from "zod";
import { EVENT, exampleHead, HIT, PACKET, PRINT, PROBABILITY, SCORE } from "./_examples.ts";
import { head, hit, probability, ProfileId, ProfileScore, texts, underlying } from "./_fields.ts";
import { list } from "../_query.ts";
import { defineStream } from "./stream.ts";

const severity = z.enum(["high", "medium", "low"]);

/** A hit inside an alert. */
const AlertHit = z.object(hit).meta({ id: "AlertHit" });

/** An event worth a look. */
const Alert = z.object({
  ...head,
  score: z.number().describe("0 to 100"),
  severity,
  hits: z.array(AlertHit).readonly(),
  evidence_refs: texts.describe("Ids of the event, its packets and at most 64 prints"),
  underlying_id: underlying,
  primary_profile_id: ProfileId.exactOptional(),
  probability,
  profile_scores: z.array(ProfileScore).readonly().exactOptional(),
}).meta({ id: "Alert" });

/** Alerts. */
export const ALERTS = defineStream({
  name: "alerts",
  title: "alerts",
  type: "alert",
  record: Alert,
  bucketMs: 300_000,
  lateMs: 30_000,
  query: {
    severity: list(z.enum(["high", "medium", "low"], "must be high, medium or low"), 3).optional()
      .describe("Severities"),
  },
  live: { severity: z.array(severity).min(1).max(3).optional() },
  tests: ({ severity: wanted }) =>
    wanted === undefined ? [] : [(row) => wanted.includes(row.severity)],
  channels: { alerts: { snapshot: 300, hot: false, staleAfterMs: null } },
  paths: { current: "/flow/alerts", history: "alerts", replay: "alerts", ws: "alerts" },
  example: {
    ...exampleHead(`alert:${EVENT}`, 1_207),
    score: 78,
    severity: "high",
    hits: [HIT],
    evidence_refs: [EVENT, PACKET, PRINT],
    underlying_id: "NVDA",
    primary_profile_id: "institutional_directional",
    probability: PROBABILITY,
    profile_scores: [SCORE],
  },
});
