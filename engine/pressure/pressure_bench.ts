import { ACTION, DbnDecoder, FLAG, SIDE } from "../dbn/mod.ts";
import { ENG, ENGINE_COLUMNS } from "../frames/mod.ts";
import { percentile } from "../stats/mod.ts";
import { NaivePressure } from "./_pressure_naive.ts";
import { NaiveSpectrum } from "./_spectrum_naive.ts";
import { KeptGrid } from "./kept_grid.ts";
import { PressureEngine, type PressureModel } from "./pressure_engine.ts";
import { type EventSink, ReplayFilter } from "./replay_filter.ts";
import { newWindowFrame, writeWindow } from "./serve_window.ts";
import { Spectrum } from "./spectrum.ts";
import { BENCH_PARAMS } from "./spectrum_bench.ts";
import { STRIDE, type TickState } from "./tick_state.ts";

/** Events per second of the engine and of the obvious one on the same records. */
export interface ThroughputBench {
  readonly events: number;
  readonly eventsPerSecond: number;
  /** Events of the obvious engine, a prefix of the same file. */
  readonly naiveEvents: number;
  readonly naiveEventsPerSecond: number;
}

/** ms per call of the fast and of the obvious way. */
export interface TimesBench {
  readonly fast: { readonly p50: number; readonly p99: number };
  readonly naive: { readonly p50: number; readonly p99: number };
}

/** µs per copy of the full grid's 18 columns: the least of many runs, as nothing else makes it shorter. */
export interface CopyBench {
  /** Of the active ticks into a copy that is kept from bin to bin. */
  readonly kept: number;
  /** Of everything. */
  readonly whole: number;
  /** Of everything, column by column and tick by tick. */
  readonly naive: number;
}

const TICKS = 8_192;
const TICK_NANO = 10_000_000;
/** Most events that the obvious engine is timed with. */
const NAIVE_EVENTS = 3_000;

/**
 * Times decoding, filter, book and ticks over a market-by-order file, repeated to at least `events`
 * records; every pass starts with a clear and later than the one before ended.
 *
 * @param now A clock in ms.
 * @param bytes A DBN file of one instrument, 8,192 ticks of 0.01 around its prices.
 */
export function benchThroughput(
  now: () => number,
  bytes: Uint8Array,
  baseNs: bigint,
  model: PressureModel,
  events = 2_000_000,
): ThroughputBench {
  const engine = newEngine(model);
  let shiftNs = 0;
  let lastNs = 0;
  const filter = newFilter(baseNs);
  const sink: EventSink = {
    onEvent: (tsNs, action, side, priceNano, size, idLow, idHigh, flags) => {
      lastNs = tsNs + shiftNs;
      engine.update(lastNs, action, side, priceNano, size, idLow, idHigh, flags);
    },
  };
  const pass = (): void => {
    const decoder = new DbnDecoder();
    const blocks = {
      onMbo: (block: Parameters<ReplayFilter["run"]>[0]) => filter.run(block, sink),
    };
    decoder.push(bytes, blocks);
    decoder.finish(blocks);
    engine.update(lastNs, ACTION.CLEAR, SIDE.NONE, 0, 0, 0, 0, FLAG.LAST);
    shiftNs = lastNs;
  };
  pass(); // warm
  shiftNs = lastNs;
  const before = engine.eventCount;
  const begin = now();
  while (engine.eventCount - before < events) pass();
  const seconds = (now() - begin) / 1_000;
  const done = engine.eventCount - before;
  const naive = benchNaiveEvents(now, bytes, baseNs, model);
  return { events: done, eventsPerSecond: done / seconds, ...naive };
}

