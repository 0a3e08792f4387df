import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { STREAMS, TapeStore } from "../../../modules/tape/mod.ts";
import type { OpenedReplay } from "../replay/replay_sessions.ts";
import { REPLAY_SECRET_HEADER } from "../endpoints/mod.ts";
import { itemsOf, type LiveFrame, LiveReader, LiveRig } from "../../testing/live_rig.ts";
import { withTempDir } from "../../testing/market_files.ts";
import { RIG_START_MS } from "../../testing/tape_rig.ts";

interface Stretch {
  readonly from_ts: number;
  readonly to_ts: number;
}

/** A rig whose memory holds few rows, and one chunk of the NBBO is damaged: the fifth newest. */
async function withDamage(fn: (rig: LiveRig, lost: Stretch) => Promise<void>): Promise<void> {
  await withTempDir(async (folder) => {
    const openKv = () => Deno.openKv(join(folder, "tape.sqlite"));
    const store = await TapeStore.open({ openKv, windowRows: 10 });
    const rig = await LiveRig.create({ store });
    try {
      await store.seal();
      const kv = await openKv();
      const prefix = ["tape", "chunk", "nbbo"];
      const keys = await Array.fromAsync(kv.list({ prefix }, { reverse: true }), ({ key }) => key);
      const bucket = keys[4]?.[3];
      ok(bucket !== undefined);
      for (const key of keys) if (key[3] === bucket) await kv.set(key, new Uint8Array(40));
      kv.close();
      const { bucketMs } = STREAMS.of("nbbo");
      const from_ts = Number(bucket) * bucketMs;
      await fn(rig, { from_ts, to_ts: from_ts + bucketMs - 1 });
    } finally {
      await rig.stop();
    }
  });
}

function gapsOf(frame: LiveFrame): unknown {
  return frame["gaps"];
}

Deno.test("/ws/live: a snapshot that passes over damaged rows says between which times", async () => {
  await withDamage(async (rig, lost) => {
    const reader = await LiveReader.ready(`${rig.wsUrl}/ws/live`);
    reader.send({
      op: "subscribe",
      subscriptions: [{ channel: "nbbo", snapshot_limit: 5_000 }, { channel: "equities" }],
    });
    const isSnapshot = ({ op }: LiveFrame) => op === "snapshot";
    const snapshots = [await reader.until(isSnapshot), await reader.until(isSnapshot)];
    const told = snapshots.map((frame) => gapsOf(frame["snapshot"] as LiveFrame));
    deepStrictEqual(told, [[lost], undefined]);
    await reader.close();
  });
});

Deno.test("/ws/live: resume_after tells of damaged rows in their place", async () => {
  await withDamage(async (rig, lost) => {
    const reader = await LiveReader.ready(`${rig.wsUrl}/ws/live`);
    const resume_after = { ts: lost.from_ts - 15_000, seq: 0 };
    reader.send({ op: "subscribe", subscriptions: [{ channel: "nbbo", resume_after }] });
    const frames: LiveFrame[] = [];
    while (!itemsOf(frames).some((row) => Number(row["ts"]) > lost.to_ts)) {
      frames.push(await reader.next());
    }
    const at = frames.findIndex(({ op }) => op === "gap");
    const [gap] = frames.filter(({ op }) => op === "gap");
    deepStrictEqual([gap?.["dropped"], gap?.["resume_cursor"], gapsOf(gap ?? { op: "" })], [
      null,
      null,
      [lost],
    ]);
    const times = (some: readonly LiveFrame[]) => itemsOf(some).map((row) => Number(row["ts"]));
    const [before, after] = [times(frames.slice(0, at)), times(frames.slice(at))];
    ok(before.length > 0 && before.every((ts) => ts < lost.from_ts));
    ok(after.length > 0 && after.every((ts) => ts > lost.to_ts));
    await reader.close();
  });
});

Deno.test("a replay tells of damaged rows when its clock comes to them, and in its state", async () => {
  await withDamage(async (rig, lost) => {
    const start_ts = lost.from_ts - 20_000;
    const body = { start_ts, end_ts: RIG_START_MS - 5_000, speed: 120, paused: true };
    const created = await fetch(`${rig.url}/replay/sessions`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    const { id, secret }: OpenedReplay = await created.json();
    const own = async (method: string, change?: object) => {
      const response = await fetch(`${rig.url}/replay/sessions/${id}`, {
        method,
        headers: { "content-type": "application/json", [REPLAY_SECRET_HEADER]: secret },
        ...(change !== undefined && { body: JSON.stringify(change) }),
      });
      return await response.json();
    };
    const reader = await LiveReader.ready(`${rig.wsUrl}/ws/replay/${id}?secret=${secret}`);
    reader.send({ op: "subscribe", subscriptions: [{ channel: "nbbo" }, { channel: "equities" }] });
    await reader.drain();
    await own("PATCH", { paused: false });
    const gap = await reader.until(({ op }) => op === "gap");
    deepStrictEqual([gap["channel"], gapsOf(gap)], ["nbbo", [lost]]);
    const next = await reader.until((frame) =>
      frame["channel"] === "nbbo" ||
      (frame.op.startsWith("event") &&
        Reflect.get(frame["subscription"] ?? {}, "channel") === "nbbo")
    );
    ok(itemsOf([next]).every((row) => Number(row["ts"]) > lost.to_ts), "once, before what follows");
    deepStrictEqual((await own("GET")).gaps, [{ stream: "nbbo", ...lost }]);
    // A jump reads the past again, and the snapshot tells of it.
    await own("PATCH", { paused: true });
    await own("PATCH", { seek_ts: lost.to_ts + 5_000 });
    const told = await reader.until(({ op, snapshot }) =>
      op === "snapshot" &&
      Reflect.get((snapshot as LiveFrame)["subscription"] as object, "channel") === "nbbo"
    );
    deepStrictEqual(gapsOf(told["snapshot"] as LiveFrame), [lost]);
    strictEqual(rig.tape.store.stats().damaged > 0, true);
    await reader.close();
  });
});
