import { readFileSync } from "node:fs";
import { ok, strictEqual } from "node:assert/strict";
import { DbnDecoder } from "../dbn/mod.ts";
import { sampleTest } from "../../jobs/testing/samples.ts";
import { ENGINE_COLUMNS, type GridFrame } from "../frames/mod.ts";
import {
  checkColumn,
  checkWindow,
  feedEvent,
  type GoldenEvent,
  type GoldenRun,
  instrumentOf,
  projectionBound,
  projectionOf,
  readGolden,
  ScoreCheck,
  timesOf,
} from "./testing/golden.ts";
import { CorePipeline } from "./core_pipeline.ts";
import type { PressureEngine } from "./pressure_engine.ts";
import type { EventSink } from "./replay_filter.ts";
import type { Spectrum } from "./spectrum.ts";
import { StreamPipeline } from "./stream_pipeline.ts";

type Sums = readonly number[];
interface LargeRun extends GoldenRun {
  readonly mode: "stream" | "core";
  readonly event_range?: readonly [number, number];
  readonly record_range?: readonly [number, number];
  readonly first_bin_start_ns: string;
  readonly last_bin_end_ns: string;
  readonly n_bins: number;
  readonly sampled_every?: number;
  readonly header: Readonly<Record<string, readonly (number | boolean)[]>>;
  readonly aggregate: {
    readonly rows: readonly (readonly [number, Readonly<Record<string, Sums>>])[];
  };
  readonly window?: {
    readonly columns: readonly string[];
    readonly rows: readonly (readonly [number, readonly (readonly number[])[]])[];
  };
  readonly probe: {
    readonly prices: readonly number[];
    readonly columns: readonly string[];
    readonly rows: readonly (readonly [number, readonly (readonly number[] | null)[]])[];
  };
  readonly final: {
    readonly columns: readonly string[];
    readonly ticks: Readonly<Record<string, readonly number[]>>;
  };
}

/** Checks every published figure of a run, bin by bin, straight from the engine. */
class RunCheck {
  readonly #run: LargeRun;
  readonly #scores: ScoreCheck;
  readonly #rowOf: ReadonlyMap<number, number>;
  readonly #aggregates: ReadonlyMap<number, Readonly<Record<string, Sums>>>;
  readonly #probes: ReadonlyMap<number, readonly (readonly number[] | null)[]>;
  readonly #windows: ReadonlyMap<number, readonly (readonly number[])[]>;
  readonly #scratch: Float64Array;
  bins = 0;

  constructor(run: LargeRun) {
    this.#run = run;
    this.#scores = new ScoreCheck(run);
    this.#rowOf = new Map(run.header["bin_seq"]?.map((seq, row) => [Number(seq), row]));
    this.#aggregates = new Map(run.aggregate.rows);
    this.#probes = new Map(run.probe.rows);
    this.#windows = new Map(run.window?.rows);
    this.#scratch = new Float64Array(run.config.n_absolute_ticks);
  }

