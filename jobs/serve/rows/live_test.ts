import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import type { StreamName } from "../../../engine/frames/records.ts";
import { STREAMS } from "../../../modules/tape/mod.ts";
import { itemsOf, type LiveFrame, LiveReader, LiveRig } from "../../testing/live_rig.ts";
import { LiveTape } from "../../testing/live_tape.ts";
import { settle } from "../../testing/manual_clock.ts";
import { StuckReader } from "../../testing/stream_reader.ts";
import { RIG_START_MS, SHORT_WARM_UP, storedRows } from "../../testing/tape_rig.ts";

const RAW_OPTIONS = { channel: "options", filters: { view: "raw" } } as const;

async function withRig(
  fn: (rig: LiveRig) => Promise<void>,
  options: Parameters<typeof LiveRig.create>[0] = {},
): Promise<void> {
  const rig = await LiveRig.create({ ...SHORT_WARM_UP, ...options });
  try {
    await fn(rig);
  } finally {
    await rig.stop();
  }
}

function idsOf(items: readonly Record<string, unknown>[]): readonly unknown[] {
  return items.map((item) => item["trace_id"]);
}

function snapshotOf(frame: LiveFrame): {
  readonly items: Record<string, unknown>[];
  readonly watermark: { ts: number; seq: number } | null;
  readonly next_before: { ts: number; seq: number } | null;
  readonly subscription: Record<string, unknown>;
} {
  return frame["snapshot"] as never;
}

Deno.test("/ws/live: ready, a snapshot newest first, then every later row once and in order", async () => {
  await withRig(async (rig) => {
    const reader = new LiveReader(`${rig.wsUrl}/ws/live`);
    const ready = await reader.next();
    deepStrictEqual([ready.op, ready["ts"]], ["ready", RIG_START_MS]);
    strictEqual((ready["channel_health"] as LiveFrame["op"] & never)["nbbo"]["healthy"], true);
    reader.send({ op: "subscribe", subscriptions: [{ ...RAW_OPTIONS, id: "tape" }] });
    const first = await reader.until((frame) => frame.op === "snapshot");
    const snapshot = snapshotOf(first);
    const stored = await storedRows(rig.tape.store, "options");
    const newest = stored.slice(-100).reverse();
    deepStrictEqual(snapshot.items, newest);
    deepStrictEqual(snapshot.subscription, { ...RAW_OPTIONS, id: "tape" });
    deepStrictEqual(snapshot.watermark, { ts: newest[0]?.source_ts, seq: newest[0]?.seq });
    deepStrictEqual(snapshot.next_before, { ts: newest[99]?.source_ts, seq: newest[99]?.seq });
    await rig.tape.advance(90_000);
    const frames = await reader.drain();
    ok(frames.every((frame) => (frame["subscription"] as LiveFrame)["id"] === "tape"));
    deepStrictEqual(
      itemsOf(frames),
      (await storedRows(rig.tape.store, "options"))
        .slice(stored.length),
    );
    const last = frames.at(-1)?.["watermark"] as { ts: number };
    strictEqual(last.ts, (await storedRows(rig.tape.store, "options")).at(-1)?.source_ts);
    await reader.close();
  });
});

Deno.test("/ws/live: rows published while the snapshot is read are sent once, for every channel", async () => {
  await withRig(async (rig) => {
    const reader = await LiveReader.ready(`${rig.wsUrl}/ws/live`);
    const channels = ["nbbo", "equities", "equity-quotes", "equity-joins", "flow", "smart-money"];
    const seen = new Map<string, unknown[]>();
    for (const channel of channels) {
      reader.send({ op: "subscribe", subscriptions: [{ channel, snapshot_limit: 5_000 }] });
      // Time passes while the answer is on its way.
      await rig.tape.advance(1_500);
    }
    await rig.tape.advance(50_000);
    for (const frame of await reader.drain()) {
      const { subscription, items } = frame.op === "snapshot" ? snapshotOf(frame) : {
        subscription: frame["subscription"] as Record<string, unknown>,
        items: itemsOf([frame]),
      };
      const ids = seen.get(String(subscription["channel"])) ?? [];
      seen.set(String(subscription["channel"]), [
        ...ids,
        ...idsOf(frame.op === "snapshot" ? [...items].reverse() : items),
      ]);
    }
    for (const channel of channels) {
      const stored = await storedRows(rig.tape.store, channel as StreamName);
      const wanted = stored.slice(-(seen.get(channel)?.length ?? 0)).map((row) => row.trace_id);
      ok(wanted.length > 3, channel);
      strictEqual(new Set(seen.get(channel)).size, wanted.length, channel);
      deepStrictEqual([...seen.get(channel) ?? []].sort(), wanted.sort(), channel);
    }
    await reader.close();
  });
});

