import { deepEqual, ok } from "node:assert/strict";
import { FlowRows } from "../book/mod.ts";
import { randomStream } from "../testing/random_stream.ts";
import { feed, type VectorEvent } from "../../../jobs/testing/vectors/surface_events.ts";
import { type NaiveWindow, NaiveWindows } from "./_windows_naive.ts";
import { OptionLevelRows, SurfaceWindows } from "./mod.ts";
import { NO_CHAIN } from "../gamma/mod.ts";

const TICK_NANO = 250_000_000;
const BASE_NS = 1_767_709_800_000_000_000n;
const STREAMS = 300;
const EVENTS = 250;

/** Figures without those that are 0, so that counts that nobody touched need no name. */
function filled(figures: Readonly<Record<string, number | boolean>>) {
  return Object.fromEntries(Object.entries(figures).filter(([, value]) => value !== 0));
}

function windowOf(windows: SurfaceWindows, rows: FlowRows): NaiveWindow {
  const { row, counts, trades, anchorBidInt, anchorAskInt } = windows.future;
  rows.take(windows.band, windows.future);
  return {
    figures: filled({
      ...counts,
      trades: trades.count,
      late: windows.late,
      undefined: windows.undefinedInstruments,
      bid: row.bestBidInt,
      bidQty: row.bestBidQty,
      ask: row.bestAskInt,
      askQty: row.bestAskQty,
      spot: row.spotRefInt,
      last: row.lastTradeInt,
      anchorBid: anchorBidInt,
      anchorAsk: anchorAskInt,
      vwap: trades.vwapInt(),
      high: trades.highInt,
      low: trades.lowInt,
      isBookValid: row.isBookValid,
      isWindowValid: row.isWindowValid,
      quality: windows.quality & 15,
    }),
    rows: Array.from({ length: rows.count }, (_, i) => [
      rows.side[i] === 0 ? "B" : "A",
      rows.priceInt[i]!,
      rows.start[i]!,
      rows.end[i]!,
      rows.add[i]!,
      rows.pull[i]!,
      rows.rest[i]!,
      rows.pullRest[i]!,
      rows.fill[i]!,
    ]),
  };
}

function open(onWindow: (window: NaiveWindow) => void): SurfaceWindows {
  const rows = new FlowRows(600);
  return new SurfaceWindows({
    baseNs: BASE_NS,
    future: { instrumentId: 0, tickNano: TICK_NANO },
    options: NO_CHAIN,
    onWindow: (windows) => onWindow(windowOf(windows, rows)),
  });
}

function run(events: readonly VectorEvent[]): NaiveWindow[] {
  const found: NaiveWindow[] = [];
  const windows = open((window) => found.push(window));
  feed(windows, events);
  windows.finish();
  return found;
}

function runNaive(events: readonly VectorEvent[]): NaiveWindow[] {
  const found: NaiveWindow[] = [];
  const naive = new NaiveWindows(TICK_NANO, 600, (window) => {
    found.push({ figures: filled(window.figures), rows: window.rows });
  });
  takeAll(naive, events);
  return found;
}

function takeAll(naive: NaiveWindows, events: readonly VectorEvent[]): void {
  for (const [ts, instrument, action, side, price, size, id, flags] of events) {
    const [code, whose] = [action.charCodeAt(0), side.charCodeAt(0)];
    naive.take(instrument === 0, ts, code, whose, price ?? 0, size, BigInt(id), flags);
  }
  naive.finish();
}

Deno.test("SurfaceWindows equals full rescans on 300 random streams", () => {
  for (let seed = 1; seed <= STREAMS; seed++) {
    const events = randomStream(seed, EVENTS);
    const found = run(events);
    runNaive(events).forEach((window, i) => {
      deepEqual(found[i], window, `stream ${seed}, window ${i}`);
    });
  }
});

Deno.test("SurfaceWindows.restore() goes on as if not interrupted, after any record", () => {
  for (const seed of [3, 4]) {
    const events = randomStream(seed, 160);
    const whole = run(events);
    for (let cut = 0; cut <= events.length; cut++) {
      const found: NaiveWindow[] = [];
      const first = open((window) => found.push(window));
      feed(first, events.slice(0, cut));
      const second = open((window) => found.push(window));
      second.restore(structuredClone(first.save()));
      deepEqual(second.save(), first.save(), `save after ${cut}`);
      feed(second, events.slice(cut));
      second.finish();
      deepEqual(found, whole, `stream ${seed}, cut after ${cut}`);
    }
  }
});

Deno.test("OptionLevelRows equal full rescans, for every option and at every premium", () => {
  const rows = new OptionLevelRows();
  let compared = 0;
  for (let seed = 1; seed <= 40; seed++) {
    const events = randomStream(seed, EVENTS);
    const found: (string | number)[][][] = [];
    const windows = new SurfaceWindows({
      baseNs: BASE_NS,
      future: { instrumentId: 99, tickNano: TICK_NANO },
      options: {
        instrumentId: Float64Array.of(0, 1),
        isCall: Uint8Array.of(1, 0),
        strikeInt: Float64Array.of(6_950e9, 6_950e9),
      },
      onWindow: (closed) => {
        rows.take(closed);
        found.push(Array.from({ length: rows.count }, (_, i) => [
          rows.instrumentId[i]!,
          rows.side[i] === 0 ? "B" : "A",
          rows.priceInt[i]!,
          rows.depth[i]!,
          rows.add[i]!,
          rows.pull[i]!,
          rows.pullRest[i]!,
          rows.fill[i]!,
        ]));
      },
    });
    // Every record twice, for two options: one's rows must not touch the other's.
    const twice = events.flatMap(([ts, instrument, ...rest]) =>
      [0, 1].map((id): VectorEvent => [ts, instrument === 0 ? id : 5, ...rest])
    );
    feed(windows, twice);
    windows.finish();
    let i = 0;
    const naive = new NaiveWindows(50_000_000, Infinity, ({ rows: plain }) => {
      const window = found[i++]!;
      if (plain.length === 0) return;
      compared++;
      const expected = [0, 1].flatMap((id) =>
        plain.map(([side, price, , end, add, pull, , pullRest, fill]) => [
          id,
          side,
          price,
          end,
          add,
          pull,
          pullRest,
          fill,
        ])
      );
      deepEqual(window, expected, `stream ${seed}, window ${i}`);
    });
    takeAll(naive, events);
  }
  ok(compared > 300);
});
