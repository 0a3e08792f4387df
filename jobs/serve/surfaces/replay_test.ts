import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import type { FeedState } from "../../../modules/feed/contract.ts";
import { TOPICS } from "../../kit/mod.ts";
import { SURFACE_NAMES } from "../../market/mod.ts";
import { settle } from "../../testing/manual_clock.ts";
import { FIRST_END_NS, FULL, SMALL } from "../../testing/scripted_surfaces.ts";
import { type StreamFrame, StuckReader } from "../../testing/stream_reader.ts";
import { SurfaceReader } from "../../testing/surface_reader.ts";
import { SurfaceRig } from "../../testing/surface_rig.ts";

const DAY = "dt=2026-01-06";

/** End of the window that is `k` seconds after the first, as text. */
function endAt(k: number): string {
  return String(FIRST_END_NS + BigInt(k) * 1_000_000_000n);
}

async function withRig(
  fn: (rig: SurfaceRig) => Promise<void>,
  sizes = SMALL,
): Promise<void> {
  const rig = new SurfaceRig({ sizes });
  try {
    await fn(rig);
  } finally {
    await rig.stop();
  }
}

function field(frame: StreamFrame, name: string): unknown {
  return Reflect.get(frame, name);
}

async function ends(reader: SurfaceReader, count: number): Promise<readonly string[]> {
  const found: string[] = [];
  for (let i = 0; i < count; i++) found.push((await reader.next()).endNs);
  return found;
}

Deno.test("a replay goes at its speed, from where it was asked to", async () => {
  await withRig(async (rig) => {
    rig.close(90);
    for (const [speed, windows] of [[1, 3], [5, 8], [20, 30]] as const) {
      const query = `${DAY}&symbol=ES&surfaces=snap&speed=${speed}&start_ts_ns=${endAt(2)}`;
      const reader = new SurfaceReader(`${rig.wsUrl}/v1/hud/stream?${query}`);
      deepStrictEqual(await ends(reader, 1), [endAt(2)]);
      const startMs = performance.now();
      const more = await ends(reader, windows);
      const tookMs = performance.now() - startMs;
      deepStrictEqual(more, Array.from({ length: windows }, (_, i) => endAt(3 + i)));
      const dueMs = windows * 1_000 / speed;
      ok(tookMs > 0.98 * dueMs - 20, `${speed}: ${tookMs} of ${dueMs} ms`);
      ok(tookMs < dueMs + 1_000, `${speed}: ${tookMs} of ${dueMs} ms`);
      await reader.stream.close();
    }
  });
});

Deno.test("skip_minutes leaves out the beginning of a replay, five on the velocity path", async () => {
  await withRig(async (rig) => {
    rig.close(400);
    const cases = [["velocity", "", 300], ["hud", "", 0], ["hud", "&skip_minutes=2", 120], [
      "velocity",
      "&skip_minutes=0",
      0,
    ], ["velocity", "&skip_minutes=99", 399]] as const;
    for (const [path, query, first] of cases) {
      const url = `${rig.wsUrl}/v1/${path}/stream?${DAY}&surfaces=snap&speed=0${query}`;
      const reader = new SurfaceReader(url);
      deepStrictEqual(await ends(reader, 1), [endAt(first)], path + query);
      await reader.stream.close();
    }
  });
});

Deno.test("who joins live gets the newest window at once, or a backlog at 20x first", async () => {
  await withRig(async (rig) => {
    rig.close(50);
    const plain = new SurfaceReader(`${rig.wsUrl}/v1/velocity/stream`);
    deepStrictEqual(await ends(plain, 1), [endAt(49)]);
    const query = `ext=1&surfaces=snap&start_ts_ns=${endAt(30)}`;
    const reader = new SurfaceReader(`${rig.wsUrl}/v1/velocity/stream?${query}`);
    const startMs = performance.now();
    deepStrictEqual(await ends(reader, 20), Array.from({ length: 20 }, (_, i) => endAt(30 + i)));
    ok(performance.now() - startMs > 19 * 50 - 20);
    await reader.stream.until(({ type }) => type === "status");
    rig.close(1);
    deepStrictEqual([await ends(plain, 1), await ends(reader, 1)], [[endAt(50)], [endAt(50)]]);
    await Promise.all([plain.stream.close(), reader.stream.close()]);
  });
});