  onBin(
    header: Readonly<Record<string, number>>,
    engine: PressureEngine,
    spectrum: Spectrum | null,
    frame: GridFrame | null,
  ): void {
    const seq = header["bin_seq"] ?? -1;
    strictEqual(seq, this.bins++);
    const row = this.#rowOf.get(seq);
    if (row !== undefined) this.#checkHeader(row, header, engine, spectrum);
    const sums = this.#aggregates.get(seq);
    if (sums !== undefined) this.#checkSums(seq, sums, engine, spectrum);
    const probes = this.#probes.get(seq);
    if (probes !== undefined) this.#checkProbes(seq, probes, engine, spectrum);
    const rows = this.#windows.get(seq);
    if (rows === undefined || frame === null) return;
    checkWindow(frame, this.#run.window?.columns ?? [], rows, this.#scores, `bin ${seq}`);
  }

  finish(engine: PressureEngine, spectrum: Spectrum | null): void {
    const { columns, ticks } = this.#run.final;
    strictEqual(this.bins, this.#run.n_bins);
    strictEqual(engine.state.activeCount, Object.keys(ticks).length);
    for (const [tick, values] of Object.entries(ticks)) {
      this.#checkTick(Number(tick), columns, values, engine, spectrum, "final");
    }
    this.#scores.finish();
  }

  #checkHeader(
    row: number,
    header: Readonly<Record<string, number>>,
    engine: PressureEngine,
    spectrum: Spectrum | null,
  ): void {
    const m = engine.book.metrics();
    let pos = 0;
    let neg = 0;
    for (const state of spectrum?.state ?? []) {
      if (state > 0) pos++;
      if (state < 0) neg++;
    }
    const actual: Record<string, number> = {
      ...header,
      event_id: engine.eventCount,
      book_valid: Number(engine.bookValid),
      best_bid_price_int: engine.book.bestBid,
      best_ask_price_int: engine.book.bestAsk,
      anchor_tick_idx: engine.book.grid.anchor,
      tick_abs_start: engine.book.grid.anchor - engine.book.grid.half,
      order_count: m.orderCount,
      bid_levels: m.bidLevels,
      ask_levels: m.askLevels,
      total_bid_qty: m.totalBidQty,
      total_ask_qty: m.totalAskQty,
      active_ticks: engine.state.activeCount,
    };
    for (const [name, values] of Object.entries(this.#run.header)) {
      const expected = Number(values[row]);
      const where = `bin ${header["bin_seq"]} ${name}`;
      if (name === "states_pos") ok(Math.abs(pos - expected) <= 1, where);
      else if (name === "states_neg") ok(Math.abs(neg - expected) <= 1, where);
      else strictEqual(actual[name], expected, where);
    }
  }

  #checkSums(
    seq: number,
    expected: Readonly<Record<string, Sums>>,
    engine: PressureEngine,
    spectrum: Spectrum | null,
  ): void {
    for (const [name, sums] of Object.entries(expected)) {
      const values = this.#column(name, engine, spectrum);
      let plain = 0;
      let absolute = 0;
      let weighted = 0;
      values.forEach((value, i) => {
        plain += value;
        absolute += Math.abs(value);
        weighted += value * ((i % 97) + 1);
      });
      const where = `bin ${seq} sum of ${name}`;
      const near = (actual: number, wanted: number, bound: number) =>
        ok(Math.abs(actual - wanted) <= bound, `${where}: ${actual}, expected ${wanted}`);
      if (name === "state_code") {
        near(weighted, sums[0]!, 97);
      } else if (name === "last_event_id") {
        strictEqual(plain, sums[0], where);
        strictEqual(weighted, sums[1], where);
      } else if (name === "spectrum_score" || name.startsWith("proj_score_h")) {
        const bins = Number(name.slice(12)) / this.#run.config.cell_width_ms;
        const bound = name === "spectrum_score" ? 1e-3 : 5 * projectionBound(bins, this.#run);
        near(plain, sums[0]!, bound);
        near(absolute, sums[1]!, bound);
        near(weighted, sums[2]!, 97 * bound);
      } else {
        near(plain, sums[0]!, 1e-9 * absolute + 1e-12);
        near(absolute, sums[1]!, 1e-9 * absolute + 1e-12);
        near(weighted, sums[2]!, 1e-7 * absolute + 1e-12);
      }
    }
  }

  #column(name: string, engine: PressureEngine, spectrum: Spectrum | null): Float64Array {
    const k = ENGINE_COLUMNS.findIndex((column) => column.name === name);
    if (k >= 0) engine.state.column(k, this.#scratch);
    else if (name === "last_event_id") return engine.state.lastEventId;
    else if (name === "spectrum_score") return spectrum?.score ?? this.#scratch.fill(NaN);
    else if (name === "state_code") this.#scratch.set(spectrum?.state ?? []);
    else {
      const ms = Number(name.slice(12));
      const h = this.#run.config.projection_horizons_ms.indexOf(ms);
      return spectrum?.projections[h] ?? this.#scratch.fill(NaN);
    }
    return this.#scratch;
  }

  #checkProbes(
    seq: number,
    expected: readonly (readonly number[] | null)[],
    engine: PressureEngine,
    spectrum: Spectrum | null,
  ): void {
    const { prices, columns } = this.#run.probe;
    expected.forEach((values, p) => {
      const index = engine.book.grid.indexOf(prices[p]!);
      strictEqual(index, values === null ? -1 : values[0], `bin ${seq} probe ${prices[p]}`);
      if (values === null) return;
      this.#checkTick(index, columns.slice(1), values.slice(1), engine, spectrum, `bin ${seq}`);
    });
  }

  #checkTick(
    index: number,
    columns: readonly string[],
    values: readonly number[],
    engine: PressureEngine,
    spectrum: Spectrum | null,
    where: string,
  ): void {
    const { state } = engine;
    const at = `${where} tick ${index}`;
    columns.forEach((name, c) => {
      const expected = values[c]!;
      const k = ENGINE_COLUMNS.findIndex((column) => column.name === name);
      if (k >= 16) {
        checkColumn(name, (k === 16 ? state.pressure : state.vacuum)[index]!, expected, at);
      } else if (k >= 0) checkColumn(name, state.values[index * 16 + k]!, expected, at);
      else if (name === "last_event_id") strictEqual(state.lastEventId[index], expected, at);
      else if (spectrum === null) throw new Error(`no column ${name} in this mode`);
      else if (name === "spectrum_score") this.#scores.score(spectrum.score[index]!, expected, at);
      else if (name === "spectrum_state_code") {
        this.#scores.state(spectrum.state[index]!, expected, spectrum.score[index]!, at);
      } else {
        const ms = Number(name.slice(12));
        const h = this.#run.config.projection_horizons_ms.indexOf(ms);
        this.#scores.projection(spectrum.projections[h]![index]!, expected, ms, at);
      }
    });
  }
}

