import { strictEqual } from "node:assert/strict";
import { ScriptedMarket } from "../../../jobs/testing/scripted_market.ts";
import { judgeScreen, type ScreenReading, type ScreenState } from "../clock/mod.ts";
import { assessHealth, motionOf, replayHealth } from "./health.ts";

const { feed } = new ScriptedMarket();

function screenOf(change: Partial<ScreenReading>): ScreenState {
  const reading: ScreenReading = {
    link: { kind: "live", sinceMs: 0 },
    epochMs: 10_000,
    motion: "runs",
    progress: null,
    wellWord: "Live",
    rate: 1,
    ageMs: 80,
    waitingMs: 0,
    silentMs: 50,
    wordMs: 50,
    lateAfterMs: 1_000,
    staleAfterMs: 3_000,
    isHeld: false,
    isQuiet: false,
    ...change,
  };
  return { ...judgeScreen(reading, "live"), ageMs: reading.ageMs };
}

function healthOf(change: Partial<ScreenReading>, isBookValid = true) {
  const link = change.link ?? { kind: "live", sinceMs: 0 };
  const { silentMs = 50, wordMs = 50 } = change;
  return assessHealth({ screen: screenOf(change), link, feed, isBookValid, silentMs, wordMs });
}

const CASES: readonly (readonly [string, Partial<ScreenReading>, string | null])[] = [
  ["all is well", {}, null],
  ["a picture that is late", { ageMs: 2_000 }, null],
  ["no new bins", { ageMs: 5_000, silentMs: 5_000 }, "Stale for 5.0 s: no new bins"],
  ["a silent server", { wordMs: 4_500 }, "Stale for 4.5 s: no word from the server"],
  ["a seek", { motion: "seeking", progress: 0.5 }, "Seeking: book rebuilt to 50 %"],
  ["the end", { motion: "ended" }, "End of the recording"],
  ["a reader that did not come", { link: { kind: "absent", reason: "No code" } }, "No code"],
  ["a refusal", { link: { kind: "refused", reason: "backfill" } }, "Server refused: backfill"],
  [
    "waiting to try again",
    { link: { kind: "reconnecting", attempt: 3, retryAtMs: 12_000, reason: "the feed is gone" } },
    "Not connected: the feed is gone. Try 3 in 2 s",
  ],
];

for (const [when, change, plate] of CASES) {
  Deno.test(`assessHealth() puts ${plate ?? "nothing"} over the picture of ${when}`, () => {
    strictEqual(healthOf(change).plate, plate);
  });
}

Deno.test("assessHealth() says of a book that is broken that prices may be wrong", () => {
  strictEqual(healthOf({}, false).kind, "invalid");
  strictEqual(healthOf({ motion: "paused" }, false).kind, "paused");
});

Deno.test("replayHealth() says when the page keeps no bins of the time", () => {
  strictEqual(replayHealth(screenOf({ wellWord: "Replay" }), true).plate, null);
  strictEqual(replayHealth(screenOf({}), false).word, "Replay");
});

Deno.test("motionOf() knows every phase of a feed", () => {
  strictEqual(motionOf(null), "opening");
  strictEqual(motionOf({ ...feed, phase: "live" }), "runs");
  strictEqual(motionOf({ ...feed, phase: "error" }), "failed");
  strictEqual(motionOf({ ...feed, phase: "seeking" }), "seeking");
});