Deno.test("who follows live is not led through a past that is being made", async () => {
  await withRig(async (rig) => {
    const early = new SurfaceReader(`${rig.wsUrl}/v1/velocity/stream`);
    await early.stream.opened;
    rig.close(20, true);
    const amid = new SurfaceReader(`${rig.wsUrl}/v1/velocity/stream`);
    const backlog = new SurfaceReader(
      `${rig.wsUrl}/v1/velocity/stream?ext=1&surfaces=snap&start_ts_ns=${endAt(10)}`,
    );
    deepStrictEqual(await ends(backlog, 2), [endAt(10), endAt(11)], "the past is there");
    await amid.stream.opened;
    rig.close(5, true);
    rig.close(2);
    for (const reader of [early, amid]) {
      deepStrictEqual(await ends(reader, 2), [endAt(25), endAt(26)]);
    }
    await Promise.all([early, amid, backlog].map(({ stream }) => stream.close()));
  });
});

Deno.test("a client with ext=1 pauses, seeks, changes speed and goes live again", async () => {
  await withRig(async (rig) => {
    rig.close(100);
    const url = `${rig.wsUrl}/v1/hud/stream?ext=1&surfaces=snap`;
    const reader = new SurfaceReader(url);
    deepStrictEqual(await ends(reader, 1), [endAt(99)]);
    const say = async (message: object) => {
      reader.stream.send(JSON.stringify(message));
      return await reader.stream.until(({ type }) => type === "status");
    };
    const paused = await say({ type: "pause" });
    deepStrictEqual([field(paused, "mode"), field(paused, "paused")], ["replay", true]);
    rig.close(3);
    const sought = await say({ type: "seek", window_end_ts_ns: endAt(10) });
    deepStrictEqual([field(sought, "mode"), field(sought, "paused")], ["replay", true]);
    strictEqual(field(await say({ type: "speed", value: 20 }), "speed"), 20);
    strictEqual(field(await say({ type: "resume" }), "paused"), false);
    deepStrictEqual(await ends(reader, 5), [10, 11, 12, 13, 14].map(endAt));
    const before = await say({ type: "seek", window_end_ts_ns: "1" });
    strictEqual(field(before, "mode"), "replay");
    strictEqual((await ends(reader, 1))[0], endAt(0));
    const live = await say({ type: "seek", window_end_ts_ns: endAt(1_000) });
    strictEqual(field(live, "mode"), "live");
    rig.close(1);
    deepStrictEqual(await ends(reader, 1), [endAt(103)]);
    for (
      const bad of [{ type: "stop" }, { type: "speed", value: -1 }, {
        type: "seek",
        window_end_ts_ns: 5,
      }]
    ) ok(typeof field(await say(bad), "error") === "string");
    reader.stream.send("no json");
    ok(typeof field(await reader.stream.until(() => true), "error") === "string");
    await reader.stream.close();
  });
});

Deno.test("a replay of data that has ended says so and closes with 1000", async () => {
  await withRig(async (rig) => {
    rig.close(3);
    rig.events.publish({ type: "state", state: { phase: "ended" } as FeedState });
    for (const ext of [0, 1]) {
      const url = `${rig.wsUrl}/v1/hud/stream?${DAY}&surfaces=snap&speed=0&ext=${ext}`;
      const reader = new SurfaceReader(url);
      deepStrictEqual(await ends(reader, 3), [0, 1, 2].map(endAt));
      const rest: (string | undefined)[] = [];
      for (let frame = await reader.stream.next(); frame; frame = await reader.stream.next()) {
        rest.push(frame.type);
      }
      deepStrictEqual(rest, ext === 1 ? ["batch_end", "end"] : []);
      strictEqual((await reader.stream.closed())[0], 1000);
    }
  });
});

Deno.test("after a switch of the market the live go on, and readers of another day or contract end", async () => {
  await withRig(async (rig) => {
    rig.close(3);
    const open = (query: string) =>
      new SurfaceReader(`${rig.wsUrl}/v1/hud/stream?surfaces=snap&${query}`);
    const [live, root, contract, day] = ["", "symbol=ES", "symbol=ESH6", DAY].map(open);
    ok(live && root && contract && day);
    for (const reader of [live, root, contract, day]) await reader.next();
    const firstEndNs = FIRST_END_NS + 86_400_000_000_000n;
    rig.open({ symbol: "ESM6", firstEndNs });
    rig.close(1);
    deepStrictEqual([await ends(live, 1), await ends(root, 1)], [[`${firstEndNs}`], [
      `${firstEndNs}`,
    ]]);
    deepStrictEqual(await contract.stream.closed(), [4000, "The market is of ESM6 now"]);
    deepStrictEqual(await day.stream.closed(), [4000, "The market is of 2026-01-07 now"]);
    await Promise.all([live.stream.close(), root.stream.close()]);
  });
});

