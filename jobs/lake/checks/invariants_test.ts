import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { type ColumnArray, type Frame, placeOf } from "../../../engine/frames/contract.ts";
import { type TableLayout, TABLES } from "../../../engine/frames/surfaces/mod.ts";
import { SurfaceBatches, SurfacePass } from "../../../engine/surfaces/pass/mod.ts";
import { SYNTH_FUTURE } from "../../../engine/tape/futures/mod.ts";
import { SessionTape } from "../../../engine/tape/session/mod.ts";
import { chainOf } from "../../feeds/synthetic_chain.ts";
import { INVARIANTS } from "./check_session.ts";
import { Minute, Rows } from "./minute.ts";

/** 2026-01-06 09:30 in New York, and the close. */
const START_NS = 1_767_709_800_000_000_000n;
const CLOSE_NS = 1_767_733_200_000_000_000n;
const SECONDS = 20;
const CONTEXT = { tickInt: 250_000_000, isGenerated: true };

type Tables = ReadonlyMap<string, Frame>;

/** All tables of the windows of a generated market, but the first two. */
function makeTables(): Tables {
  const tape = new SessionTape({
    seed: 5,
    preset: "event_day",
    startNs: START_NS,
    expirationNs: CLOSE_NS,
  });
  const out = tape.writer();
  tape.generate(0, out); // lists the options
  let batches: SurfaceBatches | null = null;
  const pass = new SurfacePass({
    baseNs: START_NS,
    future: { instrumentId: SYNTH_FUTURE.instrumentId, tickNano: CONTEXT.tickInt },
    chain: chainOf(tape.listing),
    isGenerated: true,
    onWindow: (closed) => {
      batches ??= SurfaceBatches.ofTables(closed);
      if (closed.windows.endNs > 2e9) batches.take(closed);
    },
  });
  tape.generate(SECONDS * 1e9, out);
  pass.take(out.block());
  pass.closeUntil(SECONDS * 1e9);
  return new Map([...batches!.batches].map(([name, batch]) => [name, batch.frame()]));
}

const CLEAN = makeTables();

/** Numbers of the laws that tables break. */
function brokenLaws(tables: Tables): number[] {
  const minute = new Minute(
    new Map([...tables].map(([name, frame]) => {
      const table = Object.values(TABLES).find((each) => each.name === name)!;
      return [name, new Rows(table, frame)];
    })),
  );
  return INVARIANTS.filter(({ start }) => {
    let told = 0;
    start(CONTEXT)(minute, (rows, row, what) => {
      told++;
      ok(rows.key(row) !== "" && what !== "");
    });
    return told > 0;
  }).map(({ number }) => number);
}

/** The tables with one value of one row changed. */
function planted(
  table: TableLayout,
  name: string,
  change: (value: number) => number,
  pick: (frame: Frame, row: number) => boolean = (frame, row) =>
    row === Math.floor((frame.columns[0]?.length ?? 0) / 2),
): Tables {
  const frame = CLEAN.get(table.name)!;
  const place = placeOf(table.columns, name);
  const columns = frame.columns.map((array, i) =>
    i === place ? (array as Float64Array).slice() : array
  );
  const array = columns[place] as Float64Array;
  const row = array.findIndex((_, i) => pick(frame, i));
  ok(row >= 0, "a row to change");
  array[row] = change(array[row]!);
  return new Map([...CLEAN, [table.name, { ...frame, columns }]]);
}

/** The tables with one row of one of them left out. */
function without(table: TableLayout, row: number): Tables {
  const frame = CLEAN.get(table.name)!;
  const columns = frame.columns.map((array): ColumnArray => {
    if (Array.isArray(array)) return array.toSpliced(row, 1);
    const left = array.slice(0, array.length - 1);
    left.set(array.subarray(0, row) as never);
    left.set(array.subarray(row + 1) as never, row);
    return left;
  });
  const valid = frame.valid.map((flags) => flags?.slice(1) ?? null);
  return new Map([...CLEAN, [table.name, { ...frame, columns, valid }]]);
}

/** Rows at which a column is not 0. */
function where(table: TableLayout, name: string) {
  const place = placeOf(table.columns, name);
  return (frame: Frame, row: number) => row > 100 && frame.columns[place]?.[row] !== 0;
}

const T = TABLES;