Deno.test("/ws/live: filters by underlying, contract, view, side and interval", async () => {
  await withRig(async (rig) => {
    const reader = await LiveReader.ready(`${rig.wsUrl}/ws/live`);
    const contract = "NVDA-2027-01-15-140-C";
    reader.send({
      op: "subscribe",
      subscriptions: [
        { channel: "nbbo", underlying_ids: ["SPY", "AAPL"], snapshot_limit: 50 },
        { channel: "options", option_contract_id: contract },
        { channel: "options", id: "etf", filters: { view: "raw", security: "etf" } },
        { channel: "options", id: "big", filters: { view: "raw", min_notional: 50_000 } },
        { channel: "equity-candles", underlying_id: "SPY", interval_ms: 60_000 },
        { channel: "smart-money", filters: { min_score: 0.7, include_abstained: false } },
      ],
    });
    await rig.tape.advance(65_000);
    const bySub = new Map<string, Record<string, unknown>[]>();
    for (const frame of await reader.drain()) {
      const snapshot = frame.op === "snapshot" ? snapshotOf(frame) : null;
      const named = snapshot?.subscription ?? frame["subscription"] as Record<string, unknown>;
      const key = String(named["id"] ?? named["channel"]);
      bySub.set(key, [...bySub.get(key) ?? [], ...snapshot?.items ?? itemsOf([frame])]);
    }
    const all = (key: string, test: (row: Record<string, unknown>) => boolean) => {
      const rows = bySub.get(key) ?? [];
      ok(rows.length > 0, key);
      ok(rows.every(test), key);
    };
    all("nbbo", (row) => /^(SPY|AAPL)-/.test(String(row["option_contract_id"])));
    all("options", (row) => row["option_contract_id"] === contract);
    all("etf", (row) => row["underlying_id"] === "SPY");
    all("big", (row) => Number(row["notional"]) >= 50_000);
    all("equity-candles", (row) => row["underlying_id"] === "SPY" && row["interval_ms"] === 60_000);
    all("smart-money", (row) => {
      const [top] = row["profile_scores"] as { score: number }[];
      return (top?.score ?? 0) >= 0.7 && row["abstained"] === false;
    });
    await reader.close();
  });
});

Deno.test("/ws/live: resume_after sends what was missed, each row once, then goes live", async () => {
  await withRig(async (rig) => {
    for (const channel of ["nbbo", "equity-joins", "smart-money"] as const) {
      const stored = await storedRows(rig.tape.store, channel);
      const from = stored.at(-Math.min(stored.length, 40));
      ok(from !== undefined);
      await rig.tape.advance(45_000);
      const reader = await LiveReader.ready(`${rig.wsUrl}/ws/live`);
      const after = { ts: from.source_ts, seq: from.seq };
      reader.send({
        op: "subscribe",
        subscriptions: [{ channel, snapshot_limit: 0, resume_after: after }],
      });
      await rig.tape.advance(45_000);
      const frames = await reader.drain();
      ok(frames.every((frame) => frame.op === "event" || frame.op === "events"));
      const rows = await storedRows(rig.tape.store, channel);
      const missed = rows.slice(rows.findIndex((row) => row.trace_id === from.trace_id) + 1);
      deepStrictEqual([...idsOf(itemsOf(frames))].sort(), missed.map((row) => row.trace_id).sort());
      await reader.close();
    }
  });
});

Deno.test("/ws/live: a resume that is too far back tells where it has to go on", async () => {
  await withRig(async (rig) => {
    const reader = await LiveReader.ready(`${rig.wsUrl}/ws/live`);
    const first = (await storedRows(rig.tape.store, "nbbo"))[0];
    ok(first !== undefined);
    const resume_after = { ts: first.source_ts, seq: first.seq };
    reader.send({ op: "subscribe", subscriptions: [{ channel: "nbbo", resume_after }] });
    const frames: LiveFrame[] = [];
    const gap = await reader.until((frame) => {
      frames.push(frame);
      return frame.op === "gap";
    });
    const items = itemsOf(frames);
    strictEqual(items.length, 5_000);
    deepStrictEqual([gap["channel"], gap["dropped"]], ["nbbo", null]);
    const cursor = gap["resume_cursor"] as { ts: number; seq: number };
    deepStrictEqual([cursor.ts, cursor.seq], [items.at(-1)?.["ts"], items.at(-1)?.["seq"]]);
    await reader.close();
  }, { script: { extraQuotes: 12 } });
});

