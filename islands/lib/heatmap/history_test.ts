import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { GridEncoder, gridUpdate } from "../../../engine/frames/mod.ts";
import { ScriptedMarket } from "../../../jobs/testing/scripted_market.ts";
import { columnCsv, columnCsvName } from "./column_csv.ts";
import { COLUMN } from "./column_store.ts";
import { BinHistory, MAX_GAP_COLUMNS } from "./history.ts";
import { PLANE } from "./planes.ts";
import { type BinHeader, readMessage, WireError } from "./wire.ts";

const market = new ScriptedMarket({ radius: 4 });
const encoder = new GridEncoder(9, [100, 200, 300, 400]);

function fresh(): BinHistory {
  const message = readMessage(JSON.stringify(market.config()));
  ok(message.type === "runtime_config");
  return new BinHistory(message.config);
}

function bin(seq: number, startMs = seq * 100): { update: BinHeader; rows: Uint8Array } {
  const { frame } = market;
  market.sendBins(1);
  frame.binSeq = seq;
  frame.binStartNs = startMs * 1e6;
  frame.binEndNs = frame.binStartNs + 1e8;
  const message = readMessage(JSON.stringify(gridUpdate(frame, true)));
  ok(message.type === "grid_update");
  return { update: message.update, rows: encoder.encode(frame) };
}

function offer(history: BinHistory, seq: number, startMs?: number): string {
  const { update, rows } = bin(seq, startMs);
  return history.accept(update, rows);
}

function kinds(history: BinHistory): number[] {
  const { store } = history;
  return Array.from({ length: store.length }, (_, i) => store.kind[store.slot(store.first + i)]!);
}

Deno.test("BinHistory.accept() stores every cell as it came", () => {
  const history = fresh();
  const { update, rows } = bin(0);
  history.accept(update, rows);
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
  const { update, rows } = bin(0);
  history.accept(update, rows);
  const { frame } = market;
  const { spotTick, bidTick, askTick, halfTick } = history.store;
  strictEqual(bidTick[0], frame.bestBidPriceInt / history.config.tickInt);
  strictEqual(askTick[0], frame.bestAskPriceInt / history.config.tickInt);
  strictEqual(spotTick[0], frame.spotRefPriceInt / history.config.tickInt);
  ok(bidTick[0]! < askTick[0]! && halfTick[0] === 1);
});

Deno.test("columnCsv() holds every value of a column, the highest price first", () => {
  const history = fresh();
  const { update, rows } = bin(3);
  history.accept(update, rows);
  const lines = columnCsv(history, 0).trimEnd().split("\r\n").map((line) => line.split(","));
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
  strictEqual(columnCsvName(history, 0), "MNQH6-bin3-20260206T143000.300Z.csv");
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
  strictEqual(history.store.startNs[history.store.slot(1)], 1e8);
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

Deno.test("BinHistory.accept() stores nothing of a bin whose rows break the contract", () => {
  const history = fresh();
  offer(history, 0);
  const broken = bin(1);
  throws(() => history.accept(broken.update, broken.rows.slice(0, 200)), WireError);
  const short = new GridEncoder(7, [100, 200, 300, 400]);
  const small = new ScriptedMarket({ radius: 3 });
  small.sendBins(1);
  throws(() => history.accept(broken.update, short.encode(small.frame)), WireError);
  market.frame.score[2] = NaN;
  throws(
    () => history.accept(broken.update, encoder.encode(market.frame)),
    (error) => error instanceof WireError && error.field === "spectrum_score",
  );
  strictEqual(history.store.length, 1);
});