function benchNaiveEvents(
  now: () => number,
  bytes: Uint8Array,
  baseNs: bigint,
  model: PressureModel,
): { naiveEvents: number; naiveEventsPerSecond: number } {
  const naive = new NaivePressure({
    ticks: TICKS,
    tickNano: TICK_NANO,
    complete: model === "complete",
  });
  const sink: EventSink = {
    onEvent: (tsNs, action, side, priceNano, size, idLow, idHigh, flags) => {
      if (naive.eventCount >= NAIVE_EVENTS) return;
      const id = (BigInt(idHigh) << 32n) | BigInt(idLow);
      naive.update(tsNs, action, side, priceNano, size, id, flags);
    },
  };
  const filter = newFilter(baseNs);
  const begin = now();
  const head = 8 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(4, true);
  const prefix = bytes.subarray(0, head + 56 * NAIVE_EVENTS);
  new DbnDecoder().push(prefix, { onMbo: (block) => filter.run(block, sink) });
  const seconds = (now() - begin) / 1_000;
  return {
    naiveEvents: naive.eventCount,
    naiveEventsPerSecond: naive.eventCount / seconds,
  };
}

/**
 * Times letting one bin pass over a full grid of which every tick is active, forces included.
 *
 * @param now A clock in ms.
 */
export function benchAdvance(
  now: () => number,
  model: PressureModel,
  activeTicks = TICKS,
  bins = 300,
): TimesBench {
  const engine = activeEngine(model, activeTicks);
  const naive = activeNaive(model, activeTicks);
  if (engine.state.activeCount !== activeTicks) {
    throw new RangeError(
      `Cannot time ${activeTicks} ticks: ${engine.state.activeCount} are active`,
    );
  }
  const fast = times(now, bins, (bin) => engine.advance(startNs(bin + 1)), (bin) => {
    // Keep the ticks from decaying into nothing.
    if (bin % 50 === 0) touchAll(engine, activeTicks, startNs(bin));
  });
  const slow = times(now, 20, (bin) => naive.advance(startNs(bin + 1)));
  return { fast, naive: slow };
}

/**
 * Times a whole bin over the full grid, scores included, after the score windows have filled; the
 * obvious way gets only the active ticks.
 *
 * @param now A clock in ms.
 */
export function benchFullBin(
  now: () => number,
  model: PressureModel,
  activeTicks = 200,
  bins = 1_000,
): TimesBench {
  const engine = activeEngine(model, activeTicks);
  const spectrum = new Spectrum({ ...BENCH_PARAMS, nTicks: TICKS });
  const { state } = engine;
  const close = (bin: number): void => {
    touchAll(engine, 20, startNs(bin) + 1e6);
    engine.advance(startNs(bin + 1));
    const { pressure, vacuum, active, activeCount } = state;
    spectrum.update(startNs(bin + 1), pressure, vacuum, active, activeCount);
  };
  const warm = BENCH_PARAMS.zscoreWindowBins;
  for (let bin = 0; bin < warm; bin++) close(bin);
  const fast = times(now, bins, (bin) => close(warm + bin));
  const naive = activeNaive(model, activeTicks);
  const score = new NaiveSpectrum({ ...BENCH_PARAMS, nTicks: activeTicks });
  const pressure = new Float64Array(activeTicks);
  const vacuum = new Float64Array(activeTicks);
  const closeNaive = (bin: number): void => {
    naive.advance(startNs(bin + 1));
    let n = 0;
    for (const { v, a } of naive.ticks.values()) {
      pressure[n] = v[0]! + 0.5 * Math.max(v[3]!, 0) + 0.3 * Math.max(a[0]!, 0);
      vacuum[n++] = v[1]! + 1.5 * v[2]! + 0.5 * Math.max(-v[3]!, 0) + 0.3 * Math.max(a[1]!, 0);
    }
    score.update(startNs(bin + 1), pressure, vacuum);
  };
  for (let bin = 0; bin < warm; bin++) closeNaive(bin);
  return { fast, naive: times(now, 20, (bin) => closeNaive(warm + bin)) };
}

/**
 * Times cutting the window of 101 ticks around spot into reused columns, against an object per row.
 *
 * @param now A clock in ms.
 */
export function benchServeWindow(now: () => number, bins = 2_000): TimesBench {
  const engine = activeEngine("complete", 200);
  const spectrum = new Spectrum({ ...BENCH_PARAMS, nTicks: TICKS });
  const frame = newWindowFrame(0n, 50, BENCH_PARAMS.horizonsMs.length);
  const fast = times(now, bins, () => writeWindow(engine, spectrum, frame));
  const column = new Float64Array(TICKS);
  let kept = 0;
  const naive = times(now, 100, () => {
    const rows = Array.from({ length: 101 }, (_, r) => ({ k: r - 50 } as Record<string, number>));
    const centre = engine.book.grid.indexOf(engine.spotNano);
    ENGINE_COLUMNS.forEach(({ name }, c) => {
      engine.state.column(c, column);
      rows.forEach((row, r) => row[name] = column[centre - 50 + r] ?? 0);
    });
    kept += rows.length;
  });
  if (kept === 0) throw new Error("unreachable");
  return { fast, naive };
}

