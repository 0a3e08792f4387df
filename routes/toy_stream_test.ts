import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { join } from "node:path";
import { z } from "zod";
import type { StreamName, StreamRecords } from "../engine/frames/mod.ts";
import { numberOf, textOf, type Wire } from "../islands/lib/socket/mod.ts";
import { type TableColumn, timeColumn } from "../islands/lib/table/mod.ts";
import { channelNamed, CHANNELS, defineChannel } from "../islands/lib/tape/channels/mod.ts";
import { columnsOf } from "../islands/lib/tape/columns.ts";
import type { TapeRowHead } from "../islands/lib/tape/row_head.ts";
import { createLogger, systemClock, Topic, TOPICS } from "../jobs/kit/mod.ts";
import { cellsOf, streamLayout } from "../jobs/lake/tape/stream_layout.ts";
import { pagesOf } from "../jobs/serve/api/pages.ts";
import { LiveHub, StoreHistory, StreamHub } from "../jobs/serve/rows/mod.ts";
import { ColumnWriter, rowsOf } from "../jobs/tape/mod.ts";
import { withTempDir } from "../jobs/testing/market_files.ts";
import { settle } from "../jobs/testing/manual_clock.ts";
import { defineStream, StoredRow, STREAMS, Streams, TapeStore } from "../modules/tape/mod.ts";

const record = z.object({
  source_ts: z.int(),
  ingest_ts: z.int(),
  seq: z.int(),
  trace_id: z.string(),
  underlying_id: z.string(),
  colour: z.enum(["red", "green"]),
  weight: z.number().nullable(),
});
type Toy = z.infer<typeof record>;

const NOW_MS = 1_768_401_000_000;

function toyOf(n: number): Toy {
  return {
    source_ts: NOW_MS + n * 1_000,
    ingest_ts: NOW_MS + n * 1_000,
    seq: n,
    trace_id: `toy-${n}`,
    underlying_id: n % 2 === 0 ? "SPY" : "NVDA",
    colour: n % 3 === 0 ? "red" : "green",
    weight: n % 5 === 0 ? null : n / 2,
  };
}

/** All that the server is told of the stream. */
const TOY = defineStream({
  name: "toys",
  title: "toys",
  type: "toy",
  record,
  bucketMs: 5_000,
  lateMs: 30_000,
  query: { colour: z.enum(["red", "green"]).optional() },
  live: { colour: z.enum(["red", "green"]).optional() },
  tests: ({ colour }) => colour === undefined ? [] : [(row) => row.colour === colour],
  channels: { toys: { snapshot: 5, hot: false, staleAfterMs: null } },
  paths: { current: null, history: "toys", replay: "toys", ws: "toys" },
  example: toyOf(1),
});

const streams = new Streams([...STREAMS.list, TOY]);
// The engine does not know it: outside of this file its name is one of the engine's.
const NAME = "toys" as StreamName;

/** Rows as a worker sends them and the main thread gets them. */
function batch(from: number, count: number): readonly StoredRow[] {
  const writer = new ColumnWriter();
  for (let n = from; n < from + count; n++) {
    writer.push(NAME, toyOf(n) as unknown as StreamRecords[StreamName]);
  }
  return rowsOf(structuredClone(writer.take()), streams);
}

const text = (n: number) => JSON.stringify(toyOf(n));

async function withStore(fn: (store: TapeStore, path: string) => Promise<void>): Promise<void> {
  await withTempDir(async (folder) => {
    const path = join(folder, "tape.sqlite");
    const store = await TapeStore.open({ streams, openKv: () => Deno.openKv(path), windowRows: 4 });
    try {
      await store.append(batch(0, 20));
      await fn(store, path);
    } finally {
      await store.close();
    }
  });
}

Deno.test("a stream that is registered is stored and served as pages, by its own filter too", async () => {
  await withStore(async (store, path) => {
    await store.seal();
    await store.close();
    const again = await TapeStore.open({ streams, openKv: () => Deno.openKv(path) });
    const { history, replay } = pagesOf(streams);
    const ask = async (endpoint: ReturnType<typeof history.get>, query: Record<string, string>) => {
      if (endpoint?.query === null || endpoint === undefined) throw new RangeError("no endpoint");
      const input = {
        query: endpoint.query.parse(query),
        state: { tape: again },
        signal: new AbortController().signal,
      };
      const answer = await endpoint.run(input as unknown as Parameters<typeof endpoint.run>[0]);
      return await (answer as Response).text();
    };
    const before = { before_ts: `${NOW_MS + 99_000}`, before_seq: "0" };
    const reds = await ask(history.get("toys"), { ...before, colour: "red", limit: "3" });
    const next = `{"ts":${NOW_MS + 12_000},"seq":12}`;
    strictEqual(reds, `{"data":[${[18, 15, 12].map(text)}],"next_before":${next}}`);
    const spy = await ask(replay.get("toys"), { underlying_id: "SPY", limit: "2" });
    strictEqual(JSON.parse(spy).data.length, 2);
    ok(spy.startsWith(`{"data":[${[0, 2].map(text)}]`));
    await again.close();
  });
});

