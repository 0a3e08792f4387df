import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { isRaw, type StreamName } from "../../../engine/frames/streams/mod.ts";
import { STREAMS } from "../../../modules/tape/mod.ts";
import { REPLAY_SECRET_HEADER } from "../endpoints/mod.ts";
import type { OpenedReplay } from "./replay_sessions.ts";
import { itemsOf, type LiveFrame, LiveReader, LiveRig } from "../../testing/live_rig.ts";
import { settle } from "../../testing/manual_clock.ts";
import { RIG_START_MS, SHORT_WARM_UP, storedRows } from "../../testing/tape_rig.ts";

const START = RIG_START_MS - 100_000;
const END = RIG_START_MS - 10_000;

/** Longest stretch of tape in one step of the clock, at the highest speed; a frame holds one stream of it. */
const STEP_MS = 5_000;

async function withRig(
  fn: (rig: LiveRig) => Promise<void>,
  options: Parameters<typeof LiveRig.create>[0] = SHORT_WARM_UP,
): Promise<void> {
  const rig = await LiveRig.create(options);
  try {
    await fn(rig);
  } finally {
    await rig.stop();
  }
}

async function ask(
  rig: LiveRig,
  method: string,
  path = "",
  body?: unknown,
  headers: Record<string, string> = {},
) {
  const response = await fetch(`${rig.url}/replay/sessions${path}`, {
    method,
    headers: { "content-type": "application/json", ...headers },
    ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === "" ? null : JSON.parse(text) };
}

/** Opens a replay as `client`. */
async function open(
  rig: LiveRig,
  more: object = {},
  client = "10.0.0.1",
): Promise<OpenedReplay> {
  const body = { start_ts: START, end_ts: END, speed: 120, ...more };
  const created = await ask(rig, "POST", "", body, { "x-forwarded-for": client });
  strictEqual(created.status, 201, JSON.stringify(created.body));
  return created.body;
}

/** Asks about one replay as whoever opened it. */
function askOwn(rig: LiveRig, method: string, { id, secret }: OpenedReplay, body?: unknown) {
  return ask(rig, method, `/${id}`, body, { [REPLAY_SECRET_HEADER]: secret });
}

function phaseOf(frame: LiveFrame): unknown {
  return frame.op === "clock" ? Reflect.get(frame["clock"] as object, "phase") : null;
}

/** Every frame up to the replay's end. */
async function untilEnded(reader: LiveReader): Promise<readonly LiveFrame[]> {
  const frames: LiveFrame[] = [];
  while (true) {
    const frame = await reader.next();
    frames.push(frame);
    if (phaseOf(frame) === "ended") return frames;
  }
}

/** A socket of a replay that is subscribed to `channels` before the first row. */
async function follow(
  rig: LiveRig,
  { id, secret }: OpenedReplay,
  channels: readonly string[],
): Promise<LiveReader> {
  const reader = await LiveReader.ready(`${rig.wsUrl}/ws/replay/${id}?secret=${secret}`);
  const subscriptions = channels.map((channel) => ({
    channel,
    snapshot_limit: 0,
    ...(channel === "options" && { filters: { view: "raw" } }),
  }));
  reader.send({ op: "subscribe", subscriptions });
  await reader.drain();
  return reader;
}

Deno.test("a replay plays every stream by one clock, makes the derived rows again and finds no difference", async () => {
  await withRig(async (rig) => {
    const replay = await open(rig, { paused: true });
    const channels = STREAMS.channels.filter((channel) => channel !== "equity-overlay");
    const reader = await follow(rig, replay, channels);
    strictEqual((await askOwn(rig, "PATCH", replay, { paused: false })).status, 200);
    const frames = await untilEnded(reader);
    let reachedMs = START;
    for (const frame of frames) {
      for (const item of itemsOf([frame])) {
        const ts = Number(item["ingest_ts"]);
        ok(ts >= reachedMs - STEP_MS, "no stream runs ahead of another");
        reachedMs = Math.max(reachedMs, ts);
      }
    }
    const seen = new Map<StreamName, Record<string, unknown>[]>(STREAMS.names.map((s) => [s, []]));
    for (const frame of frames) {
      const channel = Reflect.get(frame["subscription"] as object ?? {}, "channel");
      const stream = STREAMS.names.find((name) => STREAMS.of(name).paths.replay === channel);
      if (stream !== undefined) seen.get(stream)?.push(...itemsOf([frame]));
    }
    let derived = 0;
    for (const stream of STREAMS.names) {
      const stored = (await storedRows(rig.tape.store, stream))
        .filter((row) => row.ingest_ts >= START && row.ingest_ts < END);
      const byTime = (a: { ingest_ts?: unknown; seq?: unknown }, b: typeof a) =>
        Number(a.ingest_ts) - Number(b.ingest_ts) || Number(a.seq) - Number(b.seq);
      deepStrictEqual(seen.get(stream)?.toSorted(byTime), stored.toSorted(byTime), stream);
      if (!isRaw(stream)) derived += stored.length;
    }
    const { body: status } = await askOwn(rig, "GET", replay);
    ok(derived > 100, `${derived}`);
    deepStrictEqual([status.matched, status.mismatched, status.differences], [derived, 0, []]);
    await reader.close();
  }, {});
});

Deno.test("a replay can be slowed, stepped, sought and ended, and its socket learns of it", async () => {
  await withRig(async (rig) => {
    const replay = await open(rig, { paused: true, streams: ["nbbo"], symbols: ["SPY"] });
    const reader = await follow(rig, replay, ["nbbo"]);
    const other = await askOwn(rig, "GET", replay);
    deepStrictEqual([other.body.streams, other.body.symbols, other.body.sockets], [
      ["nbbo"],
      ["SPY"],
      1,
    ]);
    reader.send({ op: "subscribe", subscriptions: [{ channel: "flow" }] });
    const refused = await reader.until((frame) => frame.op === "error");
    strictEqual(refused["message"], "This replay has no flow");
    await askOwn(rig, "PATCH", replay, { step_ms: 5_000 });
    const stepped = await reader.until((frame) => itemsOf([frame]).length > 0);
    ok(itemsOf([stepped]).every((row) => String(row["option_contract_id"]).startsWith("SPY-")));
    const soughtTs = START + 60_000;
    await askOwn(rig, "PATCH", replay, { seek_ts: soughtTs, speed: 60, paused: false });
    const frames = await untilEnded(reader);
    const after = itemsOf(frames).filter((row) => Number(row["ts"]) >= soughtTs);
    const wanted = (await storedRows(rig.tape.store, "nbbo")).filter((row) =>
      "option_contract_id" in row && row.option_contract_id.startsWith("SPY-") &&
      row.source_ts >= soughtTs && row.source_ts < END
    );
    deepStrictEqual(after, wanted, "every row after the jump, once");
    strictEqual((await askOwn(rig, "DELETE", replay)).status, 204);
    deepStrictEqual(await reader.closed(), [1001, "The replay was ended"]);
    strictEqual((await askOwn(rig, "GET", replay)).status, 404);
    strictEqual(rig.state.replays.count, 0);
  });
});

Deno.test("bad requests for replays get their own status and code, and start none", async () => {
  await withRig(async (rig) => {
    const body = { start_ts: START, end_ts: END };
    const code = async (...args: [string, string?, unknown?, Record<string, string>?]) => {
      const answer = await ask(rig, ...args);
      return [answer.status, answer.body?.code];
    };
    const bad: readonly (readonly [unknown, string])[] = [
      ["{", "invalid_body"],
      [null, "invalid_body"],
      [{ start_ts: START }, "invalid_body"],
      [{ start_ts: END, end_ts: START }, "invalid_body"],
      [{ start_ts: 0, end_ts: 86_400_001 }, "invalid_body"],
      [{ ...body, speed: 0.2 }, "invalid_body"],
      [{ ...body, speed: 121 }, "invalid_body"],
      [{ ...body, streams: [] }, "invalid_body"],
      [{ ...body, streams: ["candles"] }, "invalid_body"],
      [{ ...body, symbols: ["'; DROP TABLE x"] }, "invalid_body"],
      [{ ...body, more: 1 }, "invalid_body"],
      [{ start_ts: RIG_START_MS + 60_000, end_ts: RIG_START_MS + 90_000 }, "out_of_range"],
    ];
    for (const [given, wanted] of bad) {
      deepStrictEqual(await code("POST", "", given), [400, wanted], JSON.stringify(given));
    }
    const text = { "content-type": "text/plain" };
    deepStrictEqual((await code("POST", "", body, text))[0], 415);
    deepStrictEqual((await code("POST", "", "x".repeat(70_000)))[0], 413);
    const foreign = { origin: "https://evil.example" };
    deepStrictEqual((await code("POST", "", body, foreign))[0], 403);
    deepStrictEqual((await code("PUT", "", body))[0], 405);
    for (const method of ["GET", "PATCH", "DELETE"]) {
      const given = method === "PATCH" ? { paused: true } : undefined;
      deepStrictEqual(await code(method, "/nothing", given), [404, "not_found"], method);
    }
    const handshake = { connection: "upgrade", upgrade: "websocket" };
    const socket = await fetch(`${rig.url}/ws/replay/nothing`, { headers: handshake });
    deepStrictEqual([socket.status, (await socket.json()).code], [404, "not_found"]);
    strictEqual(rig.state.replays.count, 0);
    const first = await open(rig, { paused: true });
    for (const patch of [{}, { speed: 1_000 }, { seek_ts: -1 }, { step_ms: 0 }, { x: 1 }]) {
      const answer = await askOwn(rig, "PATCH", first, patch);
      deepStrictEqual([answer.status, answer.body.code], [400, "invalid_body"]);
    }
  });
});

Deno.test("a client has two replays, all have four, and one that ends makes room", async () => {
  await withRig(async (rig) => {
    const body = { start_ts: START, end_ts: END, paused: true };
    const refused = async (client: string) => {
      const answer = await ask(rig, "POST", "", body, { "x-forwarded-for": client });
      return [answer.status, answer.body.code];
    };
    const own = [];
    for (let i = 0; i < 2; i++) own.push(await open(rig, { paused: true }, "2001:db8::1"));
    deepStrictEqual(await refused("2001:db8::2"), [429, "too_many_sessions"], "the same network");
    for (let i = 0; i < 2; i++) await open(rig, { paused: true }, "10.0.0.2");
    deepStrictEqual(await refused("10.0.0.3"), [429, "too_many_sessions"], "four run");
    const [first] = own;
    ok(first !== undefined);
    strictEqual((await askOwn(rig, "DELETE", first)).status, 204);
    await open(rig, { paused: true }, "10.0.0.3");
  });
});

Deno.test("a stranger can neither list, see, steer, follow nor end a replay", async () => {
  await withRig(async (rig) => {
    const replay = await open(rig, { paused: true });
    const other = await open(rig, { paused: true }, "10.0.0.2");
    for (const secret of ["", "wrong", other.secret]) {
      const headers: Record<string, string> = secret === ""
        ? {}
        : { [REPLAY_SECRET_HEADER]: secret };
      for (const method of ["GET", "PATCH", "DELETE"]) {
        const given = method === "PATCH" ? { paused: false } : undefined;
        const answer = await ask(rig, method, `/${replay.id}`, given, headers);
        deepStrictEqual([answer.status, answer.body.code], [404, "not_found"], method);
      }
      const listed = await ask(rig, "GET", "", undefined, headers);
      const ids = listed.body.data.map(({ id }: { id: string }) => id);
      deepStrictEqual(ids, secret === other.secret ? [other.id] : []);
      const headersOfSocket = { connection: "upgrade", upgrade: "websocket" };
      const path = `${rig.url}/ws/replay/${replay.id}?secret=${secret}`;
      const socket = await fetch(path, { headers: headersOfSocket });
      deepStrictEqual([socket.status, (await socket.json()).code], [404, "not_found"]);
    }
    const state = await askOwn(rig, "GET", replay);
    deepStrictEqual([state.body.clock.paused, state.body.secret], [true, undefined]);
  });
});

Deno.test("a replay that nobody follows ends; one that is followed does not", async () => {
  await withRig(async (rig) => {
    const left = await open(rig, { paused: true });
    const kept = await open(rig, { paused: true });
    const reader = await follow(rig, kept, ["nbbo"]);
    rig.tape.clock.advance(60_001);
    const fresh = await open(rig, { paused: true });
    strictEqual((await askOwn(rig, "GET", left)).status, 404);
    for (const one of [kept, fresh]) strictEqual((await askOwn(rig, "GET", one)).status, 200);
    await reader.close();
    await settle(() => rig.state.replays.get(kept.id, kept.secret).status.sockets === 0);
    rig.tape.clock.advance(60_001);
    const last = await open(rig, { paused: true });
    for (const one of [kept, fresh]) strictEqual((await askOwn(rig, "GET", one)).status, 404);
    strictEqual((await askOwn(rig, "GET", last)).status, 200);
  }, { ...SHORT_WARM_UP, idleMs: 60_000 });
});