Deno.test("/ws/live: twelve charts of one page share a socket, each with rows of its own", async () => {
  await withRig(async (rig) => {
    const reader = await LiveReader.ready(`${rig.wsUrl}/ws/live`);
    const symbols = ["SPY", "NVDA", "AAPL", "TSLA"];
    const charts = Array.from({ length: 12 }, (_, i) => ({
      id: `chart-${i}`,
      underlying_id: symbols[i % 4],
      interval_ms: 60_000,
    }));
    for (const { id, underlying_id, interval_ms } of charts) {
      reader.send({
        op: "subscribe",
        subscriptions: [
          { channel: "equity-candles", id, underlying_id, interval_ms },
          { channel: "equity-overlay", id: `${id}-prints`, underlying_id },
        ],
      });
    }
    await rig.tape.advance(65_000);
    const seen = new Map<string, unknown[]>();
    for (const frame of await reader.drain()) {
      strictEqual(frame.op === "error", false, JSON.stringify(frame));
      const snapshot = frame.op === "snapshot" ? snapshotOf(frame) : null;
      const named = snapshot?.subscription ?? frame["subscription"] as Record<string, unknown>;
      const id = String(named["id"]);
      seen.set(id, [...seen.get(id) ?? [], ...snapshot?.items ?? itemsOf([frame])]);
    }
    for (const [i, { id, underlying_id }] of charts.entries()) {
      for (const name of [id, `${id}-prints`]) {
        const rows = seen.get(name) ?? [];
        ok(i % 4 > 0 || rows.length > 0, name);
        ok(rows.every((row) => Reflect.get(row as object, "underlying_id") === underlying_id));
      }
    }
    strictEqual(seen.size, 24);
    await reader.close();
  });
});

Deno.test("/ws/live: unsubscribe ends the rows, ping is answered", async () => {
  await withRig(async (rig) => {
    const reader = await LiveReader.ready(`${rig.wsUrl}/ws/live`);
    const subscriptions = [{ channel: "nbbo", snapshot_limit: 0 }];
    reader.send({ op: "subscribe", subscriptions });
    await reader.drain();
    await rig.tape.advance(2_000);
    ok(itemsOf(await reader.drain()).length > 0);
    reader.send({ op: "unsubscribe", subscriptions: [{ channel: "nbbo" }] });
    await reader.drain();
    await rig.tape.advance(2_000);
    deepStrictEqual(await reader.drain(), []);
    reader.send({ op: "ping" });
    strictEqual((await reader.next()).op, "heartbeat");
    await reader.close();
  });
});

