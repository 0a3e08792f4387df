import { deepEqual, equal } from "node:assert/strict";
import { FlowRows, strikeRefOf } from "../book/mod.ts";
import { Differences } from "../differences.ts";
import {
  type Cell,
  checkRows,
  feed,
  NO_OPTIONS,
  readVectors,
  type VectorEvent,
} from "../testing/vectors.ts";
import { StrikeRows, SurfaceWindows } from "./mod.ts";

type Row = readonly Cell[];

interface BookStream {
  readonly name: string;
  readonly base_ns: string;
  readonly events: readonly VectorEvent[];
  readonly windows: readonly {
    readonly end_offset_ns: number;
    readonly strike_ref_price_int: number;
    readonly window_valid: boolean;
    readonly snapshot: Row;
    readonly stats: Readonly<Record<string, number>>;
    readonly depth_and_flow: readonly Row[];
    readonly wall: readonly Row[];
  }[];
}

interface Session {
  readonly name: string;
  readonly base_ns: string;
  readonly events: readonly VectorEvent[];
  readonly definitions: readonly [id: number, right: string, strike: number][];
  readonly windows: readonly {
    readonly end_offset_ns: number;
    readonly spot_ref_price_int: number;
    readonly strike_ref_price_int: number;
    readonly undefined_instrument_count: number;
    readonly option_book: readonly Row[];
    readonly velocity: readonly Row[];
    readonly net_velocity: readonly Row[];
    readonly gex_flow: readonly Row[];
  }[];
}

const FUTURE = { instrumentId: 0, tickNano: 250_000_000 };

function snapshotOf({ row }: SurfaceWindows["future"]): Row {
  return [
    row.bestBidInt,
    row.bestBidQty,
    row.bestAskInt,
    row.bestAskQty,
    row.midPrice,
    row.midInt,
    row.lastTradeInt,
    row.spotRefInt,
    row.isBookValid,
  ];
}

function statsOf(windows: SurfaceWindows): Record<string, number> {
  const { counts, trades, row } = windows.future;
  return {
    event_count: counts.events,
    add_count: counts.adds,
    cancel_count: counts.cancels,
    modify_count: counts.modifies,
    trade_count: trades.count,
    trade_qty_buy: trades.qtyBuy,
    trade_qty_sell: trades.qtySell,
    vwap_price_int: trades.vwapInt(),
    high_price_int: trades.highInt,
    low_price_int: trades.lowInt,
    microprice: row.microprice,
    late_event_count: windows.late,
    ghost_count: counts.ghosts,
    unmatched_fill_count: counts.unmatchedFills,
    bad_book_count: counts.badBook,
    rejected_count: counts.rejected,
    undefined_instrument_count: windows.undefinedInstruments,
    quality: windows.quality & 15,
  };
}

function flowOf(rows: FlowRows): Row[] {
  return Array.from({ length: rows.count }, (_, i) => [
    rows.side[i] === 0 ? "B" : "A",
    rows.priceInt[i]!,
    rows.relTicks[i]!,
    rows.relTicksSide[i]!,
    rows.start[i]!,
    rows.end[i]!,
    rows.add[i]!,
    rows.pull[i]!,
    rows.rest[i]!,
    rows.pullRest[i]!,
    rows.fill[i]!,
    rows.velocity[i]!,
  ]);
}

/** Rows of the whole band with their differences. */
class Wall {
  readonly rows = new FlowRows(600);
  readonly #differences = [new Differences(1_201), new Differences(1_201)];

  take({ band, future }: SurfaceWindows): Row[] {
    this.#differences[0]!.take(band.spotTick, band.bids.end);
    this.#differences[1]!.take(band.spotTick, band.asks.end);
    this.rows.take(band, future);
    return flowOf(this.rows).map((row, i) => {
      const { d1, d2, d3 } = this.#differences[this.rows.side[i]!]!;
      const slot = this.rows.relTicks[i]! + 600;
      return [...row.slice(0, 3), ...row.slice(4, 11), d1[slot]!, d2[slot]!, d3[slot]!];
    });
  }
}

function checkStream({ name, base_ns, events, windows: expected }: BookStream): void {
  const rows = new FlowRows(200);
  const wall = new Wall();
  let count = 0;
  const windows = new SurfaceWindows({
    baseNs: BigInt(base_ns),
    future: FUTURE,
    options: NO_OPTIONS,
    onWindow: (closed) => {
      const where = `${name}, window ${count}`;
      const window = expected[count++]!;
      equal(closed.endNs, window.end_offset_ns, where);
      checkRows([snapshotOf(closed.future)], [window.snapshot], `${where}, snapshot`);
      const stats = statsOf(closed);
      deepEqual(Object.keys(stats), Object.keys(window.stats));
      checkRows([Object.values(stats)], [Object.values(window.stats)], `${where}, stats`);
      rows.take(closed.band, closed.future);
      checkRows(flowOf(rows), window.depth_and_flow, `${where}, flow`);
      checkRows(wall.take(closed), window.wall, `${where}, wall`);
      equal(closed.future.row.isWindowValid, window.window_valid, `${where}, valid`);
      equal(closed.future.row.strikeRefInt, window.strike_ref_price_int, where);
    },
  });
  feed(windows, events);
  windows.finish();
  equal(count, expected.length, name);
}

