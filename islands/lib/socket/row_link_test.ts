import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { EchoServer, until } from "./testing/echo_server.ts";
import { RowLink } from "./row_link.ts";
import type { ChannelQuery, FromLink, LinkItem } from "./row_protocol.ts";

const READY = JSON.stringify({ op: "ready", ts: 5, channel_health: {} });

function query(key: string, isProjected = false): ChannelQuery {
  return { key, wire: { channel: "options" }, snapshot: 10, isProjected };
}

/** A link that keeps the items it was told. */
function openLink(url: string, queries: readonly ChannelQuery[]) {
  const items: LinkItem[] = [];
  let onItem = () => {};
  const take = (message: FromLink) => {
    if (message.type === "items") items.push(...message.items);
    onItem();
  };
  const link = new RowLink(take, (_, record) => record as { ts: number; seq: number }, {
    firstRetryMs: 5,
  });
  link.take({ type: "want", channels: queries.map((one) => ({ query: one, asked: 1 })) });
  link.take({ type: "open", url });
  const count = (n: number) => until(() => items.length === n, (onChange) => onItem = onChange);
  return { link, items, count };
}

interface Said {
  readonly op: string;
  readonly subscriptions: readonly Readonly<Record<string, unknown>>[];
}

function asked(texts: readonly string[]): readonly Said[] {
  return texts.map((text) => JSON.parse(text)).filter(({ op }) => op !== "ping");
}

function events(id: string, ...seqs: readonly number[]): string {
  const items = seqs.map((seq) => ({ ts: 1_000, seq }));
  return JSON.stringify({
    op: "events",
    subscription: { channel: "options", id },
    items,
    watermark: items.at(-1),
  });
}

Deno.test("RowLink goes on after the last row of each channel when it comes back", async () => {
  await using server = new EchoServer(READY);
  const { link, items, count } = openLink(server.url, [
    query("raw"),
    query("tape", true),
    query("none"),
  ]);
  await server.heard((texts) => asked(texts).length === 1);
  const socket = await server.socket(0);
  socket.send(events("raw", 1, 2));
  socket.send(events("tape", 5, 6));
  await count(2);
  socket.close(4_000, "gone");
  const texts = await server.heard((all) => asked(all).length === 2);
  const [first, again] = asked(texts);
  deepStrictEqual(first?.subscriptions.map(({ id, snapshot_limit }) => [id, snapshot_limit]), [
    ["raw", 10],
    ["tape", 10],
    ["none", 10],
  ]);
  deepStrictEqual(again?.subscriptions.map(({ id, resume_after }) => [id, resume_after]), [
    ["raw", { ts: 1_000, seq: 2 }],
    ["tape", { ts: 1_000, seq: 6 }],
    ["none", undefined],
  ]);
  (await server.socket(1)).send(events("tape", 6, 7));
  await count(3);
  deepStrictEqual(items[2], { kind: "rows", key: "tape", rows: [{ ts: 1_000, seq: 7 }] });
  link.take({ type: "close" });
});

Deno.test("RowLink takes a derived row whose event closed late, and no row twice", async () => {
  await using server = new EchoServer(READY);
  const alerts = { ...query("alerts", true), wire: { channel: "alerts" } };
  const { link, items, count } = openLink(server.url, [alerts, query("done")]);
  await server.heard((texts) => asked(texts).length === 1);
  const socket = await server.socket(0);
  const tell = (id: string, ts: number, seq: number) => {
    const item = { ts, seq };
    const subscription = { channel: id, id };
    socket.send(JSON.stringify({ op: "event", subscription, item, watermark: item }));
  };
  tell("alerts", 5_000, 1);
  tell("alerts", 4_000, 2);
  tell("alerts", 4_000, 2);
  tell("done", 1, 1);
  await count(2);
  const rows = [{ ts: 5_000, seq: 1 }, { ts: 4_000, seq: 2 }];
  deepStrictEqual(items[0], { kind: "rows", key: "alerts", rows });
  link.take({ type: "close" });
});

Deno.test("RowLink asks for a raw channel anew when rows of it were left out", async () => {
  await using server = new EchoServer(READY);
  const { link } = openLink(server.url, [query("raw")]);
  await server.heard((texts) => asked(texts).length === 1);
  const subscription = { channel: "options", id: "raw" };
  (await server.socket(0)).send(JSON.stringify({ op: "gap", channel: "options", subscription }));
  const texts = await server.heard((all) => asked(all).length === 2);
  strictEqual(asked(texts)[1]?.subscriptions[0]?.["snapshot_limit"], 10);
  link.take({ type: "close" });
});

Deno.test("RowLink hands on what is damaged in the store, and asks for nothing anew", async () => {
  await using server = new EchoServer(READY);
  const { link, items, count } = openLink(server.url, [query("tape", true), query("raw")]);
  const heard = await server.heard((texts) => asked(texts).length === 1);
  const socket = await server.socket(0);
  const lost = (id: string) => ({
    subscription: { channel: "options", id },
    gaps: [{ from_ts: 10, to_ts: 19 }],
  });
  for (const id of ["raw", "tape"]) {
    socket.send(JSON.stringify({ op: "gap", channel: "options", ...lost(id) }));
  }
  const snapshot = { ...lost("tape"), items: [], watermark: null, next_before: null };
  socket.send(JSON.stringify({ op: "snapshot", snapshot }));
  await count(2);
  const spans = items.map((item) => item.kind === "rows" ? [] : item.lost);
  deepStrictEqual(spans, [[{ fromTs: 10, toTs: 19 }], [{ fromTs: 10, toTs: 19 }]]);
  strictEqual(asked(heard).length, 1);
  link.take({ type: "close" });
});

Deno.test("RowLink subscribes to fifty channels with two messages", async () => {
  await using server = new EchoServer(READY);
  const many = Array.from({ length: 50 }, (_, i) => query(`q${i}`));
  const { link } = openLink(server.url, many);
  const texts = await server.heard((all) =>
    asked(all).flatMap(({ subscriptions }) => subscriptions).length === 50
  );
  strictEqual(asked(texts).length, 2);
  link.take({ type: "close" });
});