Deno.test("/ws/live: bad messages are told, floods and huge messages close the socket", async () => {
  await withRig(async (rig) => {
    const reader = await LiveReader.ready(`${rig.wsUrl}/ws/live`);
    const subscribe = (...subscriptions: unknown[]) => ({ op: "subscribe", subscriptions });
    const bad: readonly [unknown, RegExp][] = [
      ["{nope", /must be JSON/],
      [{ op: "dance" }, /op/],
      [subscribe({ channel: "darkness" }), /channel/],
      [subscribe({ channel: "nbbo", extra: 1 }), /[Uu]nrecognized/],
      [
        subscribe({
          channel: "nbbo",
          underlying_ids: Array.from({ length: 17 }, (_, i) => `S${i}`),
        }),
        /underlying_ids/,
      ],
      [
        subscribe(...Array.from({ length: 65 }, (_, i) => ({ channel: "nbbo", id: `${i}` }))),
        /subscriptions/,
      ],
      [subscribe({ channel: "options", filters: { side: ["UP"] } }), /side/],
      [subscribe({ channel: "nbbo", underlying_ids: ["'; DROP TABLE x; --"] }), /underlying_ids/],
      [subscribe({ channel: "nbbo", resume_after: { ts: -1, seq: 0 } }), /resume_after/],
    ];
    for (const [message, text] of bad) {
      reader.send(message);
      const frame = await reader.next();
      strictEqual(frame.op, "error", JSON.stringify(message));
      ok(text.test(String(frame["message"])), `${frame["message"]} ${text}`);
    }
    const some = (from: number, count: number) =>
      Array.from({ length: count }, (_, i) => ({
        channel: "nbbo",
        id: `n${from + i}`,
        snapshot_limit: 0,
      }));
    reader.send(subscribe(...some(0, 64)));
    deepStrictEqual(await reader.drain(), []);
    reader.send(subscribe(...some(64, 1)));
    const full = await reader.next();
    ok(/At most 64/.test(String(full["message"])));
    strictEqual((full["subscription"] as LiveFrame)["id"], "n64", "the one that was refused");
    await reader.close();

    const loud = await LiveReader.ready(`${rig.wsUrl}/ws/live`);
    for (let i = 0; i < 181; i++) loud.send({ op: "ping" });
    deepStrictEqual(await loud.closed(), [1008, "Too many messages"]);
    const busy = await LiveReader.ready(`${rig.wsUrl}/ws/live`);
    for (let i = 0; i < 61; i++) busy.send({ op: "ping" });
    for (let i = 0; i < 60; i++) strictEqual((await busy.next()).op, "heartbeat");
    ok(/At most 60 messages/.test(String((await busy.next())["message"])));
    rig.tape.clock.advance(10_000);
    deepStrictEqual(
      (await busy.drain()).filter((frame) => frame.op === "error"),
      [],
      "served again after ten seconds",
    );
    await busy.close();
    const binary = await LiveReader.ready(`${rig.wsUrl}/ws/live`);
    binary.send(new Uint8Array([1, 2, 3]));
    strictEqual((await binary.closed())[0], 1009);
    const huge = await LiveReader.ready(`${rig.wsUrl}/ws/live`);
    huge.send({ op: "subscribe", subscriptions: [{ channel: "nbbo", id: "x".repeat(66_000) }] });
    strictEqual((await huge.closed())[0], 1009);
  });
});

Deno.test("sockets: sixteen to a client, known origins, a rate, real upgrades", async () => {
  await withRig(async (rig) => {
    const url = `${rig.wsUrl}/ws/live`;
    const readers = [];
    for (let i = 0; i < 16; i++) readers.push(await LiveReader.ready(url, "10.0.0.9"));
    const get = (headers: Record<string, string>, path = "/ws/live") =>
      fetch(rig.url + path, { headers });
    const handshake = {
      connection: "upgrade",
      upgrade: "websocket",
      "sec-websocket-version": "13",
      "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
    };
    const status = async (response: Response) => {
      const body = await response.json();
      ok(typeof body.error === "string" && typeof body.request_id === "string");
      return [response.status, body.code];
    };
    const another = await get({ ...handshake, "x-forwarded-for": "10.0.0.9" });
    ok(Number(another.headers.get("retry-after")) > 0);
    deepStrictEqual(await status(another), [429, "too_many_sockets"]);
    await readers[0]?.close();
    await settle(() => rig.state.sockets.open === 15);
    await (await LiveReader.ready(url, "10.0.0.9")).close();
    const foreign = { ...handshake, origin: "https://evil.example" };
    deepStrictEqual(await status(await get(foreign)), [403, "foreign_origin"]);
    deepStrictEqual(await status(await get({})), [400, "not_a_socket"]);
    deepStrictEqual(await status(await get(handshake, "/ws/nothing")), [404, "unknown_stream"]);
    for (const reader of readers.slice(1)) await reader.close();
    const many = { ...foreign, origin: "https://friend.example", "x-forwarded-for": "10.0.0.77" };
    for (let i = 0; i < 20; i++) {
      await (await get({ "x-forwarded-for": "10.0.0.77" })).body?.cancel();
    }
    const late = await get(many);
    ok(Number(late.headers.get("retry-after")) > 0);
    deepStrictEqual(await status(late), [429, "rate_limited"]);
  }, { api: { wsRateLimit: 20, corsOrigins: ["https://friend.example"] } });
});

