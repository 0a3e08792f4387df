import { strictEqual } from "node:assert/strict";
import { ageText, judgeScreen, type ScreenKind, type ScreenReading } from "./screen_verdict.ts";

const well: ScreenReading = {
  link: { kind: "live", sinceMs: 0 },
  epochMs: 10_000,
  motion: "runs",
  progress: null,
  wellWord: "Live",
  rate: 1,
  ageMs: 84,
  waitingMs: 0,
  silentMs: 50,
  wordMs: 50,
  lateAfterMs: 1_000,
  staleAfterMs: 3_000,
  isHeld: false,
  isQuiet: false,
};
const retry = { kind: "reconnecting", attempt: 3, retryAtMs: 12_000, reason: "gone" } as const;

type Case = readonly [Partial<ScreenReading>, string, before?: ScreenKind];

const CASES: readonly Case[] = [
  [{}, "live: Live 0.1 s"],
  [{ wellWord: "Replay" }, "live: Replay 0.1 s"],
  [{ ageMs: 999 }, "live: Live 1.0 s"],
  [{ ageMs: 1_001 }, "late: Behind 1.0 s"],
  [{ ageMs: 4_200 }, "late: Behind 4.2 s"],
  // It arrived, and is not drawn: the page is at fault, not the feed.
  [{ ageMs: 119_000, waitingMs: 118_900 }, "late: Catching up, 119 s behind"],
  [{ ageMs: 119_000, waitingMs: 118_900, silentMs: 60_000 }, "late: Catching up, 119 s behind"],
  [{ ageMs: 12_300, silentMs: 12_300 }, "stale: Stale 12 s"],
  [{ ageMs: 2_500, silentMs: 2_500 }, "late: Behind 2.5 s"],
  [{ ageMs: 700_000, silentMs: 700_000 }, "stale: Stale 11 min 40 s"],
  // What was late must be clearly in time again, and a silence clearly over.
  [{ ageMs: 900 }, "late: Behind 0.9 s", "late"],
  [{ ageMs: 499 }, "live: Live 0.5 s", "late"],
  [{ ageMs: 2_000, silentMs: 1_600 }, "stale: Stale 2.0 s", "stale"],
  [{ ageMs: 2_000, silentMs: 1_400 }, "late: Behind 2.0 s", "stale"],
  // A slow feed makes no bin for long; a fast one passes ten seconds in one of the reader's.
  [{ rate: 0.1, lateAfterMs: 5_000, staleAfterMs: 20_000, ageMs: 4_000 }, "live: Live 4.0 s"],
  [{ rate: 100, ageMs: 40_000, wellWord: "Replay" }, "live: Replay 40 s"],
  [{ rate: 100, ageMs: 140_000, wellWord: "Replay" }, "late: Behind 140 s"],
  [{ rate: 0, ageMs: 0, wellWord: "Replay" }, "live: Replay 0.0 s"],
  // Rows come seldom, or a filter lets none through.
  [{ isQuiet: true, ageMs: 72_000, silentMs: 72_000 }, "quiet: Quiet, last 72 s ago"],
  [{ isQuiet: true, ageMs: null }, "quiet: No rows"],
  [{ isQuiet: true, ageMs: 5_000, waitingMs: 4_900 }, "late: Catching up, 5.0 s behind"],
  [{ staleAfterMs: null, ageMs: 90_000, silentMs: 90_000 }, "late: Behind 90 s"],
  [{ isHeld: true, ageMs: 30_000 }, "held: Held, 30 s back"],
  [{ ageMs: null }, "loading: Waiting for data"],
  [{ motion: "opening" }, "loading: Opening the feed"],
  [{ motion: "paused", ageMs: 0 }, "paused: Paused"],
  [{ motion: "paused", ageMs: 60_000, waitingMs: 60_000 }, "late: Catching up, 60 s behind"],
  [{ motion: "ended", ageMs: 0 }, "ended: Ended"],
  [{ motion: "seeking", progress: 0.5 }, "seeking: Seeking 50 %"],
  [{ motion: "seeking" }, "seeking: Seeking"],
  [{ motion: "making", progress: 0.439, ageMs: 9e5 }, "making: Making 43 %"],
  [{ motion: "failed" }, "error: Feed error"],
  // Whether the link holds goes before all else.
  [{ link: retry, motion: "paused" }, "reconnecting: Reconnecting · try 3 in 2 s"],
  [{ link: { kind: "connecting", attempt: 2 } }, "reconnecting: Reconnecting · try 2"],
  [{ link: { kind: "connecting", attempt: 1 }, ageMs: null }, "loading: Connecting"],
  [{ link: { kind: "refused", reason: "no" } }, "error: Refused"],
  [{ link: { kind: "absent", reason: "no" }, ageMs: null }, "error: Not loaded"],
  [{ wordMs: 4_500, motion: "paused" }, "stale: Stale 4.5 s"],
];

for (const [change, expected, before = "live"] of CASES) {
  Deno.test(`judgeScreen() after ${before} says ${expected} of ${JSON.stringify(change)}`, () => {
    const { kind, word, detail } = judgeScreen({ ...well, ...change }, before);
    strictEqual(`${kind}: ${word}${detail}`, expected);
  });
}

Deno.test("judgeScreen() does not flicker where an age swings around a bound", () => {
  let kind: ScreenKind = "live";
  let changes = 0;
  for (let i = 0; i < 200; i++) {
    const next: ScreenKind =
      judgeScreen({ ...well, ageMs: 1_000 + (i % 2 ? 150 : -150) }, kind).kind;
    if (next !== kind) changes++;
    kind = next;
  }
  strictEqual(changes, 1);
});

Deno.test("ageText() has tenths while they matter", () => {
  const said = [0, 49, 50, 9_949, 9_950, 10_400, 119_400, 599_000, 600_000].map(ageText);
  strictEqual(
    said.join("|"),
    "0.0 s|0.0 s|0.1 s|9.9 s|10 s|10 s|119 s|599 s|10 min 0 s",
  );
});
