import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import fc from "fast-check";
import { ACTION, FLAG, type MboBlock, type MboFields, SIDE, writeMbo } from "../dbn/mod.ts";
import { ArrowDecoder, ArrowEncoder, CELL, TRADE_CELLS, TRADE_PRINTS } from "../frames/mod.ts";
import { FuturesTape, SYNTH_FUTURE } from "../tape/futures/mod.ts";
import { MAX_BIN_PRINTS } from "./_print_list.ts";
import { naiveTrades, plainOf, type PlainRecord } from "./testing/naive_trades.ts";
import type { TradeFrame } from "./trade_frame.ts";
import { type TradedInstrument, TradeStage } from "./trade_stage.ts";

const BASE_NS = 1_773_149_400_123_456_789n;
const TICK = 250_000_000;
const CELL_NS = 1e8;
const INSTRUMENT: TradedInstrument = {
  product_type: "future_mbo",
  symbol: "ESH6",
  tick_int: TICK,
  cell_width_ms: CELL_NS / 1e6,
  pressure_model: "complete",
};

function blockOf(records: readonly PlainRecord[]): MboBlock {
  const words = new Uint32Array(records.length * 14);
  const half = (value: bigint, shift: bigint) => Number((value >> shift) & 0xffff_ffffn);
  records.forEach((record, i) => {
    const ts = BASE_NS + BigInt(record.tsNs);
    const price = BigInt(record.priceNano);
    const fields: MboFields = {
      publisherId: 1,
      instrumentId: 7,
      tsEventLow: half(ts, 0n),
      tsEventHigh: half(ts, 32n),
      orderIdLow: i,
      orderIdHigh: 0,
      priceLow: half(price, 0n),
      priceHigh: half(price, 32n),
      size: record.size,
      flags: record.flags,
      channelId: 0,
      action: record.action,
      side: record.side,
      tsRecvLow: half(ts, 0n),
      tsRecvHigh: half(ts, 32n),
      tsInDelta: 0,
      sequence: i,
    };
    writeMbo(words, i, fields);
  });
  return { words, strideWords: 14, count: records.length };
}

function part({ words, strideWords }: MboBlock, from: number, to: number): MboBlock {
  const own = words.subarray(from * strideWords, to * strideWords);
  return { words: own, strideWords, count: to - from };
}

function stageOf(frames: TradeFrame[], emitAfterNs = 0): TradeStage {
  return new TradeStage(INSTRUMENT, {
    baseNs: BASE_NS,
    emitAfterNs,
    onBin: (frame) => frames.push(frame),
  });
}

/** Records in rising order of time, but for stragglers now and then. */
const RECORDS: fc.Arbitrary<readonly PlainRecord[]> = fc.array(
  fc.record({
    gapNs: fc.oneof(
      { weight: 8, arbitrary: fc.integer({ min: 0, max: 3e7 }) },
      fc.integer({ min: -2e7, max: 9e8 }),
    ),
    action: fc.constantFrom(
      ACTION.TRADE,
      ACTION.TRADE,
      ACTION.FILL,
      ACTION.ADD,
      ACTION.CANCEL,
      ACTION.MODIFY,
    ),
    side: fc.constantFrom(SIDE.BID, SIDE.ASK, SIDE.NONE),
    // Prices between ticks, and below zero.
    priceNano: fc.integer({ min: -40, max: 400 }).map((eighths) => eighths * TICK / 8),
    size: fc.integer({ min: 0, max: 4_294_967_295 }),
    flags: fc.constantFrom(0, 0, 0, FLAG.LAST, FLAG.SNAPSHOT),
  }),
  { maxLength: 200 },
).map((list) => {
  let tsNs = 1e9;
  return list.map(({ gapNs, ...record }) => ({
    ...record,
    tsNs: tsNs = Math.max(1, tsNs + gapNs),
  }));
});

Deno.test("TradeStage comes to the naive sums for any records, chunking and restart", () => {
  fc.assert(
    fc.property(
      RECORDS,
      fc.constantFrom(0, 1.2e9),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (records, emitAfterNs, share) => {
        const block = blockOf(records);
        const whole: TradeFrame[] = [];
        const stage = stageOf(whole, emitAfterNs);
        stage.take(block);
        stage.finish();
        const plain = whole.map((frame) => plainOf(frame, BASE_NS));
        deepStrictEqual(
          plain,
          naiveTrades(records, { cellNs: CELL_NS, tickNano: TICK, emitAfterNs }),
        );

        const cut = Math.floor(share * records.length);
        const parts: TradeFrame[] = [];
        const first = stageOf(parts, emitAfterNs);
        for (let i = 0; i < cut; i++) first.take(part(block, i, i + 1));
        const second = stageOf(parts, emitAfterNs);
        second.restore(structuredClone(first.save()));
        strictEqual(second.hash(), first.hash());
        second.take(part(block, cut, records.length));
        second.finish();
        deepStrictEqual(parts, whole);
        strictEqual(second.hash(), stage.hash());
      },
    ),
    { seed: 20_260_101, numRuns: 300 },
  );
});

