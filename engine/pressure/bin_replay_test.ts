import { equal, ok, throws } from "node:assert/strict";
import { ACTION, FLAG, SIDE } from "../dbn/mod.ts";
import {
  BIN,
  BIN_HEADER_COLUMNS,
  COLUMN_TYPES,
  type ColumnArray,
  gridLayout,
  GridView,
} from "../frames/contract.ts";
import { Xoshiro128 } from "../prng/mod.ts";
import { BinReplay } from "./bin_replay.ts";
import { type PressureModel } from "./pressure_engine.ts";
import { QUADRATIC_PROJECTION } from "./projection.ts";
import { StreamPipeline } from "./stream_pipeline.ts";
import { TouchedTicks } from "./touched_ticks.ts";

const BINS = 700;
const CELL_NS = 1e8;
const START_NS = 1e15;

function instrumentOf(pressure_model: PressureModel) {
  return {
    product_type: "future_mbo" as const,
    symbol: "TEST",
    tick_int: 250_000_000,
    n_absolute_ticks: 64,
    grid_radius_ticks: 20,
    cell_width_ms: 100,
    pressure_model,
    spectrum_windows: [2, 5, 9],
    spectrum_rollup_weights: [1, 2, 3],
    spectrum_derivative_weights: [0.55, 0.3, 0.15],
    spectrum_tanh_scale: 3,
    spectrum_threshold_neutral: 0.15,
    zscore_window_bins: 40,
    zscore_min_periods: 10,
    projection_horizons_bins: [1, 2],
    projection_horizons_ms: [100, 200],
  };
}

type Instrument = ReturnType<typeof instrumentOf>;

/** One regime after the other: how far orders lie from a mid that drifts, and how many come a bin. */
const REGIMES = [
  { reach: 3, perBin: 4, drift: 0 },
  { reach: 30, perBin: 12, drift: 0.2 }, // outside of the window, and of the grid
  { reach: 2, perBin: 0.05, drift: 0 },
  { reach: 6, perBin: 6, drift: -0.3 },
] as const;

/** Sends a market through a pipeline: a late second side, regimes, a clear and a snapshot. */
function trade(pipeline: StreamPipeline, tickNano: number): void {
  const random = new Xoshiro128(5);
  let mid = 10_000;
  const send = (
    tsNs: number,
    action: number,
    side: number,
    tick: number,
    flags: number = FLAG.LAST,
  ) => {
    const id = 1 + random.below(90);
    const size = 1 + random.below(9);
    pipeline.onEvent(tsNs, action, side, tick * tickNano, size, id, 0, flags);
  };
  for (let bin = 0; bin < BINS; bin++) {
    const { reach, perBin, drift } = REGIMES[Math.floor(bin / 60) % REGIMES.length]!;
    mid += drift * random.uniform();
    const tsNs = START_NS + bin * CELL_NS;
    if (bin === 300) {
      send(tsNs + 1, ACTION.CLEAR, SIDE.NONE, 0, FLAG.SNAPSHOT);
      // Orders of a snapshot are as old as they are.
      for (let i = 0; i < 12; i++) {
        const [side, step] = i % 2 === 0 ? [SIDE.BID, -1] as const : [SIDE.ASK, 1] as const;
        const tick = Math.round(mid) + step * (1 + (i >> 1));
        send(
          tsNs - 5e9,
          ACTION.ADD,
          side,
          tick,
          i < 11 ? FLAG.SNAPSHOT : FLAG.SNAPSHOT | FLAG.LAST,
        );
      }
    }
    if (bin === 500) send(tsNs + 2, ACTION.CLEAR, SIDE.NONE, 0);
    const count = Math.floor(perBin + random.uniform());
    for (let i = 0; i < count; i++) {
      const buys = bin < 20 || random.uniform() < 0.5;
      const step = 1 + random.below(reach);
      const tick = Math.round(mid) + (buys ? -step : step);
      const u = random.uniform();
      const action = u < 0.5
        ? ACTION.ADD
        : u < 0.7
        ? ACTION.MODIFY
        : u < 0.9
        ? ACTION.CANCEL
        : ACTION.FILL;
      send(tsNs + 10 + i * 1e6, action, buys ? SIDE.BID : SIDE.ASK, tick);
    }
  }
  pipeline.finish();
}

interface Recorded {
  readonly header: readonly ColumnArray[];
  readonly frames: readonly Uint8Array[];
  readonly touched: readonly Touched[];
  readonly spots: ReadonlySet<number>;
}

