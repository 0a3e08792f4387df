import { deepStrictEqual, ok } from "node:assert/strict";
import { DEFAULT_CONTROL, PRESET_IDS, sessionById } from "../../../engine/regime/mod.ts";
import { Hub } from "../../kit/mod.ts";
import { createParts } from "../../tape/parts.ts";
import { ManualClock } from "../../testing/manual_clock.ts";
import { TapeRig } from "../../testing/tape_rig.ts";
import { ReplaySessions } from "./replay_sessions.ts";

/** Ten trading days; the presets take turns. */
const SESSIONS = [
  202601050,
  202601060,
  202601070,
  202601080,
  202601090,
  202601120,
  202601130,
  202601140,
  202601150,
  202601160,
] as const;

/** Tape made and played again, min; it begins twenty minutes after the open. */
const MINUTES = 10;
const PATIENCE_MS = 120_000;

Deno.test("what follows from the stored rows of ten sessions is what was published live", async () => {
  const found: object[] = [];
  let matched = 0;
  for (const [i, id] of SESSIONS.entries()) {
    const preset_id = PRESET_IDS[i % PRESET_IDS.length] ?? "balanced_demo";
    const nowMs = sessionById(id).openTs + (20 + MINUTES) * 60_000;
    const other = PRESET_IDS[(i + 1) % PRESET_IDS.length] ?? "balanced_demo";
    const rig = await TapeRig.create({
      clock: new ManualClock(nowMs),
      config: { tapeBackfillMinutes: MINUTES },
      createParts,
      // One change of the control state falls into the stretch.
      timeline: [
        { activate_at: 0, snapshot: { ...DEFAULT_CONTROL, preset_id, shared_seed: i } },
        {
          activate_at: nowMs - 300_000,
          snapshot: { ...DEFAULT_CONTROL, preset_id: other, shared_seed: i },
        },
      ],
    });
    try {
      await rig.service.start();
      await until(() =>
        rig.service.status().phase === "live" && rig.service.figures().queued === 0
      );
      const replay = await played(rig, nowMs - MINUTES * 60_000, nowMs);
      matched += replay.matched;
      if (replay.mismatched > 0 || replay.message !== null) found.push(replay);
      ok(replay.matched > 1_000, `${id}: ${replay.matched}`);
    } finally {
      await rig.stop();
    }
  }
  console.log(`${matched} derived rows of ${SESSIONS.length} sessions are the same`);
  deepStrictEqual(found, []);
});

async function played(rig: TapeRig, fromMs: number, untilMs: number) {
  const { service, clock } = rig;
  const log = { error() {}, info() {}, warn() {}, debug() {}, child: () => log };
  const replays = new ReplaySessions({ tape: service, hub: new Hub(), clock, log });
  try {
    const { id, secret } = replays.create({
      start_ts: fromMs,
      end_ts: untilMs,
      speed: 120,
      paused: false,
    }, "127.0.0.1");
    const session = replays.get(id, secret);
    await until(() => ["ended", "failed"].includes(session.status.clock.phase));
    return session.status;
  } finally {
    replays.stop();
  }
}

async function until(isDone: () => boolean): Promise<void> {
  const startMs = performance.now();
  while (!isDone()) {
    ok(performance.now() - startMs < PATIENCE_MS, "the tape makes no progress");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
