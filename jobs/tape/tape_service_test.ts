import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { flowOrigin } from "../../engine/flow/mod.ts";
import { isRaw, type StreamName } from "../../engine/frames/streams/mod.ts";
import { DEFAULT_CONTROL, PROFILE_IDS } from "../../engine/regime/mod.ts";
import { StoreError } from "../../modules/kit/mod.ts";
import { ManualClock, settle } from "../testing/manual_clock.ts";
import { ScriptedTape } from "../testing/scripted_tape.ts";
import {
  memoryStore,
  RIG_CONFIG,
  RIG_START_MS,
  SHORT_WARM_UP,
  storedRows,
  TapeRig,
} from "../testing/tape_rig.ts";
import { noCounts } from "./profile_counts.ts";
import { flowConfig } from "./tape_spec.ts";
import { STREAMS } from "../../modules/tape/mod.ts";

const RAW: readonly StreamName[] = STREAMS.names.filter(isRaw);
const DERIVED: readonly StreamName[] = STREAMS.names.filter((stream) => !isRaw(stream));

/** From where the tape is made before two minutes of history: the pipeline reads it first. */
const ORIGIN_MS = Math.floor(flowOrigin(RIG_START_MS - 120_000, flowConfig(RIG_CONFIG)) / 1_000) *
  1_000;

const SHORT_ORIGIN_MS = RIG_START_MS - 120_000 - SHORT_WARM_UP.warmUpMs;

/** Trace ids of the scripted tape from one time to another. */
function expected(fromMs: number, untilMs: number): Map<StreamName, string[]> {
  const ids = new Map<StreamName, string[]>(RAW.map((stream) => [stream, []]));
  const tape = new ScriptedTape([]);
  tape.seek(Math.floor(fromMs / 1_000) * 1_000);
  const take = (stream: StreamName) => (row: { ts: number; trace_id: string }) => {
    if (row.ts >= fromMs && row.ts < untilMs) ids.get(stream)?.push(row.trace_id);
  };
  tape.advance(Math.ceil(untilMs / 1_000) * 1_000, {
    optionNbbo: take("nbbo"),
    optionPrint: take("options"),
    equityQuote: take("equity-quotes"),
    equityPrint: take("equities"),
  });
  return ids;
}

/** Texts of the rows that went out in a stretch of time, in order of their positions. */
async function textsOf(rig: TapeRig, stream: StreamName, fromMs: number, untilMs: number) {
  return (await storedRows(rig.store, stream))
    .filter((row) => row.ingest_ts >= fromMs && row.ingest_ts < untilMs)
    .map((row) => JSON.stringify(row));
}

/** Whether the rows of a stream are numbered in the order in which they went out, each by its time. */
async function isNumbered(rig: TapeRig, stream: StreamName): Promise<boolean> {
  const rows = (await storedRows(rig.store, stream)).sort((a, b) => a.seq - b.seq);
  return rows.every((row, i) => {
    const before = rows[i - 1];
    const place = before?.ingest_ts === row.ingest_ts ? before.seq % 1_024 + 1 : 0;
    return row.seq === row.ingest_ts * 1_024 + place;
  });
}

async function idsOf(rig: TapeRig, stream: StreamName): Promise<string[]> {
  return (await storedRows(rig.store, stream)).map((row) => row.trace_id);
}

Deno.test("TapeService makes the history, then releases every row at its time and not before", async () => {
  const rig = await TapeRig.create();
  let early = 0;
  let unstored = 0;
  let published = 0;
  rig.service.rows.subscribe((rows) => {
    published += rows.length;
    for (const row of rows) {
      if (row.ts >= rig.clock.wallMs) early++;
      const latest = rig.store.latest(row.stream);
      if (latest === null || latest.ts < row.ts) unstored++;
    }
  });
  await rig.goLive();
  const history = published;
  await rig.advance(20_000);
  deepStrictEqual([early, unstored], [0, 0]);
  ok(history > 1_000 && published > history, `${history} ${published}`);
  // A warm-up lies before the two minutes of history: its raw rows are kept as well.
  const ids = expected(ORIGIN_MS, RIG_START_MS + 20_000);
  for (const stream of RAW) deepStrictEqual(await idsOf(rig, stream), ids.get(stream), stream);
  const [firstJoin] = await storedRows(rig.store, "equity-joins");
  strictEqual(firstJoin?.source_ts, RIG_START_MS - 120_000 + 400);
  ok((await storedRows(rig.store, "smart-money")).length > 0);
  await rig.stop();
});

