import type { ScoreMap } from "./score_map.ts";

/** How often named profiles are right on the embedded market. Written by `deno task calibrate`, not by hand. */
export const SYNTHETIC_MAP: ScoreMap = {
  date: "2026-11-30",
  presets: ["balanced_demo", "event_day", "dealer_day", "retail_chase", "quiet_range"],
  learned: { firstSeed: 1, seeds: 1, sessions: 5, events: 1230 },
  steps: [{ from: 0, probability: 0.999188, events: 1230 }],
  measured: {
    firstSeed: 11,
    seeds: 1,
    sessions: 5,
    events: 1193,
    error: 0.002326,
    bins: [
      { from: 0.4, events: 5, right: 1, said: 0.999188 },
      { from: 0.5, events: 22, right: 0.9545, said: 0.999188 },
      { from: 0.6, events: 98, right: 0.9898, said: 0.999188 },
      { from: 0.7, events: 249, right: 1, said: 0.999188 },
      { from: 0.8, events: 352, right: 1, said: 0.999188 },
      { from: 0.9, events: 467, right: 1, said: 0.999188 },
    ],
  },
};
