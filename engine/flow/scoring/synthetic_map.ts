import type { ScoreMap } from "./score_map.ts";

/** How often named profiles are right on the embedded market. Written by `deno task calibrate`, not by hand. */
export const SYNTHETIC_MAP: ScoreMap = {
  date: "2026-11-30",
  presets: ["balanced_demo", "event_day", "dealer_day", "retail_chase", "quiet_range"],
  learned: { firstSeed: 1, seeds: 10, sessions: 50, events: 12623 },
  steps: [
    { from: 0, probability: 0.98, events: 200 },
    { from: 0.568866, probability: 0.993333, events: 600 },
    { from: 0.665119, probability: 0.995, events: 400 },
    { from: 0.697203, probability: 0.996667, events: 600 },
    { from: 0.730399, probability: 0.997, events: 1000 },
    { from: 0.770358, probability: 0.999252, events: 8022 },
    { from: 0.986047, probability: 0.999921, events: 1801 },
  ],
  measured: {
    firstSeed: 11,
    seeds: 10,
    sessions: 50,
    events: 12174,
    error: 0.000994,
    bins: [
      { from: 0.4, events: 71, right: 0.943662, said: 0.98 },
      { from: 0.5, events: 222, right: 0.963964, said: 0.986486 },
      { from: 0.6, events: 851, right: 0.991774, said: 0.99426 },
      { from: 0.7, events: 2519, right: 0.998015, said: 0.997821 },
      { from: 0.8, events: 3420, right: 0.999708, said: 0.999252 },
      { from: 0.9, events: 5091, right: 0.999411, said: 0.999482 },
    ],
  },
};
