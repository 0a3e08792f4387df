import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { settle } from "../../testing/manual_clock.ts";
import { FIRST_END_NS } from "../../testing/scripted_surfaces.ts";
import { SurfaceReader } from "../../testing/surface_reader.ts";
import { SurfaceRig } from "../../testing/surface_rig.ts";

const WINDOWS = 900;
const endAt = (k: number) => String(FIRST_END_NS + BigInt(k) * 1_000_000_000n);
const range = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => endAt(from + i));

async function withReplays(fn: (rig: SurfaceRig, url: string) => Promise<void>): Promise<void> {
  const rig = new SurfaceRig({ replayWindows: WINDOWS });
  try {
    await fn(rig, `${rig.wsUrl}/v1/hud/stream?dt=2026-01-06&symbol=ES&surfaces=snap`);
  } finally {
    await rig.stop();
  }
}

async function ends(reader: SurfaceReader, count: number): Promise<readonly string[]> {
  const found: string[] = [];
  for (let i = 0; i < count; i++) found.push((await reader.next()).endNs);
  return found;
}

Deno.test("a file of the date asked for is replayed whole, and its market waits for the reader", async () => {
  await withReplays(async (rig, url) => {
    const slow = new SurfaceReader(`${url}&speed=1`);
    deepStrictEqual(await ends(slow, 1), [endAt(0)]);
    await settle(() => rig.replayedBins >= 1_200);
    ok(rig.replayedBins < 1_200 + 2 * 256, `${rig.replayedBins} bins for a reader of one window`);
    await slow.stream.close();
    await settle(() => rig.replays === 0);

    const reader = new SurfaceReader(`${url}&speed=0&ext=1`);
    deepStrictEqual(await ends(reader, WINDOWS), range(0, WINDOWS));
    await reader.stream.until(({ type }) => type === "end");
    strictEqual((await reader.stream.closed())[0], 1000);
    await settle(() => rig.replays === 0);
  });
});

Deno.test("a replay of a file seeks beyond what is kept, and begins where it is asked to", async () => {
  await withReplays(async (_rig, url) => {
    for (const [query, first] of [[`start_ts_ns=${endAt(700)}`, 700], ["skip_minutes=3", 180]]) {
      const reader = new SurfaceReader(`${url}&speed=0&${query}`);
      deepStrictEqual(await ends(reader, 5), range(Number(first), Number(first) + 5));
      await reader.stream.close();
    }
    const reader = new SurfaceReader(`${url}&speed=20&ext=1`);
    await ends(reader, 3);
    reader.stream.send(JSON.stringify({ type: "pause" }));
    await reader.stream.until((frame) => Reflect.get(frame, "paused") === true);
    const seek = (k: number) =>
      reader.stream.send(JSON.stringify({ type: "seek", window_end_ts_ns: endAt(k) }));
    seek(800);
    await reader.stream.until(({ type }) => type === "status");
    reader.stream.send(JSON.stringify({ type: "resume" }));
    deepStrictEqual(await ends(reader, 3), range(800, 803));
    seek(10);
    deepStrictEqual(await ends(reader, 3), range(10, 13));
    seek(5_000);
    await reader.stream.until((frame) => /^seek: /.test(String(Reflect.get(frame, "error"))));
    await reader.stream.close();
  });
});

Deno.test("a date or symbol of no file closes with 4404", async () => {
  await withReplays(async (rig) => {
    for (const query of ["dt=2026-01-07", "dt=2026-01-06&symbol=NQ"]) {
      const reader = new SurfaceReader(`${rig.wsUrl}/v1/velocity/stream?${query}`);
      strictEqual(await reader.stream.next(), null);
      strictEqual((await reader.stream.closed())[0], 4404);
    }
    await settle(() => rig.replays === 0);
  });
});
