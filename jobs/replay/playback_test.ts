import { deepEqual, equal } from "node:assert/strict";
import { FLAG, MBO_WORD } from "../../engine/dbn/mod.ts";
import type { Clock } from "../market/mod.ts";
import { Playback } from "./playback.ts";

const BASE_NS = 1_000_000_000_000_000_000n;

function blockAt(offsetsMs: readonly number[], flags = 0) {
  const words = new Uint32Array(offsetsMs.length * 14);
  offsetsMs.forEach((ms, i) => {
    const ns = BASE_NS + BigInt(ms) * 1_000_000n;
    words[i * 14 + MBO_WORD.TS_EVENT_LOW] = Number(ns & 0xffff_ffffn);
    words[i * 14 + MBO_WORD.TS_EVENT_HIGH] = Number(ns >> 32n);
    words[i * 14 + MBO_WORD.FLAGS_CHANNEL_ACTION_SIDE] = flags;
  });
  return { words, strideWords: 14, count: offsetsMs.length };
}

/** A playback on a clock that jumps ahead instead of sleeping. */
function scripted(speed: number, unpacedUntilMs: number) {
  let nowMs = 5_000;
  const delivered: { atMs: number; count: number }[] = [];
  const abort = new AbortController();
  const clock: Clock = {
    nowMs: () => nowMs,
    wallNs: () => 0n,
    sleep: (ms) => {
      nowMs += ms;
      return Promise.resolve();
    },
  };
  const playback = new Playback({
    clock,
    speed,
    baseNs: BASE_NS,
    unpacedUntilNs: unpacedUntilMs * 1e6,
    signal: abort.signal,
    deliver: ({ count }) => {
      if (count > 0) delivered.push({ atMs: nowMs - 5_000, count });
    },
  });
  return { playback, delivered, abort };
}

Deno.test("Playback.play() hands each record on at its time divided by the speed", async () => {
  const { playback, delivered } = scripted(2, 0);
  await playback.play(blockAt([1_000, 1_001, 3_000]));
  await playback.play(blockAt([7_000]));
  deepEqual(delivered, [{ atMs: 0, count: 2 }, { atMs: 1_000, count: 1 }, {
    atMs: 3_000,
    count: 1,
  }]);
});

Deno.test("Playback.play() does not wait before the start nor for a snapshot", async () => {
  const { playback, delivered } = scripted(1, 10_000);
  await playback.play(blockAt([90_000, 91_000], FLAG.SNAPSHOT));
  await playback.play(blockAt([1_000, 9_000, 10_000, 10_500]));
  deepEqual(delivered, [{ atMs: 0, count: 2 }, { atMs: 0, count: 3 }, { atMs: 500, count: 1 }]);
});

Deno.test("Playback.play() stops waiting when asked", async () => {
  const { playback, delivered, abort } = scripted(1, 0);
  abort.abort();
  await playback.play(blockAt([0, 60_000]));
  equal(delivered.length, 1);
});
