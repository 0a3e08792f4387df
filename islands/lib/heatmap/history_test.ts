import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { GridEncoder, gridUpdate } from "../../../engine/frames/mod.ts";
import { ScriptedMarket } from "../../../jobs/testing/scripted_market.ts";
import { EMBEDDED_MARKET, stampText } from "../../../modules/kit/contract.ts";
import { columnCsv, columnCsvName } from "./column_csv.ts";
import { COLUMN } from "./column_store.ts";
import { GridDecoder } from "./grid_decoder.ts";
import { BinHistory, type DecodedBin, MAX_GAP_COLUMNS } from "./history.ts";
import { PLANE } from "./planes.ts";
import { readMessage, WireError } from "./wire.ts";

const MADE = { ...EMBEDDED_MARKET, instrument: "MNQH6", date: "2026-02-06" };
const market = new ScriptedMarket({ radius: 4 });
const encoder = new GridEncoder(9, [100, 200, 300, 400]);
const decoder = new GridDecoder({ radius: 4, horizonsMs: [100, 200, 300, 400] });

function fresh(): BinHistory {
  const message = readMessage(JSON.stringify(market.config()));
  ok(message.type === "runtime_config");
  return new BinHistory(message.config);
}

function bin(seq: number, startMs = seq * 100): DecodedBin {
  const { frame } = market;
  market.sendBins(1);
  frame.binSeq = seq;
  frame.binStartNs = startMs * 1e6;
  frame.binEndNs = frame.binStartNs + 1e8;
  const message = readMessage(JSON.stringify(gridUpdate(frame, true)));
  ok(message.type === "grid_update");
  return { update: message.update, values: decoder.decode(encoder.encode(frame)) };
}

function offer(history: BinHistory, seq: number, startMs?: number): string {
  return history.accept(bin(seq, startMs));
}

function kinds(history: BinHistory): number[] {
  const { store } = history;
  return Array.from({ length: store.length }, (_, i) => store.kind[store.slot(store.first + i)]!);
}

Deno.test("BinHistory.accept() stores every cell as it came", () => {
  const history = fresh();
  history.accept(bin(0));
  const { frame } = market;
  for (let row = 0; row < 9; row++) {
    const at = (plane: number) => history.store.cells[history.store.offset(0, plane) + row];
    frame.engine.forEach((column, plane) => strictEqual(at(plane), Math.fround(column[row]!)));
    strictEqual(at(PLANE.SCORE), Math.fround(frame.score[row]!));
    strictEqual(at(PLANE.STATE), frame.state[row]);
    strictEqual(at(PLANE.PROJECTION + 3), Math.fround(frame.projections[3]![row]!));
    strictEqual(history.store.eventIds[row], frame.lastEventId[row]);
  }
});

Deno.test("History.accept() stores spot, bid and ask as absolute ticks", () => {
  const history = fresh();
  history.accept(bin(0));
  const { frame } = market;
  const { spotTick, bidTick, askTick, halfTick } = history.store;
  strictEqual(bidTick[0], frame.bestBidPriceInt / history.config.tickInt);
  strictEqual(askTick[0], frame.bestAskPriceInt / history.config.tickInt);
  strictEqual(spotTick[0], frame.spotRefPriceInt / history.config.tickInt);
  ok(bidTick[0]! < askTick[0]! && halfTick[0] === 1);
});

Deno.test("columnCsv() holds every value of a column, the highest price first", () => {
  const history = fresh();
  history.accept(bin(3));
  const lines = columnCsv(history, 0, MADE).trimEnd().split("\r\n").map((line) => line.split(","));
  strictEqual(lines.length, 10);
  const at = (name: string, row: number) => Number(lines[9 - row]![lines[0]!.indexOf(name)]);
  const { frame } = market;
  for (let row = 0; row < 9; row++) {
    strictEqual(at("k", row), row - 4);
    strictEqual(at("price", row), frame.spotRefPriceInt / 1e9 + (row - 4) * 0.25);
    strictEqual(at("last_event_id", row), frame.lastEventId[row]);
    const [sent, got] = [frame.score[row]!, at("spectrum_score", row)];
    ok(Math.abs(got - sent) <= 1e-6 * Math.abs(sent));
  }
  ok(lines.slice(1).every((line) => line.at(-1) === `"${stampText(MADE)}"`));
  const name = columnCsvName(history, 0, MADE);
  strictEqual(name, "MNQH6-bin3-20260206T143000.300Z-synthetic.csv");
});

Deno.test("BinHistory.accept() puts missing bins between their neighbours as a gap", () => {
  const history = fresh();
  offer(history, 0);
  offer(history, 3);
  deepStrictEqual(kinds(history), [COLUMN.BIN, COLUMN.GAP, COLUMN.GAP, COLUMN.BIN]);
});

Deno.test("BinHistory.accept() sees a hole in time even where the numbers go on", () => {
  const history = fresh();
  offer(history, 0, 0);
  offer(history, 1, 60_000);
  strictEqual(history.store.length, 2 + MAX_GAP_COLUMNS);
  strictEqual(history.store.startNs[history.store.slot(history.store.first + 1)], 1e8);
});

Deno.test("BinHistory.accept() lets the signals warm up anew after a hole of a second", () => {
  const history = fresh();
  for (let seq = 0; seq < 210; seq++) offer(history, seq);
  strictEqual(history.signals.values?.warmup, 1);
  offer(history, 219); // nine bins missing
  strictEqual(history.signals.values?.warmup, 1);
  offer(history, 230); // ten bins missing
  ok(history.signals.values!.warmup < 1);
  strictEqual(history.signals.coldMs.ads, 19_900);
});

