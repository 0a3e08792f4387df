import { deepEqual, equal, ok } from "node:assert/strict";
import { join } from "node:path";
import {
  concatBytes,
  encodeMetadata,
  FLAG,
  MBO_WORD,
  newMetadata,
  schemaId,
} from "../../../engine/dbn/mod.ts";
import { type Clock } from "../../kit/clock.ts";
import { ReplayFeed } from "../../feeds/replay_feed.ts";
import { withTempDir } from "../../testing/market_files.ts";
import { play } from "./playback.ts";

const BASE_NS = 1_000_000_000_000_000_000n;

/** Bytes of records that carry nothing but a time and flags. */
function recordsAt(offsetsMs: readonly number[], flags = 0): Uint8Array {
  const words = new Uint32Array(offsetsMs.length * 14);
  offsetsMs.forEach((ms, i) => {
    const ns = BASE_NS + BigInt(ms) * 1_000_000n;
    words[i * 14 + MBO_WORD.HEADER] = 14 | 160 << 8;
    words[i * 14 + MBO_WORD.TS_EVENT_LOW] = Number(ns & 0xffff_ffffn);
    words[i * 14 + MBO_WORD.TS_EVENT_HIGH] = Number(ns >> 32n);
    words[i * 14 + MBO_WORD.FLAGS_CHANNEL_ACTION_SIDE] = flags;
  });
  return new Uint8Array(words.buffer);
}

interface Script {
  readonly records: readonly Uint8Array[];
  readonly speed: number | "max";
  readonly unpacedUntilMs: number;
  /** How late each wake-up comes, ms. */
  readonly lateMs?: number;
  /** How long each delivery takes, ms. */
  readonly workMs?: number;
  /** Aborts in the first wait. */
  readonly abort?: boolean;
}

/** Plays a file on a clock that jumps ahead instead of sleeping; gives when each record came, ms. */
async function arrivals(script: Script): Promise<readonly number[]> {
  const { records, speed, unpacedUntilMs, lateMs = 0 } = script;
  let nowMs = 5_000;
  const found: number[] = [];
  const abort = new AbortController();
  const clock: Clock = {
    nowMs: () => nowMs,
    wallNs: () => 0n,
    sleep: (ms) => {
      ok(ms >= 0, `a wait of ${ms} ms`);
      if (script.abort && ms > 0) abort.abort();
      else nowMs += ms > 0 ? ms + lateMs : 0;
      return Promise.resolve();
    },
  };
  await withTempDir(async (folder) => {
    const path = join(folder, "times.dbn");
    const head = encodeMetadata(
      newMetadata({ dataset: "TEST", schema: schemaId("mbo"), startNs: BASE_NS }),
    );
    await Deno.writeFile(path, concatBytes([head, ...records]));
    const feed = await ReplayFeed.open(path);
    await play(feed, {
      clock,
      speed,
      unpacedUntilNs: BASE_NS + BigInt(unpacedUntilMs) * 1_000_000n,
      signal: abort.signal,
      sink: {
        mbo: ({ count }) => {
          for (let i = 0; i < count; i++) found.push(nowMs - 5_000);
          nowMs += script.workMs ?? 0;
        },
      },
      onStep: () => {},
    });
    equal(feed.share, 1);
    feed.close();
  });
  return found;
}

Deno.test("play() hands each record on at its time divided by the speed", async () => {
  const records = [recordsAt([1_000, 1_001, 3_000]), recordsAt([7_000])];
  deepEqual(await arrivals({ records, speed: 2, unpacedUntilMs: 0 }), [0, 0, 1_000, 3_000]);
  deepEqual(await arrivals({ records, speed: "max", unpacedUntilMs: 0 }), [0, 0, 0, 0]);
});

Deno.test("play() does not wait before the start nor for a snapshot", async () => {
  const records = [
    recordsAt([90_000, 91_000], FLAG.SNAPSHOT),
    recordsAt([1_000, 9_000, 10_000, 10_500]),
    recordsAt([95_000], FLAG.SNAPSHOT),
    recordsAt([11_000]),
  ];
  deepEqual(
    await arrivals({ records, speed: 1, unpacedUntilMs: 10_000 }),
    [0, 0, 0, 0, 0, 500, 500, 1_000],
  );
});

Deno.test("play() does not drift when wake-ups are late", async () => {
  const records = [recordsAt(Array.from({ length: 200 }, (_, i) => i * 100))];
  const late = await arrivals({ records, speed: 1, unpacedUntilMs: 0, lateMs: 30 });
  deepEqual(late, late.map((_, i) => i === 0 ? 0 : i * 100 + 30));
});

Deno.test("play() goes on at once when the work took longer than the wait", async () => {
  const records = [recordsAt([0, 100, 110, 120, 300])];
  deepEqual(
    await arrivals({ records, speed: 1, unpacedUntilMs: 0, workMs: 15 }),
    [0, 100, 115, 130, 300],
  );
});

Deno.test("play() stops waiting when asked", async () => {
  const records = [recordsAt([0, 60_000])];
  deepEqual(await arrivals({ records, speed: 1, unpacedUntilMs: 0, abort: true }), [0]);
});
