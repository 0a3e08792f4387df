import { ok, strictEqual, throws } from "node:assert/strict";
import { ENGINE_COLUMNS, type GridFrame } from "../frames/mod.ts";
import {
  checkColumn,
  checkWindow,
  feedEvent,
  type GoldenEvent,
  type GoldenRun,
  instrumentOf,
  projectionOf,
  readGolden,
  ScoreCheck,
  timesOf,
} from "./testing/golden.ts";
import { type CoreFrame, CorePipeline } from "./core_pipeline.ts";
import { StreamPipeline } from "./stream_pipeline.ts";

interface GoldenBin {
  readonly [name: string]: unknown;
  readonly buckets?: readonly (readonly number[])[];
  readonly ticks?: Readonly<Record<string, Readonly<Record<string, number>>>>;
}
interface GoldenCase extends GoldenRun {
  readonly name: string;
  readonly mode: "stream" | "core";
  readonly events: readonly GoldenEvent[];
  readonly columns: readonly string[];
  readonly bins: readonly GoldenBin[];
  readonly error?: string | null;
}

const { cases } = readGolden<{ cases: readonly GoldenCase[] }>("pipeline-cases.json");

function checkHeader(
  frame: GridFrame | CoreFrame,
  bin: GoldenBin,
  names: Readonly<Record<string, unknown>>,
  where: string,
): void {
  const ns = (offset: number) => String(frame.baseNs + BigInt(offset));
  const actual: Record<string, unknown> = {
    ...names,
    ts_ns: ns(frame.binEndNs),
    bin_start_ns: ns(frame.binStartNs),
    bin_end_ns: ns(frame.binEndNs),
    bin_seq: frame.binSeq,
    bin_event_count: frame.binEventCount,
    event_id: frame.eventId,
    book_valid: frame.bookValid,
  };
  for (const [name, expected] of Object.entries(bin)) {
    if (name !== "buckets" && name !== "ticks") strictEqual(actual[name], expected, where + name);
  }
}

function runStream(c: GoldenCase): void {
  const times = timesOf(c, BigInt(c.events[0]![0]));
  const scores = new ScoreCheck(c);
  let n = 0;
  const pipeline = new StreamPipeline(instrumentOf(c), {
    ...times,
    projection: projectionOf(c),
    onBin: (frame) => {
      const bin = c.bins[n]!;
      const where = `${c.name} bin ${n++} `;
      checkHeader(frame, bin, {
        mid_price: frame.midPrice,
        spot_ref_price_int: frame.spotRefPriceInt,
        best_bid_price_int: frame.bestBidPriceInt,
        best_ask_price_int: frame.bestAskPriceInt,
      }, where);
      checkWindow(frame, c.columns, bin.buckets ?? [], scores, where);
    },
  });
  for (const event of c.events) feedEvent(pipeline, event, times.baseNs);
  pipeline.finish();
  strictEqual(n, c.bins.length);
  scores.finish();
}

function runCore(c: GoldenCase): void {
  const times = timesOf(c, BigInt(c.events[0]![0]));
  let n = 0;
  const pipeline = new CorePipeline(instrumentOf(c), {
    ...times,
    strict: c.fail_on_out_of_range ?? false,
    reanchorAfterEvents: c.reanchor_after_events ?? 10_000,
    onBin: (frame) => {
      const bin = c.bins[n]!;
      const where = `${c.name} bin ${n++} `;
      checkHeader(frame, bin, {
        anchor_tick_idx: frame.anchorTick,
        tick_int: frame.tickNano,
        tick_abs_start: frame.firstTick,
        n_rows: frame.lastEventId.length,
      }, where);
      for (let i = 0; i < frame.lastEventId.length; i++) {
        const tick = bin.ticks?.[i] ?? {};
        strictEqual(frame.lastEventId[i], tick["last_event_id"] ?? 0, where + i);
        ENGINE_COLUMNS.forEach(({ name }, k) =>
          checkColumn(name, frame.columns[k]![i]!, tick[name] ?? 0, `${where}tick ${i}`)
        );
      }
    },
  });
  const feed = () => {
    for (const event of c.events) feedEvent(pipeline, event, times.baseNs);
    pipeline.finish();
  };
  if (c.error === null || c.error === undefined) feed();
  else throws(feed, (error) => error instanceof Error && error.message.startsWith(c.error ?? ""));
  strictEqual(n, c.bins.length);
}

for (const c of cases) {
  const pipeline = c.mode === "stream" ? "StreamPipeline" : "CorePipeline";
  Deno.test(`${pipeline} in the model compat equals the golden case ${c.name}`, () => {
    if (c.mode === "stream") runStream(c);
    else runCore(c);
  });
}

Deno.test("CorePipeline in the model complete flushes bins before it moves the grid", () => {
  const c = cases.find(({ name }) => name === "core_reanchor_by_time")!;
  const times = timesOf(c, BigInt(c.events[0]![0]));
  const anchors = (model: "compat" | "complete") => {
    const seen: number[] = [];
    const pipeline = new CorePipeline(instrumentOf(c, model), {
      ...times,
      onBin: (frame) => seen.push(frame.anchorTick),
    });
    for (const event of c.events) feedEvent(pipeline, event, times.baseNs);
    pipeline.finish();
    return seen;
  };
  const before = anchors("compat");
  const after = anchors("complete");
  strictEqual(after.length, before.length);
  ok(after.findIndex((a) => a !== after[0]) > before.findIndex((a) => a !== before[0]));
  strictEqual(after.at(-1), before.at(-1));
});

Deno.test("CorePipeline in the model complete knows the book from before its warm-up", () => {
  const c = cases.find(({ name }) => name === "core_start_time_drops_history")!;
  const times = timesOf(c, BigInt(c.events[0]![0]));
  const orders = (model: "compat" | "complete") => {
    const pipeline = new CorePipeline(instrumentOf(c, model), { ...times, onBin: () => {} });
    for (const event of c.events) feedEvent(pipeline, event, times.baseNs);
    return pipeline.engine.book.orders.size;
  };
  ok(orders("complete") > orders("compat"));
});