Deno.test("a silent stream with ext=1 gives a sign of life every five seconds", async () => {
  await withRig(async (rig) => {
    const reader = new SurfaceReader(`${rig.wsUrl}/v1/hud/stream?ext=1`);
    const startMs = performance.now();
    const beat = await reader.stream.until(({ type }) => type === "heartbeat");
    ok(performance.now() - startMs > 4_900);
    ok(/^\d{19}$/.test(String(field(beat, "ts_ns"))));
    await reader.stream.close();
  });
});

const EVERY = `surfaces=${SURFACE_NAMES}`;

/** Texts of a stuck reader, up to the last header of the window that ends at `endNs`. */
async function textsUntil(reader: StuckReader, endNs: string) {
  const texts: StreamFrame[] = [];
  let isLast = false;
  await reader.until((text) => {
    const frame = JSON.parse(text);
    texts.push(frame);
    if (frame.type === "batch_start") isLast = frame.window_end_ts_ns === endNs;
    return isLast && frame.surface === SURFACE_NAMES.at(-1);
  });
  return texts;
}

/** Ends of the windows that came, each of them whole and with what belongs to no other. */
function wholeWindows(texts: readonly StreamFrame[]): readonly string[] {
  const starts = texts.flatMap(({ type }, i) => type === "batch_start" ? [i] : []);
  return starts.map((at) => {
    const names = texts.slice(at + 1, at + 1 + SURFACE_NAMES.length);
    deepStrictEqual(names.map((header) => field(header, "surface")), SURFACE_NAMES);
    return String(field(texts[at]!, "window_end_ts_ns"));
  });
}

Deno.test("a live client that is slow loses whole windows, is told which, and keeps the order", async () => {
  for (const ext of [1, 0]) {
    await withRig(async (rig) => {
      rig.close(1);
      const url = `${rig.wsUrl}/v1/hud/stream?${EVERY}&ext=${ext}`;
      const reader = await StuckReader.connect(url);
      const first = await textsUntil(reader, endAt(0));
      let closed = 1;
      while (rig.hub.dropped(TOPICS.surfaceWindows) < 20) {
        rig.close(1);
        closed++;
        await settle(() => true);
      }
      const texts = await textsUntil(reader, endAt(closed - 1));
      const came = wholeWindows(texts);
      deepStrictEqual(came, came.toSorted());
      const kinds = new Set([...first, ...texts].map(({ type }) => type));
      if (ext === 1) checkGaps(texts, closed - 1 - came.length, came);
      else deepStrictEqual([...kinds], ["batch_start", "surface_header"]);
      reader.close();
    }, FULL);
  }
});

/** What a client is told that it has lost is what has not come. */
function checkGaps(texts: readonly StreamFrame[], lost: number, came: readonly string[]): void {
  const gaps = texts.filter(({ type }) => type === "gap");
  ok(gaps.length > 0);
  strictEqual(gaps.reduce((sum, gap) => sum + Number(field(gap, "dropped")), 0), lost);
  for (const gap of gaps) {
    const from = BigInt(String(field(gap, "from_ts_ns")));
    const to = BigInt(String(field(gap, "to_ts_ns")));
    strictEqual(Number((to - from) / 1_000_000_000n) + 1, field(gap, "dropped"));
    for (const end of came) ok(BigInt(end) < from || BigInt(end) > to);
  }
}

Deno.test("the clock of a replay stands while its client is slow, who loses nothing", async () => {
  const SPEED = 50;
  await withRig(async (rig) => {
    rig.close(10);
    const query = `${EVERY}&${DAY}&speed=${SPEED}`;
    const reader = await StuckReader.connect(`${rig.wsUrl}/v1/hud/stream?${query}`);
    const { encoder } = rig.host;
    await settle(() => encoder.encoded === 10 * SURFACE_NAMES.length);
    rig.close(60);
    let sent = 0;
    let sinceMs = performance.now();
    // It is stuck when nothing more is made for it; then time passes that its clock must not count.
    while (performance.now() - sinceMs < 1_500) {
      if (encoder.encoded !== sent) sinceMs = performance.now();
      sent = encoder.encoded;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    rig.close(10);
    const left = 80 - sent / SURFACE_NAMES.length;
    ok(left > 30, `the reader was not slow enough: ${left} windows left`);
    const startMs = performance.now();
    const came = wholeWindows(await textsUntil(reader, endAt(79)));
    const tookMs = performance.now() - startMs;
    deepStrictEqual(came, Array.from({ length: 80 }, (_, i) => endAt(i)));
    ok(tookMs > 0.9 * (left - 2) * 1_000 / SPEED, `${left} windows in ${tookMs} ms`);
    strictEqual(rig.hub.dropped(TOPICS.surfaceWindows), 0);
    reader.close();
  }, FULL);
});
