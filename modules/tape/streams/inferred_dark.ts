import { z } from "zod";
import { exampleHead } from "./_examples.ts";
import { featureValues, head, share, texts, underlying } from "./_fields.ts";
import { defineStream } from "./stream.ts";

/** Off-exchange activity that the prints suggest; an inference, not a report. */
const InferredDark = z.object({
  ...head,
  type: z.enum(["absorbed_block", "stealth_accumulation", "distribution"]),
  confidence: share.describe("Score of the inference; not calibrated"),
  underlying_id: underlying,
  evidence_refs: texts,
  meta: featureValues,
}).meta({ id: "InferredDark" });

/** Inferred off-exchange activity. */
export const INFERRED_DARK = defineStream({
  name: "inferred-dark",
  title: "inferred off-exchange activity",
  type: "inferred-dark",
  record: InferredDark,
  bucketMs: 300_000,
  lateMs: 30_000,
  query: {},
  live: {},
  tests: () => [],
  channels: { "inferred-dark": { snapshot: 300, hot: false, staleAfterMs: null } },
  paths: {
    current: "/dark/inferred",
    history: "inferred-dark",
    replay: "inferred-dark",
    ws: "inferred-dark",
  },
  example: {
    ...exampleHead("inferreddark:absorbed_block:NVDA:1768401012345", 31),
    type: "absorbed_block",
    confidence: 0.74,
    underlying_id: "NVDA",
    evidence_refs: ["equityjoin:syn-ep-202601140-1hc"],
    meta: { total_size: 3_200 },
  },
});