Deno.test("TapeService.making() tells how far the history is, and nothing once it is live", async () => {
  const rig = await TapeRig.create();
  strictEqual(rig.service.readiness().detail, "Making the last 2 minutes of tape, 0\u00a0%");
  const told: (string | null)[] = [];
  rig.service.states.subscribe(() => told.push(rig.service.making()?.message ?? null));
  await rig.goLive();
  deepStrictEqual([...new Set(told)], [
    "Making the last 2 minutes of tape, 0\u00a0%",
    "Making the last 2 minutes of tape, 81\u00a0%",
    null,
  ]);
  match(rig.service.readiness().detail, /^live, /);
  await rig.stop();
});

Deno.test("TapeService numbers derived rows by their times and catches up after a stall", async () => {
  const rig = await TapeRig.create(SHORT_WARM_UP);
  await rig.goLive();
  rig.clock.advance(95_000);
  await rig.caughtUp();
  const ids = expected(SHORT_ORIGIN_MS, RIG_START_MS + 95_000);
  for (const stream of RAW) deepStrictEqual(await idsOf(rig, stream), ids.get(stream), stream);
  for (const stream of DERIVED) {
    ok(await isNumbered(rig, stream), stream);
  }
  deepStrictEqual(rig.service.status().gaps, []);
  await rig.stop();
});

Deno.test("a process that died goes on with the bytes of one that never did", async () => {
  const whole = await TapeRig.create();
  await whole.goLive();
  await whole.advance(32_000);
  // Every 700 ms meets packets open, waiting and just closed.
  const store = await memoryStore();
  let rig = await TapeRig.create({ store });
  const { clock } = rig;
  await rig.goLive();
  for (let i = 0; i < 4; i++) {
    await rig.advance(700 * (i % 3) + 400);
    clock.advance(150);
    rig.crash();
    clock.advance(1_700 + 90 * i);
    rig = await TapeRig.create({ store, clock });
    await rig.goLive();
  }
  await rig.advance(RIG_START_MS + 32_000 - clock.wallMs);
  for (const stream of STREAMS.names) {
    const stretch = [0, RIG_START_MS + 31_000] as const;
    const texts = await textsOf(whole, stream, ...stretch);
    ok(texts.length > 0 || stream === "inferred-dark", stream);
    deepStrictEqual(await textsOf(rig, stream, ...stretch), texts, stream);
  }
  await rig.stop();
  await whole.stop();
});

Deno.test("a process that began later sends the bytes of one that began before", async () => {
  const [first, later] = [
    await TapeRig.create(),
    await TapeRig.create({ clock: new ManualClock(RIG_START_MS + 400_000) }),
  ];
  for (const rig of [first, later]) await rig.goLive();
  await first.advance(430_000);
  await later.advance(30_000);
  const stretch = [RIG_START_MS + 280_000, RIG_START_MS + 429_000] as const;
  for (const stream of STREAMS.names) {
    const texts = await textsOf(first, stream, ...stretch);
    ok(texts.length > 0 || stream === "inferred-dark", stream);
    deepStrictEqual(await textsOf(later, stream, ...stretch), texts, stream);
  }
  await first.stop();
  await later.stop();
});

