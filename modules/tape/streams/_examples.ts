/** Time of the rows that the documentation shows, epoch ms. */
export const TS = 1_768_401_012_345;
/** Ids of the rows that the documentation shows. */
export const CONTRACT = "NVDA-2026-01-30-142.5-C";
export const PACKET = `flowpacket:${CONTRACT}:${TS}:1768401012921`;
export const EVENT = `smartmoney:single_leg_event:${PACKET}`;
export const PRINT = "syn-op-202601140-1hc";

/** Head of a row that the documentation shows. */
export function exampleHead(trace_id: string, seq: number) {
  return { source_ts: TS, ingest_ts: TS, seq, trace_id };
}

/** Scores of a row that the documentation shows. */
export const SCORE = {
  profile_id: "institutional_directional",
  score: 0.88,
  confidence_band: "high",
  direction: "bullish",
  reasons: ["large_parent_event", "directional_aggressor_mix", "multi_venue_sweep"],
} as const;

/** How often it is right, of a row that the documentation shows. */
export const PROBABILITY = 0.98;

/** A hit that the documentation shows. */
export const HIT = {
  classifier_id: "smart_money_institutional_directional",
  score: 0.88,
  direction: "bullish",
  explanations: ["premium of 331,200 USD", "89 % of it bought at the ask"],
} as const;
