import { z } from "zod";
import { CONTRACT, exampleHead, PACKET, PRINT } from "./_examples.ts";
import { featureValues, head, qualities, texts } from "./_fields.ts";
import { option_contract_id } from "../_query.ts";
import { defineStream } from "./stream.ts";

/** Prints of one contract or structure that belong together. */
export const FlowPacket = z.object({
  ...head,
  id: z.string(),
  members: texts.describe("Trace ids of the member prints"),
  features: featureValues,
  join_quality: qualities,
}).meta({ id: "FlowPacket" });

/** Flow packets. */
export const FLOW = defineStream({
  name: "flow",
  title: "flow packets",
  type: "flow-packet",
  record: FlowPacket,
  bucketMs: 60_000,
  lateMs: 30_000,
  query: { option_contract_id },
  live: {
    security: z.enum(["stock", "etf", "all"]).optional(),
    type: z.array(z.enum(["call", "put"])).min(1).max(2).optional(),
    min_notional: z.number().min(0).optional(),
  },
  tests(filters) {
    const tests: ((row: z.infer<typeof FlowPacket>) => boolean)[] = [];
    const { option_contract_id: wanted, security = "all", type, min_notional: least } = filters;
    if (wanted !== undefined) {
      tests.push(({ features }) => features["option_contract_id"] === wanted);
    }
    if (security !== "all") {
      tests.push(({ features }) => (features["is_etf"] === true) === (security === "etf"));
    }
    if (type !== undefined) {
      const types: readonly unknown[] = type;
      tests.push(({ features }) => types.includes(features["option_type"]));
    }
    if (least !== undefined) {
      tests.push(({ features }) => Number(features["total_premium"] ?? 0) >= least);
    }
    return tests;
  },
  channels: { flow: { snapshot: 500, hot: true, staleAfterMs: 30_000 } },
  paths: { current: "/flow/packets", history: "flow", replay: "flow", ws: "flow" },
  example: {
    ...exampleHead(PACKET, 48_213),
    id: PACKET,
    members: [PRINT],
    features: { option_contract_id: CONTRACT, underlying_id: "NVDA", count: 11, total_size: 640 },
    join_quality: { nbbo_coverage_ratio: 1 },
  },
});