Deno.test("a process that was down for long makes the usual history and tells of the gap", async () => {
  const first = await TapeRig.create();
  await first.goLive();
  await first.advance(5_000);
  first.crash();
  first.clock.advance(3 * 3_600_000);
  const { store, clock } = first;
  const again = await TapeRig.create({ store, clock });
  await again.goLive();
  const [gap] = again.service.status().gaps;
  deepStrictEqual(
    [gap?.rows, gap?.reason, gap?.to_ts],
    [0, "the process was down", RIG_START_MS + 5_000 + 3 * 3_600_000 - 120_000],
  );
  const rows = await storedRows(store, "smart-money");
  strictEqual(new Set(rows.map((row) => row.seq)).size, rows.length);
  await again.stop();
});

Deno.test("a machine that slept skips what is too old, tells of it and goes on as if it had been awake", async () => {
  const rig = await TapeRig.create();
  await rig.goLive();
  rig.clock.advance(2 * 3_600_000);
  await rig.caughtUp();
  const [gap] = rig.service.status().gaps;
  deepStrictEqual([gap?.rows, gap?.reason], [0, "the machine slept"]);
  ok((gap?.to_ts ?? 0) - (gap?.from_ts ?? 0) > 7_000_000);
  await rig.advance(100_000);
  const awake = await TapeRig.create({ clock: new ManualClock(gap?.to_ts ?? 0) });
  await awake.goLive();
  await awake.advance(100_000);
  const stretch = [gap?.to_ts ?? 0, (gap?.to_ts ?? 0) + 99_000] as const;
  for (const stream of STREAMS.names) {
    const texts = await textsOf(awake, stream, ...stretch);
    ok(texts.length > 0 || stream === "inferred-dark", stream);
    deepStrictEqual(await textsOf(rig, stream, ...stretch), texts, stream);
  }
  await awake.stop();
  await rig.stop();
});

/** A store that refuses for as long as a test says so. */
async function flakyStore() {
  const store = await memoryStore();
  const append = store.append.bind(store);
  const flaky = { isAway: false, refused: 0, store };
  store.append = (batch) => {
    if (!flaky.isAway) return append(batch);
    flaky.refused++;
    return Promise.reject(new StoreError("storage_unavailable", "Cannot write: it is away"));
  };
  return flaky;
}

Deno.test("a short outage of the store delays rows and loses none", async () => {
  const flaky = await flakyStore();
  const rig = await TapeRig.create({
    ...SHORT_WARM_UP,
    store: flaky.store,
    writer: { giveUpMs: 10_000 },
  });
  await rig.goLive();
  flaky.isAway = true;
  const publishedBefore = rig.service.figures().published;
  for (let i = 0; i < 8; i++) {
    rig.clock.advance(500);
    const refused = flaky.refused;
    await settle(() => flaky.refused > refused || i > 0);
  }
  strictEqual(rig.service.figures().published, publishedBefore, "nothing unstored is published");
  flaky.isAway = false;
  await rig.advance(6_000);
  const ids = expected(SHORT_ORIGIN_MS, RIG_START_MS + 10_000);
  for (const stream of RAW) deepStrictEqual(await idsOf(rig, stream), ids.get(stream), stream);
  deepStrictEqual(rig.service.status().gaps, []);
  ok(rig.service.figures().failures > 0);
  await rig.stop();
});

