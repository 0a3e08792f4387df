import { match, ok, strictEqual } from "node:assert/strict";
import { render } from "preact-render-to-string";
import type { ScoreMap } from "../../../engine/flow/mod.ts";
import { sampleRecord } from "../../../jobs/testing/tape_records.ts";
import { Reliability, scoreSentence } from "./Reliability.tsx";
import { Scores } from "./Scores.tsx";

const MAP: ScoreMap = {
  date: "2026-02-03",
  presets: ["balanced_demo"],
  learned: { firstSeed: 1, seeds: 10, sessions: 50, events: 5_321 },
  steps: [
    { from: 0, probability: 0.16, events: 321 },
    { from: 0.5, probability: 0.957, events: 5_000 },
  ],
  measured: {
    firstSeed: 11,
    seeds: 10,
    sessions: 50,
    events: 4_000,
    error: 0.013,
    bins: [
      { from: 0.4, events: 400, right: 0.18, said: 0.16 },
      { from: 0.6, events: 3_600, right: 0.969, said: 0.957 },
    ],
  },
};

Deno.test("scoreSentence() says score and share on synthetic data, and the score alone elsewhere", () => {
  strictEqual(
    scoreSentence(MAP, 0.63, 0.957),
    "score 0.63, right in 96 % of such events (synthetic labels, 5,000 of them)",
  );
  strictEqual(scoreSentence(MAP, 0.63, null), "score 0.63");
  // Of a record that another map made, the counts are not known.
  strictEqual(
    scoreSentence(MAP, 0.63, 0.9),
    "score 0.63, right in 90 % of such events (synthetic labels)",
  );
});

Deno.test("Reliability shows what was said and what was right on unseen seeds, with counts", () => {
  const html = render(<Reliability map={MAP} score={0.63} />);
  match(html, /P is off by 1\.3 % on unseen seeds/);
  match(html, /4,000 events of seeds 11 to 20/);
  match(html, /strong"><th[^>]*>0\.6 to 0\.7<\/th><td[^>]*>3,600<\/td><td[^>]*>0\.957<\/td>/);
  const circles = [...html.matchAll(/<circle[^>]*cy="([\d.]+)"[^>]*r="([\d.]+)"/g)]
    .map(([, y, r]) => ({ y: Number(y), r: Number(r) }));
  strictEqual(circles.length, 2);
  // What is right more often stands higher, and more events make a larger dot.
  ok(circles[1]!.y < circles[0]!.y && circles[1]!.r > circles[0]!.r);
});

Deno.test("Scores show a curve only for an event that says how often it is right", () => {
  const event = { ...sampleRecord("smart-money", 1_770_388_200_000, 1), abstained: false };
  const primary_profile_id = event.profile_scores[0]?.profile_id ?? null;
  const html = (probability: number | null, primary = primary_profile_id) =>
    render(<Scores event={{ ...event, primary_profile_id: primary, probability }} packet={null} />);
  match(html(0.96), /Reliability:/);
  const other = html(null);
  ok(!other.includes("Reliability:") && !other.includes("reliability-curve"));
  match(other, /the record carries no probability/);
  const unnamed = html(null, null);
  ok(!unnamed.includes("Reliability:") && !unnamed.includes("no probability:"));
});