interface Touched {
  readonly bin: number;
  readonly tick: number;
  readonly values: Float64Array;
  readonly eventId: number;
}

function record(instrument: Instrument): Recorded {
  const header = BIN_HEADER_COLUMNS.map(({ type }) => COLUMN_TYPES[type].array(BINS));
  const view = new GridView(gridLayout(41, instrument.projection_horizons_ms));
  const frames: Uint8Array[] = [];
  const touched: Touched[] = [];
  const spots = new Set<number>();
  const ticks = new TouchedTicks(64, instrument.pressure_model, (tick, values, from, eventId) => {
    touched.push({ bin: frames.length, tick, values: values.slice(from, from + 16), eventId });
  });
  const pipeline: StreamPipeline = new StreamPipeline(instrument, {
    baseNs: 0n,
    emitAfterNs: START_NS,
    warmupStartNs: 0,
    projection: QUADRATIC_PROJECTION,
    onBin: (frame) => {
      const shown = view.of(frame);
      shown.header.forEach((value, i) => {
        (header[i] as Float64Array)[frames.length] = (value as Float64Array)[0]!;
      });
      ticks.close(pipeline.engine, frame.binEndNs);
      spots.add(frame.spotRefPriceInt);
      frames.push(bytesOf(shown.columns));
    },
  });
  trade(pipeline, instrument.tick_int);
  return { header, frames, touched, spots };
}

function bytesOf(columns: readonly ColumnArray[]): Uint8Array {
  const parts = columns.map((column) => {
    const { buffer, byteOffset, byteLength } = column as Float64Array;
    return new Uint8Array(buffer, byteOffset, byteLength);
  });
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** The first bin that does not come out bit by bit; −1 when all do. */
function firstDiffering(instrument: Instrument, recorded: Recorded, touched = recorded.touched) {
  const view = new GridView(gridLayout(41, instrument.projection_horizons_ms));
  const replay = new BinReplay({ instrument, projection: QUADRATIC_PROJECTION, baseNs: 0n });
  let at = 0;
  return recorded.frames.findIndex((bytes, bin) => {
    const frame = replay.begin(recorded.header, bin);
    for (; touched[at]?.bin === bin; at++) {
      const { tick, values, eventId } = touched[at]!;
      replay.put(tick, values, 0, eventId);
    }
    replay.end();
    const own = bytesOf(view.rows(frame).columns);
    return own.length !== bytes.length || own.some((byte, i) => byte !== bytes[i]);
  });
}

for (const model of ["complete", "compat"] as const) {
  Deno.test(`BinReplay restores every bit of every bin, ${model}, through regimes, clears and a snapshot`, () => {
    const instrument = instrumentOf(model);
    const recorded = record(instrument);
    ok(recorded.frames.length >= BINS - 61, `${recorded.frames.length} bins`);
    ok(recorded.spots.size > 8, `${recorded.spots.size} places of the window`);
    equal(recorded.spots.has(0), true, "some bins have no spot");
    equal(firstDiffering(instrument, recorded), -1);
    const share = recorded.touched.length / (recorded.frames.length * 41);
    ok(share < 0.25, `${share}`);
  });

  Deno.test(`TouchedTicks tells no tick of a window that time explains, ${model}`, () => {
    const instrument = instrumentOf(model);
    const recorded = record(instrument);
    const { touched, header, frames } = recorded;
    const distance = ({ bin, tick }: Touched) =>
      Math.abs(Number(header[BIN.SPOT_REF]![bin]) / instrument.tick_int - tick);
    const shown = touched.filter((row) => row.bin < frames.length && distance(row) <= 20);
    ok(shown.length > 500, `${shown.length} rows`);
    for (let i = 0; i < shown.length; i += 97) {
      const without = touched.filter((row) => row !== shown[i]);
      equal(firstDiffering(instrument, recorded, without), shown[i]!.bin);
    }
  });
}

Deno.test("BinReplay.put() refuses a tick that no grid could hold with the others", () => {
  const replay = new BinReplay({
    instrument: instrumentOf("complete"),
    projection: QUADRATIC_PROJECTION,
    baseNs: 0n,
  });
  const header = BIN_HEADER_COLUMNS.map(({ type }) => COLUMN_TYPES[type].array(1));
  replay.begin(header, 0);
  const values = new Float64Array(16);
  replay.put(10_000, values, 0, 1);
  replay.put(10_063, values, 0, 2);
  for (const tick of [10_064, 9_935, NaN, Infinity]) {
    throws(() => replay.put(tick, values, 0, 3), { name: "LayoutError", subject: "tick" });
  }
});