Deno.test("BinHistory.accept() ignores bins that a reconnect sends again", () => {
  const history = fresh();
  for (const seq of [0, 1, 2]) offer(history, seq);
  strictEqual(offer(history, 1), "duplicate");
  strictEqual(offer(history, 2), "duplicate");
  strictEqual(offer(history, 3), "added");
  deepStrictEqual(kinds(history), [1, 1, 1, 1]);
});

Deno.test("BinHistory.accept() starts over when time goes back to other bins", () => {
  const history = fresh();
  for (const seq of [10, 11, 12]) offer(history, seq, seq * 100);
  strictEqual(offer(history, 0, 1_150), "restarted");
  deepStrictEqual(kinds(history), [1]);
});

Deno.test("GridDecoder.decode() refuses rows that break the contract", () => {
  market.sendBins(1);
  const rows = encoder.encode(market.frame);
  throws(() => decoder.decode(rows.slice(0, 200)), WireError);
  const short = new GridEncoder(7, [100, 200, 300, 400]);
  const small = new ScriptedMarket({ radius: 3 });
  small.sendBins(1);
  throws(() => decoder.decode(short.encode(small.frame)), WireError);
  market.frame.score[2] = NaN;
  throws(
    () => decoder.decode(encoder.encode(market.frame)),
    (error) => error instanceof WireError && error.field === "spectrum_score",
  );
});

/** Numbers of the bins that are kept, oldest first; -1 for one that is missing. */
function seqs({ store }: BinHistory): number[] {
  return Array.from({ length: store.length }, (_, i) => store.binSeq[store.slot(store.first + i)]!);
}

Deno.test("BinHistory.fill() puts the past before the newest bin, and the signals follow", () => {
  const bins = Array.from({ length: 260 }, (_, seq) => bin(seq));
  const inOrder = fresh();
  for (const one of bins) inOrder.accept(one);
  const history = fresh();
  history.reopen(1_200);
  history.accept(bins[249]!);
  for (let seq = 248; seq >= 100; seq--) history.fill(bins[seq]!);
  for (let seq = 250; seq < 260; seq++) history.accept(bins[seq]!); // these came meanwhile
  for (let seq = 99; seq >= 0; seq--) history.fill(bins[seq]!);
  deepStrictEqual(seqs(history), bins.map((_, seq) => seq));
  history.setParameters(history.parameters);
  for (const name of ["cells", "eventIds", "binSeq", "composite", "warmth"] as const) {
    deepStrictEqual(valuesOf(history, name), valuesOf(inOrder, name), name);
  }
});

/** One array of the store, column by column from the oldest. */
function valuesOf(
  { store }: BinHistory,
  name: "cells" | "eventIds" | "binSeq" | "composite" | "warmth",
) {
  const width = store[name].length / store.capacity;
  return Array.from({ length: store.length }, (_, i) => {
    const slot = store.slot(store.first + i);
    return [...store[name].slice(slot * width, (slot + 1) * width)];
  });
}

Deno.test("BinHistory.fill() fills the hole that a lost connection left, column by column", () => {
  const history = fresh();
  for (const seq of [0, 1, 2]) offer(history, seq);
  history.reopen(1_200);
  offer(history, 600);
  strictEqual(history.store.length, 601);
  for (let seq = 599; seq >= 400; seq--) ok(history.fill(bin(seq)) !== null);
  offer(history, 601);
  for (let seq = 399; seq > 2; seq--) ok(history.fill(bin(seq)) !== null);
  deepStrictEqual(seqs(history), Array.from({ length: 602 }, (_, seq) => seq));
  for (const seq of [2, 1, 300]) strictEqual(history.fill(bin(seq)), null);
});

Deno.test("BinHistory.fill() draws to scale what will come, and the rest of a long hole short", () => {
  const history = fresh();
  for (const seq of [0, 1, 2]) offer(history, seq);
  history.reopen(100);
  offer(history, 5_000);
  strictEqual(history.store.length, 3 + MAX_GAP_COLUMNS + 100 + 1);
  for (let seq = 4_999; seq >= 4_900; seq--) ok(history.fill(bin(seq)) !== null);
  strictEqual(history.fill(bin(4_899)) !== null, true);
  deepStrictEqual(kinds(history).slice(-101), Array(101).fill(COLUMN.BIN));
});

Deno.test("BinHistory.fill() leaves a gap where the past has one, and never pushes out what is new", () => {
  const history = fresh();
  history.reopen(1_200);
  offer(history, 10_000);
  history.fill(bin(9_990));
  deepStrictEqual(seqs(history), [9_990, ...Array(9).fill(-1), 10_000]);
  const one = bin(9_989);
  const before = (bins: number): DecodedBin => {
    const byNs = BigInt(bins) * 100_000_000n;
    const { binStartNs, binEndNs, binSeq } = one.update;
    const times = { binStartNs: binStartNs - byNs, binEndNs: binEndNs - byNs };
    return { ...one, update: { ...one.update, ...times, binSeq: binSeq - bins } };
  };
  for (let bins = 0; history.fill(before(bins)) !== null; bins++);
  strictEqual(history.store.length, history.store.capacity);
  strictEqual(seqs(history).at(-1), 10_000);
});

Deno.test("BinHistory.accept() starts over when a stream that was opened anew is of an earlier time", () => {
  const history = fresh();
  for (const seq of [10, 11, 12]) offer(history, seq);
  strictEqual(offer(history, 5), "duplicate");
  history.reopen(1_200);
  strictEqual(offer(history, 5), "restarted");
  deepStrictEqual(seqs(history), [5]);
});