Deno.test("a socket whose reader answers no pings is closed; one that answers stays", async () => {
  await withRig(async (rig) => {
    const url = `${rig.wsUrl}/ws/live`;
    const good = await LiveReader.ready(url, "10.0.0.2");
    const dead = await StuckReader.connect(url);
    await dead.until((text) => text.includes('"op":"ready"'));
    deepStrictEqual([...rig.idleTimes], [40], "in a terminal; a ping goes every half of it");
    // The reader takes what comes, but it never answers a ping.
    strictEqual(await dead.untilClosed(), 1001);
    await settle(() => rig.state.sockets.open === 1);
    deepStrictEqual(await good.drain(), []);
    dead.close();
    await good.close();
  }, { idleSeconds: 1, config: { tapeBackfillMinutes: 0 }, warmUpMs: 1_000 });
});

Deno.test("/ws/{stream} sends {type, payload} for every row of its stream", async () => {
  await withRig(async (rig) => {
    const readers = new Map<StreamName, LiveReader>();
    for (const [i, stream] of STREAMS.names.entries()) {
      readers.set(
        stream,
        new LiveReader(`${rig.wsUrl}/ws/${STREAMS.of(stream).paths.ws}`, `10.1.0.${i}`),
      );
    }
    await settle(() => rig.state.streams.clients === STREAMS.names.length);
    const before = new Map<StreamName, number>();
    for (const stream of STREAMS.names) {
      before.set(stream, (await storedRows(rig.tape.store, stream)).length);
    }
    await rig.tape.advance(62_500);
    for (const [stream, reader] of readers) {
      const fresh = (await storedRows(rig.tape.store, stream)).slice(before.get(stream));
      // The script makes no inferred off-exchange activity.
      if (stream !== "inferred-dark") ok(fresh.length > 0, stream);
      const frames = [];
      for (let i = 0; i < fresh.length; i++) frames.push(await reader.next());
      const byId = (a: string, b: string) => a < b ? -1 : 1;
      deepStrictEqual(
        frames.map((frame) => JSON.stringify(frame)).sort(byId),
        fresh.map((row) => JSON.stringify({ type: STREAMS.of(stream).type, payload: row })).sort(
          byId,
        ),
      );
      await reader.close();
    }
  });
});

Deno.test("a row's text is made once: worker, store and sockets hold the same bytes", async () => {
  await withRig(async (rig) => {
    const made = new Map<StreamName, string[]>();
    rig.tape.service.rows.subscribe((rows) => {
      for (const { stream, json } of rows) made.set(stream, [...made.get(stream) ?? [], json]);
    });
    const live = new WebSocket(`${rig.wsUrl}/ws/live`);
    const whole = new WebSocket(`${rig.wsUrl}/ws/equities`);
    const frames: string[] = [];
    await Promise.all([live, whole].map((socket) => {
      socket.onmessage = ({ data }) => frames.push(data);
      return new Promise((resolve) => socket.onopen = resolve);
    }));
    const channels = [{ channel: "equities", snapshot_limit: 0 }, RAW_OPTIONS];
    live.send(JSON.stringify({ op: "subscribe", subscriptions: channels }));
    await settle(() => frames.some((frame) => frame.startsWith('{"op":"snapshot"')));
    await rig.tape.advance(5_000);
    const [prints = [], options = []] = [made.get("equities"), made.get("options")];
    ok(prints.length > 0 && options.length > 0);
    const sent = () => frames.join("\n");
    await settle(() => [...prints, ...options].every((json) => sent().includes(json)));
    for (const json of prints) ok(frames.includes(`{"type":"equity-print","payload":${json}}`));
    for (const stream of made.keys()) {
      const { stored } = await rig.tape.store.before(stream, null, { limit: 10_000 });
      const texts = new Set(stored.map(({ json }) => json));
      for (const json of made.get(stream) ?? []) ok(texts.has(json), stream);
    }
    live.close();
    whole.close();
  });
});

Deno.test("/ws/live tells every step of the making of the past, and its end, unasked", async () => {
  await using tape = await LiveTape.open();
  const server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen() {} },
    (request) => tape.accept(request),
  );
  const steps = [10, 20].map((share) => ({ progress: share / 100, message: `${share} %` }));
  tape.make(steps[0]!);
  const reader = new LiveReader(`ws://127.0.0.1:${server.addr.port}/`);
  deepStrictEqual((await reader.next())["making"], steps[0]);
  for (const making of [steps[1]!, null]) {
    tape.make(making);
    const { op, making: told } = await reader.next() as LiveFrame & { readonly making?: unknown };
    deepStrictEqual([op, told], ["heartbeat", making]);
  }
  await reader.close();
  await server.shutdown();
});