for (const file of ["book-cases.json", "book-random.json.gz"]) {
  for (const stream of readVectors<{ streams: BookStream[] }>(file).streams) {
    Deno.test(`SurfaceWindows gives the golden rows of ${stream.name}`, () => checkStream(stream));
  }
}

Deno.test("strikeRefOf() gives the golden anchors", () => {
  const { rows } = readVectors<{ rows: readonly number[][] }>("anchors.json");
  for (const [spot = 0, strike, rel = 0, relAtStrike] of rows) {
    equal(strikeRefOf(spot), strike);
    equal(rel + (spot - strikeRefOf(spot)) / FUTURE.tickNano, relAtStrike);
  }
});

function velocityOf(rows: StrikeRows): Row[] {
  return Array.from({ length: rows.count }, (_, i): Row => [
    rows.strikeInt[i]!,
    rows.isCall[i] === 1 ? "C" : "P",
    rows.side[i] === 0 ? "B" : "A",
    rows.relTicks[i]!,
    rows.start[i]!,
    rows.end[i]!,
    rows.add[i]!,
    rows.pull[i]!,
    rows.pullRest[i]!,
    rows.fill[i]!,
    rows.addIntensity[i]!,
    rows.pullIntensity[i]!,
    rows.fillIntensity[i]!,
    rows.velocity[i]!,
  ]).filter((row) => row.slice(4).some((value) => value !== 0));
}

function quotesOf({ options, quotes }: SurfaceWindows): Row[] {
  return Array.from(options.instrumentId, (id, i): Row => [
    id,
    quotes.bidInt[i]!,
    quotes.askInt[i]!,
    (quotes.bidInt[i]! + quotes.askInt[i]!) / 2,
    quotes.isValid[i] === 1,
  ]).filter((row) => row[1] !== 0);
}

/** Strike, distance, added, withdrawn, executed, withdrawn rested, resting: sums over rights and sides. */
function flowPerStrike({ strikeFlow: flow }: SurfaceWindows): Row[] {
  if (flow.strikeRefInt === 0) return [];
  const sum = (column: Float64Array, strike: number) =>
    column.subarray(4 * strike, 4 * strike + 4).reduce((a, b) => a + b);
  return Array.from({ length: 2 * flow.half + 1 }, (_, strike) => [
    flow.strikeRefInt + (strike - flow.half) * 5e9,
    (strike - flow.half) * 20,
    sum(flow.add, strike),
    sum(flow.pull, strike),
    sum(flow.fill, strike),
    sum(flow.pullRest, strike),
    sum(flow.end, strike),
  ]);
}

function checkSession(session: Session): void {
  const { name, base_ns, events, definitions, windows: expected } = session;
  const rows = new StrikeRows(10);
  let count = 0;
  const windows = new SurfaceWindows({
    baseNs: BigInt(base_ns),
    future: FUTURE,
    options: {
      instrumentId: Float64Array.from(definitions, ([id]) => id),
      isCall: Uint8Array.from(definitions, ([, right]) => Number(right === "C")),
      strikeInt: Float64Array.from(definitions, ([, , strike]) => strike),
    },
    onWindow: (closed) => {
      const where = `${name}, window ${count}`;
      const window = expected[count++]!;
      const { row } = closed.future;
      equal(closed.endNs, window.end_offset_ns, where);
      equal(row.spotRefInt, window.spot_ref_price_int, where);
      equal(row.strikeRefInt, window.strike_ref_price_int, where);
      equal(closed.undefinedInstruments, window.undefined_instrument_count, where);
      checkRows(quotesOf(closed), window.option_book, `${where}, quotes`);
      rows.take(closed.strikeFlow);
      equal(rows.count, row.spotRefInt > 0 ? 84 : 0);
      checkRows(velocityOf(rows), window.velocity, `${where}, velocity`);
      const net = Array.from(
        { length: rows.netCount },
        (_, i) => [rows.netRelTicks[i]!, rows.netVelocity[i]!],
      );
      checkRows(net, window.net_velocity, `${where}, net velocity`);
      const flow = window.gex_flow.map((cells) => [...cells.slice(0, 5), cells[9]!, cells[10]!]);
      checkRows(flowPerStrike(closed), flow, `${where}, flow per strike`);
    },
  });
  feed(windows, events);
  windows.finish();
  equal(count, expected.length, name);
}

for (const session of readVectors<{ sessions: Session[] }>("options-sessions.json.gz").sessions) {
  Deno.test(`SurfaceWindows gives the golden quotes and strikes of ${session.name}`, () =>
    checkSession(session));
}
