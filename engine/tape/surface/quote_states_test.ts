import { equal, ok } from "node:assert/strict";
import { mix } from "../../regime/mod.ts";
import { distanceFactor, stateShares, STRETCH_MS, writeEpisodes } from "./quote_states.ts";

/** Time in each state and mean length of stale episodes over many stretches at one cleanliness. */
function measure(cleanliness: number, distance: number, stretches: number) {
  const ms = [0, 0, 0, 0, 0];
  let staleMs = 0;
  let staleEpisodes = 0;
  const episodes: number[] = [];
  for (let k = 0; k < stretches; k++) {
    const start = 1_768_000_000_000 + k * STRETCH_MS;
    const end = start + STRETCH_MS;
    writeEpisodes(episodes, mix(9, k), start, end, distance, () => cleanliness);
    for (let i = 0; i < episodes.length; i += 2) {
      const from = episodes[i] ?? 0;
      const until = Math.min(end, episodes[i + 2] ?? end);
      const state = episodes[i + 1] ?? 0;
      ms[state] = (ms[state] ?? 0) + until - from;
      if (state !== 2) continue;
      staleMs += until - from;
      staleEpisodes++;
    }
  }
  return { shares: ms.map((time) => time / (stretches * STRETCH_MS)), staleMs, staleEpisodes };
}

Deno.test("quotes spend their long-run shares of time in each state", () => {
  for (const cleanliness of [0.42, 0.5, 0.64, 0.8, 0.88]) {
    for (const distance of [0.4, 1]) {
      const target = stateShares(cleanliness, distance);
      const { shares, staleMs, staleEpisodes } = measure(cleanliness, distance, 1_500);
      for (const state of [1, 2, 3] as const) {
        const ratio = (shares[state] ?? 0) / target[state];
        ok(ratio > 0.9 && ratio < 1.1, `state ${state} at ${cleanliness}: ${ratio}`);
      }
      const mean = staleMs / staleEpisodes;
      ok(mean > 3_000 && mean < 5_000, `stale ${mean} ms`);
      ok((shares[4] ?? 0) < 0.0005);
    }
  }
});

Deno.test("episodes do not depend on how far they are written", () => {
  const long: number[] = [];
  const short: number[] = [];
  const start = 1_768_000_000_000;
  const clean = (ts: number) => 0.5 + 0.3 * ((ts / 1_000) % 2);
  writeEpisodes(long, 77, start, start + 200_000, 0.7, clean);
  for (const until of [1_000, 30_000, 120_000]) {
    writeEpisodes(short, 77, start, start + until, 0.7, clean);
    equal(long.slice(0, short.length).join(), short.join());
    ok(short.length > 0 && (short.at(-2) ?? 0) < start + until);
  }
});

Deno.test("distance grows from the money to two standard deviations", () => {
  equal(distanceFactor(0), 0.4);
  equal(distanceFactor(-2), 1);
  equal(distanceFactor(5), 1);
});
