import { z } from "zod";
import { EVENT, exampleHead, HIT } from "./_examples.ts";
import { head, hit, underlying } from "./_fields.ts";
import { defineStream } from "./stream.ts";

/** A profile that an event was read as. */
export const ClassifierHit = z.object({
  ...head,
  ...hit,
  underlying_id: underlying,
  event_id: z.string(),
}).meta({ id: "ClassifierHit" });

/** Classifier hits. */
export const CLASSIFIER_HITS = defineStream({
  name: "classifier-hits",
  title: "classifier hits",
  type: "classifier-hit",
  record: ClassifierHit,
  bucketMs: 300_000,
  lateMs: 30_000,
  query: {},
  live: {},
  tests: () => [],
  channels: { "classifier-hits": { snapshot: 300, hot: false, staleAfterMs: null } },
  paths: {
    current: "/flow/classifier-hits",
    history: "classifier-hits",
    replay: "classifier-hits",
    ws: "classifier-hits",
  },
  example: {
    ...exampleHead(`hit:smart_money_institutional_directional:${EVENT}`, 9_011),
    ...HIT,
    underlying_id: "NVDA",
    event_id: EVENT,
  },
});
