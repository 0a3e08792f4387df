import type { ScoreMap } from "./score_map.ts";

/** How often named profiles are right on the embedded market. Written by `deno task calibrate`, not by hand. */
export const SYNTHETIC_MAP: ScoreMap = {
  date: "2026-11-30",
  presets: ["balanced_demo"],
  learned: { firstSeed: 1, seeds: 1, sessions: 1, events: 95 },
  steps: [{ from: 0, probability: 1, events: 95 }],
  measured: {
    firstSeed: 11,
    seeds: 1,
    sessions: 1,
    events: 1,
    error: 0,
    bins: [{ from: 0.9, events: 1, right: 1, said: 1 }],
  },
};
