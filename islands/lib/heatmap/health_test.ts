import { match, strictEqual } from "node:assert/strict";
import { ScriptedMarket } from "../../../jobs/testing/scripted_market.ts";
import { assessHealth, type HealthInput, type HealthKind } from "./health.ts";

const feed = new ScriptedMarket().feed;
const well: HealthInput = {
  nowMs: 10_000,
  link: { kind: "live", sinceMs: 0 },
  feed,
  cellMs: 100,
  hasBins: true,
  bookValid: true,
  binAgeMs: 50,
  wordAgeMs: 50,
};

const CASES: readonly (readonly [string, Partial<HealthInput>, HealthKind])[] = [
  ["all is well", {}, "live"],
  [
    "the socket opens",
    { link: { kind: "connecting", attempt: 1 }, hasBins: false },
    "loading",
  ],
  ["the socket opens again", { link: { kind: "connecting", attempt: 2 } }, "reconnecting"],
  ["there is no bin yet", { hasBins: false }, "loading"],
  ["bins come late", { binAgeMs: 1_500 }, "late"],
  ["bins stopped", { binAgeMs: 3_500 }, "stale"],
  ["the server fell silent", { wordAgeMs: 4_500 }, "stale"],
  ["the server fell silent in a pause", {
    wordAgeMs: 4_500,
    feed: { ...feed, phase: "paused" },
  }, "stale"],
  ["a slow replay", { binAgeMs: 900, feed: { ...feed, speed: 0.1 } }, "live"],
  ["the engine lags", { feed: { ...feed, lagMs: 2_000 } }, "late"],
  ["the book is broken", { bookValid: false }, "invalid"],
  ["a pause", { feed: { ...feed, phase: "paused" }, binAgeMs: 60_000 }, "paused"],
  ["the end", { feed: { ...feed, phase: "ended" }, binAgeMs: 60_000 }, "ended"],
  ["a seek", { feed: { ...feed, phase: "seeking", progress: 0.5 } }, "seeking"],
  ["a broken file", { feed: { ...feed, phase: "error", message: "Bad file" } }, "error"],
  ["a refusal", { link: { kind: "refused", reason: "backfill" } }, "error"],
  ["waiting to try again", {
    link: { kind: "reconnecting", attempt: 3, retryAtMs: 12_000, reason: "gone" },
  }, "reconnecting"],
];

for (const [when, change, kind] of CASES) {
  Deno.test(`assessHealth() says ${kind} when ${when}`, () => {
    strictEqual(assessHealth({ ...well, ...change }).kind, kind);
  });
}

Deno.test("assessHealth() names attempt, waiting time and reason of a reconnect", () => {
  const health = assessHealth({
    ...well,
    link: { kind: "reconnecting", attempt: 3, retryAtMs: 12_000, reason: "the feed is gone" },
  });
  match(health.plate ?? "", /the feed is gone.*Try 3 in 2 s/);
});