/** A violation for every law. */
const PLANTED: readonly (readonly [law: number, what: string, tables: () => Tables])[] = [
  [1, "a window is left out", () => without(T.PHYSICS_BANDS, 7)],
  [2, "a snapshot is left out", () => without(T.FUTURE_SNAPSHOT, 7)],
  [3, "a valid book has no spot", () => planted(T.FUTURE_SNAPSHOT, "spot_ref_price_int", () => 0)],
  [
    4,
    "the book is crossed",
    () => planted(T.FUTURE_SNAPSHOT, "best_bid_price_int", (v) => v + 1e9),
  ],
  [5, "a mid is half a tick off", () => planted(T.FUTURE_SNAPSHOT, "mid_price", (v) => v + 0.125)],
  [6, "depth comes from nowhere", () => planted(T.WALL_SURFACE, "depth_qty_end", (v) => v + 1)],
  [
    6,
    "depth and what was added are both one more",
    () => {
      const tables = planted(T.FUTURE_DEPTH_FLOW, "depth_qty_start", (v) => v + 1);
      const both = planted(T.FUTURE_DEPTH_FLOW, "depth_qty_end", (v) => v + 1);
      const place = placeOf(T.FUTURE_DEPTH_FLOW.columns, "depth_qty_end");
      const [one, two] = [tables, both].map((each) => each.get(T.FUTURE_DEPTH_FLOW.name)!);
      const columns = one!.columns.map((array, i) => i === place ? two!.columns[i]! : array);
      return new Map([...CLEAN, [T.FUTURE_DEPTH_FLOW.name, { ...one!, columns }]]);
    },
  ],
  [7, "a quantity is no whole one", () => planted(T.OPTION_WALL, "depth_total", (v) => v + 0.5)],
  [
    7,
    "more rests than is there",
    () => planted(T.WALL_SURFACE, "depth_qty_rest", (v) => v + 1e6),
  ],
  [9, "a price is a tick off", () => planted(T.VACUUM_SURFACE, "rel_ticks", (v) => v + 1)],
  [9, "a strike is not where it is", () => planted(T.GEX_FLOW, "strike_price_int", (v) => v + 1)],
  [
    10,
    "a fill more than trades",
    () => planted(T.WALL_SURFACE, "fill_qty", (v) => v + 1, where(T.WALL_SURFACE, "fill_qty")),
  ],
  [11, "a strike is left out", () => without(T.GEX_SURFACE, 60)],
  [
    12,
    "a row has another spot",
    () => planted(T.FUTURE_VELOCITY, "spot_ref_price_int", (v) => v + 1),
  ],
  [
    12,
    "a strike row has another middle",
    () => planted(T.OPTION_SNAPSHOT, "spot_ref_price_int", (v) => v + 5e9),
  ],
  [13, "a score is above 1", () => planted(T.BUCKET_RADAR, "mobility", () => 1.001)],
  [14, "the sum of both is another", () => planted(T.GEX_SURFACE, "gex_abs", (v) => v * 1.001 + 1)],
  [15, "a difference is another", () => planted(T.GEX_SURFACE, "d1_gex", (v) => v + 1)],
  [16, "a value is no number", () => planted(T.SMILE, "iv", () => NaN)],
  [
    17,
    "a velocity is another",
    () => planted(T.FUTURE_VELOCITY, "liquidity_velocity", (v) => v + 1e-6),
  ],
  [
    18,
    "a net velocity is another",
    () => planted(T.NET_VELOCITY, "liquidity_velocity", (v) => v + 1e-3),
  ],
];

Deno.test("no law is broken by the tables of a generated market", () => {
  for (const { name } of Object.values(TABLES)) {
    const table = CLEAN.get(name);
    if (table !== undefined) ok((table.columns[0]?.length ?? 0) > 0, name);
  }
  deepStrictEqual(brokenLaws(CLEAN), []);
});

for (const [law, what, tables] of PLANTED) {
  Deno.test(`law ${law} finds that ${what}`, () => {
    ok(brokenLaws(tables()).includes(law), `${brokenLaws(tables())}`);
  });
}

Deno.test("every law is tried", () => {
  deepStrictEqual(
    INVARIANTS.map(({ number }) => number),
    [...new Set(PLANTED.map(([law]) => law))],
  );
  strictEqual(new Set(INVARIANTS.map(({ title }) => title)).size, INVARIANTS.length);
});