/** Runs a pipeline over what `feed` gives it and checks everything that is published of the run. */
function checkRun(
  run: LargeRun,
  firstNs: bigint,
  feed: (sink: EventSink & { take: StreamPipeline["take"] }, baseNs: bigint) => void,
): void {
  const times = timesOf(run, firstNs);
  const check = new RunCheck(run);
  const ends: number[] = [];
  const note = (startNs: number, endNs: number) => {
    if (ends.length === 0) ends.push(startNs, endNs);
    ends[1] = endNs;
  };
  if (run.mode === "stream") {
    const pipeline: StreamPipeline = new StreamPipeline(instrumentOf(run), {
      ...times,
      projection: projectionOf(run),
      onBin: (frame) => {
        note(frame.binStartNs, frame.binEndNs);
        check.onBin(
          {
            bin_seq: frame.binSeq,
            bin_event_count: frame.binEventCount,
            spot_ref_price_int: frame.spotRefPriceInt,
            mid_price: frame.midPrice,
          },
          pipeline.engine,
          pipeline.spectrum,
          frame,
        );
      },
    });
    feed(pipeline, times.baseNs);
    pipeline.finish();
    check.finish(pipeline.engine, pipeline.spectrum);
  } else {
    const pipeline: CorePipeline = new CorePipeline(instrumentOf(run), {
      ...times,
      reanchorAfterEvents: run.reanchor_after_events ?? 10_000,
      onBin: (frame) => {
        note(frame.binStartNs, frame.binEndNs);
        const header = { bin_seq: frame.binSeq, bin_event_count: frame.binEventCount };
        check.onBin(header, pipeline.engine, null, null);
      },
    });
    feed(pipeline, times.baseNs);
    pipeline.finish();
    check.finish(pipeline.engine, null);
  }
  strictEqual(String(times.baseNs + BigInt(ends[0] ?? 0)), run.first_bin_start_ns);
  strictEqual(String(times.baseNs + BigInt(ends[1] ?? 0)), run.last_bin_end_ns);
}

const RANDOM = [
  "random-stream",
  "random-stream-nostart",
  "random-core-events",
  "random-core-time",
];

for (const name of RANDOM) {
  Deno.test(`the pipeline in the model compat equals the golden run ${name}`, () => {
    const run = readGolden<LargeRun>(`${name}.json.gz`);
    const { events } = readGolden<{
      events: { ts0_ns: string; rows: readonly (readonly (number | string)[])[] };
    }>("random-events.json.gz");
    const [from, to] = run.event_range ?? [0, 0];
    const firstNs = BigInt(events.ts0_ns);
    checkRun(run, firstNs, (sink, baseNs) => {
      for (const row of events.rows.slice(from, to)) {
        const event = [String(firstNs + BigInt(row[0]!)), ...row.slice(1)];
        feedEvent(sink, event as unknown as GoldenEvent, baseNs);
      }
    });
  });
}

for (const name of ["clx5-core-whole", "clx5-stream-first3min", "clx5-stream-warm-1612et"]) {
  sampleTest(`the pipeline in the model compat equals the golden run ${name}`, (dir) => {
    const run = readGolden<LargeRun>(`${name}.json.gz`, `${dir}/../vectors/vacuum-pressure`);
    const [from, to] = run.record_range ?? [0, 0];
    const firstNs = BigInt(run.first_bin_start_ns);
    checkRun(run, firstNs, (sink) => {
      let seen = 0;
      const decoder = new DbnDecoder();
      const dbn = {
        onMbo: (block: Parameters<StreamPipeline["take"]>[0]) => {
          const first = Math.max(0, from - seen);
          const last = Math.min(block.count, to - seen);
          seen += block.count;
          if (last <= first) return;
          const { strideWords } = block;
          const words = block.words.subarray(first * strideWords, last * strideWords);
          sink.take({ words, strideWords, count: last - first });
        },
      };
      decoder.push(readFileSync(`${dir}/CLX5_mbo.dbn`), dbn);
      decoder.finish(dbn);
    });
  });
}
