import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { sampleRecord } from "../../../jobs/testing/tape_records.ts";
import { darkMark, eventMark } from "./marks.ts";

Deno.test("eventMark() is bullish up, bearish down, and neither for the rest", () => {
  const event = sampleRecord("smart-money", 1_000, 1);
  const directions = ["bullish", "bearish", "neutral", "mixed", "unknown"] as const;
  const signs = directions.map((direction) =>
    eventMark({ ...event, primary_direction: direction }).sign
  );
  deepStrictEqual(signs, [1, -1, 0, 0, 0]);
  const features = { ...event.features, total_premium: 250_000 };
  strictEqual(eventMark({ ...event, features }).premium, 250_000);
  strictEqual(eventMark({ ...event, features: {} }).premium, 0);
});

Deno.test("darkMark() is up for accumulation, down for distribution, and neither for a block", () => {
  const dark = sampleRecord("inferred-dark", 1_000, 1);
  const types = ["stealth_accumulation", "distribution", "absorbed_block"] as const;
  deepStrictEqual(types.map((type) => darkMark({ ...dark, type }).sign), [1, -1, 0]);
});