Deno.test("a stream that is registered goes out on both kinds of sockets", async () => {
  await withStore(async (store) => {
    // A text that no serialiser writes: what is stored is sent.
    const odd = `{ "source_ts":1, "seq":19.0, "colour":"red" }`;
    await store.append([new StoredRow(NAME, NOW_MS + 19_500, 19, odd)]);
    const rows = new Topic<readonly StoredRow[]>(TOPICS.tapeRows);
    const log = createLogger("t", {
      level: "error",
      human: false,
      now: () => new Date(0),
      write: () => undefined,
    });
    const history = new StoreHistory(store, () => Infinity, streams);
    const hub = new LiveHub({
      rows,
      history,
      clock: systemClock,
      log,
      health: () => ({}),
      streams,
    });
    const whole = new StreamHub(rows, streams);
    const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, (req) => {
      const { socket, response } = Deno.upgradeWebSocket(req);
      socket.onopen = () => {
        const served = new URL(req.url).pathname === "/live"
          ? hub.attach(socket)
          : whole.attach(socket, streams.ofSocket("toys") ?? NAME);
        socket.onmessage = ({ data }) => served.receive?.(data);
      };
      return response;
    });
    const frames: Record<string, string[]> = { live: [], toys: [] };
    const sockets = ["live", "toys"].map((path) => {
      const socket = new WebSocket(`ws://127.0.0.1:${server.addr.port}/${path}`);
      socket.onmessage = ({ data }) => frames[path]?.push(data);
      return socket;
    });
    await settle(() => sockets.every(({ readyState }) => readyState === WebSocket.OPEN));
    const [live] = sockets;
    const wanted = { channel: "toys", filters: { colour: "red" }, snapshot_limit: 2 };
    live?.send(JSON.stringify({ op: "subscribe", subscriptions: [wanted] }));
    await settle(() => frames["live"]?.some((frame) => frame.includes("snapshot")) === true);
    rows.publish(batch(20, 4));
    await settle(() => frames["toys"]?.length === 4 && frames["live"]?.length === 3);
    ok(frames["live"]?.[1]?.includes(`"items":[${odd},${text(18)}]`));
    ok(frames["live"]?.[2]?.includes(`"item":${text(21)}`), "21 is the one red one");
    strictEqual(frames["toys"]?.[0], `{"type":"toy","payload":${text(20)}}`);
    hub.stop();
    whole.stop();
    await server.shutdown();
  });
});

Deno.test("a stream that is registered has Parquet columns", () => {
  const { columns } = streamLayout(NAME, streams);
  deepStrictEqual(
    columns.map(({ name, type, nullable }) => `${name} ${type}${nullable ? " or null" : ""}`),
    [
      "source_ts i53",
      "ingest_ts i53",
      "seq i53",
      "trace_id utf8",
      "underlying_id utf8",
      "colour utf8",
      "weight f64 or null",
    ],
  );
  const cells = cellsOf(columns, toyOf(7) as unknown as StreamRecords[StreamName]);
  deepStrictEqual([cells["seq"], cells["weight"]], [7, 3.5]);
});

Deno.test("Streams refuses two streams of one name, and finds none that is not registered", () => {
  throws(() => new Streams([TOY, TOY]), RangeError);
  throws(() => STREAMS.of("toys"), RangeError);
  strictEqual(streams.of("toys").title, "toys");
});

interface ToyRow extends TapeRowHead {
  readonly kind: "toys";
  readonly colour: string;
}

const COLUMNS: readonly TableColumn<ToyRow>[] = [
  timeColumn(),
  {
    id: "colour",
    label: "Colour",
    title: "Colour of the toy",
    width: 60,
    rank: 1,
    isText: true,
    text: ({ colour }) => colour,
  },
];

/** All that the page is told of it. */
const TOY_CHANNEL = defineChannel<"toys", ToyRow>({
  name: "toys",
  project: (wire: Wire) => ({
    kind: "toys",
    ts: numberOf(wire, "source_ts"),
    seq: numberOf(wire, "seq"),
    id: textOf(wire, "trace_id"),
    symbol: textOf(wire, "underlying_id"),
    colour: textOf(wire, "colour"),
  }),
  columns: COLUMNS,
  heeds: [],
  ranges: [],
  staleMs: null,
  shows: (row, filter) => !filter.smartOnly || row.colour === "red",
  opens: ({ id }) => ({ kind: "print", id }),
});

Deno.test("a channel that is registered has a row and columns in the browser's table", () => {
  const channels = [...CHANNELS, TOY_CHANNEL] as typeof CHANNELS;
  const row = channelNamed("toys", channels).project(toyOf(3) as unknown as Wire);
  deepStrictEqual([row.kind, row.id, row.symbol], ["toys", "toy-3", "NVDA"]);
  const shown = columnsOf("toys", channels).map(({ text }) => text(row as never));
  deepStrictEqual(shown[1], "red");
  throws(() => columnsOf("toys"), RangeError);
});