/**
 * Times copying the full grid's columns out of the engine, all three ways in turns.
 *
 * @param now A clock in ms.
 */
export function benchGridCopy(now: () => number, activeTicks = 200, rounds = 60): CopyBench {
  const { state } = activeEngine("complete", activeTicks);
  const kept = new KeptGrid(TICKS);
  kept.update(state);
  const out = Array.from(ENGINE_COLUMNS, () => new Float64Array(TICKS));
  const ways = {
    kept: () => kept.update(state),
    whole: () => state.copyColumns(out),
    naive: () => copyByTick(state, out),
  };
  const copies = 50;
  const least = { kept: Infinity, whole: Infinity, naive: Infinity };
  for (let round = 0; round < rounds; round++) {
    for (const way of ["kept", "whole", "naive"] as const) {
      const run = ways[way];
      const begin = now();
      for (let i = 0; i < copies; i++) run();
      least[way] = Math.min(least[way], (now() - begin) / copies * 1_000);
    }
  }
  return least;
}

function copyByTick(state: TickState, out: readonly Float64Array[]): void {
  for (let column = 0; column < STRIDE; column++) {
    const into = out[column]!;
    for (let i = 0; i < TICKS; i++) into[i] = state.values[i * STRIDE + column]!;
  }
  out[ENG.PRESSURE]!.set(state.pressure);
  out[ENG.VACUUM]!.set(state.vacuum);
}

function startNs(bin: number): number {
  return 1e15 + bin * 1e8;
}

function times(
  now: () => number,
  count: number,
  run: (i: number) => void,
  prepare: (i: number) => void = () => {},
): { p50: number; p99: number } {
  const out = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    prepare(i);
    const begin = now();
    run(i);
    out[i] = now() - begin;
  }
  return { p50: percentile(out, 50), p99: percentile(out, 99) };
}

function newFilter(baseNs: bigint): ReplayFilter {
  return new ReplayFilter({
    baseNs,
    symbolOf: () => null,
    symbol: "",
    future: true,
    fromNs: -Infinity,
    toNs: Infinity,
    skipToNs: 0,
    resetSnapshotClock: true,
    onWarning: () => {},
  });
}

function newEngine(model: PressureModel): PressureEngine {
  return new PressureEngine({
    ticks: TICKS,
    tickNano: TICK_NANO,
    model,
    autoAnchor: true,
    strict: false,
  });
}

/** Price of the tick `i` steps from the middle of the grid, up and down in turn. */
function priceOf(i: number): number {
  const step = (i >> 1) + 1;
  return (10_000 + (i % 2 === 0 ? -step : step - 1)) * TICK_NANO;
}

function touchAll(engine: PressureEngine, ticks: number, tsNs: number): void {
  for (let i = 0; i < ticks; i++) {
    const side = i % 2 === 0 ? SIDE.BID : SIDE.ASK;
    const size = 5 + ((engine.eventCount + i) % 7);
    engine.update(tsNs, ACTION.MODIFY, side, priceOf(i), size, i + 1, 0, FLAG.LAST);
  }
}

function activeEngine(model: PressureModel, ticks: number): PressureEngine {
  const engine = newEngine(model);
  for (let pass = 0; pass < 3; pass++) touchAll(engine, ticks, startNs(0) - 3e8 + pass * 1e8);
  engine.advance(startNs(0));
  return engine;
}

function activeNaive(model: PressureModel, ticks: number): NaivePressure {
  const naive = new NaivePressure({
    ticks: TICKS,
    tickNano: TICK_NANO,
    complete: model === "complete",
  });
  const fast = activeEngine(model, ticks);
  naive.adopt(fast.state);
  return naive;
}
