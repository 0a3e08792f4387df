import { z } from "zod";
import { PROFILE_IDS } from "../../../engine/regime/mod.ts";

/** Epoch ms. */
export const epochMs = z.int().min(0);
/** USD. */
export const price = z.number();
/** Contracts, shares or prints. */
export const count = z.number().min(0);
/** 0 to 1. */
export const share = z.number().min(0).max(1);
/** Texts in order. */
export const texts = z.array(z.string()).readonly();

/** Fields that every record carries. */
export const head = {
  source_ts: epochMs.describe("Event time, epoch ms"),
  ingest_ts: epochMs.describe("Event time the pipeline had reached when it made the row, epoch ms"),
  seq: z.int().min(0).describe("Breaks ties of the ordering column; unique with it"),
  trace_id: z.string().describe("Identity of the row"),
};
/** Ordering column of the streams that have it. */
export const ts = epochMs.describe("Event time, epoch ms");
/** Symbol of a row. */
export const underlying = z.string().describe("Symbol of the underlying");

/** Where a print lies against the quote that stood at its millisecond. */
export const NbboSide = z.enum(["AA", "A", "MID", "B", "BB", "MISSING", "STALE"]);
/** Direction of a reading. */
export const Direction = z.enum(["bullish", "bearish", "neutral", "mixed", "unknown"]);
/** The six public profiles. */
export const ProfileId = z.enum(PROFILE_IDS);

/** Facts by name. */
export const featureValues = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));
/** Measures of a join by name. */
export const qualities = z.record(z.string(), z.number());

/** A best bid and offer. */
export const quote = { bid: price, ask: price, bidSize: count, askSize: count };

/** How often the named profile of such an event is right. */
export const probability = share.nullable().describe(
  "Share of synthetic events of such a score that are right; null when no profile is named or data is real",
);

/** How well one profile explains an event. */
export const ProfileScore = z.object({
  profile_id: ProfileId,
  score: share.describe("Score of the evidence, cut off at 1: it ranks and is no probability"),
  confidence_band: z.enum(["high", "medium", "low"]).describe(
    "Of the score: high from 0.72, medium from 0.52",
  ),
  direction: Direction,
  reasons: texts,
}).meta({ id: "ProfileScore" });

/** What a hit says, by itself or inside an alert. */
export const hit = {
  classifier_id: z.string(),
  score: share.describe("Score of the profile, 0 to 1: it ranks and is no probability"),
  direction: Direction,
  explanations: texts,
};