Deno.test("TradeStage keeps every contract that was traded, once", () => {
  const tape = new FuturesTape({ seed: 5, startNs: BASE_NS });
  const out = tape.writer();
  tape.generate(20e9, out);
  const block = out.block();
  const frames: TradeFrame[] = [];
  const stage = new TradeStage(
    { ...INSTRUMENT, symbol: SYNTH_FUTURE.symbol },
    { baseNs: BASE_NS - 86_400_000_000_000n, emitAfterNs: 0, onBin: (frame) => frames.push(frame) },
  );
  stage.take(block);
  stage.finish();
  let [traded, filled] = [0, 0];
  for (let at = 0; at < block.count * block.strideWords; at += block.strideWords) {
    const action = (block.words[at + 9]! >>> 16) & 0xff;
    if (action === ACTION.TRADE) traded += block.words[at + 8]!;
    if (action === ACTION.FILL) filled += block.words[at + 8]!;
  }
  const sum = (of: "cells" | "prints", place: number) =>
    frames.reduce(
      (total, frame) =>
        total + (frame[of].columns[place] as Float64Array).reduce((a, b) => a + b, 0),
      0,
    );
  ok(traded > 100 && filled === traded, "the tape tells each contract as a trade and as a fill");
  strictEqual(sum("cells", CELL.BUY_QTY) + sum("cells", CELL.SELL_QTY), traded);
  strictEqual(sum("prints", 4), traded);
  strictEqual(stage.totals[0] + stage.totals[1], traded);
});

Deno.test("TradeStage tells so many prints of a bin, counts the others and keeps their volume", () => {
  const trade = { action: ACTION.TRADE, side: SIDE.ASK, priceNano: TICK, size: 2, flags: 0 };
  const records = Array.from({ length: MAX_BIN_PRINTS + 7 }, () => ({ ...trade, tsNs: 5e7 }));
  const frames: TradeFrame[] = [];
  const stage = stageOf(frames);
  stage.take(blockOf(records));
  stage.finish();
  const [frame] = frames;
  strictEqual(frame?.prints.columns[0]?.length, MAX_BIN_PRINTS);
  strictEqual(frame.printsLeftOut, 7);
  strictEqual(frame.cells.columns[CELL.SELL_QTY]?.[0], 2 * records.length);
});

Deno.test("TradeStage writes frames that go through Arrow", () => {
  const records: PlainRecord[] = Array.from({ length: 90 }, (_, i) => ({
    tsNs: 1e7 + i,
    action: ACTION.TRADE,
    side: [SIDE.ASK, SIDE.BID, SIDE.NONE][i % 3]!,
    priceNano: (i * 37 % 80) * TICK,
    size: i,
    flags: 0,
  }));
  const frames: TradeFrame[] = [];
  const stage = stageOf(frames);
  stage.take(blockOf(records));
  stage.finish();
  const { cells, prints } = frames[0]!;
  for (const [layout, frame] of [[TRADE_CELLS, cells], [TRADE_PRINTS, prints]] as const) {
    const { columns } = new ArrowDecoder(layout).decode(new ArrowEncoder(layout).encode(frame));
    deepStrictEqual(columns.map((array) => [...array]), frame.columns.map((array) => [...array]));
  }
});

/** Bytes of one number on the heap: what V8 boxes now and then as it crosses a call. */
const BOXED = 16;

Deno.test("TradeStage makes no object for the events between two bins", () => {
  const records: PlainRecord[] = Array.from({ length: 4_000 }, (_, i) => ({
    tsNs: 1e7,
    action: i % 4 === 0 ? ACTION.TRADE : ACTION.ADD,
    side: i % 8 === 0 ? SIDE.BID : SIDE.ASK,
    priceNano: (i % 40) * TICK,
    size: 1 + i % 9,
    flags: 0,
  }));
  const block = blockOf(records);
  const stage = stageOf([]);
  let bytes = Infinity;
  for (let round = 0; round < 400 && bytes > 2; round++) {
    const before = Deno.memoryUsage().heapUsed;
    stage.take(block);
    const grown = Deno.memoryUsage().heapUsed - before;
    // A collection in between makes the heap shrink and says nothing.
    if (grown >= 0 && round > 20) bytes = Math.min(bytes, grown / records.length);
  }
  ok(bytes <= BOXED, `${bytes} bytes an event`);
});