/** Goes on until rows are published that are not stored, and a minute further. */
async function minuteAway(rig: TapeRig): Promise<void> {
  const before = rig.service.figures();
  for (let i = 0; i < 40 && rig.service.figures().published === before.published; i++) {
    rig.clock.advance(250);
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  await rig.advance(60_000);
  ok(rig.service.figures().published > before.published + 500, "the screens go on");
  strictEqual(rig.service.figures().stored, before.stored);
  strictEqual(rig.service.readiness().ready, false);
}

Deno.test("a minute without the store delays the history, stops no screen and loses no row", async () => {
  const flaky = await flakyStore();
  const writer = { giveUpMs: 1_000, backoffMs: [100, 400] } as const;
  const rig = await TapeRig.create({ ...SHORT_WARM_UP, store: flaky.store, writer });
  await rig.goLive();
  flaky.isAway = true;
  await minuteAway(rig);
  const [open] = rig.service.status().gaps;
  ok(open !== undefined && open.rows > 500, "the history lacks them for now");
  flaky.isAway = false;
  await rig.advance(3_000);
  ok(rig.service.readiness().ready);
  deepStrictEqual(rig.service.status().gaps, []);
  const { lost, stored, published } = rig.service.figures();
  deepStrictEqual([lost, stored], [0, published]);
  const ids = expected(SHORT_ORIGIN_MS, rig.clock.wallMs);
  for (const stream of RAW) deepStrictEqual(await idsOf(rig, stream), ids.get(stream), stream);
  for (const stream of DERIVED) {
    ok(await isNumbered(rig, stream), stream);
  }
  await rig.stop();
});

Deno.test("what is more than can wait for the store is lost oldest first, and told as a gap", async () => {
  const flaky = await flakyStore();
  const writer = { giveUpMs: 1_000, backoffMs: [100, 400], lateRows: 200 } as const;
  const rig = await TapeRig.create({ ...SHORT_WARM_UP, store: flaky.store, writer });
  await rig.goLive();
  flaky.isAway = true;
  await minuteAway(rig);
  flaky.isAway = false;
  await rig.advance(3_000);
  const [gap, ...others] = rig.service.status().gaps;
  const { lost, stored, published } = rig.service.figures();
  deepStrictEqual([gap?.rows, others, stored], [lost, [], published - lost]);
  ok(lost > 300, `${lost}`);
  const rows = new Set(await idsOf(rig, "nbbo"));
  const missing = expected(SHORT_ORIGIN_MS, rig.clock.wallMs).get("nbbo")
    ?.filter((id) => !rows.has(id)) ?? [];
  ok(missing.length > 0);
  const fresh = expected((gap?.to_ts ?? 0) + 1, rig.clock.wallMs).get("nbbo") ?? [];
  ok(fresh.length > 0 && fresh.every((id) => rows.has(id)), "rows after the gap are stored");
  await rig.stop();
});

Deno.test("a control entry reaches the worker within a second and is in force at its time", async () => {
  const rig = await TapeRig.create(SHORT_WARM_UP);
  await rig.goLive();
  await rig.advance(500);
  const activateAt = RIG_START_MS + 3_000;
  rig.control.put({ activate_at: activateAt, snapshot: { ...DEFAULT_CONTROL, shared_seed: 99 } });
  await settle(() => rig.service.status().control?.revision === 2);
  strictEqual(rig.clock.wallMs - RIG_START_MS, 500, "told without waiting for the clock");
  deepStrictEqual(rig.service.status().control, {
    revision: 2,
    activate_at: activateAt,
    in_force: false,
  });
  strictEqual(rig.service.facts()?.revision_in_force, 1);
  await rig.advance(3_500);
  strictEqual(rig.service.status().control?.in_force, true);
  strictEqual(rig.service.facts()?.revision_in_force, 2);
  const plain = new Map<string, number>();
  const tape = new ScriptedTape([]);
  tape.seek(RIG_START_MS);
  const nothing = () => undefined;
  tape.advance(RIG_START_MS + 4_000, {
    optionNbbo: nothing,
    equityQuote: nothing,
    equityPrint: nothing,
    optionPrint: (row) => plain.set(row.trace_id, row.size),
  });
  const changed = (await storedRows(rig.store, "options"))
    .flatMap((row) => "size" in row && plain.has(row.trace_id) ? [row] : [])
    .filter((row) => "size" in row && row.size !== plain.get(row.trace_id));
  ok(changed.length > 0);
  ok(changed.every((row) => row.source_ts >= activateAt), "nothing changes before its time");
  await rig.stop();
});

Deno.test("a process that was out of touch goes on with the tape that everyone else has", async () => {
  const rig = await TapeRig.create();
  await rig.goLive();
  await rig.advance(4_000);
  const missed = [
    { activate_at: RIG_START_MS + 1_000, snapshot: { ...DEFAULT_CONTROL, shared_seed: 5 } },
    { activate_at: RIG_START_MS + 3_000, snapshot: { ...DEFAULT_CONTROL, shared_seed: 99 } },
    { activate_at: RIG_START_MS + 8_000, snapshot: { ...DEFAULT_CONTROL, shared_seed: 3 } },
  ];
  for (const entry of missed) rig.control.put(entry);
  await settle(() => rig.service.status().control?.revision === 4);
  const toldMs = rig.clock.wallMs;
  await rig.advance(6_000);
  const sizes = new Map<string, number>();
  const tape = new ScriptedTape([{ activate_at: 0, snapshot: DEFAULT_CONTROL }, ...missed]);
  tape.seek(RIG_START_MS);
  const nothing = () => undefined;
  tape.advance(RIG_START_MS + 10_000, {
    optionNbbo: nothing,
    equityQuote: nothing,
    equityPrint: nothing,
    optionPrint: (row) => sizes.set(row.trace_id, row.size),
  });
  const rows = (await storedRows(rig.store, "options"))
    .flatMap((row) => "size" in row && row.source_ts >= RIG_START_MS ? [row] : []);
  const differs = rows.filter((row) => row.size !== sizes.get(row.trace_id));
  ok(differs.length > 0 && differs.every((row) => row.source_ts < toldMs + 1_500));
  const after = rows.filter((row) => row.source_ts >= toldMs + 1_500);
  ok(after.some((row) => row.source_ts > RIG_START_MS + 8_000));
  strictEqual(rows.length, new Set(rows.map((row) => row.trace_id)).size, "none twice");
  ok(rig.logLines.some((line) => line.includes('"control_late"')));
  await rig.stop();
});

Deno.test("hits are events that were classified, never what the generator meant, also after a restart", async () => {
  const rig = await TapeRig.create(SHORT_WARM_UP);
  await rig.goLive();
  await rig.advance(5_000);
  const hits = async () => {
    const counts = Object.fromEntries(PROFILE_IDS.map((id) => [id, 0]));
    for (const row of await storedRows(rig.store, "smart-money")) {
      const profile = "abstained" in row && !row.abstained ? row.primary_profile_id : null;
      if (profile !== null) counts[profile] = (counts[profile] ?? 0) + 1;
    }
    return counts;
  };
  const before = rig.service.facts();
  deepStrictEqual(before?.profile_hit_counts, await hits());
  ok(Object.values(before.profile_hit_counts).some((count) => count > 0));
  // The script's generator claims none, so whatever counted its plans would show nothing.
  deepStrictEqual(before.generated_hit_counts, noCounts());
  rig.crash();
  const { clock, store } = rig;
  const next = await TapeRig.create({ ...SHORT_WARM_UP, clock, store });
  await next.goLive();
  await next.advance(1_000);
  deepStrictEqual(next.service.facts()?.profile_hit_counts, await hits());
  await next.stop();
});

Deno.test("a clock that is set back makes the tape wait with the reason, and go on without a gap", async () => {
  const rig = await TapeRig.create(SHORT_WARM_UP);
  await rig.goLive();
  await rig.advance(5_000);
  const until = rig.clock.wallMs;
  rig.clock.setWall(until - 60_000);
  // The wall clock is looked at every ten seconds: until then the tape goes on by the monotonic one.
  for (let i = 0; i < 40 && rig.service.readiness().ready; i++) {
    rig.clock.advance(500);
    await settle(() => rig.service.figures().queued === 0 && !rig.service.isDraining);
  }
  const { ready, phase, detail } = rig.service.readiness();
  deepStrictEqual([ready, phase], [false, "live"]);
  match(detail, /^the clock stepped back by (5\d|60) s; waiting until 15:00:[01]\d UTC$/);
  strictEqual(rig.service.status().message, detail, "the page says it too");
  const stood = rig.service.positionTs;
  await rig.passed(20_000);
  strictEqual(rig.service.positionTs, stood);
  await rig.passed(60_000);
  await rig.caughtUp();
  ok(rig.service.readiness().ready, rig.service.readiness().detail);
  await rig.advance(3_000);
  const ids = expected(SHORT_ORIGIN_MS, rig.clock.wallMs);
  for (const stream of RAW) deepStrictEqual(await idsOf(rig, stream), ids.get(stream), stream);
  deepStrictEqual(rig.service.status().gaps, []);
  await rig.stop();
});

Deno.test("a process that starts behind its stored tape waits for the clock, and then goes on", async () => {
  const first = await TapeRig.create(SHORT_WARM_UP);
  await first.goLive();
  await first.advance(5_000);
  first.crash();
  const { store, clock } = first;
  clock.setWall(clock.wallMs - 3_600_000);
  const again = await TapeRig.create({ ...SHORT_WARM_UP, store, clock });
  await again.service.start();
  await settle(() => again.service.status().message !== null);
  const { ready, phase, detail } = again.service.readiness();
  deepStrictEqual([ready, phase], [false, "starting"]);
  match(detail, /^the clock stepped back by 3[56]\d\d s; waiting until 15:00:0\d UTC$/);
  const activate_at = RIG_START_MS + 8_000;
  again.control.put({ activate_at, snapshot: { ...DEFAULT_CONTROL, shared_seed: 99 } });
  await again.passed(3_601_000);
  await settle(() => again.service.status().phase === "live");
  await again.advance(10_000);
  ok(again.service.readiness().ready, again.service.readiness().detail);
  strictEqual(again.service.facts()?.revision_in_force, 2, "what was written meanwhile counts");
  const ids = expected(SHORT_ORIGIN_MS, clock.wallMs);
  for (const stream of RAW) deepStrictEqual(await idsOf(again, stream), ids.get(stream), stream);
  await again.stop();
});

Deno.test("TapeService says in its readiness that its worker died, and of what", async () => {
  const rig = await TapeRig.create({
    ...SHORT_WARM_UP,
    worker: {
      url: new URL("../testing/workers/dying_tape.ts", import.meta.url),
      name: "dying",
      permissions: "none",
    },
  });
  await rig.service.start();
  const { readiness, status } = {
    readiness: () => rig.service.readiness(),
    status: () => rig.service.status(),
  };
  await settle(() => status().phase === "live");
  ok(readiness().ready, readiness().detail);
  rig.control.put({ activate_at: 0, snapshot: DEFAULT_CONTROL });
  await settle(() => status().phase === "failed");
  const { ready, phase, detail } = readiness();
  deepStrictEqual([ready, phase, detail], [false, "failed", "tape worker died: the tape broke"]);
  strictEqual(status().message, "The tape stopped: the tape broke");
  ok(rig.logLines.some((line) => line.includes('"tape_worker_failed"')));
  strictEqual(await rig.service.realism(), null);
  await rig.stop();
});

Deno.test("a side that is off makes nothing, and without any side there is no tape", async () => {
  const equities = await TapeRig.create({ config: { optionsAdapter: "off" } });
  await equities.goLive();
  await equities.advance(2_000);
  const { rows, backend_mode } = equities.service.status();
  strictEqual(backend_mode, "mixed");
  deepStrictEqual([rows.options, rows.nbbo, rows.flow, rows["smart-money"]], [0, 0, 0, 0]);
  ok(rows.equities > 0 && rows["equity-joins"] > 0);
  await equities.stop();
  const off = await TapeRig.create({ config: { optionsAdapter: "off", equitiesAdapter: "off" } });
  await off.service.start();
  const status = off.service.status();
  deepStrictEqual([status.phase, status.backend_mode], ["off", "live"]);
  ok(off.service.readiness().ready);
  await off.stop();
});
